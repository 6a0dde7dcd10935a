using AksInsights.Kql.Columns;
using AksInsights.Kql.Types;

namespace AksInsights.Kql.Functions.Aggregates;

/// <summary>Counting rows.</summary>
internal static class Counts
{
    public static IReadOnlyList<FunctionEntry> Entries { get; } =
    [
        new("count", FunctionKind.Aggregate, "The number of rows; nulls count too.", "summarize count() by Namespace", "count-aggregation-function")
        {
            Aliases = ["cnt"],
            Signatures = [new([Parameter.Any("value").Optional()], KqlType.Long) { Aggregator = _ => new CountRows() }],
        },
        new("countif", FunctionKind.Aggregate, "The number of rows for which a condition is true.", "summarize countif(Level == 'Error')", "countif-aggregation-function")
        {
            Signatures = [new([Parameter.Bool("predicate")], KqlType.Long) { Aggregator = _ => new CountTrue() }],
        },
    ];

    /// <summary>Counts rows, whatever the argument holds.</summary>
    private class CountRows : Aggregator
    {
        private long[] _counts = [];

        public override long Bytes => _counts.Length * sizeof(long);

        protected Span<long> Totals => _counts;

        public override void Resize(int groups) => GroupStates.Grow(ref _counts, groups);

        public override void Add(ReadOnlySpan<int> groups, Column[] arguments)
        {
            var counts = _counts;
            if (GroupStates.IsSingle(groups)) counts[groups[0]] += groups.Length;
            else foreach (var group in groups) counts[group]++;
        }

        public override void Merge(Aggregator other, ReadOnlySpan<int> map)
        {
            var added = (CountRows)other;
            for (var i = 0; i < map.Length; i++) _counts[map[i]] += added._counts[i];
        }

        public override Column Finish(int groups) => new FlatColumn<long>(KqlType.Long, _counts, null, 0, groups);
    }

    /// <summary>Counts the rows for which the argument is true.</summary>
    private sealed class CountTrue : CountRows
    {
        public override void Add(ReadOnlySpan<int> groups, Column[] arguments)
        {
            var counts = Totals;
            // A null condition's value is false.
            var condition = ((Column<bool>)arguments[0]).Flatten();
            if (GroupStates.IsSingle(groups))
            {
                counts[groups[0]] += condition.Count(true);
                return;
            }

            for (var i = 0; i < groups.Length; i++)
            {
                if (condition[i]) counts[groups[i]]++;
            }
        }
    }
}

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
            Naming = (_, _) => "count_",
            Signatures = [new([], KqlType.Long) { Aggregator = _ => new CountRows() }],
        },
        new("countif", FunctionKind.Aggregate, "The number of rows for which a condition is true.", "summarize countif(Level == 'Error')", "countif-aggregation-function")
        {
            Naming = (_, _) => "countif_",
            Signatures = [new([Parameter.Bool("predicate")], KqlType.Long) { Aggregator = _ => new CountRows() }],
        },
    ];

    /// <summary>Counts rows, or the rows for which its one bool argument is true.</summary>
    private sealed class CountRows : Aggregator
    {
        private long[] _counts = [];

        public override long Bytes => _counts.Length * sizeof(long);

        public override void Resize(int groups)
        {
            if (groups > _counts.Length) Array.Resize(ref _counts, Math.Max(groups, _counts.Length * 2));
        }

        public override void Add(ReadOnlySpan<int> groups, Column[] arguments)
        {
            var counts = _counts;
            if (arguments.Length == 0)
            {
                foreach (var group in groups) counts[group]++;
                return;
            }

            var condition = ((Column<bool>)arguments[0]).Read();
            for (var i = 0; i < groups.Length; i++)
            {
                // A null condition reads as false.
                if (condition[i]) counts[groups[i]]++;
            }
        }

        public override void Merge(Aggregator other, ReadOnlySpan<int> map)
        {
            var added = (CountRows)other;
            for (var i = 0; i < map.Length; i++) _counts[map[i]] += added._counts[i];
        }

        public override Column Finish(int groups) => new FlatColumn<long>(KqlType.Long, _counts, null, 0, groups);
    }
}

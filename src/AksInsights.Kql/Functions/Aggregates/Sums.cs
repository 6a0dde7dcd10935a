using System.Numerics;
using AksInsights.Kql.Columns;
using AksInsights.Kql.Types;

namespace AksInsights.Kql.Functions.Aggregates;

/// <summary>Adding up values.</summary>
internal static class Sums
{
    /// <summary>What sum, avg and the deviations accept.</summary>
    internal const TypeSet Summable = TypeSet.Number | TypeSet.TimeSpan | TypeSet.DateTime;

    private static readonly Signature Sum = new([new Parameter("value", Summable)], shape => shape.Types[0] == KqlType.Int ? KqlType.Long : shape.Types[0])
    {
        Aggregator = shape => shape.Types[0] switch
        {
            KqlType.Real => new Total<double>(KqlType.Real),
            KqlType.Decimal => new DecimalTotal(isMean: false),
            KqlType.DateTime => new Total<long>(KqlType.DateTime),
            KqlType.TimeSpan => new Total<long>(KqlType.TimeSpan),
            _ => new Total<long>(KqlType.Long),
        },
    };

    public static IReadOnlyList<FunctionEntry> Entries { get; } =
    [
        new("sum", FunctionKind.Aggregate, "The sum of the values that are not null; zero when there is none.", "summarize sum(RestartCount) by Namespace", "sum-aggregation-function")
        {
            Signatures = [Sum],
        },
        new("sumif", FunctionKind.Aggregate, "The sum over the rows for which a condition is true.", "summarize sumif(Bytes, IsBillable)", "sumif-aggregation-function")
        {
            Signatures = [Sum.When()],
        },
    ];

    /// <summary>The sum of numbers that add without failing: whole numbers wrap around as the service's do.</summary>
    private sealed class Total<T>(KqlType type) : Aggregator
        where T : struct, INumber<T>
    {
        private T[] _sums = [];

        public override long Bytes => _sums.Length * sizeof(long);

        public override void Resize(int groups) => GroupStates.Grow(ref _sums, groups);

        public override void Add(ReadOnlySpan<int> groups, Column[] arguments)
        {
            var sums = _sums;

            // A null row holds zero, so it adds nothing.
            var values = ((Column<T>)arguments[0]).Flatten();
            if (GroupStates.IsSingle(groups))
            {
                sums[groups[0]] += GroupStates.Sum(values);
                return;
            }

            for (var i = 0; i < groups.Length; i++) sums[groups[i]] += values[i];
        }

        public override void Merge(Aggregator other, ReadOnlySpan<int> map)
        {
            var added = ((Total<T>)other)._sums;
            for (var i = 0; i < map.Length; i++) _sums[map[i]] += added[i];
        }

        public override Column Finish(int groups) =>
            type == KqlType.DateTime ? InstantColumn.Of((long[])(object)_sums, groups) : new FlatColumn<T>(type, _sums, null, 0, groups);
    }
}

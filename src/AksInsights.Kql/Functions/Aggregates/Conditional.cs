using AksInsights.Kql.Columns;

namespace AksInsights.Kql.Functions.Aggregates;

/// <summary>Makes the <c>...if</c> form of an aggregate: the same aggregate over the rows for which a condition is true.</summary>
internal static class Conditional
{
    /// <summary>The signature with a condition at an argument position; a null condition counts as false.</summary>
    public static Signature When(this Signature plain, int position = 1)
    {
        var parameters = plain.Parameters.ToList();
        parameters.Insert(position, Parameter.Bool("predicate"));
        return plain with
        {
            Parameters = parameters,
            Result = shape => plain.Result(Without(shape, position)),
            Aggregator = shape => new WhenTrue(plain.Aggregator!(Without(shape, position)), position),
        };
    }

    private static CallShape Without(CallShape shape, int position) =>
        new(Drop(shape.Types, position), Drop(shape.Constants, position));

    private static List<T> Drop<T>(IReadOnlyList<T> items, int position) => [.. items.Where((_, i) => i != position)];

    /// <summary>Hands on the rows whose condition is true, and all arguments but the condition.</summary>
    private sealed class WhenTrue(Aggregator inner, int position) : Aggregator
    {
        private int[] _rows = [];
        private int[] _groups = [];

        public override bool DependsOnOrder => inner.DependsOnOrder;

        public override long Bytes => inner.Bytes + ((_rows.Length + _groups.Length) * sizeof(int));

        public override void Resize(int groups) => inner.Resize(groups);

        public override void Add(ReadOnlySpan<int> groups, Column[] arguments)
        {
            var kept = Select(groups, ((Column<bool>)arguments[position]).Flatten());
            if (kept == 0) return;
            var rest = arguments.Where((_, i) => i != position);
            if (kept == groups.Length) inner.Add(groups, [.. rest]);
            else inner.Add(_groups.AsSpan(0, kept), [.. rest.Select(a => a.Gather(_rows.AsSpan(0, kept)))]);
        }

        public override void Merge(Aggregator other, ReadOnlySpan<int> map) => inner.Merge(((WhenTrue)other).Inner, map);

        public override Column Finish(int groups) => inner.Finish(groups);

        private Aggregator Inner => inner;

        private int Select(ReadOnlySpan<int> groups, ReadOnlySpan<bool> condition)
        {
            if (_rows.Length < groups.Length)
            {
                _rows = new int[groups.Length];
                _groups = new int[groups.Length];
            }

            var kept = 0;
            for (var i = 0; i < groups.Length; i++)
            {
                // Written in any case and kept only if true: no branch to mispredict. A null condition's value is false.
                _rows[kept] = i;
                _groups[kept] = groups[i];
                if (condition[i]) kept++;
            }

            return kept;
        }
    }
}

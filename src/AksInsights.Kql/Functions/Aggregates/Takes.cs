using System.Diagnostics;
using AksInsights.Kql.Columns;
using AksInsights.Kql.Types;

namespace AksInsights.Kql.Functions.Aggregates;

/// <summary>Any value of a group: <c>take_any</c> of one argument. Several arguments and <c>*</c> pick one row instead, see <see cref="ArgExtreme"/>.</summary>
internal static class Takes
{
    private static readonly Signature Any = new([Parameter.Any("value")], shape => shape.Types[0]) { Aggregator = shape => First(shape.Types[0]) };

    public static IReadOnlyList<FunctionEntry> Entries { get; } =
    [
        new("take_any", FunctionKind.Aggregate, "The value of any row of the group, not null and not empty if there is such a value.", "summarize take_any(Name) by PodUid", "take-any-aggregation-function")
        {
            Naming = (argument, _) => argument ?? "any_arg0",
            Signatures = [Any],
        },
        new("any", FunctionKind.Aggregate, "As take_any, but the column is called any_name. Deprecated.", "summarize any(Name) by PodUid", "take-any-aggregation-function")
        {
            Signatures = [Any],
        },
        new("take_anyif", FunctionKind.Aggregate, "The value of any row of the group for which a condition is true.", "summarize take_anyif(Name, PodStatus == 'Failed') by Namespace", "take-anyif-aggregation-function")
        {
            Naming = (argument, _) => argument,
            Signatures = [Any.When()],
        },
        new("anyif", FunctionKind.Aggregate, "As take_anyif, but the column is called anyif_name. Deprecated.", "summarize anyif(Name, PodStatus == 'Failed') by Namespace", "take-anyif-aggregation-function")
        {
            Signatures = [Any.When()],
        },
    ];

    private static Aggregator First(KqlType type) => type switch
    {
        KqlType.Bool => new FirstValue<bool>(type),
        KqlType.Real => new FirstValue<double>(type),
        KqlType.Decimal => new FirstValue<decimal>(type),
        KqlType.Guid => new FirstValue<Guid>(type),
        KqlType.String => new FirstValue<string>(type),
        KqlType.Dynamic => new FirstValue<object>(type),
        _ when type.IsInt64() => new FirstValue<long>(type),
        _ => throw new UnreachableException($"take_any of {type}"),
    };

    /// <summary>The first value of each group that is neither null nor an empty text.</summary>
    private sealed class FirstValue<T>(KqlType type) : Aggregator
    {
        private (T Value, bool HasValue)[] _states = [];

        public override long Bytes => _states.Length * 16L;

        public override void Resize(int groups) => GroupStates.Grow(ref _states, groups);

        public override void Add(ReadOnlySpan<int> groups, Column[] arguments)
        {
            var values = ((Column<T>)arguments[0]).Read();
            for (var i = 0; i < groups.Length; i++)
            {
                ref var state = ref _states[groups[i]];
                if (!state.HasValue && !values.IsNull(i) && values[i] is not "") state = (values[i], true);
            }
        }

        public override void Merge(Aggregator other, ReadOnlySpan<int> map)
        {
            var added = ((FirstValue<T>)other)._states;
            for (var i = 0; i < map.Length; i++)
            {
                ref var state = ref _states[map[i]];
                if (!state.HasValue) state = added[i];
            }
        }

        public override Column Finish(int groups)
        {
            var result = new ColumnBuilder<T>(type, groups);
            foreach (var (value, hasValue) in _states.AsSpan(0, groups))
            {
                if (hasValue) result.Add(value);
                else result.AddNull();
            }

            return result.Build();
        }
    }
}

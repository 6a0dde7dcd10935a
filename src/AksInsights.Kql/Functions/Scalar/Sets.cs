using AksInsights.Kql.Types;

namespace AksInsights.Kql.Functions.Scalar;

/// <summary>Arrays as sets. What is no array gives null; items keep the order in which they first turn up.</summary>
internal static class Sets
{
    public static IReadOnlyList<FunctionEntry> Entries { get; } =
    [
        new("set_has_element", FunctionKind.Scalar, "Whether an array holds a value.", "set_has_element(dynamic(['a', 'b']), 'a')", "set-has-element-function")
        {
            Signatures = [new([Parameter.Dynamic("set"), Arrays.Value("value")], KqlType.Bool) { Kernel = _ => Map.OfMaybe<object, object, bool>(Holds) }],
        },
        Algebra("set_union", "The distinct items of all arrays.", sets => Distinct(sets.SelectMany(set => set))),
        Algebra("set_intersect", "The distinct items that all arrays hold.", sets => Keep(sets, all: true)),
        Algebra("set_difference", "The distinct items of the first array that no other array holds.", sets => Keep(sets, all: false)),
        new("set_equals", FunctionKind.Scalar, "Whether two arrays hold the same items, however often and in whatever order.",
            "set_equals(dynamic([1, 2]), dynamic([2, 1, 1]))", "set-equals-function")
        {
            Signatures = [Two(KqlType.Bool, Map.OfMaybe<object, object, bool>(AreEqual))],
        },
        new("jaccard_index", FunctionKind.Scalar, "How many distinct items two arrays share, divided by how many there are in both.",
            "jaccard_index(dynamic([1, 2, 3]), dynamic([1, 2, 3, 4]))", "jaccard-index-function")
        {
            Signatures = [Two(KqlType.Dynamic, Map.Of<object, object, object?>(Jaccard))],
        },
    ];

    private static FunctionEntry Algebra(string name, string description, Func<DynamicArray[], object?[]> combine) =>
        new(name, FunctionKind.Scalar, description, $"{name}(dynamic([1, 2]), dynamic([2, 3]))", name.Replace('_', '-') + "-function")
        {
            Signatures =
            [
                new([Parameter.Dynamic("set"), Parameter.Dynamic("sets")], KqlType.Dynamic)
                {
                    Repeats = true,
                    Kernel = _ => Map.OfRow(row => row.All(set => set is DynamicArray) ? new DynamicArray(combine([.. row.Cast<DynamicArray>()])) : null),
                },
            ],
        };

    private static Signature Two(KqlType result, ScalarKernel kernel) =>
        new([Parameter.Dynamic("set1"), Parameter.Dynamic("set2")], result) { Kernel = _ => kernel };

    private static Maybe<bool> Holds(object set, object value) =>
        set is DynamicArray array ? array.Contains(value, DynamicEquality.Instance) : Maybe<bool>.Null;

    private static object?[] Distinct(IEnumerable<object?> items) => [.. items.Distinct(DynamicEquality.Instance)];

    private static object?[] Keep(DynamicArray[] sets, bool all)
    {
        var others = sets.Skip(1).Select(set => new HashSet<object?>(set, DynamicEquality.Instance)).ToArray();
        return Distinct(sets[0].Where(item => all ? others.All(other => other.Contains(item)) : !others.Any(other => other.Contains(item))));
    }

    private static Maybe<bool> AreEqual(object first, object second) => first is DynamicArray a && second is DynamicArray b
        ? new HashSet<object?>(a, DynamicEquality.Instance).SetEquals(b)
        : Maybe<bool>.Null;

    private static object? Jaccard(object first, object second)
    {
        if (first is not DynamicArray a || second is not DynamicArray b) return null;
        return (double)Keep([a, b], all: true).Length / Distinct(a.Concat(b)).Length;
    }
}

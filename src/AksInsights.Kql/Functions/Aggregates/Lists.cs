using AksInsights.Kql.Types;

namespace AksInsights.Kql.Functions.Aggregates;

/// <summary>Collecting values into arrays: all of them, or the distinct ones.</summary>
/// <remarks>The order is that of adding: that of the input when rows are added, and states merged, in the order of the rows.</remarks>
internal static class Lists
{
    /// <summary>The default and greatest size of a collection.</summary>
    internal const int MaxSize = 1_048_576;

    /// <summary>The default size of the deprecated names.</summary>
    internal const int DeprecatedSize = 128;

    public static IReadOnlyList<FunctionEntry> Entries { get; } =
    [
        List("make_list", "An array of the values that are not null, in the order of the rows.", MaxSize),
        List("makelist", "As make_list, with at most 128 values unless said otherwise. Deprecated.", DeprecatedSize),
        new("make_list_if", FunctionKind.Aggregate, "An array of the values of the rows for which a condition is true.", "summarize make_list_if(Name, PodStatus == 'Failed')", "make-list-if-aggregation-function")
        {
            Naming = ListName,
            Signatures = [ListForm(MaxSize).When()],
        },
        new("make_list_with_nulls", FunctionKind.Aggregate, "An array of all values, nulls included, in the order of the rows.", "summarize make_list_with_nulls(CounterValue)", "make-list-with-nulls-aggregation-function")
        {
            Naming = ListName,
            Signatures = [new([Parameter.Any("value")], KqlType.Dynamic) { Aggregator = _ => new ArrayOf(MaxSize, withNulls: true) }],
        },
        Set("make_set", "An array of the distinct values that are not null; the items of dynamic arrays one by one.", MaxSize),
        Set("makeset", "As make_set, with at most 128 values unless said otherwise. Deprecated.", DeprecatedSize),
        new("make_set_if", FunctionKind.Aggregate, "An array of the distinct values of the rows for which a condition is true.", "summarize make_set_if(Name, PodStatus == 'Failed')", "make-set-if-aggregation-function")
        {
            Naming = SetName,
            Signatures = [SetForm(MaxSize).When()],
        },
    ];

    /// <summary>The size asked for by a constant argument, within the limits.</summary>
    internal static int SizeOf(CallShape shape, int size) =>
        shape.Constants.Count > 1 && shape.Constants[1] is long wanted ? (int)Math.Clamp(wanted, 0, MaxSize) : size;

    private static FunctionEntry List(string name, string description, int size) =>
        new(name, FunctionKind.Aggregate, description, $"summarize {name}(Name) by Namespace", "make-list-aggregation-function")
        {
            Naming = ListName,
            Signatures = [ListForm(size)],
        };

    private static FunctionEntry Set(string name, string description, int size) =>
        new(name, FunctionKind.Aggregate, description, $"summarize {name}(Name) by Namespace", "make-set-aggregation-function")
        {
            Naming = SetName,
            Signatures = [SetForm(size)],
        };

    private static Signature ListForm(int size) => new([Parameter.Any("value"), Parameter.Long("maxSize").Optional().Constant()], KqlType.Dynamic)
    {
        Aggregator = shape => shape.Types[0] is KqlType.String or KqlType.Dynamic or KqlType.Guid or KqlType.Decimal
            ? new ArrayOf(SizeOf(shape, size), withNulls: false)
            : new NumberArrayOf(shape.Types[0], SizeOf(shape, size)),
    };

    private static Signature SetForm(int size) => new([Parameter.Any("value"), Parameter.Long("maxSize").Optional().Constant()], KqlType.Dynamic)
    {
        Aggregator = shape => new SetOf(shape.Types[0], SizeOf(shape, size)),
    };

    private static string ListName(string? argument, IReadOnlyList<object?> constants) => "list_" + argument;

    private static string SetName(string? argument, IReadOnlyList<object?> constants) => "set_" + argument;
}

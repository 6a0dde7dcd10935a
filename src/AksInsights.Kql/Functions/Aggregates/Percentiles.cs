using System.Globalization;
using AksInsights.Kql.Types;

namespace AksInsights.Kql.Functions.Aggregates;

/// <summary>Values at a rank: percentile and its forms for several percentiles.</summary>
internal static class Percentiles
{
    private const string Page = "percentiles-aggregation-function";
    private const string WeightedPage = "percentilesw-aggregation-function";

    // Decimals, and numbers in dynamic values, are ranked as reals.
    private static readonly Parameter[] Values =
    [
        new("value", TypeSet.Bool | TypeSet.Integer | TypeSet.Real | TypeSet.DateTime | TypeSet.TimeSpan),
        new("value", TypeSet.Decimal, KqlType.Real),
        new("value", TypeSet.Dynamic, KqlType.Real),
    ];

    private static readonly Parameter Weight = new("weight", TypeSet.Integer, KqlType.Long);

    private static readonly Parameter Percentile = Parameter.Real("percentile").Constant();
    private static readonly Parameter PercentileArray = Parameter.Dynamic("percentiles").Constant();

    public static IReadOnlyList<FunctionEntry> Entries { get; } =
    [
        new("percentile", FunctionKind.Aggregate, "The value at a nearest rank among those that are not null: exact, where the service estimates.", "summarize percentile(CounterValue, 95) by Computer", Page)
        {
            Naming = (argument, constants) => Name(argument, constants.ElementAtOrDefault(1)),
            Signatures = [.. Of(value => [value, Percentile], repeats: false, (type, wanted) => new PercentileValues(type, wanted))],
        },
        new("percentiles", FunctionKind.Aggregate, "Several percentiles, each in a column of its own.", "summarize percentiles(CounterValue, 50, 95)", Page)
        {
            Naming = (argument, constants) => Name(argument, constants.ElementAtOrDefault(1)),
            Signatures = [.. Of(value => [value, Percentile], repeats: true, (type, wanted) => new PercentileValues(type, wanted))],
        },
        new("percentiles_array", FunctionKind.Aggregate, "Several percentiles as one array; null where there is no value.", "summarize percentiles_array(CounterValue, 50, 95)", Page)
        {
            Naming = (argument, _) => "percentiles_" + argument,
            Signatures = [.. Arrays(value => [value], (type, _) => new PercentileValues(type))],
        },
        new("percentilew", FunctionKind.Aggregate, "The value at a nearest rank, each value counting as often as its weight says.", "summarize percentilew(Latency, Requests, 95)", WeightedPage)
        {
            Naming = (argument, constants) => Name(argument, constants.ElementAtOrDefault(2)),
            Signatures = [.. Of(value => [value, Weight, Percentile], repeats: false, (type, wanted) => new WeightedValues(type, wanted))],
        },
        new("percentilesw", FunctionKind.Aggregate, "Several weighted percentiles, each in a column of its own.", "summarize percentilesw(Latency, Requests, 50, 95)", WeightedPage)
        {
            Naming = (argument, constants) => Name(argument, constants.ElementAtOrDefault(2)),
            Signatures = [.. Of(value => [value, Weight, Percentile], repeats: true, (type, wanted) => new WeightedValues(type, wanted))],
        },
        new("percentilesw_array", FunctionKind.Aggregate, "Several weighted percentiles as one array; null where there is no value.", "summarize percentilesw_array(Latency, Requests, 50, 95)", WeightedPage)
        {
            Naming = (argument, _) => "percentiles_" + argument,
            Signatures = [.. Arrays(value => [value, Weight], (type, _) => new WeightedValues(type))],
        },
    ];

    /// <summary>The name of a percentile's column: <c>percentile_x_99_9</c>.</summary>
    internal static string Name(string? argument, object? percentile)
    {
        var text = Convert.ToString(percentile, CultureInfo.InvariantCulture) ?? "";
        return $"percentile_{argument}_{text.Replace('.', '_')}";
    }

    /// <summary>The type of a percentile of a type.</summary>
    internal static KqlType TypeOf(KqlType argument) => argument switch
    {
        KqlType.Int => KqlType.Long,
        KqlType.Decimal => KqlType.Real,
        _ => argument,
    };

    /// <summary>The percentiles among the constants of a call, from an argument on: numbers, or one array of numbers.</summary>
    internal static double[] Wanted(CallShape shape, int from) =>
        [.. shape.Constants.Skip(from).SelectMany(c => c is DynamicArray array ? array : (IEnumerable<object?>)[c]).Select(Number)];

    private static double Number(object? constant) => constant is long or double or decimal or string
        ? Convert.ToDouble(constant, CultureInfo.InvariantCulture)
        : 0;

    private static IEnumerable<Signature> Of(
        Func<Parameter, Parameter[]> parameters, bool repeats, Func<KqlType, double[], PercentileAggregator> aggregator) =>
        Values.Select(value => new Signature(parameters(value), shape => IsDynamic(value) ? KqlType.Dynamic : TypeOf(shape.Types[0]))
        {
            Repeats = repeats,
            Aggregator = shape =>
            {
                var state = aggregator(TypeOf(shape.Types[0]), Wanted(shape, parameters(value).Length - 1));
                return IsDynamic(value) ? new DynamicPercentiles(state) : state;
            },
        });

    private static bool IsDynamic(Parameter value) => value.Accepts == TypeSet.Dynamic;

    private static IEnumerable<Signature> Arrays(Func<Parameter, Parameter[]> parameters, Func<KqlType, double[], PercentileAggregator> aggregator) =>
        from value in Values
        from last in new[] { PercentileArray, Percentile }
        select new Signature([.. parameters(value), last], KqlType.Dynamic)
        {
            Repeats = last == Percentile,
            Aggregator = shape =>
            {
                var wanted = Wanted(shape, parameters(value).Length);
                return new PercentileArrays(aggregator(TypeOf(shape.Types[0]), wanted), wanted);
            },
        };
}

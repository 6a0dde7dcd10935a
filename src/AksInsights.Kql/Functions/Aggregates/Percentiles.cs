using System.Globalization;
using AksInsights.Kql.Types;

namespace AksInsights.Kql.Functions.Aggregates;

/// <summary>Values at a rank: percentile and its forms for several percentiles.</summary>
internal static class Percentiles
{
    /// <summary>What a percentile can be taken of.</summary>
    internal const TypeSet Rankable = TypeSet.Bool | TypeSet.Number | TypeSet.DateTime | TypeSet.TimeSpan;

    public static IReadOnlyList<FunctionEntry> Entries { get; } =
    [
        new("percentile", FunctionKind.Aggregate, "The value at a nearest rank among those that are not null: exact, where the service estimates.", "summarize percentile(CounterValue, 95) by Computer", "percentiles-aggregation-function")
        {
            Naming = (argument, constants) => Name(argument, constants.Count > 1 ? constants[1] : null),
            Signatures = [.. Of(Parameter.Real("percentile").Constant(), repeats: false)],
        },
        new("percentiles", FunctionKind.Aggregate, "Several percentiles, each in a column of its own.", "summarize percentiles(CounterValue, 50, 95)", "percentiles-aggregation-function")
        {
            Naming = (argument, constants) => Name(argument, constants.Count > 1 ? constants[1] : null),
            Signatures = [.. Of(Parameter.Real("percentile").Constant(), repeats: true)],
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

    /// <summary>The percentiles among the constants of a call, from an argument on.</summary>
    internal static double[] Wanted(CallShape shape, int from) =>
        [.. shape.Constants.Skip(from).Select(c => c is null ? 0 : Convert.ToDouble(c, CultureInfo.InvariantCulture))];

    private static IEnumerable<Signature> Of(Parameter percentile, bool repeats)
    {
        // Decimals are ranked as reals: that is the type of the result.
        yield return Form(new Parameter("value", Rankable & ~TypeSet.Decimal), percentile, repeats);
        yield return Form(new Parameter("value", TypeSet.Decimal, KqlType.Real), percentile, repeats);
    }

    private static Signature Form(Parameter value, Parameter percentile, bool repeats) => new([value, percentile], shape => TypeOf(shape.Types[0]))
    {
        Repeats = repeats,
        Aggregator = shape => new PercentileValues(TypeOf(shape.Types[0]), Wanted(shape, 1)),
    };
}

using AksInsights.Kql.Types;

namespace AksInsights.Kql.Functions.Scalar;

/// <summary>The functions of probability: gamma, error function, beta distribution, Welch's test.</summary>
internal static class Distributions
{
    private const double MaxShape = 10000;

    public static IReadOnlyList<FunctionEntry> Entries { get; } =
    [
        One("gamma", "The gamma function.", "gamma(5)", SpecialCurves.Gamma),
        One("loggamma", "The logarithm of the absolute value of the gamma function.", "loggamma(5)", SpecialCurves.LogGamma),
        One("erf", "The error function.", "erf(1)", SpecialCurves.Erf),
        One("erfc", "1 less the error function.", "erfc(1)", SpecialCurves.Erfc),
        Beta("beta_cdf", "x", "The cumulative beta distribution; NaN for x outside 0 to 1 and for parameters that are not above 0 and at most 10000.",
            "beta_cdf(0.9, 10.0, 20.0)", Cumulative),
        Beta("beta_pdf", "x", "The density of the beta distribution; NaN for x outside 0 to 1 and for parameters that are not positive.",
            "beta_pdf(0.5, 10.0, 20.0)", Density),
        Beta("beta_inv", "probability",
            "The value at which the cumulative beta distribution reaches a probability; null for a probability outside 0 to 1, NaN for parameters that are not positive.",
            "beta_inv(0.1, 10.0, 20.0)", Inverse),
        new("welch_test", FunctionKind.Scalar,
            "The two-sided p-value of Welch's t-test on means, variances and counts of two samples; null when a count is not above 1.",
            "welch_test(20.98, 8.3, 15, 22.88, 4.1, 15)", "welch-test-function")
        {
            Signatures =
            [
                new(
                    [.. new[] { "mean1", "variance1", "count1", "mean2", "variance2", "count2" }.Select(Parameter.Real)], KqlType.Real)
                {
                    Kernel = _ => Map.OfRow(Welch),
                },
            ],
        },
    ];

    private static FunctionEntry One(string name, string description, string example, Func<double, double> function) =>
        new(name, FunctionKind.Scalar, description, example, name + "-function")
        {
            KeepsName = true,
            Signatures = [new([Parameter.Real("number")], KqlType.Real) { Kernel = _ => Map.Of(function) }],
        };

    private static FunctionEntry Beta(string name, string first, string description, string example, Func<double, double, double, Maybe<double>> function) =>
        new(name, FunctionKind.Scalar, description, example, name.Replace('_', '-') + "-function")
        {
            Signatures = [new([Parameter.Real(first), Parameter.Real("alpha"), Parameter.Real("beta")], KqlType.Real) { Kernel = _ => Map.OfMaybe(function) }],
        };

    private static bool AreShapes(double alpha, double beta) => alpha > 0 && beta > 0;

    private static Maybe<double> Cumulative(double x, double alpha, double beta)
    {
        if (!(x >= 0 && x <= 1) || !AreShapes(alpha, beta) || alpha > MaxShape || beta > MaxShape) return double.NaN;
        return SpecialCurves.BetaCumulative(x, alpha, beta);
    }

    private static Maybe<double> Density(double x, double alpha, double beta)
    {
        if (!(x >= 0 && x <= 1) || !AreShapes(alpha, beta)) return double.NaN;
        return SpecialCurves.BetaDensity(x, alpha, beta);
    }

    // The page's remarks and its example disagree on which mistake is null and which NaN; this is the example.
    private static Maybe<double> Inverse(double probability, double alpha, double beta)
    {
        if (!AreShapes(alpha, beta)) return double.NaN;
        if (!(probability >= 0 && probability <= 1)) return Maybe<double>.Null;
        return SpecialCurves.BetaInverse(probability, alpha, beta);
    }

    private static object? Welch(object?[] row)
    {
        if (row.Contains(null)) return null;
        var (mean1, variance1, count1) = ((double)row[0]!, (double)row[1]!, (double)row[2]!);
        var (mean2, variance2, count2) = ((double)row[3]!, (double)row[4]!, (double)row[5]!);
        if (!(count1 > 1 && count2 > 1)) return null;
        var error1 = variance1 / count1;
        var error2 = variance2 / count2;
        var t = (mean1 - mean2) / Math.Sqrt(error1 + error2);
        var freedom = (error1 + error2) * (error1 + error2) / ((error1 * error1 / (count1 - 1)) + (error2 * error2 / (count2 - 1)));
        return double.IsNaN(t) || double.IsNaN(freedom) ? double.NaN : SpecialCurves.BetaCumulative(freedom / (freedom + (t * t)), freedom / 2, 0.5);
    }
}

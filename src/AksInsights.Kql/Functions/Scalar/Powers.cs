using AksInsights.Kql.Types;

namespace AksInsights.Kql.Functions.Scalar;

/// <summary>Roots, powers, logarithms, the circle's functions and what classifies a real. Arguments are any number, read as real.</summary>
internal static class Powers
{
    public static IReadOnlyList<FunctionEntry> Entries { get; } =
    [
        Where("sqrt", "The square root; null for a negative number.", "sqrt(256)", x => !(x < 0), Math.Sqrt),
        Of("exp", "e to a power.", "exp(1)", Math.Exp),
        Of("exp2", "2 to a power.", "exp2(8)", x => Math.Pow(2, x)),
        Of("exp10", "10 to a power.", "exp10(3)", x => Math.Pow(10, x)),
        Where("log", "The natural logarithm; null for a negative number.", "log(5)", x => !(x < 0), Math.Log),
        Where("log2", "The logarithm to base 2; null for a negative number.", "log2(5)", x => !(x < 0), Math.Log2),
        Where("log10", "The logarithm to base 10; null for a negative number.", "log10(5)", x => !(x < 0), Math.Log10),
        Binary("pow", "A number to a power.", "pow(2, 3)", "base", "exponent", Math.Pow) with { KeepsName = true },
        Of("sin", "The sine of an angle in radians.", "sin(1)", Math.Sin),
        Of("cos", "The cosine of an angle in radians.", "cos(1)", Math.Cos),
        Of("tan", "The tangent of an angle in radians.", "tan(1)", Math.Tan),
        Of("cot", "The cotangent of an angle in radians.", "cot(1)", x => 1 / Math.Tan(x)) with { KeepsName = false },
        Where("asin", "The angle in radians whose sine is given; null beyond -1 and 1.", "asin(0.5)", IsRatio, Math.Asin),
        Where("acos", "The angle in radians whose cosine is given; null beyond -1 and 1.", "acos(0.5)", IsRatio, Math.Acos),
        Of("atan", "The angle in radians whose tangent is given.", "atan(0.5)", Math.Atan),
        Binary("atan2", "The angle in radians between the positive x axis and the point (y, x).", "atan2(1, 1)", "y", "x", Math.Atan2) with { KeepsName = true },
        Of("degrees", "Radians as degrees.", "degrees(pi() / 4)", x => x * (180 / Math.PI)) with { KeepsName = false },
        Of("radians", "Degrees as radians.", "radians(90)", x => x * (Math.PI / 180)) with { KeepsName = false },
        new("pi", FunctionKind.Scalar, "The ratio of a circle's circumference to its diameter.", "pi()", "pi-function")
        {
            Signatures = [new([], KqlType.Real) { Kernel = _ => Map.OfRow(_ => Math.PI) }],
        },
        Is("isnan", "Whether a real is not a number.", "isnan(0.0 / 0.0)", double.IsNaN),
        Is("isinf", "Whether a real is infinite.", "isinf(1.0 / 0.0)", double.IsInfinity),
        Is("isfinite", "Whether a real is neither infinite nor not a number.", "isfinite(1.0)", double.IsFinite),
    ];

    private static FunctionEntry Of(string name, string description, string example, Func<double, double> function) =>
        Entry(name, description, example, Map.Of(function));

    private static FunctionEntry Where(string name, string description, string example, Func<double, bool> defined, Func<double, double> function) =>
        Entry(name, description, example, Map.OfMaybe<double, double>(x => defined(x) ? function(x) : Maybe<double>.Null));

    private static FunctionEntry Entry(string name, string description, string example, ScalarKernel kernel) =>
        new(name, FunctionKind.Scalar, description, example, name + "-function")
        {
            KeepsName = true,
            Signatures = [new([Parameter.Real("number")], KqlType.Real) { Kernel = _ => kernel }],
        };

    private static FunctionEntry Binary(
        string name, string description, string example, string first, string second, Func<double, double, double> function) =>
        new(name, FunctionKind.Scalar, description, example, name + "-function")
        {
            Signatures = [new([Parameter.Real(first), Parameter.Real(second)], KqlType.Real) { Kernel = _ => Map.Of(function) }],
        };

    private static FunctionEntry Is(string name, string description, string example, Func<double, bool> test) =>
        new(name, FunctionKind.Scalar, description, example, name + "-function")
        {
            Signatures = [new([Parameter.Real("number")], KqlType.Bool) { Kernel = _ => Map.Of(test) }],
        };

    private static bool IsRatio(double x) => !(Math.Abs(x) > 1);
}

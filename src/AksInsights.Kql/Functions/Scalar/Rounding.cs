using AksInsights.Kql.Types;

namespace AksInsights.Kql.Functions.Scalar;

/// <summary>Rounding, absolute value and sign.</summary>
internal static class Rounding
{
    private static readonly double[] Powers = [.. Enumerable.Range(0, 23).Select(n => double.Parse($"1e{n}", System.Globalization.CultureInfo.InvariantCulture))];

    public static IReadOnlyList<FunctionEntry> Entries { get; } =
    [
        new("abs", FunctionKind.Scalar, "The absolute value of a number or timespan.", "abs(-5)", "abs-function")
        {
            KeepsName = true,
            Signatures =
            [
                new([new("number", TypeSet.Integer)], KqlType.Long) { Kernel = _ => new SpanMap<AbsWhole, long, long>() },
                new([new("number", TypeSet.Real)], KqlType.Real) { Kernel = _ => new SpanMap<AbsReal, double, double>() },
                new([new("number", TypeSet.Decimal)], KqlType.Decimal) { Kernel = _ => Map.Of<decimal, decimal>(Math.Abs) },
                new([new("number", TypeSet.TimeSpan)], KqlType.TimeSpan) { Kernel = _ => new SpanMap<AbsWhole, long, long>() },
            ],
        },
        new("sign", FunctionKind.Scalar, "1 for a positive number, 0 for zero, -1 for a negative one, as a real.", "sign(-42)", "sign-function")
        {
            Signatures = [new([Parameter.Real("number")], KqlType.Real) { Kernel = _ => new SpanMap<SignReal, double, double>() }],
        },
        new("ceiling", FunctionKind.Scalar, "The smallest whole number at or above a number, of the number's type.", "ceiling(-1.1)", "ceiling-function")
        {
            KeepsName = true,
            Signatures =
            [
                new([new("number", TypeSet.Integer)], SameType) { Kernel = _ => Map.Of<long, long>(number => number) },
                new([new("number", TypeSet.Real)], KqlType.Real) { Kernel = _ => new SpanMap<CeilingReal, double, double>() },
                new([new("number", TypeSet.Decimal)], KqlType.Decimal) { Kernel = _ => Map.Of<decimal, decimal>(Math.Ceiling) },
            ],
        },
        new("round", FunctionKind.Scalar,
            "A number rounded to some decimal places (0 unless given; negative ones round to tens, hundreds, ...), of the number's type; "
            + "halves, as the number is written in decimal, go away from zero.",
            "round(2.15, 1)", "round-function")
        {
            KeepsName = true,
            Signatures =
            [
                .. Forms(TypeSet.Integer, Map.Of<long, long>(number => number), Map.OfMaybe<long, long, long>(RoundWhole)),
                .. Forms(TypeSet.Real, Map.Of<double, double>(number => RoundReal(number, 0)), Map.Of<double, long, double>(RoundReal)),
                .. Forms(TypeSet.Decimal, Map.Of<decimal, decimal>(number => RoundDecimal(number, 0)), Map.Of<decimal, long, decimal>(RoundDecimal)),
            ],
        },
    ];

    /// <summary>Rounds half away from zero on the decimal reading of a real: 2.15 to one place is 2.2, though the real nearest to 2.15 lies below it.</summary>
    internal static double RoundReal(double number, long places)
    {
        // At 2^52 and beyond, and from the sixteenth place on, no digit is left to round.
        if (!double.IsFinite(number) || places > 22) return number;
        if (places < 0) return places < -22 ? (places < -308 ? 0 : number) : RoundToTens(number, Powers[-places]);
        if (Math.Abs(number) >= 4503599627370496) return number;
        var scaled = number * Powers[places];
        if (!(Math.Abs(scaled) < 4503599627370496)) return number;
        var fraction = Math.Abs(scaled - Math.Truncate(scaled));
        // Near a half the binary value may lie on the wrong side; decimal has the 15 digits that are meant.
        var whole = Math.Abs(fraction - 0.5) < 1e-4 && places <= 28 && Math.Abs(number) < 1e13
            ? (double)Math.Round((decimal)number, (int)Math.Min(places, 28), MidpointRounding.AwayFromZero) * Powers[places]
            : scaled;
        return Math.Round(whole, MidpointRounding.AwayFromZero) / Powers[places];
    }

    private static double RoundToTens(double number, double power) => Math.Round(number / power, MidpointRounding.AwayFromZero) * power;

    private static KqlType SameType(CallShape call) => call.Types[0];

    private static Signature[] Forms(TypeSet accepts, ScalarKernel plain, ScalarKernel toPlaces) =>
    [
        new([new("number", accepts)], SameType) { Kernel = _ => plain },
        new([new("number", accepts), Parameter.Long("precision").Constant()], SameType) { Kernel = _ => toPlaces },
    ];

    private static Maybe<long> RoundWhole(long number, long places)
    {
        if (places >= 0) return number;
        if (places < -19) return 0;
        Int128 power = 1;
        for (var i = places; i < 0; i++) power *= 10;
        var half = number < 0 ? -power / 2 : power / 2;
        var rounded = (number + half) / power * power;
        return rounded >= long.MinValue && rounded <= long.MaxValue ? (long)rounded : Maybe<long>.Null;
    }

    private static decimal RoundDecimal(decimal number, long places)
    {
        if (places >= 0) return Math.Round(number, (int)Math.Min(places, 28), MidpointRounding.AwayFromZero);
        if (places < -28) return 0;
        var power = 1m;
        for (var i = places; i < 0; i++) power *= 10;
        var whole = Math.Round(number / power, MidpointRounding.AwayFromZero);
        return Math.Abs(whole) <= decimal.MaxValue / power ? whole * power : number;
    }

    private readonly struct AbsWhole : ISpanFunction<long, long>
    {
        // The one number without a positive counterpart stays as it is.
        public static long Apply(long value) => value < 0 ? unchecked(-value) : value;
    }

    private readonly struct AbsReal : ISpanFunction<double, double>
    {
        public static double Apply(double value) => Math.Abs(value);
    }

    private readonly struct SignReal : ISpanFunction<double, double>
    {
        public static double Apply(double value) => value > 0 ? 1 : value < 0 ? -1 : value;
    }

    private readonly struct CeilingReal : ISpanFunction<double, double>
    {
        public static double Apply(double value) => Math.Ceiling(value);
    }
}

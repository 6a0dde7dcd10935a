using AksInsights.Kql.Types;

namespace AksInsights.Kql.Functions.Scalar;

/// <summary>Rounding down to bins.</summary>
/// <remarks>
/// <c>bin_auto</c> is not here: the binder makes it one of these, because its size is what <c>set query_bin_auto_size</c> says.
/// </remarks>
internal static class Bins
{
    private const TypeSet Times = TypeSet.DateTime | TypeSet.TimeSpan;

    public static IReadOnlyList<FunctionEntry> Entries { get; } =
    [
        new("bin", FunctionKind.Scalar,
            "The nearest multiple of a size at or below a value; date-times are aligned to 0001-01-01. Null when the size is null, zero or negative.",
            "bin(datetime(1970-05-11 13:45:07), 1d)", "bin-function")
        {
            Aliases = ["floor"],
            KeepsName = true,
            Signatures =
            [
                new([Parameter.Common("value", TypeSet.Number), Parameter.Common("roundTo", TypeSet.Number)], FirstType) { Kernel = Choose },
                new([new("value", TypeSet.TimeSpan), new("roundTo", TypeSet.TimeSpan)], FirstType) { Kernel = Choose },
                new([new("value", TypeSet.DateTime), new("roundTo", Times)], FirstType) { Kernel = Choose },
            ],
        },
        new("bin_at", FunctionKind.Scalar,
            "The nearest value at or below a value that lies a whole number of bins from a fixed point. Null when any argument is null or the size is not positive.",
            "bin_at(datetime(2017-05-15 10:20:00), 1d, datetime(1970-01-01 12:00:00))", "bin-at-function")
        {
            KeepsName = true,
            Signatures =
            [
                new(
                    [
                        Parameter.Common("value", TypeSet.Number),
                        Parameter.Common("bin_size", TypeSet.Number),
                        Parameter.Common("fixed_point", TypeSet.Number),
                    ],
                    FirstType) { Kernel = Choose },
                new([new("value", TypeSet.TimeSpan), new("bin_size", TypeSet.TimeSpan), new("fixed_point", TypeSet.TimeSpan)], FirstType)
                {
                    Kernel = Choose,
                },
                new([new("value", TypeSet.DateTime), new("bin_size", TypeSet.TimeSpan), new("fixed_point", TypeSet.DateTime)], FirstType)
                {
                    Kernel = Choose,
                },
            ],
        },
    ];

    // A bin of an int is a long, as the analyser has it.
    private static KqlType FirstType(CallShape call) => call.Types[0] == KqlType.Int ? KqlType.Long : call.Types[0];

    private static ScalarKernel Choose(CallShape call) => call.Types[0] switch
    {
        KqlType.Real => new BinKernel<double, RealBinning>(),
        KqlType.Decimal => new BinKernel<decimal, DecimalBinning>(),
        _ => new BinKernel<long, WholeBinning>(),
    };
}

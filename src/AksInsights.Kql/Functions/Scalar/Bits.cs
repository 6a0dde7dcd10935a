using System.Numerics;
using AksInsights.Kql.Types;

namespace AksInsights.Kql.Functions.Scalar;

/// <summary>Whole numbers as 64 bits, and the truth value that is the simplest of them.</summary>
internal static class Bits
{
    public static IReadOnlyList<FunctionEntry> Entries { get; } =
    [
        Pair("binary_and", "The bits set in both numbers.", "binary_and(12, 10)", (a, b) => a & b),
        Pair("binary_or", "The bits set in either number.", "binary_or(12, 10)", (a, b) => a | b),
        Pair("binary_xor", "The bits set in one of the numbers only.", "binary_xor(12, 10)", (a, b) => a ^ b),
        Pair("binary_shift_left", "The bits of a number moved up by a shift modulo 64; null for a negative shift.", "binary_shift_left(1, 2)",
            (value, shift) => shift < 0 ? Maybe<long>.Null : value << (int)(shift % 64)),
        Pair("binary_shift_right", "The bits of a number moved down by a shift modulo 64, keeping the sign; null for a negative shift.",
            "binary_shift_right(8, 2)", (value, shift) => shift < 0 ? Maybe<long>.Null : value >> (int)(shift % 64)),
        One("binary_not", "The bits of a number turned over.", "binary_not(100)", "binary-not-function", value => ~value),
        One("bitset_count_ones", "The number of bits set.", "bitset_count_ones(42)", "bitset-count-ones-function", value => BitOperations.PopCount((ulong)value)),
        new("not", FunctionKind.Scalar, "The opposite of a truth value.", "not(false)", "not-function")
        {
            Signatures = [new([Parameter.Bool("expression")], KqlType.Bool) { Kernel = _ => new SpanMap<Not, bool, bool>() }],
        },
    ];

    private static FunctionEntry Pair(string name, string description, string example, Func<long, long, Maybe<long>> function) =>
        new(name, FunctionKind.Scalar, description, example, name.Replace('_', '-') + "-function")
        {
            KeepsName = true,
            Signatures = [new([Parameter.Long("value1"), Parameter.Long("value2")], KqlType.Long) { Kernel = _ => Map.OfMaybe(function) }],
        };

    private static FunctionEntry One(string name, string description, string example, string page, Func<long, long> function) =>
        new(name, FunctionKind.Scalar, description, example, page)
        {
            KeepsName = true,
            Signatures = [new([Parameter.Long("value")], KqlType.Long) { Kernel = _ => Map.Of(function) }],
        };

    private readonly struct Not : ISpanFunction<bool, bool>
    {
        public static bool Apply(bool value) => !value;
    }
}

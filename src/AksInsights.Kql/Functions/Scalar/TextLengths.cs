using AksInsights.Kql.Types;

namespace AksInsights.Kql.Functions.Scalar;

/// <summary>How long a text is.</summary>
internal static class TextLengths
{
    public static IReadOnlyList<FunctionEntry> Entries { get; } =
    [
        new("strlen", FunctionKind.Scalar, "The number of characters (Unicode code points) of a text.", "strlen('abc')", "strlen-function")
        {
            Signatures = [new([Parameter.Text("source")], KqlType.Long) { Kernel = _ => Map.Of<string, long>(CountCodePoints) }],
        },
    ];

    private static long CountCodePoints(string text)
    {
        var count = 0L;
        foreach (var unit in text)
        {
            // The second half of a surrogate pair belongs to the code point already counted.
            if (!char.IsLowSurrogate(unit)) count++;
        }

        return count;
    }
}

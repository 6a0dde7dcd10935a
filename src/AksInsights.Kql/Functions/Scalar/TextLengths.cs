using System.Text;
using AksInsights.Kql.Types;

namespace AksInsights.Kql.Functions.Scalar;

/// <summary>How long a text is, and what it is made of.</summary>
internal static class TextLengths
{
    public static IReadOnlyList<FunctionEntry> Entries { get; } =
    [
        new("strlen", FunctionKind.Scalar, "The number of characters (Unicode code points) of a text.", "strlen('abc')",
            "strlen-function")
        {
            Naming = (argument, _) => $"strlen_{argument}",
            Signatures =
            [
                new([Parameter.Text("source")], KqlType.Long) { Kernel = _ => Map.Of<string, long>(t => CodePoints.Count(t)) },
            ],
        },
        new("string_size", FunctionKind.Scalar, "The number of bytes of a text in UTF-8.", "string_size('abc')",
            "string-size-function")
        {
            Naming = (argument, _) => $"string_size_{argument}",
            Signatures =
            [
                new([Parameter.Text("source")], KqlType.Long)
                {
                    Kernel = _ => Map.Of<string, long>(t => Encoding.UTF8.GetByteCount(t)),
                },
            ],
        },
        new("isascii", FunctionKind.Scalar, "Whether a text has ASCII characters only.", "isascii('abc')", "isascii")
        {
            Signatures =
            [
                new([TextParameters.AnyAsText("value")], KqlType.Bool)
                {
                    Kernel = _ => Map.Of<string, bool>(t => Ascii.IsValid(t)),
                },
            ],
        },
        new("isutf8", FunctionKind.Scalar, "Whether a text is well-formed Unicode: no half of a surrogate pair stands alone.",
            "isutf8('abc')", "isutf8")
        {
            Signatures =
            [
                new([TextParameters.AnyAsText("value")], KqlType.Bool) { Kernel = _ => Map.Of<string, bool>(IsWellFormed) },
            ],
        },
    ];

    private static bool IsWellFormed(string text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            if (!char.IsSurrogate(text[i])) continue;
            if (i + 1 >= text.Length || !char.IsSurrogatePair(text, i)) return false;
            i++;
        }

        return true;
    }
}

using System.Globalization;
using System.Text;
using AksInsights.Kql.Types;

namespace AksInsights.Kql.Functions.Scalar;

/// <summary>Texts and numbers: those of their characters, and hexadecimal digits.</summary>
internal static class CodePointTexts
{
    public static IReadOnlyList<FunctionEntry> Entries { get; } =
    [
        new("unicode_codepoints_to_string", FunctionKind.Scalar,
            "The text made of characters given by number, singly or in arrays; empty where a number is no character.",
            "unicode_codepoints_to_string(75, 117, 115, 116, 111)", "unicode-codepoints-to-string-function")
        {
            Aliases = ["make_string"],
            Signatures =
            [
                new([new Parameter("value", TypeSet.Integer | TypeSet.Dynamic)], KqlType.String)
                {
                    Repeats = true,
                    Kernel = _ => new MapMany<string>(MakeString),
                },
            ],
        },
        new("unicode_codepoints_from_string", FunctionKind.Scalar, "The numbers of a text's characters as an array.",
            "unicode_codepoints_from_string('Kusto')", "unicode-codepoints-from-string-function")
        {
            Aliases = ["to_utf8"],
            Signatures =
            [
                new([TextParameters.AnyAsText("value")], KqlType.Dynamic) { Kernel = _ => Map.Of<string, object>(Numbers) },
            ],
        },
        new("tohex", FunctionKind.Scalar,
            "A whole number in hexadecimal digits, two's complement if negative, filled up with zeros to a length of at most 16.",
            "tohex(256, 8)", "tohex-function")
        {
            KeepsName = true,
            Signatures =
            [
                new([new Parameter("value", TypeSet.Int), Parameter.Long("minLength").Optional()], KqlType.String)
                {
                    Kernel = _ => new MapMany<string>(r => ToHex(r, digits: 8)),
                },
                new([Parameter.Long("value"), Parameter.Long("minLength").Optional()], KqlType.String)
                {
                    Kernel = _ => new MapMany<string>(r => ToHex(r, digits: 16)),
                },
            ],
        },
    ];

    private static Maybe<string> MakeString(object[] row)
    {
        var text = new StringBuilder(row.Length);
        foreach (var value in row)
        {
            if (!TryAppend(text, value)) return Maybe<string>.Null;
        }

        return text.ToString();
    }

    private static bool TryAppend(StringBuilder text, object? value)
    {
        switch (value)
        {
            case long number when number >= 0 && number <= 0x10FFFF && Rune.IsValid((int)number):
                text.Append(new Rune((int)number).ToString());
                return true;
            case DynamicArray array:
                foreach (var item in array)
                {
                    if (!TryAppend(text, item)) return false;
                }

                return true;
            default:
                return false;
        }
    }

    private static DynamicArray Numbers(string text)
    {
        var numbers = new List<object?>(text.Length);
        for (var i = 0; i < text.Length; i++)
        {
            var isPair = i + 1 < text.Length && char.IsSurrogatePair(text, i);
            numbers.Add(isPair ? (long)char.ConvertToUtf32(text, i) : text[i]);
            if (isPair) i++;
        }

        return new DynamicArray([.. numbers]);
    }

    private static Maybe<string> ToHex(object[] row, int digits)
    {
        var value = (long)row[0];
        var wanted = row.Length > 1 ? (int)Math.Clamp((long)row[1], 1, 16) : 1;
        if (value < 0 && digits == 8) value &= 0xFFFFFFFF;
        return value.ToString("x", CultureInfo.InvariantCulture).PadLeft(wanted, '0');
    }
}

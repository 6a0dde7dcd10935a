using System.Text;
using AksInsights.Kql.Types;

namespace AksInsights.Kql.Functions.Scalar;

/// <summary>Texts and domain names in Punycode.</summary>
internal static class PunycodeFunctions
{
    private const string LabelMark = "xn--";

    // Full stops of other scripts separate labels too (RFC 3490, section 3.1).
    private static readonly char[] LabelSeparators = ['.', '\u3002', '\uFF0E', '\uFF61'];

    public static IReadOnlyList<FunctionEntry> Entries { get; } =
    [
        Entry("punycode_from_string", "A text in Punycode, without the mark of a domain label; empty where it cannot be encoded.",
            "punycode_from_string('acad\u00e9mie')", text => Punycode.TryEncode(text, out var encoded) ? encoded : null),
        Entry("punycode_to_string", "The text that Punycode stands for; empty where it stands for none.",
            "punycode_to_string('acadmie-dya')", text => Punycode.TryDecode(text, out var decoded) ? decoded : null),
        Entry("punycode_domain_from_string", "A domain name with its encoded labels decoded; empty where one cannot be.",
            "punycode_domain_from_string('xn--Ge-mia.Bulg.edu')", DecodeDomain),
        Entry("punycode_domain_to_string",
            "A domain name with its labels encoded where they are not ASCII; empty where one cannot be.",
            "punycode_domain_to_string('G\u00e1e.Bulg.edu')", EncodeDomain),
    ];

    private static FunctionEntry Entry(string name, string description, string example, Func<string, string?> function) =>
        new(name, FunctionKind.Scalar, description, example, $"{name.Replace('_', '-')}-function")
        {
            Signatures =
            [
                new([Parameter.Text("string")], KqlType.String)
                {
                    Kernel = _ => Map.Of<string, string>(text => function(text) ?? ""),
                },
            ],
        };

    private static string? EncodeDomain(string domain)
    {
        var labels = domain.Split(LabelSeparators);
        for (var i = 0; i < labels.Length; i++)
        {
            if (Ascii.IsValid(labels[i])) continue;
            if (!Punycode.TryEncode(labels[i], out var encoded)) return null;
            labels[i] = LabelMark + encoded;
        }

        return string.Join('.', labels);
    }

    private static string? DecodeDomain(string domain)
    {
        var labels = domain.Split(LabelSeparators);
        for (var i = 0; i < labels.Length; i++)
        {
            if (!labels[i].StartsWith(LabelMark, StringComparison.OrdinalIgnoreCase)) continue;
            if (!Punycode.TryDecode(labels[i][LabelMark.Length..], out var decoded)) return null;
            labels[i] = decoded;
        }

        return string.Join('.', labels);
    }
}

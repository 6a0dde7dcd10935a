using System.Globalization;
using System.Text;
using AksInsights.Kql.Types;

namespace AksInsights.Kql.Functions.Scalar;

/// <summary>Texts with a grammar of their own: CSV, command lines, file paths, version numbers.</summary>
internal static class Documents
{
    private const int MaxVersionParts = 4;
    private const int MaxVersionDigits = 8;

    public static IReadOnlyList<FunctionEntry> Entries { get; } =
    [
        Entry("parse_csv", KqlType.Dynamic, "The values of the first record of a CSV text, as an array of texts.",
            "parse_csv('aa,\"b,b\",cc')", Map.Of<string, object>(ParseCsv)) with { KeepsName = true },
        Entry("parse_xml", KqlType.Dynamic,
            "The value of an XML text as JSON has it: attributes as `@name`, text as `#text`; null where it is no XML.",
            "parse_xml('<e name=\"value\">text</e>')", Map.OfMaybe<string, object>(XmlText.Parse)) with { KeepsName = true },
        Entry("parse_path", KqlType.Dynamic,
            "A bag of the parts of a file path: Scheme, RootPath, DirectoryPath, DirectoryName, Filename, Extension, AlternateDataStreamName.",
            "parse_path(@'C:\\temp\\file.txt')", Map.Of<string, object>(ParsePath)),
        Entry("parse_version", KqlType.Decimal,
            "A version of one to four numbers as a decimal that compares as the version does; null where the text is none.",
            "parse_version('1.2.3.4')", Map.OfMaybe<string, decimal>(ParseVersion)),
        new("parse_command_line", FunctionKind.Scalar,
            "The arguments of a command line, as an array; the one parser is `windows`.",
            "parse_command_line('echo \"hello world!\"', 'windows')", "parse-command-line-function")
        {
            Signatures =
            [
                new([TextParameters.AnyAsText("command_line"), Parameter.Text("parser_type")], KqlType.Dynamic)
                {
                    Kernel = _ => Map.Of<string, string, object>(ParseCommandLine),
                },
            ],
        },
    ];

    private static FunctionEntry Entry(string name, KqlType result, string description, string example, ScalarKernel kernel) =>
        new(name, FunctionKind.Scalar, description, example, $"{name.Replace('_', '-')}-function")
        {
            Signatures = [new([Parameter.Text("text")], result) { Kernel = _ => kernel }],
        };

    private static DynamicArray ParseCsv(string text)
    {
        var values = new List<object?>();
        var position = 0;
        while (true)
        {
            values.Add(ReadCsvValue(text, ref position));
            if (position >= text.Length || text[position] != ',') return new DynamicArray([.. values]);
            position++;
        }
    }

    private static string ReadCsvValue(string text, ref int position)
    {
        var start = position;
        if (position >= text.Length || text[position] != '"')
        {
            var end = text.AsSpan(position).IndexOfAny(',', '\r', '\n');
            position = end < 0 ? text.Length : position + end;
            return text[start..position];
        }

        var value = new StringBuilder();
        for (position++; position < text.Length; position++)
        {
            if (text[position] != '"')
            {
                value.Append(text[position]);
            }
            else
            {
                position++;
                if (position >= text.Length || text[position] != '"') break;
                value.Append('"');
            }
        }

        return value.ToString();
    }

    private static DynamicBag ParsePath(string path)
    {
        var mark = path.IndexOf("://", StringComparison.Ordinal);
        var scheme = mark < 0 ? "" : path[..mark];
        var rest = mark < 0 ? path : path[(mark + 3)..];
        var last = rest.LastIndexOfAny(['/', '\\']);
        var file = rest[(last + 1)..];
        var directory = last < 0 ? "" : rest[..last];
        // A colon behind the last separator divides a stream from its file; one before it a drive from its path.
        var colon = file.IndexOf(':', StringComparison.Ordinal);
        var isDrive = last < 0 && colon == 1 && file.Length == 2;
        var stream = colon < 0 || isDrive ? "" : file[(colon + 1)..];
        if (colon >= 0 && !isDrive) file = file[..colon];
        var drive = directory.IndexOf(':', StringComparison.Ordinal);
        var dot = file.LastIndexOf('.');
        return new DynamicBag
        {
            ["Scheme"] = scheme,
            ["RootPath"] = drive < 0 ? "" : directory[..(drive + 1)],
            ["DirectoryPath"] = directory,
            ["DirectoryName"] = directory[(directory.LastIndexOfAny(['/', '\\']) + 1)..],
            ["Filename"] = file,
            ["Extension"] = dot < 0 ? "" : file[(dot + 1)..],
            ["AlternateDataStreamName"] = stream,
        };
    }

    private static Maybe<decimal> ParseVersion(string text)
    {
        var parts = text.Trim().Split('.');
        if (parts.Length > MaxVersionParts) return Maybe<decimal>.Null;
        var version = 0m;
        for (var i = 0; i < MaxVersionParts; i++)
        {
            var number = 0;
            if (i < parts.Length
                && (parts[i].Length > MaxVersionDigits || !int.TryParse(parts[i], NumberStyles.None, CultureInfo.InvariantCulture, out number)))
            {
                return Maybe<decimal>.Null;
            }

            version = (version * 100_000_000m) + number;
        }

        return version;
    }

    private static DynamicArray ParseCommandLine(string text, string parser) => parser == "windows"
        ? new DynamicArray([.. CommandLine.Split(text)])
        : throw new CallFailedException($"`parse_command_line` knows the parser `windows` only; it was given `{parser}`.");
}

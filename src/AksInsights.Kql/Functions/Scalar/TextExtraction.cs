using AksInsights.Kql.Columns;
using AksInsights.Kql.Functions.Patterns;
using AksInsights.Kql.Types;

namespace AksInsights.Kql.Functions.Scalar;

/// <summary>Parts of a text that a regular expression or a JSON path finds.</summary>
internal static class TextExtraction
{
    public static IReadOnlyList<FunctionEntry> Entries { get; } =
    [
        new("extract", FunctionKind.Scalar,
            "What a group of a regular expression matches, optionally as another type; empty, or null for other types, without a match.",
            "extract('x=([0-9.]+)', 1, 'hello x=45.6|wo')", "extract-function")
        {
            Signatures =
            [
                new(
                    [Parameter.Text("regex"), Parameter.Long("captureGroup"), Parameter.Text("source"), Parameter.Text("typeLiteral").Constant().Optional()],
                    shape => TypeOf(shape, 3))
                {
                    Kernel = shape => As(TypeOf(shape, 3), new MapMany<string>(row => Extract((string)row[0], (long)row[1], (string)row[2]))),
                },
            ],
        },
        new("extract_all", FunctionKind.Scalar,
            "All matches of a regular expression as an array: of texts for one group, of arrays for more; null without a match.",
            "extract_all('([a-z]+)', 'ab 12 cd')", "extract-all-function")
        {
            Aliases = ["extractall"],
            Signatures =
            [
                new([Parameter.Text("regex"), Parameter.Text("source")], KqlType.Dynamic)
                {
                    Kernel = _ => Map.OfMaybe<string, string, object>((regex, text) => ExtractAll(regex, null, text)),
                },
                new([Parameter.Text("regex"), Parameter.Dynamic("captureGroups"), Parameter.Text("source")],
                    KqlType.Dynamic)
                {
                    Kernel = _ => new MapMany<object>(row => ExtractAll((string)row[0], row[1], (string)row[2])),
                },
            ],
        },
        new("extract_json", FunctionKind.Scalar,
            "What a path such as `$.a.b[0]` leads to in a JSON text, optionally as another type; empty, or null for other types, where it leads nowhere.",
            "extract_json('$.name', '{\"name\": \"John\"}')", "extract-json-function")
        {
            Aliases = ["extractjson"],
            Signatures =
            [
                new(
                    [Parameter.Text("jsonPath"), Parameter.Text("dataSource"), Parameter.Text("type").Constant().Optional()],
                    shape => TypeOf(shape, 2))
                {
                    Kernel = shape => new Converted(
                        Map.OfMaybe<string, string, object>(ExtractJson), KqlType.Dynamic, Conversions.For(KqlType.Dynamic, TypeOf(shape, 2))),
                },
            ],
        },
    ];

    private static KqlType TypeOf(CallShape shape, int index)
    {
        if (index >= shape.Constants.Count) return KqlType.String;
        return shape.Constants[index] is string name && KqlTypes.TryParse(name, out var type) ? type : KqlType.Error;
    }

    private static ScalarKernel As(KqlType type, ScalarKernel text) => type switch
    {
        KqlType.String => text,
        KqlType.Dynamic => new Converted(text, KqlType.String, TypeConversions.ParseJsonKernel),
        _ => new Converted(text, KqlType.String, Conversions.For(KqlType.String, type)),
    };

    private static Maybe<string> Extract(string regex, long group, string text)
    {
        var pattern = RegexTranslation.Get(regex);
        if (group < 0 || group > pattern.GroupCount) return Maybe<string>.Null;
        var match = pattern.Match(text);
        return match.Success ? match.Groups[(int)group].Value : Maybe<string>.Null;
    }

    private static Maybe<object> ExtractAll(string regex, object? groups, string text)
    {
        var pattern = RegexTranslation.Get(regex);
        var numbers = groups is null
            ? Enumerable.Range(pattern.GroupCount == 0 ? 0 : 1, Math.Max(1, pattern.GroupCount)).ToArray()
            : [.. TextParameters.Array("extract_all", groups).Select(g => GroupNumber(pattern, g))];
        var matches = pattern.Matches(text);
        if (matches.Count == 0) return Maybe<object>.Null;
        var items = new object?[matches.Count];
        for (var i = 0; i < items.Length; i++)
        {
            var found = matches[i];
            items[i] = numbers.Length == 1
                ? found.Groups[numbers[0]].Value
                : new DynamicArray([.. numbers.Select(n => found.Groups[n].Value)]);
        }

        return new DynamicArray(items);
    }

    private static int GroupNumber(TextPattern pattern, object? group) => group switch
    {
        long number when number >= 0 && number <= pattern.GroupCount => (int)number,
        string name when pattern.GroupNumbers.TryGetValue(name, out var number) => number,
        _ => throw new CallFailedException($"The regular expression `{pattern.Source}` has no group `{DynamicText.Format(group)}`; it has {pattern.GroupCount}."),
    };

    private static Maybe<object> ExtractJson(string path, string json)
    {
        if (!DynamicText.TryParse(json, out var value)) return Maybe<object>.Null;
        foreach (var step in JsonPath.Parse(path))
        {
            value = (value, step) switch
            {
                (DynamicBag bag, string name) => bag.TryGetValue(name, out var item) ? item : null,
                (DynamicArray array, long index) when index >= -array.Count && index < array.Count => array[(int)(index < 0 ? array.Count + index : index)],
                _ => null,
            };
        }

        return value is null ? Maybe<object>.Null : value;
    }

    /// <summary>A kernel whose result is converted to the type the call asks for.</summary>
    private sealed class Converted(ScalarKernel first, KqlType between, ScalarKernel conversion) : ScalarKernel
    {
        public override Column Evaluate(CallSite site, Column[] arguments, int length)
        {
            if (site.Cache is not (CallSite firstSite, CallSite lastSite))
            {
                firstSite = site.ForResult(between);
                lastSite = site.ForResult(site.ResultType);
                site.Cache = (firstSite, lastSite);
            }

            return conversion.Evaluate(lastSite, [first.Evaluate(firstSite, arguments, length)], length);
        }
    }
}

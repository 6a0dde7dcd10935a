using AksInsights.Kql.Types;

namespace AksInsights.Kql.Functions.Scalar;

/// <summary>Turning a value into another type.</summary>
internal static class TypeConversions
{
    public static IReadOnlyList<FunctionEntry> Entries { get; } =
    [
        To(KqlType.String, "tostring", [], "A value as text; empty for null. Arrays and bags become JSON.", "tostring(123)"),
        To(KqlType.Long, "tolong", [], "A value as a 64-bit whole number, fractions cut off; null where it is none.",
            "tolong('123')"),
        To(KqlType.Int, "toint", [],
            "A value as a 32-bit whole number, fractions cut off; null where it is none or does not fit.", "toint(2.3)"),
        To(KqlType.Real, "todouble", ["toreal"], "A value as a floating-point number; null where it is none.", "todouble('123.4')"),
        To(KqlType.Decimal, "todecimal", [], "A value as a decimal number; null where it is none.", "todecimal('123.45678')"),
        To(KqlType.Bool, "tobool", ["toboolean"],
            "A value as true or false; numbers other than 0 are true; null where it is neither.", "tobool('true')"),
        To(KqlType.DateTime, "todatetime", [], "A value as a point in time; null where the text is none.",
            "todatetime('2015-12-24')"),
        To(KqlType.TimeSpan, "totimespan", ["totime"], "A value as a length of time; null where the text is none.",
            "totimespan('0.00:01:00')"),
        To(KqlType.Guid, "toguid", [], "A text as a GUID; null where it is none.",
            "toguid('70fc66f7-8279-44fc-9092-d364d70fce44')", TypeSet.String | TypeSet.Guid | TypeSet.Dynamic),
        new("parse_json", FunctionKind.Scalar,
            "The value that a JSON text describes; null for an empty text, the text itself where it is not JSON.",
            "parse_json('{\"a\": 1}').a", "parse-json-function")
        {
            Aliases = ["todynamic", "toobject", "parsejson"],
            KeepsName = true,
            Signatures =
            [
                new([new Parameter("json", TypeSet.String)], KqlType.Dynamic) { Kernel = _ => ParseJsonKernel },
                new([Parameter.Dynamic("json")], KqlType.Dynamic)
                {
                    Kernel = _ => Conversions.For(KqlType.Dynamic, KqlType.Dynamic),
                },
            ],
        },
        new("gettype", FunctionKind.Scalar,
            "The name of a value's type; for a dynamic that of what it holds: array, dictionary, or null.",
            "gettype(parse_json('[1]'))", "gettype-function")
        {
            Naming = (argument, _) => $"type_{argument}",
            Signatures =
            [
                new([Parameter.Dynamic("value")], KqlType.String) { Kernel = _ => new HeldTypes() },
                new([Parameter.Any("value")], KqlType.String) { Kernel = shape => new OneType(shape.Types[0].Name()) },
            ],
        },
    ];

    /// <summary>Reads JSON texts.</summary>
    internal static ScalarKernel ParseJsonKernel => Map.OfMaybe<string, object>(ParseJson);

    private static FunctionEntry To(KqlType target, string name, IReadOnlyList<string> aliases, string description, string example, TypeSet accepts = TypeSet.Any) =>
        new(name, FunctionKind.Scalar, description, example, $"{name}-function")
        {
            Aliases = aliases,
            KeepsName = true,
            Signatures =
            [
                new([new Parameter("value", accepts)], target) { Kernel = shape => Conversions.For(shape.Types[0], target) },
            ],
        };

    private static Maybe<object> ParseJson(string json)
    {
        if (string.IsNullOrWhiteSpace(json)) return Maybe<object>.Null;
        if (!DynamicText.TryParse(json, out var value)) return json;
        return value is null ? Maybe<object>.Null : value;
    }
}

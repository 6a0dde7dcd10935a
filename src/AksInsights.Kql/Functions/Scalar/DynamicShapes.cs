using System.Text;
using AksInsights.Kql.Types;

namespace AksInsights.Kql.Functions.Scalar;

/// <summary>Dynamic values as paths and as canonical text.</summary>
internal static class DynamicShapes
{
    public static IReadOnlyList<FunctionEntry> Entries { get; } =
    [
        new("treepath", FunctionKind.Scalar, "An array of the paths in a bag, containers on the way included, such as ['a'][0]['b']; all items of an array share one path. Null for what is no bag.",
            "treepath(dynamic({'a': 1, 'b': [1, 2]}))", "treepath-function")
        {
            Naming = (argument, _) => $"tree_{argument}",
            Signatures = [new([Parameter.Dynamic("object")], KqlType.Dynamic) { Kernel = _ => Map.Of<object, object?>(Paths) }],
        },
        new("dynamic_to_json", FunctionKind.Scalar, "A value as compact JSON with the names of every bag in code-point order; a value that is not dynamic as its plain text.",
            "dynamic_to_json(dynamic({'b': 1, 'a': [1, 2]}))", "dynamic-to-json-function")
        {
            Signatures =
            [
                new([Parameter.Dynamic("expr")], KqlType.String) { Kernel = _ => Map.Of<object, string>(value => DynamicText.Format(Canonical(value))) },
                new([new("expr", TypeSet.NotDynamic, KqlType.String)], KqlType.String) { Kernel = _ => Map.Of<string, string>(text => text) },
            ],
        },
    ];

    private static DynamicArray? Paths(object value)
    {
        if (value is not DynamicBag) return null;
        var paths = new List<string>();
        var path = new StringBuilder();
        Walk(value, path, paths);
        return new DynamicArray([.. paths.Distinct(StringComparer.Ordinal)]);
    }

    private static void Walk(object? value, StringBuilder path, List<string> paths)
    {
        var length = path.Length;
        if (length > 0) paths.Add(path.ToString());
        switch (value)
        {
            case DynamicBag bag:
                foreach (var (name, item) in bag)
                {
                    path.Append("['").Append(name).Append("']");
                    Walk(item, path, paths);
                    path.Length = length;
                }

                break;
            case DynamicArray array:
                foreach (var item in array)
                {
                    path.Append("[0]");
                    Walk(item, path, paths);
                    path.Length = length;
                }

                break;
        }
    }

    private static object? Canonical(object? value)
    {
        switch (value)
        {
            case DynamicArray array:
                return new DynamicArray([.. array.Select(Canonical)]);
            case DynamicBag bag:
                var sorted = new DynamicBag(bag.Count);
                foreach (var (name, item) in bag.OrderBy(pair => pair.Key, StringComparer.Ordinal)) sorted[name] = Canonical(item);
                return sorted;
            default:
                return value;
        }
    }
}

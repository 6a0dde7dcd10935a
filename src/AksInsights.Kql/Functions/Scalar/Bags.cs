using AksInsights.Kql.Types;

namespace AksInsights.Kql.Functions.Scalar;

/// <summary>Property bags. Keys may be JSONPaths, as <see cref="BagPath"/> says.</summary>
internal static class Bags
{
    public static IReadOnlyList<FunctionEntry> Entries { get; } =
    [
        new("bag_pack", FunctionKind.Scalar, "A bag of names and values in turn; nulls are kept, and of a repeated name the last value.",
            "bag_pack('Level', 'Information', 'ProcessID', 1234)", "pack-function")
        {
            Aliases = ["pack", "pack_dictionary"],
            Signatures =
            [
                new([Parameter.Text("key"), Arrays.Value("value")], KqlType.Dynamic) { Repeats = true, RepeatCount = 2, Kernel = _ => Map.OfRow(Pack) },
            ],
        },
        new("bag_keys", FunctionKind.Scalar, "An array of a bag's names, in the order in which it holds them; null for what is no bag.",
            "bag_keys(dynamic({'a': 1, 'b': 2}))", "bag-keys-function")
        {
            Signatures =
            [
                new([Parameter.Dynamic("object")], KqlType.Dynamic)
                {
                    Kernel = _ => Map.Of<object, object?>(value => value is DynamicBag bag ? new DynamicArray([.. bag.Keys]) : null),
                },
            ],
        },
        new("bag_has_key", FunctionKind.Scalar, "Whether a bag has a name; false for what is no bag.", "bag_has_key(dynamic({'a': 1}), 'a')", "bag-has-key-function")
        {
            Signatures = [new([Parameter.Dynamic("bag"), Parameter.Text("key")], KqlType.Bool) { Kernel = _ => Map.Of<object, string, bool>(HasKey) }],
        },
        new("bag_merge", FunctionKind.Scalar, "All properties of several bags; of a repeated name the first value. What is no bag is passed over; null when none is.",
            "bag_merge(dynamic({'a': 1}), dynamic({'b': 2}))", "bag-merge-function")
        {
            Signatures = [new([Parameter.Dynamic("bag"), Parameter.Dynamic("bags")], KqlType.Dynamic) { Repeats = true, Kernel = _ => Map.OfRow(Merge) }],
        },
        new("bag_remove_keys", FunctionKind.Scalar, "A bag without the names in an array; null for what is no bag.",
            "bag_remove_keys(dynamic({'a': 1, 'b': 2}), dynamic(['a']))", "bag-remove-keys-function")
        {
            Signatures =
            [
                new([Parameter.Dynamic("bag"), Parameter.Dynamic("keys")], KqlType.Dynamic) { Kernel = _ => Map.Of<object, object, object?>(RemoveKeys) },
            ],
        },
        new("bag_set_key", FunctionKind.Scalar, "A bag with a property added or replaced; null for what is no bag.",
            "bag_set_key(dynamic({'a': 1}), 'b', 2)", "bag-set-key-function")
        {
            Signatures =
            [
                new([Parameter.Dynamic("bag"), Parameter.Text("key"), Arrays.Value("value")], KqlType.Dynamic) { Kernel = _ => Map.OfRow(SetKey) },
            ],
        },
        new("bag_zip", FunctionKind.Scalar,
            "A bag of an array of names and one of values at the same places: names that are no text are left out, missing values are null. Null when the names are no array.",
            "bag_zip(dynamic(['a', 'b']), dynamic([1, 2]))", "bag-zip")
        {
            Signatures = [new([Parameter.Dynamic("keys"), Parameter.Dynamic("values")], KqlType.Dynamic) { Kernel = _ => Map.OfRow(Zip) }],
        },
    ];

    private static DynamicBag Pack(object?[] row)
    {
        var bag = new DynamicBag(row.Length / 2);
        for (var i = 0; i < row.Length; i += 2) bag[(string?)row[i] ?? ""] = row[i + 1];
        return bag;
    }

    private static bool HasKey(object value, string key)
    {
        if (BagPath.Parse(key) is not { } names) return false;
        object? inner = value;
        foreach (var name in names)
        {
            if (inner is not DynamicBag bag || !bag.TryGetValue(name, out inner)) return false;
        }

        return true;
    }

    private static DynamicBag? Merge(object?[] row)
    {
        DynamicBag? merged = null;
        foreach (var bag in row.OfType<DynamicBag>())
        {
            merged ??= new DynamicBag();
            foreach (var (name, item) in bag)
            {
                if (!merged.TryGetValue(name, out _)) merged[name] = item;
            }
        }

        return merged;
    }

    private static object? RemoveKeys(object value, object keys)
    {
        if (value is not DynamicBag bag || keys is not DynamicArray array) return null;
        foreach (var key in array.OfType<string>())
        {
            if (BagPath.Parse(key) is { } names) bag = Without(bag, names);
        }

        return bag;
    }

    private static DynamicBag Without(DynamicBag bag, ReadOnlySpan<string> names)
    {
        if (!bag.TryGetValue(names[0], out var inner) || (names.Length > 1 && inner is not DynamicBag)) return bag;
        var result = new DynamicBag(bag.Count);
        foreach (var (name, item) in bag)
        {
            if (name != names[0]) result[name] = item;
            else if (names.Length > 1) result[name] = Without((DynamicBag)item!, names[1..]);
        }

        return result;
    }

    private static object? SetKey(object?[] row) =>
        row[0] is DynamicBag bag && BagPath.Parse((string?)row[1] ?? "") is { } names ? With(bag, names, row[2]) : null;

    private static DynamicBag With(DynamicBag bag, ReadOnlySpan<string> names, object? value)
    {
        var result = new DynamicBag(bag.Count + 1);
        foreach (var (name, item) in bag) result[name] = item;
        if (names.Length > 1)
        {
            // A bag is made on the way where there is none yet.
            var inner = bag.TryGetValue(names[0], out var known) && known is DynamicBag next ? next : new DynamicBag();
            value = With(inner, names[1..], value);
        }

        result[names[0]] = value;
        return result;
    }

    private static DynamicBag? Zip(object?[] row)
    {
        if (row[0] is not DynamicArray keys) return null;
        var values = row[1] as DynamicArray;
        var bag = new DynamicBag(keys.Count);
        for (var i = 0; i < keys.Count; i++)
        {
            if (keys[i] is string name) bag[name] = i < values?.Count ? values[i] : null;
        }

        return bag;
    }
}

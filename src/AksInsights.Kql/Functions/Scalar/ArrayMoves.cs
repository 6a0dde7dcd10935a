using AksInsights.Kql.Types;

namespace AksInsights.Kql.Functions.Scalar;

/// <summary>Arrays with their items moved, cut out or split. All give null for what is no array.</summary>
internal static class ArrayMoves
{
    public static IReadOnlyList<FunctionEntry> Entries { get; } =
    [
        new("array_reverse", FunctionKind.Scalar, "The items in the opposite order.", "array_reverse(dynamic([1, 2, 3]))", "array-reverse-function")
        {
            Signatures = [new([Parameter.Dynamic("array")], KqlType.Dynamic) { Kernel = _ => Map.Of<object, object?>(Reverse) }],
        },
        new("array_slice", FunctionKind.Scalar, "The items from a start to an end, both included; negative places count from the end, and those beyond it are left out.",
            "array_slice(dynamic([1, 2, 3, 4, 5]), 2, -1)", "array-slice-function")
        {
            Signatures =
            [
                new([Parameter.Dynamic("array"), Parameter.Long("start"), Parameter.Long("end")], KqlType.Dynamic)
                {
                    Kernel = _ => Map.Of<object, long, long, object?>(Slice),
                },
            ],
        },
        new("array_split", FunctionKind.Scalar, "An array of the parts between places, or on both sides of one place; negative places count from the end.",
            "array_split(dynamic([1, 2, 3, 4, 5]), dynamic([1, 3]))", "array-split-function")
        {
            Signatures =
            [
                new([Parameter.Dynamic("array"), new("index", TypeSet.Integer, KqlType.Long)], KqlType.Dynamic)
                {
                    Kernel = _ => Map.Of<object, long, object?>((value, index) => Split(value, [index])),
                },
                new([Parameter.Dynamic("array"), Parameter.Dynamic("indices")], KqlType.Dynamic)
                {
                    Kernel = _ => Map.Of<object, object, object?>((value, indices) => Split(value, Places(indices))),
                },
            ],
        },
        Rotation("left", 1),
        Rotation("right", -1),
        Shifting("left", 1),
        Shifting("right", -1),
    ];

    private static FunctionEntry Rotation(string side, int sign) => new(
        $"array_rotate_{side}", FunctionKind.Scalar, $"The items moved to the {side}; those that fall off come back at the other end.",
        $"array_rotate_{side}(dynamic([1, 2, 3, 4, 5]), 2)", $"array-rotate-{side}-function")
    {
        Signatures =
        [
            new([Parameter.Dynamic("array"), Parameter.Long("rotate_count")], KqlType.Dynamic)
            {
                Kernel = _ => Map.Of<object, long, object?>((value, count) => Rotate(value, sign * (Int128)count)),
            },
        ],
    };

    private static FunctionEntry Shifting(string side, int sign)
    {
        Signature Form(params Parameter[] last) => new([Parameter.Dynamic("array"), Parameter.Long("shift_count"), .. last], KqlType.Dynamic)
        {
            Kernel = _ => Map.OfRow(row => Shift(row, sign)),
        };
        return new(
            $"array_shift_{side}", FunctionKind.Scalar,
            $"The items moved to the {side}; freed places get a default: null, or an empty text in an array of texts, unless one is given.",
            $"array_shift_{side}(dynamic([1, 2, 3, 4, 5]), 2, -1)", $"array-shift-{side}-function")
        {
            Signatures = [Form(), Form(Arrays.Value("default_value"))],
        };
    }

    private static DynamicArray? Reverse(object value)
    {
        if (value is not DynamicArray array) return null;
        var items = array.Span.ToArray();
        Array.Reverse(items);
        return new DynamicArray(items);
    }

    private static DynamicArray? Slice(object value, long start, long end)
    {
        if (value is not DynamicArray array) return null;
        var from = Math.Max(0, start < 0 ? array.Count + start : start);
        var to = Math.Min(array.Count - 1, end < 0 ? array.Count + end : end);
        return from > to ? DynamicArray.Empty : new DynamicArray(array.Span[(int)from..((int)to + 1)].ToArray());
    }

    private static DynamicArray? Split(object value, long[]? indices)
    {
        if (value is not DynamicArray array || indices is null) return null;
        var parts = new object?[indices.Length + 1];
        var start = 0;
        for (var i = 0; i < parts.Length; i++)
        {
            var index = i < indices.Length ? indices[i] : array.Count;
            // A place before the last one makes an empty part.
            var end = (int)Math.Clamp(index < 0 ? array.Count + index : index, start, array.Count);
            parts[i] = new DynamicArray(array.Span[start..end].ToArray());
            start = end;
        }

        return new DynamicArray(parts);
    }

    private static long[]? Places(object indices) => indices switch
    {
        long index => [index],
        DynamicArray array when array.All(item => item is long) => [.. array.Select(item => (long)item!)],
        _ => null,
    };

    private static DynamicArray? Rotate(object value, Int128 count)
    {
        if (value is not DynamicArray { Count: > 0 } array) return value as DynamicArray;
        var cut = (int)(((count % array.Count) + array.Count) % array.Count);
        return new DynamicArray([.. array.Span[cut..], .. array.Span[..cut]]);
    }

    private static DynamicArray? Shift(object?[] row, int sign)
    {
        if (row[0] is not DynamicArray array || row[1] is not long count) return null;
        var filler = row.Length > 2 ? row[2] : array.Count > 0 && array.All(item => item is string) ? "" : null;
        var items = new object?[array.Count];
        for (var i = 0; i < items.Length; i++)
        {
            var source = i + (sign * (Int128)count);
            items[i] = source >= 0 && source < array.Count ? array[(int)source] : filler;
        }

        return new DynamicArray(items);
    }
}

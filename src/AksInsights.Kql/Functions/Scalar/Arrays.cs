using AksInsights.Kql.Types;

namespace AksInsights.Kql.Functions.Scalar;

/// <summary>Making arrays, and what can be said of one.</summary>
internal static class Arrays
{
    private const int MaxRepeats = 1 << 20;

    public static IReadOnlyList<FunctionEntry> Entries { get; } =
    [
        new("array_length", FunctionKind.Scalar, "The number of items of an array; null for what is no array.",
            "array_length(dynamic([1, 2, 3]))", "array-length-function")
        {
            Aliases = ["arraylength"],
            Signatures =
            [
                new([Parameter.Dynamic("array")], KqlType.Long)
                {
                    Kernel = _ => Map.OfMaybe<object, long>(value => value is DynamicArray array ? array.Count : Maybe<long>.Null),
                },
            ],
        },
        new("pack_array", FunctionKind.Scalar, "An array of all arguments, nulls included.", "pack_array(1, 'a', 2h)", "pack-array-function")
        {
            Signatures = [new([Value("value")], KqlType.Dynamic) { Repeats = true, Kernel = _ => Map.OfRow(row => new DynamicArray([.. row])) }],
        },
        new("array_concat", FunctionKind.Scalar, "The items of all arrays in one array; what is no array is passed over, and the result is null when none is.",
            "array_concat(dynamic([1, 2]), dynamic([3]))", "array-concat-function")
        {
            Signatures = [new([Parameter.Dynamic("array")], KqlType.Dynamic) { Repeats = true, Kernel = _ => Map.OfRow(Concatenate) }],
        },
        new("array_iff", FunctionKind.Scalar,
            "For each item of an array of conditions, the item at the same place of one array where it is true (a number: not 0) and of another where it is false; "
            + "a scalar stands for all items, and null for missing items and other conditions.",
            "array_iff(dynamic([true, false]), dynamic([1, 2]), 0)", "array-iff-function")
        {
            Aliases = ["array_iif"],
            Signatures =
            [
                new([Parameter.Dynamic("condition_array"), Value("when_true"), Value("when_false")], KqlType.Dynamic) { Kernel = _ => Map.OfRow(Choose) },
            ],
        },
        new("array_index_of", FunctionKind.Scalar,
            "The place of a value in an array, counted from 0, or -1; start and length limit the search, and an occurrence after the first can be asked for.",
            "array_index_of(dynamic(['this', 'is']), 'is')", "array-index-of-function")
        {
            Signatures =
            [
                new(
                    [
                        Parameter.Dynamic("array"), Value("value"), Parameter.Long("start").Optional(), Parameter.Long("length").Optional(),
                        Parameter.Long("occurrence").Optional(),
                    ],
                    KqlType.Long) { Kernel = _ => Map.OfRow(IndexOf) },
            ],
        },
        new("array_sum", FunctionKind.Scalar, "The sum of an array's items as a real; null when one of them is no number.",
            "array_sum(dynamic([1, 2, 3, 4]))", "array-sum-function")
        {
            Signatures = [new([Parameter.Dynamic("array")], KqlType.Real) { Kernel = _ => Map.OfMaybe<object, double>(Sum) }],
        },
        new("zip", FunctionKind.Scalar, "An array of arrays: the first items of all arrays, then the second ones, and so on; shorter arrays are filled up with null.",
            "zip(dynamic([1, 3]), dynamic([2, 4]))", "zip-function")
        {
            Signatures =
            [
                new([Parameter.Dynamic("array"), Parameter.Dynamic("arrays")], KqlType.Dynamic) { Repeats = true, Kernel = _ => Map.OfRow(Zip) },
            ],
        },
        new("repeat", FunctionKind.Scalar, "An array of one value many times; null for a negative count.", "repeat(1, 3)", "repeat-function")
        {
            Naming = (argument, _) => $"repeat_{argument}",
            Signatures =
            [
                new([Value("value"), Parameter.Long("count")], KqlType.Dynamic) { Kernel = _ => Map.OfRow(row => Repeat(row[0], row[1])) },
            ],
        },
    ];

    /// <summary>A parameter for any value, which the kernel sees in dynamic form.</summary>
    public static Parameter Value(string name) => new(name, TypeSet.Any, KqlType.Dynamic);

    private static DynamicArray? Concatenate(object?[] row)
    {
        var arrays = row.OfType<DynamicArray>().ToArray();
        return arrays.Length == 0 ? null : new DynamicArray([.. arrays.SelectMany(array => array)]);
    }

    private static DynamicArray? Choose(object?[] row)
    {
        if (row[0] is not DynamicArray conditions) return null;
        var result = new object?[conditions.Count];
        for (var i = 0; i < result.Length; i++)
        {
            var condition = conditions[i] switch
            {
                bool truth => truth,
                { } number when DynamicEquality.IsNumber(number) => DynamicEquality.ToReal(number) != 0,
                _ => (bool?)null,
            };
            if (condition is { } chosen) result[i] = At(row[chosen ? 1 : 2], i);
        }

        return new DynamicArray(result);
    }

    private static object? At(object? source, int index)
    {
        if (source is not DynamicArray array) return source;
        return index < array.Count ? array[index] : null;
    }

    private static object? IndexOf(object?[] row)
    {
        if (row.Contains(null) || row[0] is not DynamicArray array) return null;
        var start = row.Length > 2 ? (long)row[2]! : 0;
        var length = row.Length > 3 ? (long)row[3]! : -1;
        var occurrence = row.Length > 4 ? (long)row[4]! : 1;
        if (length < -1 || occurrence < 0) return null;
        if (start < 0) start = Math.Max(0, array.Count + start);
        var end = length < 0 || length > array.Count - start ? array.Count : start + length;
        for (var i = start; i < end; i++)
        {
            if (DynamicEquality.Instance.Equals(array[(int)i], row[1]) && --occurrence <= 0) return i;
        }

        return -1L;
    }

    private static Maybe<double> Sum(object value)
    {
        if (value is not DynamicArray array) return Maybe<double>.Null;
        var sum = 0.0;
        foreach (var item in array)
        {
            if (!DynamicEquality.IsNumber(item)) return Maybe<double>.Null;
            sum += DynamicEquality.ToReal(item!);
        }

        return sum;
    }

    private static DynamicArray? Zip(object?[] row)
    {
        var arrays = row.OfType<DynamicArray>().ToArray();
        if (arrays.Length < row.Length) return null;
        var items = new object?[arrays.Max(array => array.Count)];
        for (var i = 0; i < items.Length; i++) items[i] = new DynamicArray([.. arrays.Select(array => At(array, i))]);
        return new DynamicArray(items);
    }

    private static DynamicArray? Repeat(object? value, object? count)
    {
        if (count is not (long and >= 0)) return null;
        var length = (long)count;
        if (length > MaxRepeats) throw new CallFailedException($"repeat() makes arrays of at most {MaxRepeats} items; the count is {length}.");
        var items = new object?[length];
        Array.Fill(items, value);
        return new DynamicArray(items);
    }
}

using AksInsights.Kql.Types;

namespace AksInsights.Kql.Functions.Series;

/// <summary>Filling what is missing in a series: null items, or items that have a given placeholder value.</summary>
internal static class SeriesFills
{
    public static IReadOnlyList<FunctionEntry> Entries { get; } =
    [
        Neighbour("forward", "before", items => Carry(items, 0, 1)),
        Neighbour("backward", "behind", items => Carry(items, items.Length - 1, -1)),
        new("series_fill_const", FunctionKind.Scalar, "A series with one value (0 unless given) in place of missing items: nulls, or a placeholder.",
            "series_fill_const(dynamic([1, null, 3]), 0.0)", "series-fill-const-function")
        {
            KeepsName = true,
            Signatures =
            [
                new([Parameter.Dynamic("series"), Value("constant_value").Optional(), Value("missing_value_placeholder").Optional()], KqlType.Dynamic)
                {
                    Kernel = _ => Map.OfRow(row => Fill(row, 2, items => Replace(items, row.Length > 1 ? row[1] : 0L))),
                },
            ],
        },
        new("series_fill_linear", FunctionKind.Scalar,
            "A series with missing items (nulls, or a placeholder) on straight lines between their neighbours; at the edges the nearest value, unless told not to; "
            + "a constant (0.0 unless given) if all are missing. In a series of whole numbers fractions are cut off.",
            "series_fill_linear(dynamic([1, null, 3]))", "series-fill-linear-function")
        {
            KeepsName = true,
            Signatures =
            [
                new(
                    [
                        Parameter.Dynamic("series"), Value("missing_value_placeholder").Optional(), new Parameter("fill_edges", TypeSet.Bool).Optional(),
                        Value("constant_value").Optional(),
                    ],
                    KqlType.Dynamic) { Kernel = _ => Map.OfRow(row => Fill(row, 1, items => Interpolate(items, row))) },
            ],
        },
    ];

    // A hole is an item to be filled; a null in the result of a fill leaves the item as it was.
    private static readonly object Hole = new();

    private static FunctionEntry Neighbour(string direction, string side, Action<object?[]> carry) =>
        new($"series_fill_{direction}", FunctionKind.Scalar,
            $"A series with missing items (nulls, or a placeholder) replaced by the nearest one {side} them; those with none stay missing.",
            $"series_fill_{direction}(dynamic([1, null, 3]))", $"series-fill-{direction}-function")
        {
            KeepsName = true,
            Signatures =
            [
                new([Parameter.Dynamic("series"), Value("missing_value_placeholder").Optional()], KqlType.Dynamic)
                {
                    Kernel = _ => Map.OfRow(row => Fill(row, 1, carry)),
                },
            ],
        };

    private static Parameter Value(string name) => new(name, TypeSet.Any, KqlType.Dynamic);

    private static DynamicArray? Fill(object?[] row, int placeholderIndex, Action<object?[]> fill)
    {
        if (row[0] is not DynamicArray array) return null;
        var placeholder = row.Length > placeholderIndex ? row[placeholderIndex] : null;
        var items = array.Select(item => DynamicEquality.Instance.Equals(item, placeholder) ? Hole : item).ToArray();
        fill(items);
        return new DynamicArray([.. items.Select((item, i) => ReferenceEquals(item, Hole) ? array[i] : item)]);
    }

    private static void Replace(object?[] items, object? value)
    {
        for (var i = 0; i < items.Length; i++)
        {
            if (ReferenceEquals(items[i], Hole)) items[i] = value;
        }
    }

    private static void Carry(object?[] items, int start, int step)
    {
        for (var i = start + step; i >= 0 && i < items.Length; i += step)
        {
            if (ReferenceEquals(items[i], Hole)) items[i] = items[i - step];
        }
    }

    private static void Interpolate(object?[] items, object?[] row)
    {
        if (items.All(item => ReferenceEquals(item, Hole)))
        {
            Replace(items, row.Length > 3 ? row[3] : 0.0);
            return;
        }

        var whole = items.All(item => ReferenceEquals(item, Hole) || item is long);
        for (var left = 0; left < items.Length; left++)
        {
            if (!DynamicEquality.IsNumber(items[left])) continue;
            var right = left + 1;
            while (right < items.Length && ReferenceEquals(items[right], Hole)) right++;
            if (right < items.Length && DynamicEquality.IsNumber(items[right])) Connect(items, left, right, whole);
        }

        if (row.Length > 2 && row[2] is false) return;
        Carry(items, 0, 1);
        Carry(items, items.Length - 1, -1);
    }

    private static void Connect(object?[] items, int left, int right, bool whole)
    {
        var start = DynamicEquality.ToReal(items[left]!);
        var rise = DynamicEquality.ToReal(items[right]!) - start;
        for (var i = left + 1; i < right; i++)
        {
            var value = start + (rise * (i - left) / (right - left));
            items[i] = whole ? (object)(long)value : value;
        }
    }
}

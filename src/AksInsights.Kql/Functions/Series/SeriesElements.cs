using AksInsights.Kql.Types;

namespace AksInsights.Kql.Functions.Series;

/// <summary>Functions of each item of a series by itself. An item that is no number, or has no result, gives a null item.</summary>
internal static class SeriesElements
{
    public static IReadOnlyList<FunctionEntry> Entries { get; } =
    [
        Of("abs", "The absolute values", item => item is long whole ? (object)(whole < 0 ? unchecked(-whole) : whole) : Math.Abs(Real(item))),
        Of("sign", "The signs, -1, 0 or 1,", item => item is long whole ? (object)(long)Math.Sign(whole) : Sign(Real(item))),
        Of("ceiling", "The smallest whole numbers at or above, as reals, the items", item => Math.Ceiling(Real(item))),
        Of("floor", "The largest whole numbers at or below, as reals, the items", item => Math.Floor(Real(item))),
        Of("exp", "e to the powers", item => Math.Exp(Real(item))),
        Of("log", "The natural logarithms", item => Real(item) < 0 ? null : Math.Log(Real(item))),
        Of("sin", "The sines", item => Math.Sin(Real(item))),
        Of("cos", "The cosines", item => Math.Cos(Real(item))),
        Of("tan", "The tangents", item => Math.Tan(Real(item))),
        Of("asin", "The arcsines", item => Math.Abs(Real(item)) > 1 ? null : Math.Asin(Real(item))),
        Of("acos", "The arccosines", item => Math.Abs(Real(item)) > 1 ? null : Math.Acos(Real(item))),
        Of("atan", "The arctangents", item => Math.Atan(Real(item))),
    ];

    private static FunctionEntry Of(string name, string what, Func<object, object?> function) =>
        new($"series_{name}", FunctionKind.Scalar, $"{what} of a series; a null item for what is no number or has no result.",
            $"series_{name}(dynamic([-1, 0.5, 1]))", SeriesValues.Page($"series_{name}"))
        {
            Signatures =
            [
                new([Parameter.Dynamic("series")], KqlType.Dynamic) { Kernel = _ => Map.Of<object, object?>(value => Each(value, function)) },
            ],
        };

    private static DynamicArray? Each(object value, Func<object, object?> function)
    {
        if (value is not DynamicArray array) return null;
        var items = new object?[array.Count];
        for (var i = 0; i < items.Length; i++)
        {
            if (DynamicEquality.IsNumber(array[i])) items[i] = function(array[i]!);
        }

        return new DynamicArray(items);
    }

    private static double Real(object item) => DynamicEquality.ToReal(item);

    private static double Sign(double item) => item > 0 ? 1 : item < 0 ? -1 : item;
}

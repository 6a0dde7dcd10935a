using System.Numerics;
using AksInsights.Kql.Types;

namespace AksInsights.Kql.Functions.Series;

/// <summary>Series in the frequency domain and back.</summary>
internal static class SeriesSpectra
{
    public static IReadOnlyList<FunctionEntry> Entries { get; } =
    [
        Of("series_fft", "The Fourier transform of a series of complex numbers, as its real and imaginary parts", inverse: false),
        Of("series_ifft", "The series of complex numbers whose Fourier transform is given, as its real and imaginary parts", inverse: true),
    ];

    private static FunctionEntry Of(string name, string what, bool inverse) =>
        new(name, FunctionKind.Scalar, $"{what}; without an imaginary part it is 0. Null unless both parts are equally long arrays of numbers.",
            $"{name}(dynamic([1, 0, 0, 0]))", SeriesValues.Page(name))
        {
            MultiColumn = SeriesValues.Columns(name, ("real", KqlType.Dynamic), ("imag", KqlType.Dynamic)),
            Signatures =
            [
                new([Parameter.Dynamic("series"), Parameter.Dynamic("series_imaginary").Optional()], KqlType.Dynamic)
                {
                    Kernel = _ => Map.OfRow(row => Transform(row, inverse)),
                },
            ],
        };

    private static object? Transform(object?[] row, bool inverse)
    {
        if (SeriesValues.Read(row[0]) is not { } real) return null;
        var imaginary = row.Length > 1 ? SeriesValues.Read(row[1]) : new double[real.Length];
        if (imaginary is null || imaginary.Length != real.Length) return null;
        var transformed = Fourier.Transform([.. real.Select((number, i) => new Complex(number, imaginary[i]))], inverse);
        return new DynamicArray([SeriesValues.ToArray(transformed.Select(c => c.Real)), SeriesValues.ToArray(transformed.Select(c => c.Imaginary))]);
    }
}

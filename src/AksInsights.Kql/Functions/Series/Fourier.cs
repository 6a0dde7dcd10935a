using System.Numerics;

namespace AksInsights.Kql.Functions.Series;

/// <summary>The discrete Fourier transform for any length.</summary>
/// <remarks>
/// Powers of two by the method of Cooley and Tukey; other lengths by Bluestein's, which makes a convolution of them. Cost: O(n log n).
/// </remarks>
internal static class Fourier
{
    /// <summary>The transform; the inverse one is divided by the length, so that it undoes the forward one.</summary>
    public static Complex[] Transform(Complex[] signal, bool inverse)
    {
        if (signal.Length == 0) return [];
        var result = BitOperations.IsPow2(signal.Length) ? PowerOfTwo(signal, inverse) : AnyLength(signal, inverse);
        if (!inverse) return result;
        for (var i = 0; i < result.Length; i++) result[i] /= result.Length;
        return result;
    }

    private static Complex[] PowerOfTwo(Complex[] signal, bool inverse)
    {
        var result = new Complex[signal.Length];
        var bits = BitOperations.Log2((uint)signal.Length);
        for (var i = 0; i < result.Length; i++) result[Reverse(i, bits)] = signal[i];
        for (var size = 2; size <= result.Length; size *= 2)
        {
            for (var k = 0; k < size / 2; k++)
            {
                var turn = Turn(k, size, inverse);
                for (var start = k; start < result.Length; start += size)
                {
                    var odd = turn * result[start + (size / 2)];
                    var even = result[start];
                    result[start] = even + odd;
                    result[start + (size / 2)] = even - odd;
                }
            }
        }

        return result;
    }

    // j k = (j² + k² - (k - j)²) / 2 turns the sum over j into a convolution with a chirp, which transforms of a power of two compute.
    private static Complex[] AnyLength(Complex[] signal, bool inverse)
    {
        var n = signal.Length;
        var size = (int)BitOperations.RoundUpToPowerOf2((uint)((2 * n) - 1));
        var chirp = new Complex[n];
        var left = new Complex[size];
        var right = new Complex[size];
        for (var i = 0; i < n; i++)
        {
            // The square modulo 2n, as angles repeat: i² itself would lose digits.
            chirp[i] = Turn((int)((long)i * i % (2 * n)), 2 * n, inverse);
            left[i] = signal[i] * chirp[i];
            right[i] = Complex.Conjugate(chirp[i]);
            if (i > 0) right[size - i] = right[i];
        }

        var product = PowerOfTwo(left, inverse: false);
        var other = PowerOfTwo(right, inverse: false);
        for (var i = 0; i < size; i++) product[i] *= other[i];
        var convolved = PowerOfTwo(product, inverse: true);
        var result = new Complex[n];
        for (var i = 0; i < n; i++) result[i] = convolved[i] / size * chirp[i];
        return result;
    }

    private static Complex Turn(int step, int steps, bool inverse) =>
        Complex.FromPolarCoordinates(1, (inverse ? 2 : -2) * Math.PI * step / steps);

    private static int Reverse(int value, int bits)
    {
        var reversed = 0;
        for (var i = 0; i < bits; i++) reversed |= ((value >> i) & 1) << (bits - 1 - i);
        return reversed;
    }
}

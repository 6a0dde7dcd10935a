using System.Numerics;

namespace AksInsights.Kql.Functions.Series;

/// <summary>Periods in evenly spaced numbers: candidates stand out of the power spectrum, and the autocorrelation says how good they are.</summary>
/// <remarks>
/// The pages series-periods-detect-function and series-periods-validate-function say what goes in and comes out, and the limits (4 points, half the length), but not
/// how; this is a method of our own that agrees with their examples. A frequency is a candidate when its power is a peak of at least three times the mean; its period
/// is the lag around it with the greatest autocorrelation. The score is the least autocorrelation (each lag by the pairs it has) over the period's multiples up to half
/// the length: what repeats after one period must do so after two.
/// </remarks>
internal sealed class Periodicity
{
    /// <summary>The shortest period, in points.</summary>
    public const int MinPeriod = 4;

    private readonly double[] _correlations;
    private readonly double[] _power;
    private readonly int _length;

    /// <summary>Prepares a series. Cost: O(n log n).</summary>
    public Periodicity(ReadOnlySpan<double> numbers)
    {
        _length = numbers.Length;
        // Padded to twice the length, so that the circular correlation is the plain one.
        var padded = new Complex[2 * Math.Max(1, _length)];
        var centered = new Complex[_length];
        var mean = 0.0;
        foreach (var number in numbers) mean += number / _length;
        for (var i = 0; i < _length; i++) padded[i] = centered[i] = numbers[i] - mean;
        var spectrum = Fourier.Transform(padded, inverse: false);
        var correlation = Fourier.Transform(Array.ConvertAll(spectrum, c => new Complex(Power(c), 0)), inverse: true);
        _correlations = [.. correlation.Take(_length).Select(c => correlation[0].Real > 0 ? c.Real / correlation[0].Real : 0)];
        _power = [.. Fourier.Transform(centered, inverse: false).Take((_length / 2) + 1).Select(Power)];
    }

    /// <summary>The periods within limits (in points), best first, with their scores.</summary>
    public IReadOnlyList<(int Period, double Score)> Detect(double min, double max)
    {
        var found = new Dictionary<int, double>();
        var mean = _power.Length > 1 ? _power.Skip(1).Average() : 0;
        for (var k = 2; k < _power.Length - 1; k++)
        {
            if (_power[k] < 3 * mean || _power[k] < _power[k - 1] || _power[k] < _power[k + 1]) continue;
            // A lag at half the length has no neighbour behind it, and so cannot be told to be a peak.
            var lag = BestLag((double)_length / (k + 1), (double)_length / (k - 1), (_length - 1) / 2);
            var score = Score(lag);
            if (score > 0 && lag >= min && lag <= max) found[lag] = score;
        }

        return [.. found.OrderByDescending(pair => pair.Value).ThenBy(pair => pair.Key).Select(pair => (pair.Key, pair.Value))];
    }

    /// <summary>How good a period is, from 0 to 1; 0 outside the limits.</summary>
    public double Score(double period)
    {
        if (!(period >= MinPeriod && period <= _length / 2.0)) return 0;
        var score = 1.0;
        for (var multiple = period; multiple <= _length / 2.0; multiple += period)
        {
            var lag = (int)Math.Round(multiple);
            score = Math.Min(score, _correlations[lag] * _length / (_length - lag));
        }

        return Math.Max(0, score);
    }

    private static double Power(Complex c) => (c.Real * c.Real) + (c.Imaginary * c.Imaginary);

    private int BestLag(double from, double to, int limit)
    {
        var best = 0;
        for (var lag = Math.Max(MinPeriod, (int)Math.Ceiling(from)); lag <= Math.Min(to, limit); lag++)
        {
            if (best == 0 || _correlations[lag] > _correlations[best]) best = lag;
        }

        return best;
    }
}

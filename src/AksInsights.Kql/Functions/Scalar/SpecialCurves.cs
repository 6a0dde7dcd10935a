namespace AksInsights.Kql.Functions.Scalar;

/// <summary>The gamma, error and beta functions, computed from their series and continued fractions.</summary>
/// <remarks>Source: dlmf.nist.gov, 5.11 (Stirling), 7.6 and 7.9 (error function), 8.17.22 (incomplete beta). Relative error about 1e-14.</remarks>
internal static class SpecialCurves
{
    private const double Tiny = 1e-300;

    // B(2k) / (2k (2k - 1)): the terms of Stirling's series.
    private static readonly double[] Stirling =
        [1.0 / 12, -1.0 / 360, 1.0 / 1260, -1.0 / 1680, 1.0 / 1188, -691.0 / 360360, 1.0 / 156, -3617.0 / 122400];

    /// <summary>The gamma function; NaN at the negative whole numbers, infinite at 0.</summary>
    public static double Gamma(double x)
    {
        if (x == Math.Floor(x))
        {
            if (x == 0) return double.PositiveInfinity;
            if (x < 0) return double.NaN;
            if (x <= 171) return Factorial((int)x - 1);
        }

        // Reflection: the series is for positive numbers.
        if (x < 0.5) return Math.PI / (Math.Sin(Math.PI * x) * Gamma(1 - x));
        return x > 171.7 ? double.PositiveInfinity : Math.Exp(LogGamma(x));
    }

    /// <summary>The logarithm of the absolute value of the gamma function; infinite at 0 and the negative whole numbers.</summary>
    public static double LogGamma(double x)
    {
        if (double.IsNaN(x)) return x;
        if (x <= 0 && x == Math.Floor(x)) return double.PositiveInfinity;
        if (x is 1 or 2) return 0;
        if (x < 0.5) return Math.Log(Math.PI / Math.Abs(Math.Sin(Math.PI * x))) - LogGamma(1 - x);
        if (double.IsInfinity(x)) return x;
        var product = 1.0;
        // The series needs a large argument; smaller ones are raised by gamma(x + 1) = x gamma(x).
        for (; x < 12; x++) product *= x;
        var sum = 0.0;
        var power = 1 / x;
        foreach (var term in Stirling)
        {
            sum += term * power;
            power /= x * x;
        }

        return ((x - 0.5) * Math.Log(x)) - x + (0.5 * Math.Log(2 * Math.PI)) + sum - Math.Log(product);
    }

    /// <summary>The error function.</summary>
    public static double Erf(double x)
    {
        if (Math.Abs(x) >= 2.5) return x < 0 ? Erfc(-x) - 1 : 1 - Erfc(x);
        var term = x;
        var sum = x;
        for (var n = 1; n < 200 && Math.Abs(term) > Math.Abs(sum) * 1e-17; n++)
        {
            term *= 2 * x * x / ((2 * n) + 1);
            sum += term;
        }

        return 2 / Math.Sqrt(Math.PI) * Math.Exp(-x * x) * sum;
    }

    /// <summary>The complement of the error function, without loss where it is small.</summary>
    public static double Erfc(double x)
    {
        if (double.IsNaN(x)) return x;
        if (x < 2.5) return 1 - Erf(x);
        if (x > 30) return 0;
        // x + (1/2)/(x + (2/2)/(x + (3/2)/(x + ...))), from the inside.
        var fraction = x;
        for (var n = 120; n >= 1; n--) fraction = x + (n / 2.0 / fraction);
        return Math.Exp(-x * x) / (Math.Sqrt(Math.PI) * fraction);
    }

    /// <summary>The density of the beta distribution inside (0, 1).</summary>
    public static double BetaDensity(double x, double alpha, double beta) =>
        Math.Exp(((alpha - 1) * Math.Log(x)) + ((beta - 1) * Math.Log(1 - x)) - LogBeta(alpha, beta));

    /// <summary>The cumulative beta distribution, which is the regularized incomplete beta function.</summary>
    public static double BetaCumulative(double x, double alpha, double beta)
    {
        if (x <= 0) return 0;
        if (x >= 1) return 1;
        var front = Math.Exp((alpha * Math.Log(x)) + (beta * Math.Log(1 - x)) - LogBeta(alpha, beta));
        // The fraction converges fast below the mean; above it the mirror image does.
        return x < (alpha + 1) / (alpha + beta + 2)
            ? front * BetaFraction(x, alpha, beta) / alpha
            : 1 - (front * BetaFraction(1 - x, beta, alpha) / beta);
    }

    /// <summary>The value at which the cumulative beta distribution reaches a probability, by halving the interval.</summary>
    public static double BetaInverse(double probability, double alpha, double beta)
    {
        double low = 0, high = 1;
        for (var i = 0; i < 1100; i++)
        {
            var middle = (low + high) / 2;
            if (middle <= low || middle >= high) break;
            if (BetaCumulative(middle, alpha, beta) < probability) low = middle;
            else high = middle;
        }

        return high;
    }

    private static double LogBeta(double alpha, double beta) => LogGamma(alpha) + LogGamma(beta) - LogGamma(alpha + beta);

    // Lentz's method: numerators d(2m) and d(2m + 1) of the continued fraction in turn.
    private static double BetaFraction(double x, double a, double b)
    {
        var c = 1.0;
        var d = 1 / NotZero(1 - ((a + b) * x / (a + 1)));
        var fraction = d;
        for (var m = 1; m <= 10000; m++)
        {
            Step(m * (b - m) * x / ((a + (2 * m) - 1) * (a + (2 * m))));
            var change = Step(-(a + m) * (a + b + m) * x / ((a + (2 * m)) * (a + (2 * m) + 1)));
            if (Math.Abs(change - 1) < 1e-16) break;
        }

        return fraction;

        double Step(double numerator)
        {
            d = 1 / NotZero(1 + (numerator * d));
            c = NotZero(1 + (numerator / c));
            fraction *= c * d;
            return c * d;
        }
    }

    private static double NotZero(double value) => Math.Abs(value) < Tiny ? Tiny : value;

    private static double Factorial(int n)
    {
        var product = 1.0;
        for (var i = 2; i <= n; i++) product *= i;
        return product;
    }
}

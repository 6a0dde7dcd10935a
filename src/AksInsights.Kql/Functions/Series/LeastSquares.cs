namespace AksInsights.Kql.Functions.Series;

/// <summary>A curve through numbers with the least sum of squared residuals.</summary>
/// <param name="Coefficients">The coefficients of the powers of x, from the highest to the constant.</param>
/// <param name="Fit">The curve's value at each point.</param>
/// <param name="RSquare">The share of the variance that the curve explains; 1 for numbers that do not vary.</param>
/// <param name="Variance">The sample variance of the numbers.</param>
/// <param name="ResidualVariance">That of what the curve leaves over.</param>
internal sealed record LeastSquares(double[] Coefficients, double[] Fit, double RSquare, double Variance, double ResidualVariance)
{
    /// <summary>Fits a straight line over x = 1, 2, ...; null for fewer than two numbers.</summary>
    public static LeastSquares? Line(ReadOnlySpan<double> y)
    {
        if (y.Length < 2) return null;
        var x = new double[y.Length];
        for (var i = 0; i < x.Length; i++) x[i] = i + 1;
        return Polynomial(x, y, 1);
    }

    /// <summary>Fits a polynomial; null when there are not more points than its degree, or the points do not determine it.</summary>
    /// <remarks>By Householder's orthogonal triangulation of the powers of x: normal equations would square their condition. Cost: O(n d²).</remarks>
    public static LeastSquares? Polynomial(ReadOnlySpan<double> x, ReadOnlySpan<double> y, int degree)
    {
        if (y.Length <= degree || x.Length != y.Length) return null;
        var columns = new double[degree + 1][];
        for (var power = 0; power <= degree; power++)
        {
            columns[power] = new double[x.Length];
            for (var i = 0; i < x.Length; i++) columns[power][i] = Math.Pow(x[i], degree - power);
        }

        var coefficients = Solve(columns, y.ToArray());
        if (coefficients is null) return null;
        var fit = new double[y.Length];
        for (var i = 0; i < fit.Length; i++)
        {
            foreach (var coefficient in coefficients) fit[i] = (fit[i] * x[i]) + coefficient;
        }

        return Describe(coefficients, fit, y);
    }

    /// <summary>The sum of squared distances from the mean.</summary>
    public static double SumOfSquares(ReadOnlySpan<double> numbers)
    {
        var mean = 0.0;
        foreach (var number in numbers) mean += number / numbers.Length;
        var sum = 0.0;
        foreach (var number in numbers) sum += (number - mean) * (number - mean);
        return sum;
    }

    /// <summary>What a fitted curve says about the numbers.</summary>
    public static LeastSquares Describe(double[] coefficients, double[] fit, ReadOnlySpan<double> y)
    {
        var total = SumOfSquares(y);
        var left = 0.0;
        for (var i = 0; i < fit.Length; i++) left += (y[i] - fit[i]) * (y[i] - fit[i]);
        return new LeastSquares(coefficients, fit, total == 0 ? 1 : 1 - (left / total), total / (y.Length - 1), left / (y.Length - 1));
    }

    private static double[]? Solve(double[][] columns, double[] y)
    {
        var diagonal = new double[columns.Length];
        for (var k = 0; k < columns.Length; k++)
        {
            var column = columns[k].AsSpan(k);
            var norm = Norm(column);
            if (!(norm > 1e-12)) return null;
            diagonal[k] = column[0] > 0 ? -norm : norm;
            column[0] -= diagonal[k];
            for (var j = k + 1; j < columns.Length; j++) Reflect(column, columns[j].AsSpan(k));
            Reflect(column, y.AsSpan(k));
        }

        var coefficients = new double[columns.Length];
        for (var k = columns.Length - 1; k >= 0; k--)
        {
            var sum = y[k];
            for (var j = k + 1; j < columns.Length; j++) sum -= columns[j][k] * coefficients[j];
            coefficients[k] = sum / diagonal[k];
        }

        return coefficients;
    }

    private static double Norm(ReadOnlySpan<double> vector)
    {
        var sum = 0.0;
        foreach (var item in vector) sum += item * item;
        return Math.Sqrt(sum);
    }

    private static void Reflect(ReadOnlySpan<double> normal, Span<double> vector)
    {
        double dot = 0, square = 0;
        for (var i = 0; i < normal.Length; i++)
        {
            dot += normal[i] * vector[i];
            square += normal[i] * normal[i];
        }

        for (var i = 0; i < normal.Length; i++) vector[i] -= 2 * dot / square * normal[i];
    }
}

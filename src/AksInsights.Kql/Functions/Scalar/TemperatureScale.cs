namespace AksInsights.Kql.Functions.Scalar;

/// <summary>Scales of temperature: kelvins = value * Factor + Offset.</summary>
/// <param name="Factor">Kelvins per degree.</param>
/// <param name="Offset">The scale's zero in kelvins.</param>
internal readonly record struct TemperatureScale(double Factor, double Offset)
{
    private const double CelsiusZero = 273.15;

    /// <summary>Finds a scale by its name, without regard to case.</summary>
    public static TemperatureScale? Find(string name) => name.ToLowerInvariant() switch
    {
        "kelvin" => new(1, 0),
        "degreecelsius" => new(1, CelsiusZero),
        "millidegreecelsius" => new(1e-3, CelsiusZero),
        "degreefahrenheit" => new(5d / 9, 459.67 * 5 / 9),
        "degreerankine" => new(5d / 9, 0),
        "degreedelisle" => new(-2d / 3, 373.15),
        "degreenewton" => new(100d / 33, CelsiusZero),
        "degreereaumur" => new(5d / 4, CelsiusZero),
        "degreeroemer" => new(40d / 21, CelsiusZero - (7.5 * 40 / 21)),
        // The effective temperature of the sun's surface.
        "solartemperature" => new(5778, 0),
        _ => null,
    };
}

namespace AksInsights.Kql.Functions.Scalar;

/// <summary>The units of one quantity, each with the number of base units it is worth. Names are found without regard to case.</summary>
/// <remarks>
/// Sources: names, learn.microsoft.com/kusto/query, pages <c>convert-...-function</c>; values, the international definitions (SI brochure,
/// NIST SP 811 appendix B, IAU 2015 B3), which are exact but for the astronomical masses.
/// </remarks>
internal sealed class UnitTable
{
    private readonly Dictionary<string, double> _factors = new(StringComparer.OrdinalIgnoreCase);

    private UnitTable()
    {
    }

    /// <summary>In meters.</summary>
    public static UnitTable Length { get; } = new UnitTable()
        .Add("Meter", 1, "Nano Micro Milli Centi Deci Deca Hecto Kilo").Add("Angstrom", 1e-10).Add("Twip", 0.0254 / 1440)
        .Add("Inch", 0.0254, "Micro").Add("Mil", 0.0254e-3).Add("Hand", 0.1016).Add("Foot", 0.3048).Add("Yard", 0.9144).Add("Fathom", 1.8288)
        .Add("Chain", 20.1168).Add("Shackle", 27.432).Add("Mile", 1609.344).Add("NauticalMile", 1852).Add("DataMile", 1828.8)
        .Add("UsSurveyFoot", 1200d / 3937).Add("DtpPoint", 0.0254 / 72).Add("DtpPica", 0.0254 / 6)
        .Add("PrinterPoint", 0.0254 / 72.27).Add("PrinterPica", 0.0254 * 12 / 72.27).Add("SolarRadius", 6.957e8)
        .Add("AstronomicalUnit", 1.495978707e11).Add("LightYear", 9.4607304725808e15, "Kilo Mega").Add("Parsec", 3.0856775814913673e16, "Kilo Mega");

    /// <summary>In cubic meters.</summary>
    public static UnitTable Volume { get; } = new UnitTable()
        .Add("Liter", 1e-3, "Micro Milli Centi Deci Deca Hecto Kilo Mega").Add("CubicMeter", 1, "Hecto Kilo")
        .Add("CubicMicrometer", 1e-18).Add("CubicMillimeter", 1e-9).Add("CubicCentimeter", 1e-6).Add("CubicDecimeter", 1e-3)
        .Add("CubicHectometer", 1e6).Add("CubicKilometer", 1e9)
        .Add("CubicInch", 1.6387064e-5).Add("BoardFoot", 2.359737216e-3).Add("CubicFoot", 0.028316846592, "Hecto Kilo Mega")
        .Add("CubicYard", 0.764554857984).Add("CubicMile", 4168181825.440579584)
        // The page's example rounds this one unit, and so does the service.
        .Add("AcreFoot", 1 / 0.000810714)
        .Add("ImperialOunce", 2.84130625e-5).Add("ImperialPint", 5.6826125e-4).Add("ImperialGallon", 4.54609e-3, "Kilo Mega").Add("ImperialBeerBarrel", 0.16365924)
        .Add("UsTeaspoon", 4.92892159375e-6).Add("UsTablespoon", 1.478676478125e-5).Add("UsOunce", 2.95735295625e-5).Add("UsLegalCup", 2.4e-4)
        .Add("UsCustomaryCup", 2.365882365e-4).Add("UsPint", 4.73176473e-4).Add("UsQuart", 9.46352946e-4)
        .Add("UsGallon", 3.785411784e-3, "Deci Deca Hecto Kilo Mega").Add("UsBeerBarrel", 0.117347765304).Add("OilBarrel", 0.158987294928)
        .Add("MetricTeaspoon", 5e-6).Add("UkTablespoon", 1.5e-5).Add("AuTablespoon", 2e-5).Add("MetricCup", 2.5e-4);

    /// <summary>In kilograms.</summary>
    public static UnitTable Mass { get; } = new UnitTable()
        .Add("Gram", 1e-3, "Nano Micro Milli Centi Deci Deca Hecto Kilo").Add("Tonne", 1e3, "Kilo Mega")
        .Add("Grain", 6.479891e-5).Add("Ounce", 0.028349523125).Add("Pound", 0.45359237, "Kilo Mega").Add("Stone", 6.35029318)
        .Add("ShortHundredweight", 45.359237).Add("LongHundredweight", 50.80234544).Add("ShortTon", 907.18474).Add("LongTon", 1016.0469088)
        .Add("Slug", 0.45359237 * 9.80665 / 0.3048).Add("EarthMass", 5.9722e24).Add("SolarMass", 1.98847e30);

    /// <summary>In joules.</summary>
    public static UnitTable Energy { get; } = new UnitTable()
        .Add("Joule", 1, "Milli Kilo Mega Giga").Add("Calorie", 4.184, "Kilo Mega").Add("BritishThermalUnit", 1055.05585262, "Kilo Mega Giga")
        .Add("ElectronVolt", 1.602176634e-19, "Kilo Mega Giga Tera").Add("Erg", 1e-7).Add("FootPound", 1.3558179483314004)
        .Add("HorsepowerHour", 550 * 3600 * 1.3558179483314004).Add("WattHour", 3600, "Kilo Mega Giga Tera").Add("WattDay", 86400, "Kilo Mega Giga Tera")
        .Add("ThermEc", 1.05505585262e8, "Deca").Add("ThermUs", 1.054804e8, "Deca").Add("ThermImperial", 1.05505585257348e8, "Deca");

    /// <summary>In newtons.</summary>
    public static UnitTable Force { get; } = new UnitTable()
        .Add("Newton", 1, "Micro Milli Deca Kilo Mega").Add("Dyn", 1e-5).Add("KilogramForce", 9.80665).Add("KiloPond", 9.80665).Add("TonneForce", 9806.65)
        .Add("Poundal", 0.138254954376).Add("OunceForce", 0.27801385095378125).Add("PoundForce", 4.4482216152605, "Kilo").Add("ShortTonForce", 8896.443230521);

    /// <summary>In meters per second.</summary>
    public static UnitTable Speed { get; } = new UnitTable()
        .Add("MeterPerSecond", 1, "Nano Micro Milli Centi Deci Kilo").Add("MeterPerMinute", 1d / 60, "Nano Micro Milli Centi Deci Kilo")
        .Add("MeterPerHour", 1d / 3600, "Milli Centi Kilo").Add("MilePerHour", 0.44704).Add("Knot", 1852d / 3600)
        .AddPerTime("Inch", 0.0254).AddPerTime("Foot", 0.3048).AddPerTime("Yard", 0.9144).AddPerTime("UsSurveyFoot", 1200d / 3937);

    /// <summary>In degrees. The tilt, which is no multiple of a degree, is not among them.</summary>
    public static UnitTable Angle { get; } = new UnitTable()
        .Add("Degree", 1, "Nano Micro Milli").Add("Radian", 180 / Math.PI, "Nano Micro Milli Centi Deci").Add("Gradian", 0.9)
        .Add("Arcminute", 1d / 60).Add("Arcsecond", 1d / 3600).Add("NatoMil", 9d / 160).Add("Revolution", 360);

    /// <summary>Finds a unit.</summary>
    public bool TryFind(string name, out double factor) => _factors.TryGetValue(name, out factor);

    private UnitTable Add(string name, double factor, string prefixes = "")
    {
        _factors.Add(name, factor);
        foreach (var prefix in prefixes.Split(' ', StringSplitOptions.RemoveEmptyEntries))
            _factors.Add(prefix + char.ToLowerInvariant(name[0]) + name[1..], factor * Scale(prefix));
        return this;
    }

    private UnitTable AddPerTime(string name, double meters) =>
        Add($"{name}PerSecond", meters).Add($"{name}PerMinute", meters / 60).Add($"{name}PerHour", meters / 3600);

    private static double Scale(string prefix) => prefix switch
    {
        "Nano" => 1e-9,
        "Micro" => 1e-6,
        "Milli" => 1e-3,
        "Centi" => 1e-2,
        "Deci" => 1e-1,
        "Deca" => 1e1,
        "Hecto" => 1e2,
        "Kilo" => 1e3,
        "Mega" => 1e6,
        "Giga" => 1e9,
        "Tera" => 1e12,
        _ => throw new InvalidOperationException($"The table uses the prefix {prefix}, whose size is not known."),
    };
}

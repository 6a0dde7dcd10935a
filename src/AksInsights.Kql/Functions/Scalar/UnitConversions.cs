using System.Globalization;
using AksInsights.Kql.Types;

namespace AksInsights.Kql.Functions.Scalar;

/// <summary>A number in one unit as a number in another.</summary>
internal static class UnitConversions
{
    private const string Tilt = "Tilt";

    public static IReadOnlyList<FunctionEntry> Entries { get; } =
    [
        Entry("convert_angle", "An angle in another unit.", "convert_angle(1.2, 'Degree', 'Arcminute')", ConvertAngle),
        Entry("convert_energy", "An energy in another unit.", "convert_energy(1.2, 'Joule', 'BritishThermalUnit')",
            By(UnitTable.Energy)),
        Entry("convert_force", "A force in another unit.", "convert_force(1.2, 'Newton', 'Decanewton')", By(UnitTable.Force)),
        Entry("convert_length", "A length in another unit.", "convert_length(1.2, 'Meter', 'Foot')", By(UnitTable.Length)),
        Entry("convert_mass", "A mass in another unit.", "convert_mass(1.2, 'Kilogram', 'Pound')", By(UnitTable.Mass)),
        Entry("convert_speed", "A speed in another unit.", "convert_speed(1.2, 'MeterPerSecond', 'CentimeterPerHour')",
            By(UnitTable.Speed)),
        Entry("convert_temperature", "A temperature on another scale.", "convert_temperature(1.2, 'Kelvin', 'DegreeCelsius')",
            ConvertTemperature),
        Entry("convert_volume", "A volume in another unit.", "convert_volume(1.2, 'CubicMeter', 'AcreFoot')", By(UnitTable.Volume)),
    ];

    private static FunctionEntry Entry(string name, string description, string example, Func<double, string, string, Maybe<double>> convert) =>
        new(name, FunctionKind.Scalar, $"{description} Null for a unit that is not known.", example,
            $"{name.Replace('_', '-')}-function")
        {
            Signatures =
            [
                new([Parameter.Real("value"), Parameter.Text("from"), Parameter.Text("to")], KqlType.Real)
                {
                    Kernel = _ => Map.OfMaybe(convert),
                },
            ],
        };

    private static Func<double, string, string, Maybe<double>> By(UnitTable table) => (value, from, to) =>
        table.TryFind(from, out var source) && table.TryFind(to, out var target) ? Shorten(value * source / target) : Maybe<double>.Null;

    // The factors are exact in decimal, not in binary: what lies behind the fifteenth digit is noise.
    private static double Shorten(double value) =>
        double.Parse(value.ToString("G15", CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);

    private static Maybe<double> ConvertAngle(double value, string from, string to)
    {
        if (from.Equals(Tilt, StringComparison.OrdinalIgnoreCase)) return ConvertAngle(Math.Asin(value), "Radian", to);
        if (!to.Equals(Tilt, StringComparison.OrdinalIgnoreCase)) return By(UnitTable.Angle)(value, from, to);
        var radians = By(UnitTable.Angle)(value, from, "Radian");
        return radians.HasValue ? Math.Sin(radians.Value) : radians;
    }

    private static Maybe<double> ConvertTemperature(double value, string from, string to) =>
        TemperatureScale.Find(from) is { } source && TemperatureScale.Find(to) is { } target
            ? Shorten(((value * source.Factor) + source.Offset - target.Offset) / target.Factor)
            : Maybe<double>.Null;
}

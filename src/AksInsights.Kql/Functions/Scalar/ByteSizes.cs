using System.Text;
using AksInsights.Kql.Types;

namespace AksInsights.Kql.Functions.Scalar;

/// <summary>Sizes of data for people.</summary>
internal static class ByteSizes
{
    private const int UnitStep = 1024;
    private const int MaxDigits = 15;

    private static readonly string[] Units = ["Bytes", "KB", "MB", "GB", "TB", "PB", "EB"];

    public static IReadOnlyList<FunctionEntry> Entries { get; } =
    [
        new("format_bytes", FunctionKind.Scalar,
            "A number of bytes with a unit, rounded to so many decimals (none by default), in a given unit or the largest that fits; empty for a unit that is not known.",
            "format_bytes(10332, 1)", "format-bytes-function")
        {
            KeepsName = true,
            Signatures =
            [
                new([Parameter.Real("size"), Parameter.Long("precision").Optional(), Parameter.Text("units").Optional()],
                    KqlType.String)
                {
                    Kernel = _ => new MapMany<string>(Format),
                },
            ],
        },
        new("estimate_data_size", FunctionKind.Scalar,
            "About how many bytes the values of some columns, or of all (`*`), take: 8 for numbers and times, the UTF-8 bytes of texts, those of a dynamic's JSON.",
            "estimate_data_size(*)", "estimate-data-size-function")
        {
            Signatures =
            [
                new([Parameter.Any("column")], KqlType.Long)
                {
                    Repeats = true, Kernel = shape => Map.OfRow(row => row.Select((value, i) => Size(shape.Types[i], value)).Sum()),
                },
            ],
        },
    ];

    private static long Size(KqlType type, object? value) => type switch
    {
        KqlType.Bool => 1,
        KqlType.Int => 4,
        KqlType.Decimal or KqlType.Guid => 16,
        KqlType.String => Encoding.UTF8.GetByteCount((string?)value ?? ""),
        KqlType.Dynamic => value is null ? 0 : Encoding.UTF8.GetByteCount(DynamicText.Format(value)),
        _ => 8,
    };

    private static Maybe<string> Format(object[] row)
    {
        var size = (double)row[0];
        var digits = row.Length > 1 ? (int)Math.Clamp((long)row[1], 0, MaxDigits) : 0;
        var wanted = row.Length > 2 ? (string)row[2] : "";
        var unit = wanted.Length > 0 ? Array.FindIndex(Units, u => u.Equals(wanted, StringComparison.OrdinalIgnoreCase)) : LargestUnit(size);
        if (unit < 0) return Maybe<string>.Null;
        var scaled = Math.Round(size / Math.Pow(UnitStep, unit), digits, MidpointRounding.AwayFromZero);
        return $"{ScalarValues.ToText(scaled)} {Units[unit]}";
    }

    private static int LargestUnit(double size)
    {
        var unit = 0;
        for (var left = Math.Abs(size); left >= UnitStep && unit < Units.Length - 1; left /= UnitStep) unit++;
        return unit;
    }
}

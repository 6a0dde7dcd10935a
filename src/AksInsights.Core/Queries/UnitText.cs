using System.Globalization;
using AksInsights.Kql.Types;

namespace AksInsights.Core.Queries;

/// <summary>Writes result values for people, by unit.</summary>
public static class UnitText
{
    private const int MostItems = 5;
    private static readonly string[] BinaryPrefixes = ["B", "KiB", "MiB", "GiB", "TiB", "PiB"];

    /// <summary>A value as a person reads it, such as <c>1.5 GiB</c> or <c>93.4 %</c>.</summary>
    /// <param name="value">A cell of a result table; null and empty text read <c>unknown</c>.</param>
    /// <param name="unit">What a number counts; null writes it by its type alone.</param>
    public static string Format(object? value, Unit? unit) => value switch
    {
        null or "" => "unknown",
        string text => text,
        bool flag => flag ? "yes" : "no",
        DateTime time => Time(time),
        TimeSpan span => Length(span.TotalSeconds),
        DynamicArray list => List(list),
        DynamicBag bag => string.Join(", ", bag.Select(p => $"{p.Key} {Format(p.Value, null)}")),
        long or int or double or decimal => Number(Convert.ToDouble(value, CultureInfo.InvariantCulture), unit ?? Unit.Number),
        _ => Convert.ToString(value, CultureInfo.InvariantCulture) ?? "unknown",
    };

    private static string Number(double number, Unit unit)
    {
        if (!double.IsFinite(number)) return "unknown";
        return unit switch
        {
            Unit.Count => Text(number, "#,0.##"),
            Unit.Cores => Rounded(number) is "1" ? "1 core" : $"{Rounded(number)} cores",
            Unit.Bytes => Bytes(number),
            Unit.BytesPerSecond => $"{Bytes(number)}/s",
            Unit.Percent => $"{Text(number, "0.#")} %",
            Unit.Ratio => $"{Text(number * 100, "0.#")} %",
            Unit.Seconds or Unit.Duration => Length(number),
            Unit.Milliseconds => Length(number / 1000),
            Unit.Timestamp => IsEpochSecond(number) ? Time(DateTime.UnixEpoch.AddSeconds(number)) : "unknown",
            Unit.PerSecond => $"{Rounded(number)}/s",
            _ => Rounded(number),
        };
    }

    // Three digits that count: 0.00512 stays visible and 1234.5678 does not drown.
    private static string Rounded(double number) => Math.Abs(number) switch
    {
        >= 100 => Text(number, "#,0.#"),
        >= 1 => Text(number, "0.##"),
        >= 0.001 => Text(number, "0.###"),
        _ => Text(number, "0.###e0"),
    };

    private static string Bytes(double number)
    {
        var prefix = 0;
        while (Math.Abs(number) >= 1024 && prefix < BinaryPrefixes.Length - 1)
        {
            number /= 1024;
            prefix++;
        }

        return $"{Text(number, prefix == 0 ? "0" : "0.#")} {BinaryPrefixes[prefix]}";
    }

    private static string Length(double seconds) => Math.Abs(seconds) switch
    {
        >= 1 and < 1e10 => Durations.Format(Coarse(TimeSpan.FromSeconds(Math.Round(seconds)))),
        0 => "0s",
        _ => $"{Text(seconds * 1000, "0.###")} ms",
    };

    // Nobody reads the seconds of an hour or the minutes of a day.
    private static TimeSpan Coarse(TimeSpan span) => Math.Abs(span.TotalHours) switch
    {
        >= 48 => TimeSpan.FromHours(Math.Round(span.TotalHours)),
        >= 1 => TimeSpan.FromMinutes(Math.Round(span.TotalMinutes)),
        _ => span,
    };

    private static string List(DynamicArray list)
    {
        var shown = string.Join(", ", list.Take(MostItems).Select(item => Format(item, null)));
        return list.Count <= MostItems ? shown : $"{shown} and {list.Count - MostItems} more";
    }

    private static bool IsEpochSecond(double number) => number is >= 0 and < 253_402_300_800;

    private static string Time(DateTime time) => time.ToString("yyyy-MM-dd HH:mm'Z'", CultureInfo.InvariantCulture);

    private static string Text(double number, string format) => number.ToString(format, CultureInfo.InvariantCulture);
}

using System.Globalization;
using AksInsights.Core.Rightsizing.Usage;

namespace AksInsights.Core.Rightsizing.Backtests;

/// <summary>Reads series files: a line is <c>name,resource,unit,interval_s,start_epoch,v0 v1 v2 ...</c>, with nothing between two blanks for a gap.</summary>
/// <remarks>
/// The resource is <c>cpu</c> or <c>memory</c>; the unit <c>millicores</c>, <c>MiB</c>, or <c>percent...</c> of a core. Lines that begin with <c>#</c> are remarks.
/// </remarks>
public static class UsageSeriesReader
{
    private const double NanocoresInMillicore = 1e6;
    private const double NanocoresInPercent = 1e7;
    private const double BytesInMebibyte = 1 << 20;

    /// <summary>Reads all series of a file.</summary>
    /// <param name="reader">The text.</param>
    /// <param name="problem">What is wrong with the first line that is; null when all is well.</param>
    /// <returns>The series up to there.</returns>
    public static IReadOnlyList<UsageSeries> Read(TextReader reader, out string? problem)
    {
        var series = new List<UsageSeries>();
        problem = null;
        for (var number = 1; reader.ReadLine() is { } line; number++)
        {
            if (line.Length == 0 || line[0] == '#') continue;
            if (ReadLine(line, out var mistake) is not { } read)
            {
                problem = $"Line {number}: {mistake}";
                break;
            }

            series.Add(read);
        }

        return series;
    }

    private static UsageSeries? ReadLine(string line, out string mistake)
    {
        var fields = line.Split(',', 6);
        mistake = $"expected name,resource,unit,interval_s,start_epoch,values and found {fields.Length} fields.";
        if (fields.Length < 6) return null;
        if (ResourceOf(fields[1]) is not { } resource)
        {
            mistake = $"`{fields[1]}` is no resource; expected cpu or memory.";
            return null;
        }

        if (ScaleOf(resource, fields[2]) is not { } scale)
        {
            mistake = $"`{fields[2]}` is no unit of {fields[1]}; expected {(resource == ResourceKind.Cpu ? "millicores or percent" : "MiB")}.";
            return null;
        }

        if (!int.TryParse(fields[3], NumberStyles.None, CultureInfo.InvariantCulture, out var interval) || interval is 0 or > 86_400)
        {
            mistake = $"`{fields[3]}` is no interval; expected whole seconds up to a day.";
            return null;
        }

        if (!long.TryParse(fields[4], NumberStyles.None, CultureInfo.InvariantCulture, out var start) || start > 253_402_300_799)
        {
            mistake = $"`{fields[4]}` is no start; expected seconds since 1970.";
            return null;
        }

        var values = ReadValues(fields[5], scale, out mistake);
        return values is null ? null : new UsageSeries(fields[0], resource, TimeSpan.FromSeconds(interval), DateTimeOffset.FromUnixTimeSeconds(start), values);
    }

    private static ResourceKind? ResourceOf(string text) => text switch { "cpu" => ResourceKind.Cpu, "memory" => ResourceKind.Memory, _ => null };

    private static double? ScaleOf(ResourceKind resource, string unit) => (resource, unit) switch
    {
        (ResourceKind.Cpu, "millicores") => NanocoresInMillicore,
        (ResourceKind.Cpu, _) when unit.StartsWith("percent", StringComparison.Ordinal) => NanocoresInPercent,
        (ResourceKind.Memory, "MiB") => BytesInMebibyte,
        _ => null,
    };

    private static double[]? ReadValues(string text, double scale, out string mistake)
    {
        mistake = "";
        var values = new double[text.AsSpan().Count(' ') + 1];
        var i = 0;
        foreach (var range in text.AsSpan().Split(' '))
        {
            var cell = text.AsSpan(range);
            if (cell.IsEmpty) values[i++] = double.NaN;
            else if (double.TryParse(cell, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) && double.IsFinite(value) && value >= 0)
                values[i++] = value * scale;
            else
            {
                mistake = $"value {i + 1}, `{cell}`, is no amount.";
                return null;
            }
        }

        return values;
    }
}

using AksInsights.Core.Dashboards.Panels;
using AksInsights.Core.Dashboards.Queries;

namespace AksInsights.Core.Dashboards.Boards;

/// <summary>What people see above a column of a check, made of the name that the check has for it.</summary>
internal static class ColumnHeading
{
    // Words that a name cannot be taken apart into.
    private static readonly Dictionary<string, string> Known = new(StringComparer.Ordinal)
    {
        ["api"] = "API",
        ["cpuShare"] = "CPU share",
        ["oomKills"] = "OOM kills",
        ["pvc"] = "Claim",
        ["secondsLeft"] = "Time left",
        ["vmSize"] = "VM size",
        ["vmSizes"] = "VM sizes",
        ["workloadKind"] = "Kind",
    };

    /// <summary>Gives each column that has none a heading, no two of them the same.</summary>
    public static List<PanelColumn> Give(IReadOnlyList<PanelColumn> columns)
    {
        var taken = columns.CountBy(column => column.Heading ?? Short(column.Name)).ToDictionary(StringComparer.Ordinal);
        return [.. columns.Select(column => column.Heading is not null || column.IsHidden ? column : column with { Heading = taken[Short(column.Name)] == 1 ? Short(column.Name) : Words(column.Name) })];
    }

    /// <summary>How numbers of a column are written that says so by its name only; null where it does not.</summary>
    public static Measure? MeasureOf(string name) =>
        name.EndsWith("Bytes", StringComparison.Ordinal) || name.StartsWith("bytes", StringComparison.Ordinal) ? Measure.Bytes
        : name.EndsWith("Cores", StringComparison.Ordinal) ? Measure.Cores
        : null;

    // The values have their unit: one hour under the heading Lasted seconds would be read twice.
    private static string Short(string name) =>
        new[] { "Seconds", "Bytes", "Cores" }.FirstOrDefault(unit => name.Length > unit.Length && name.EndsWith(unit, StringComparison.Ordinal)) is { } unit ? Words(name[..^unit.Length]) : Words(name);

    /// <summary><c>lastSeenAt</c> is Last seen at.</summary>
    private static string Words(string name)
    {
        if (Known.TryGetValue(name, out var known)) return known;
        var words = string.Concat(name.Select((letter, i) => i > 0 && char.IsAsciiLetterUpper(letter) ? $" {char.ToLowerInvariant(letter)}" : $"{letter}"));
        return char.ToUpperInvariant(words[0]) + words[1..];
    }
}

using System.Globalization;
using System.Text.RegularExpressions;
using AksInsights.Core.Findings;
using AksInsights.Service.Commands;

namespace AksInsights.Service.Web;

/// <summary>Words, times and numbers as pages write them.</summary>
public static partial class WebText
{
    /// <summary>How long ago something was: <c>40 min</c>, <c>5 h</c>, <c>3 days</c>; <c>just now</c> within a minute.</summary>
    public static string Age(DateTimeOffset at, DateTimeOffset now) => (now - at).TotalHours switch
    {
        < 1.0 / 60 => "just now",
        < 1 => $"{(int)(now - at).TotalMinutes} min",
        < 48 => $"{(int)(now - at).TotalHours} h",
        _ => $"{(int)(now - at).TotalDays} days",
    };

    /// <summary>A moment for people, UTC: <c>2026-11-24 07:05Z</c>.</summary>
    public static string At(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd HH:mm'Z'", CultureInfo.InvariantCulture);

    /// <summary>A day, UTC: <c>2026-11-24</c>.</summary>
    public static string Day(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    /// <summary>A moment for programs.</summary>
    public static string Machine(DateTimeOffset at) => FindingJson.Time(at);

    /// <summary>A number with its thousands apart.</summary>
    public static string Number(long number) => number.ToString("#,0", CultureInfo.InvariantCulture);

    /// <summary>A number and its noun.</summary>
    public static string Count(long number, string one, string? many = null) => $"{Number(number)} {(number == 1 ? one : many ?? one + "s")}";

    /// <summary>A coordinate of a picture.</summary>
    public static string Coordinate(double value) => value.ToString("0.##", CultureInfo.InvariantCulture);

    /// <summary>The name of a case of an enumeration, as the API writes it: <c>flapping-started</c>.</summary>
    public static string Name(Enum value) => FindingJson.Kebab(value.ToString());

    /// <summary>The name of a case of an enumeration in words: <c>Flapping started</c>.</summary>
    public static string Words(Enum value) => Capital(Name(value).Replace('-', ' '));

    /// <summary>The name of a column in words: <c>pendingPods</c> is Pending pods.</summary>
    public static string Words(string column) => Capital(WordBreak().Replace(column, " ").ToLowerInvariant());

    /// <summary>A severity in words.</summary>
    public static string Words(Severity severity) => Capital(SeverityText.Format(severity));

    /// <summary>A cluster by its own name; its resource id is for the title.</summary>
    public static string Cluster(string? cluster) => string.IsNullOrEmpty(cluster) ? "no cluster" : cluster[(cluster.LastIndexOf('/') + 1)..];

    /// <summary>What a person said of a finding, in one word as the API writes it.</summary>
    public static string Said(Workflow workflow) => FindingJson.WorkflowName(workflow);

    private static string Capital(string text) => text.Length == 0 ? text : char.ToUpperInvariant(text[0]) + text[1..];

    [GeneratedRegex("(?<=[a-z0-9])(?=[A-Z])")]
    private static partial Regex WordBreak();
}

using System.Diagnostics.CodeAnalysis;

namespace AksInsights.Core.Findings;

/// <summary>Severities as files, results, the store and the API write them.</summary>
public static class SeverityText
{
    private static readonly string[] Names = ["info", "warning", "error", "critical"];

    /// <summary>The written form: <c>info</c>, <c>warning</c>, <c>error</c> or <c>critical</c>.</summary>
    public static string Format(Severity severity) => Names[(int)severity];

    /// <summary>Reads the written form, in any case.</summary>
    public static bool TryParse([NotNullWhen(true)] string? text, out Severity severity)
    {
        var index = Array.FindIndex(Names, name => name.Equals(text, StringComparison.OrdinalIgnoreCase));
        severity = index < 0 ? default : (Severity)index;
        return index >= 0;
    }
}

using System.Globalization;
using System.Text;
using AksInsights.Kql.Text;

namespace AksInsights.Kql.Diagnostics;

/// <summary>Writes diagnostics for people: place, code, message, the line, carets under the place, help.</summary>
public static class CaretPrinter
{
    private const int MaxLineWidth = 160;

    /// <summary>Writes one diagnostic. The text ends with a line break.</summary>
    /// <remarks>
    /// Shape: <c>name:line:col: error CODE: message</c>; the source line with its number; carets; the help, when there is any. A place that
    /// spans lines is marked to the end of its first. Very long lines are cut around the place.
    /// </remarks>
    public static string Print(SourceText source, Diagnostic diagnostic)
    {
        var text = new StringBuilder();
        Append(text, source, diagnostic);
        return text.ToString();
    }

    /// <summary>Writes all diagnostics, one after the other.</summary>
    public static string Print(SourceText source, IEnumerable<Diagnostic> diagnostics)
    {
        var text = new StringBuilder();
        foreach (var diagnostic in diagnostics)
            Append(text, source, diagnostic);
        return text.ToString();
    }

    private static void Append(StringBuilder text, SourceText source, Diagnostic diagnostic)
    {
        var position = source.PositionOf(diagnostic.Span.Start);
        var severity = diagnostic.Severity == DiagnosticSeverity.Error ? "error" : "warning";
        text.Append(source.Name ?? "query").Append(':').Append(position).Append(": ").Append(severity).Append(' ')
            .Append(diagnostic.Code).Append(": ").Append(diagnostic.Message).Append('\n');
        AppendLine(text, source, diagnostic.Span, position);
        if (diagnostic.Help is { } help)
            text.Append("    ").Append(help).Append('\n');
    }

    private static void AppendLine(StringBuilder text, SourceText source, TextSpan span, LinePosition position)
    {
        var line = source.Line(position.Line);
        var from = Math.Min(position.Column - 1, line.Length);
        var width = Math.Clamp(span.Length, 1, Math.Max(1, line.Length - from));
        var cut = Math.Max(0, from - (MaxLineWidth / 2));
        var shown = line[cut..Math.Min(line.Length, cut + MaxLineWidth)];
        var prefix = string.Create(CultureInfo.InvariantCulture, $"  {position.Line} | ");
        text.Append(prefix).Append(shown).Append('\n');
        text.Append(' ', prefix.Length);
        // Tabs are repeated so that the carets stand under the same columns.
        foreach (var c in shown[..(from - cut)])
            text.Append(c == '\t' ? '\t' : ' ');
        text.Append('^', Math.Min(width, Math.Max(1, shown.Length - (from - cut)))).Append('\n');
    }
}

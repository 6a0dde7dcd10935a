using AksInsights.Kql.Diagnostics;
using AksInsights.Kql.Text;

namespace AksInsights.Core.Queries;

/// <summary>A mistake in one of the files of a query.</summary>
/// <param name="Source">The file's text under its path; empty when the file could not be read.</param>
/// <param name="Diagnostic">What is wrong.</param>
public sealed record FileDiagnostic(SourceText Source, Diagnostic Diagnostic)
{
    /// <summary>The file's path, as it was given or found.</summary>
    public string File => Source.Name ?? "";

    /// <summary>The place of the mistake in the file.</summary>
    public LinePosition Place => Source.PositionOf(Diagnostic.Span.Start);

    /// <summary>File, line, column, severity, code and message, the line with carets, and help: several lines, with a line break at the end.</summary>
    public string Print() => CaretPrinter.Print(Source, Diagnostic);

    /// <summary>One line: file, line, column, severity, code, message.</summary>
    public override string ToString()
    {
        var severity = Diagnostic.Severity == DiagnosticSeverity.Error ? "error" : "warning";
        return $"{File}:{Place}: {severity} {Diagnostic.Code}: {Diagnostic.Message}";
    }
}

using AksInsights.Kql.Diagnostics;

namespace AksInsights.Core.Queries;

/// <summary>A mistake in one of the files of a query.</summary>
/// <param name="File">The file's path, as it was given or found.</param>
/// <param name="Text">The whole text of the file, in which <see cref="Diagnostic.Span"/> counts; empty when the file could not be read.</param>
/// <param name="Diagnostic">What is wrong.</param>
public sealed record FileDiagnostic(string File, string Text, Diagnostic Diagnostic)
{
    /// <summary>The line of the mistake, from 1.</summary>
    public int Line => 1 + Text.AsSpan(0, Start).Count('\n');

    /// <summary>The column of the mistake, from 1. Unit: UTF-16 code units.</summary>
    public int Column => Start - Text.AsSpan(0, Start).LastIndexOf('\n');

    private int Start => Math.Min(Diagnostic.Span.Start, Text.Length);

    /// <summary>One line: file, line, column, severity, code, message.</summary>
    public override string ToString()
    {
        var severity = Diagnostic.Severity == DiagnosticSeverity.Error ? "error" : "warning";
        return $"{File}:{Line}:{Column}: {severity} {Diagnostic.Code}: {Diagnostic.Message}";
    }
}

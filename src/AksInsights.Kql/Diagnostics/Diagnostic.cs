using AksInsights.Kql.Text;

namespace AksInsights.Kql.Diagnostics;

/// <summary>How much a diagnostic matters: an error stops the query, a warning travels with its result.</summary>
public enum DiagnosticSeverity
{
    /// <summary>The result is right but may mislead.</summary>
    Warning,

    /// <summary>The query cannot run.</summary>
    Error,
}

/// <summary>One mistake found in a query text, as data: what, where, and what to do next.</summary>
/// <param name="Code">The stable code, such as <c>KQL3004</c>; <c>docs/diagnostics.md</c> has a heading for each.</param>
/// <param name="Severity">Whether the query can run all the same.</param>
/// <param name="Span">The place in the text.</param>
/// <param name="Message">A full sentence: what was found, what was expected.</param>
/// <param name="Help">The nearest valid choices or the next step; null when there is none to give.</param>
public sealed record Diagnostic(string Code, DiagnosticSeverity Severity, TextSpan Span, string Message, string? Help = null);

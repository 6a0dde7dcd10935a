using AksInsights.Kql.Text;

namespace AksInsights.Kql.Diagnostics;

/// <summary>Collects the mistakes of one text. The <c>Report</c> methods, one per code, fill it.</summary>
internal sealed class DiagnosticBag
{
    private readonly List<Diagnostic> _diagnostics = [];
    private HashSet<(string Code, TextSpan Span)>? _places;

    /// <summary>True when at least one error was added.</summary>
    public bool HasErrors { get; private set; }

    /// <summary>The number of diagnostics.</summary>
    public int Count => _diagnostics.Count;

    /// <summary>Adds an error, unless one with the same code is at the same place.</summary>
    public void AddError(string code, TextSpan span, string message, string? help = null) =>
        Add(new Diagnostic(code, DiagnosticSeverity.Error, span, message, help));

    /// <summary>Adds a warning, unless one with the same code is at the same place.</summary>
    public void AddWarning(string code, TextSpan span, string message, string? help = null) =>
        Add(new Diagnostic(code, DiagnosticSeverity.Warning, span, message, help));

    /// <summary>Adds a diagnostic, unless one with the same code is at the same place.</summary>
    public void Add(Diagnostic diagnostic)
    {
        _places ??= [];
        if (!_places.Add((diagnostic.Code, diagnostic.Span)))
            return;
        HasErrors |= diagnostic.Severity == DiagnosticSeverity.Error;
        _diagnostics.Add(diagnostic);
    }

    /// <summary>Adds diagnostics found elsewhere in the same text.</summary>
    public void AddRange(IEnumerable<Diagnostic> diagnostics)
    {
        foreach (var diagnostic in diagnostics)
            Add(diagnostic);
    }

    /// <summary>Takes back the diagnostics added since there were <paramref name="count"/>; true if an error was among them.</summary>
    public bool RemoveFrom(int count)
    {
        var hadError = _diagnostics.Skip(count).Any(d => d.Severity == DiagnosticSeverity.Error);
        _diagnostics.RemoveRange(count, _diagnostics.Count - count);
        HasErrors = _diagnostics.Exists(d => d.Severity == DiagnosticSeverity.Error);
        return hadError;
    }

    /// <summary>The diagnostics by their place in the text; those at one place in the order in which they were found.</summary>
    public IReadOnlyList<Diagnostic> ToOrderedList() => [.. _diagnostics.OrderBy(d => d.Span.Start)];
}

using AksInsights.Kql.Diagnostics;
using AksInsights.Kql.Text;

namespace AksInsights.Core.Queries;

/// <summary>Collects what is wrong with one file, one method per code. The codes are explained in <c>docs/diagnostics.md</c>.</summary>
/// <param name="file">The file's path as it will be shown.</param>
/// <param name="text">The whole text of the file.</param>
internal sealed partial class FileReport(string file, string text)
{
    private readonly List<FileDiagnostic> _found = [];

    /// <summary>The file's text under its path.</summary>
    public SourceText Source { get; } = new(text, file);

    /// <summary>The file's path as it will be shown.</summary>
    public string File => Source.Name!;

    /// <summary>The whole text of the file.</summary>
    public string Text => Source.Text;

    /// <summary>What was found so far, in the order of finding.</summary>
    public IReadOnlyList<FileDiagnostic> Found => _found;

    /// <summary>Whether anything found makes the file unusable.</summary>
    public bool HasErrors => _found.Exists(d => d.Diagnostic.Severity == DiagnosticSeverity.Error);

    /// <summary>Takes over diagnostics of the KQL engine.</summary>
    public void AddRange(IEnumerable<Diagnostic> diagnostics) => _found.AddRange(diagnostics.Select(d => new FileDiagnostic(Source, d)));

    private void Error(string code, TextSpan span, string message, string? help = null) =>
        _found.Add(new FileDiagnostic(Source, new Diagnostic(code, DiagnosticSeverity.Error, span, message, help)));

    private static string Join(IEnumerable<string> names) => string.Join(", ", names.Select(n => $"`{n}`"));
}

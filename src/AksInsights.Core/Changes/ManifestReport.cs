using AksInsights.Core.Queries;
using AksInsights.Kql.Diagnostics;
using AksInsights.Kql.Text;

namespace AksInsights.Core.Changes;

/// <summary>Collects why a file cannot be edited, one method per code. The codes are explained in <c>docs/diagnostics.md</c>.</summary>
/// <param name="source">The file's text under its path; without a text when the whole repository is meant.</param>
internal sealed partial class ManifestReport(SourceText source)
{
    private readonly List<FileDiagnostic> _found = [];

    /// <summary>The file's text under its path.</summary>
    public SourceText Source { get; } = source;

    /// <summary>What was found so far, in the order of finding.</summary>
    public IReadOnlyList<FileDiagnostic> Found => _found;

    private void Error(string code, TextSpan span, string message, string? help = null) =>
        _found.Add(new FileDiagnostic(Source, new Diagnostic(code, DiagnosticSeverity.Error, span, message, help)));
}

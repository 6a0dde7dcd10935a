using AksInsights.Kql.Diagnostics;
using AksInsights.Kql.Text;

namespace AksInsights.Core.Queries;

/// <content>Mistakes in what a library says about the checks of other tools.</content>
internal sealed partial class FileReport
{
    /// <summary>AKI1070.</summary>
    public void UnknownTool(TextSpan span, string source, IReadOnlyCollection<string> tools) =>
        Error("AKI1070", span, $"`{source}` names no tool that is known.", $"Write `tool:check`; the tools are {Join(tools)}. `coverage.yaml` lists them.");

    /// <summary>AKI1071.</summary>
    public void UnknownCheck(TextSpan span, string check, string tool, IReadOnlyCollection<string> known) =>
        Error("AKI1071", span, $"`{tool}` has no check `{check}`.", NearestNames.Sentence(check, known) ?? $"`coverage.yaml` lists its {known.Count} checks.");

    /// <summary>AKI1072.</summary>
    public void CheckUnexplained(TextSpan span, string tool, string check) =>
        Error(
            "AKI1072",
            span,
            $"No query covers `{tool}:{check}`, and nothing says why.",
            "Name it under `sources` of the query that finds the same, or put it under `cannot` or `open` with the reason.");

    /// <summary>AKI1073.</summary>
    public void CheckCoveredAfterAll(TextSpan span, string check, IReadOnlyCollection<string> queries) =>
        Error("AKI1073", span, $"`{check}` is said not to be covered, and {Join(queries)} names it as a source.", "Take it out here, or move it to `likely` when the query is a proxy.");

    /// <summary>AKI1074.</summary>
    public void ProxyMissing(TextSpan span, string tool, string check) =>
        Error("AKI1074", span, $"`{check}` is said to be covered by a proxy, and no query names `{tool}:{check}` as a source.", "Name it under `sources` of that query.");

    /// <summary>AKI1075.</summary>
    public void CheckSaidTwice(TextSpan span, string check) =>
        Error("AKI1075", span, $"Something is said about `{check}` twice.", "Remove one of the two.");
}

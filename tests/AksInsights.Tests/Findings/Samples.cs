using AksInsights.Core.Findings;
using AksInsights.Core.Workspaces;

namespace AksInsights.Tests.Findings;

/// <summary>Findings, observations and facts with nothing special about them.</summary>
internal static class Samples
{
    public static readonly DateTimeOffset Start = new(2026, 1, 5, 10, 0, 0, TimeSpan.Zero);
    public static readonly WorkspaceId Workspace = new("recorded/shop");
    public static readonly QueryId Query = new("pods/crash-loop");
    public const string Cluster = "/subscriptions/s/resourcegroups/rg/providers/microsoft.containerservice/managedclusters/c1";

    public static readonly LifecyclePolicy Policy = new(TimeSpan.Zero, TimeSpan.FromMinutes(15), 500);

    public static DateTimeOffset Minute(double minutes) => Start.AddMinutes(minutes);

    public static FindingKey Key(string workload = "cart", string? cluster = Cluster) =>
        new([new("cluster", cluster), new("namespace", "shop"), new("workload", workload), new("container", null)]);

    public static Observation Seen(Severity severity = Severity.Error, string workload = "cart", double restarts = 3, string? cluster = Cluster)
    {
        var key = Key(workload, cluster);
        var content = new FindingContent(
            $"{workload} restarts", "It was OOM killed.", [new Measure("restarts", restarts, "count")], [new EvidenceItem("pods", """["a","b"]""")]);
        return new Observation(Fingerprint.Of(Query, 1, key), key, severity, content);
    }

    public static EvaluationFacts Facts(double minute, Verdict verdict = Verdict.Complete, bool baseline = false) =>
        new(Workspace, Query, Query, Minute(minute), verdict, baseline, verdict == Verdict.NoData ? "The query failed." : null);

    /// <summary>A finding opened at minute 0.</summary>
    public static Finding Open(Severity severity = Severity.Error, string workload = "cart") =>
        FindingLifecycle.Advance(null, Seen(severity, workload), Facts(0), Policy).Finding!;

    /// <summary>Runs the lifecycle over evaluations five minutes apart, from a finding as it was left by the last step.</summary>
    public static LifecycleStep Then(this LifecycleStep step, double minute, Observation? seen, Verdict verdict = Verdict.Complete, LifecyclePolicy? policy = null) =>
        FindingLifecycle.Advance(step.Finding, seen, Facts(minute, verdict), policy ?? Policy);

    public static LifecycleStep From(Finding? finding) => new(finding, []);
}

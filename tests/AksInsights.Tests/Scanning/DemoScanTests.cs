using AksInsights.Core.Queries;

namespace AksInsights.Tests.Scanning;

/// <summary>
/// The whole library over the demo recording, whose faults are known: each is found once, and nothing else is. The same holds when the rows come otherwise.
/// </summary>
public class DemoScanTests
{
    private static readonly DemoTruth Truth = new();
    private static readonly Lazy<Task<IReadOnlyList<OpenFinding>>> AsRecorded = new(() => OpenFinding.ScanAsync(RecordingVariant.Demo));
    private static readonly DateTime Now = new(2026, 11, 21, 8, 0, 0, DateTimeKind.Utc);

    [Fact]
    public async Task EveryFaultIsFoundOnceAndNothingElseIs()
    {
        Assert.Equal(82, Truth.Expected);
        Assert.Empty(Truth.Mistakes(await AsRecorded.Value));
    }

    [Fact]
    public async Task TheTruthSeesWhatIsMissingDoubledOrMadeUp()
    {
        var found = await AsRecorded.Value;
        var loop = found.First(f => f.Query == "pods/crash-loop");
        var healthy = loop with { Key = new Dictionary<string, string>(loop.Key) { ["workload"] = "mailer", ["namespace"] = "platform" } };
        Assert.StartsWith("not found: crash-loop", Assert.Single(Truth.Mistakes(found.Where(f => f != loop))), StringComparison.Ordinal);
        Assert.StartsWith("told again: pods/crash-loop", Assert.Single(Truth.Mistakes([.. found, loop])), StringComparison.Ordinal);
        Assert.StartsWith("no problem: pods/crash-loop", Assert.Single(Truth.Mistakes([.. found, healthy])), StringComparison.Ordinal);
    }

    /// <summary>The truth knows 41 checks. What the others find was looked at, finding by finding; how clusters are set up is no part of it.</summary>
    [Fact]
    public async Task WhatOtherChecksFindIsRight()
    {
        var others = (await AsRecorded.Value).Where(f => !Truth.Judges(f.Check) && !f.Query.StartsWith("posture/", StringComparison.Ordinal));
        Assert.Equal(
            [
                // Audit logs need a setting of their own. Operation has rows only where something is wrong with the workspace.
                "data-health/table-missing AKSAudit",
                "data-health/table-missing AKSAuditAdmin",
                "data-health/table-missing Operation",
                // The cluster that went silent: cluster-silent tells it, this one which checks are blind.
                "data-health/table-stale aks-edge-lab",
                // Ten nodes run 1.31 and 1.29, whose support ended before the day of the recording.
                "nodes/kubernetes-version-unsupported aks-shop-prod",
                // A volume at 90 %: above 80 %, and not yet at the 95 % that pv-nearly-full tells.
                "storage/pv-usage-high events-db",
            ],
            others.Select(f => $"{f.Query} {f.Key.GetValueOrDefault("workload") ?? f.Key.GetValueOrDefault("table") ?? f.Key["cluster"].Split('/')[^1]}").Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task RowsThatComeTwiceOutOfOrderAndUnderOtherSpellingsChangeNothing()
    {
        using var recording = new RecordingVariant((table, rows) => Shuffled(rows.Select(r => Respelt(table, r)).SelectMany((r, i) => i % 5 == 0 ? [r, r] : new[] { r })));
        Assert.Equal(Identities(await AsRecorded.Value), Identities(await OpenFinding.ScanAsync(recording.Path)));
    }

    /// <summary>The inventory of pods comes from one agent and everything else from others: here those are six minutes late.</summary>
    [Fact]
    public async Task RowsThatHaveNotComeYetChangeNothing()
    {
        var arrived = Now - TimeSpan.FromMinutes(6);
        using var recording = new RecordingVariant((table, rows) => table == "KubePodInventory" ? rows : rows.Where(r => RecordingVariant.TimeOf(r) < arrived));
        Assert.Equal(Identities(await AsRecorded.Value), Identities(await OpenFinding.ScanAsync(recording.Path)));
    }

    [Fact]
    public async Task AnIntervalOfAQuarterOfAnHourInsteadOfFiveMinutesChangesNothing()
    {
        using var recording = new RecordingVariant(Every(15));
        Assert.Equal(Identities(await AsRecorded.Value), Identities(await OpenFinding.ScanAsync(recording.Path)));
    }

    /// <summary>The slowest interval that there is: what began within the last hour was seen once, which is no duration.</summary>
    [Fact]
    public async Task AnIntervalOfHalfAnHourMissesWhatBeganLastAndMakesUpNothing()
    {
        using var recording = new RecordingVariant(Every(30));
        var mistakes = Truth.Mistakes(await OpenFinding.ScanAsync(recording.Path));
        // A cluster that sends every half an hour is not silent after 48 minutes: it is judged as it was.
        Assert.Equal(
            ["not found: node-not-ready", "not found: pod-terminating-stuck"],
            mistakes.Where(m => !m.Contains("aks-edge-lab", StringComparison.Ordinal)).Select(m => m[..m.IndexOf(" aks-", StringComparison.Ordinal)]).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task ThePresetCostOptimizedHidesTheSystemNamespacesAndNothingElse()
    {
        using var recording = new RecordingVariant((table, rows) => table is "KubePodInventory" or "ContainerInventory" or "InsightsMetrics"
            ? rows.Where(r => !r.Contains("\"kube-system\"", StringComparison.Ordinal) && !r.Contains("\\\"kube-system\\\"", StringComparison.Ordinal))
            : rows);
        var found = await OpenFinding.ScanAsync(recording.Path);
        Assert.Empty(Truth.Mistakes(found));
        var usual = Identities(await AsRecorded.Value);
        var more = Assert.Single(found, f => !usual.Contains(f.Identity));
        Assert.Equal("data-health/namespaces-not-collected", more.Query);
    }

    [Fact]
    public async Task ThePresetLogsAndEventsFindsLessAndSaysSoOnceForEachTable()
    {
        using var recording = new RecordingVariant((table, rows) => table is "ContainerLogV2" or "KubeEvents" or "KubePodInventory" ? rows : null);
        var found = await OpenFinding.ScanAsync(recording.Path);
        var usual = Identities(await AsRecorded.Value);
        var missing = found.Where(f => f.Query == "data-health/table-missing").ToDictionary(f => f.Key["table"], f => f.Evidence);
        Assert.DoesNotContain(found, f => f.Query != "data-health/table-missing" && !usual.Contains(f.Identity));
        Assert.Contains(found, f => f.Query == "pods/crash-loop");

        // Queries that need a table which is not there have found nothing, and are named where its absence is told.
        var blind = QueryLibrary.Load(Repository.Path("queries")).Checks
            .Select(q => (Id: q.Id.Value, Missing: q.Metadata.Requires.Tables.Concat(q.Metadata.Requires.Sparse).Where(missing.ContainsKey).ToList()))
            .Where(q => q.Missing.Count > 0).ToList();
        Assert.True(blind.Count > 30, $"{blind.Count} queries are blind.");
        Assert.All(blind, q => Assert.DoesNotContain(found, f => f.Query == q.Id));
        Assert.All(blind, q => Assert.All(q.Missing, table => Assert.Contains(q.Id, missing[table], StringComparison.Ordinal)));
        Assert.Superset(new HashSet<string> { "ContainerInventory", "InsightsMetrics", "KubeMonAgentEvents", "KubeNodeInventory", "KubePVInventory", "KubeServices", "Perf" }, missing.Keys.ToHashSet());
    }

    private static HashSet<string> Identities(IEnumerable<OpenFinding> findings) => [.. findings.Select(f => f.Identity)];

    /// <summary>Keeps what the agent writes at every so many minutes; logs and events come as they happen, and telegraf has an interval of its own.</summary>
    private static Func<string, IEnumerable<string>, IEnumerable<string>> Every(int minutes) => (table, rows) => table is "ContainerLogV2" or "KubeEvents" or "KubeMonAgentEvents"
        ? rows
        : rows.Where(r => r.Contains("container.azm.ms/telegraf", StringComparison.Ordinal) || RecordingVariant.TimeOf(r).Minute % minutes == 0);

    private static string Respelt(string table, string row) => table switch
    {
        "KubePodInventory" or "InsightsMetrics" => row.Replace("/resourcegroups/", "/RESOURCEGROUPS/", StringComparison.OrdinalIgnoreCase),
        "Perf" => row.Replace("/resourcegroups/", "/resourcegroups/", StringComparison.OrdinalIgnoreCase),
        _ => row,
    };

    private static string[] Shuffled(IEnumerable<string> rows)
    {
        var all = rows.ToArray();
#pragma warning disable CA5394 // An order has to be repeatable, not secret.
        new Random(1).Shuffle(all);
#pragma warning restore CA5394
        return all;
    }
}

using AksInsights.Adapters.Storage;
using AksInsights.Core.Findings;
using AksInsights.Core.Queries;
using AksInsights.Core.Workspaces;

namespace AksInsights.IntegrationTests.Web;

/// <summary>Findings for the page to show: as many as wanted, of the library's own queries, in a few clusters; one of them has been through a lot.</summary>
internal static class WebStory
{
    private const string Shop = "/subscriptions/0f3b/resourcegroups/rg-shop/providers/microsoft.containerservice/managedclusters/aks-shop-prod";
    private const string Lab = "/subscriptions/0f3b/resourcegroups/rg-lab/providers/microsoft.containerservice/managedclusters/aks-edge-lab";

    private static readonly string[] Workloads = ["cart", "orders-worker", "gateway", "ledger", "search", "promo-banner", "sync-agent"];
    private static readonly string[] Namespaces = ["shop", "payments", "platform", "media"];

    /// <summary>The title of the worst finding.</summary>
    public const string Worst = "StatefulSet data/orders-db: volume data-orders-db-0 is 97.6 % full";

    /// <summary>Puts them into a store.</summary>
    public static Func<SqlFindingStore, Task> Of(int count) => store => FillAsync(store, count);

    private static async Task FillAsync(SqlFindingStore store, int count)
    {
        var now = TimeProvider.System.GetUtcNow();
        now = new DateTimeOffset(now.Ticks - (now.Ticks % TimeSpan.TicksPerMinute), TimeSpan.Zero);
        var queries = WebScene.Queries.Where(query => query.Id.Area is "pods" or "nodes" or "workloads" or "network").ToList();
        await SaveAsync(store, WebScene.Queries.Single(q => q.Id.Value == "storage/pv-nearly-full"), now, [Volume(now)]);
        foreach (var (i, query) in queries.Index())
        {
            var number = (count - 1) / queries.Count + (i < (count - 1) % queries.Count ? 1 : 0);
            await SaveAsync(store, query, now, [.. Enumerable.Range(0, number).Select(n => Make(query, (n * 31) + i, now))]);
        }
    }

    private static Task<CommitOutcome> SaveAsync(SqlFindingStore store, QueryDefinition query, DateTimeOffset now, IReadOnlyList<(Finding Finding, IReadOnlyList<FindingEvent> Events)> made)
    {
        var id = new EvaluationId(new WorkspaceId("prod"), query.Id, now);
        var record = new EvaluationRecord { Id = id, Start = now.AddHours(-2), Revision = query.Revision, Outcome = EvaluationOutcome.Complete, Rows = made.Count, RanAt = now, Took = TimeSpan.FromMilliseconds(210) };
        var covered = new[] { Shop, Lab, Lab + "-2" };
        return store.CommitAsync(id, _ => new EvaluationCommit(record, [.. made.Select(m => m.Finding)], [], [], [.. made.SelectMany(m => m.Events)], covered), default);
    }

    private static (Finding Finding, IReadOnlyList<FindingEvent> Events) Make(QueryDefinition query, int number, DateTimeOffset now)
    {
        var (workload, space) = ($"{Workloads[number % Workloads.Length]}-{number}", Namespaces[number / 3 % Namespaces.Length]);
        var key = new FindingKey([new("cluster", number % 5 == 0 ? Lab : Shop), new("namespace", space), new("workloadKind", "Deployment"), new("workload", workload), new("container", "app")]);
        var since = now.AddMinutes(-7 - (number * 13 % 20_000));
        var finding = Base(query, key, since, now) with
        {
            Content = new FindingContent($"Deployment {space}/{workload}: {query.Metadata.Name.ToLowerInvariant()}", null, [.. query.Metadata.Measures.Select(m => new Measure(m.Key, (number % 40) + 3, "count"))], [new EvidenceItem("pods", """["a-7d9f","b-1c2e"]""")]),
            Condition = number % 9 == 0 ? Condition.Clearing : Condition.Open,
        };
        return (finding, [new FindingEvent(finding.Id, since, FindingEventKind.Opened, 1, finding.Severity, Condition.Open, true)]);
    }

    private static (Finding Finding, IReadOnlyList<FindingEvent> Events) Volume(DateTimeOffset now)
    {
        var query = WebScene.Queries.Single(q => q.Id.Value == "storage/pv-nearly-full");
        var key = new FindingKey([new("cluster", Shop), new("namespace", "data"), new("workloadKind", "StatefulSet"), new("workload", "orders-db"), new("volume", "data-orders-db-0")]);
        var first = now.AddHours(-30);
        var finding = Base(query, key, first, now) with
        {
            Severity = Severity.Critical,
            Content = new FindingContent(Worst, "At the pace of the last hours it is full in about 50 minutes.", [new Measure("usedShare", 0.976, "ratio"), new Measure("usedBytes", 104_797_000_000, "bytes")], [new EvidenceItem("pods", """["orders-db-0"]"""), new EvidenceItem("note", "\"<b>not bold</b>\"")]),
            Episode = 2,
            EpisodeSince = now.AddHours(-9),
            ConditionSince = now.AddHours(-9),
            SeenCount = 120,
            Told = true,
        };
        FindingEvent Event(double hours, FindingEventKind kind, Severity severity, Condition condition, string? detail = null, int episode = 1) =>
            new(finding.Id, now.AddHours(-hours), kind, episode, severity, condition, kind is not FindingEventKind.Clearing, detail);
        return (finding,
        [
            Event(30, FindingEventKind.Opened, Severity.Warning, Condition.Open),
            Event(26, FindingEventKind.Escalated, Severity.Error, Condition.Open, "from warning"),
            Event(20, FindingEventKind.Clearing, Severity.Error, Condition.Clearing),
            Event(19.5, FindingEventKind.Resolved, Severity.Error, Condition.Resolved, "cleared"),
            Event(9, FindingEventKind.Reopened, Severity.Error, Condition.Open, null, 2),
            Event(2, FindingEventKind.Escalated, Severity.Critical, Condition.Open, "from error", 2),
        ]);
    }

    private static Finding Base(QueryDefinition query, FindingKey key, DateTimeOffset since, DateTimeOffset now)
    {
        var fingerprint = Fingerprint.Of(query.Id, 1, key);
        return new Finding
        {
            Id = FindingId.Of(new WorkspaceId("prod"), fingerprint, since),
            Workspace = new WorkspaceId("prod"),
            Query = query.Id,
            EvaluatedBy = query.Id,
            Key = key,
            Fingerprint = fingerprint,
            Severity = query.Metadata.Severity == Severity.Critical ? Severity.Error : query.Metadata.Severity,
            Content = new FindingContent("", null, [], []),
            Condition = Condition.Open,
            ConditionSince = since,
            FirstSeen = since,
            EpisodeSince = since,
            LastSeen = now,
            LastEvaluated = now,
        };
    }
}

using AksInsights.Adapters.Storage;
using AksInsights.Adapters.Workspaces.Recorded;
using AksInsights.Core.Alerts;
using AksInsights.Core.Changes.Proposals;
using AksInsights.Core.Queries;
using AksInsights.Core.Rightsizing.History;
using AksInsights.Service.Scanning;
using Dapper;

namespace AksInsights.Tests.Dashboards;

/// <summary>A store with something of everything that dashboards show, from the sample recording.</summary>
internal static class PanelStore
{
    /// <summary>A cluster of the recording.</summary>
    public const string Cluster = "/subscriptions/52e6b438-f2a7-4269-a651-0c5ca6a3a450/resourcegroups/rg-shop-weu/providers/microsoft.containerservice/managedclusters/aks-shop-prod";

    /// <summary>The end of the recording.</summary>
    public static readonly DateTimeOffset Now = new(2026, 11, 21, 8, 0, 0, TimeSpan.Zero);

    /// <summary>A day of it, everything chosen.</summary>
    public static readonly GrafanaMacros Everything = new(Now.AddDays(-1), Now, TimeSpan.FromMinutes(30), new Dictionary<string, IReadOnlyList<string>>());

    /// <summary>The same day, narrowed by every variable to what the recording has.</summary>
    public static readonly GrafanaMacros Narrowed = Everything with
    {
        Chosen = new Dictionary<string, IReadOnlyList<string>>
        {
            ["workspace"] = ["workspace-demo"],
            ["cluster"] = [Cluster, "o'brien"],
            ["namespace"] = ["shop", "backoffice"],
            ["area"] = ["pods", "nodes"],
            ["severity"] = ["error", "critical"],
        },
    };

    /// <summary>Fills an empty store.</summary>
    public static async Task FillAsync(SqlFindingStore store)
    {
        var folder = Repository.Path("samples", "workspace-demo");
        var tables = Assert.IsType<RecordedWorkspaceOpening.Opened>(RecordedWorkspaceTables.Open(folder)).Tables;
        string[] areas = ["pods", "nodes", "data-health", "control-plane"];
        var scan = new WorkspaceScan(tables, [.. AllDashboards.Library.Checks.Where(check => areas.Contains(check.Id.Area))], store, TimeProvider.System);
        foreach (var hours in new[] { -8, 0 }) await scan.RunAsync(RecordedWorkspace.IdOf(folder), Now.AddHours(hours), null, default);
        var usage = AllDashboards.Library.Queries.Where(query => query.Metadata.Kind == QueryKind.Usage).ToList();
        var workspace = new RecordedWorkspace(RecordedWorkspace.IdOf(folder), tables, Now);
        Assert.Empty((await new UsageCollector(workspace, usage, store.Usage).CollectAsync(Now, TimeSpan.FromDays(2), null, default)).Troubles);
        await store.Outbox.EnqueueAsync([.. Enumerable.Range(0, 3).Select(Message)], default);
        foreach (var claimed in await store.Outbox.ClaimAsync(Now, TimeSpan.FromMinutes(1), 2, default))
            await store.Outbox.SettleAsync([claimed], claimed.Message.Key == "0" ? new DeliveryOutcome.Refused("No such channel.") : new DeliveryOutcome.Delivered(), Now, default);
        await store.Proposals.SaveAsync([Proposal(1, PullState.Merged), Proposal(2, PullState.Open), Proposal(3, PullState.Merged) with { ClusterName = "aks-other", Namespace = "elsewhere" }], default);
        await MakeUnusualAsync(store);
    }

    private static ProposalNote Proposal(int number, PullState state) => new()
    {
        Link = $"https://github.example/shop/manifests/pull/{number}",
        Repository = "GitHub's shop/manifests",
        Number = number,
        Branch = $"aksinsights/aks-shop-prod/shop/deployment-{number}",
        Target = "main",
        Title = $"Rightsize shop/{number} in aks-shop-prod",
        State = state,
        ClusterName = "aks-shop-prod",
        Namespace = "shop",
        Containers = 1,
        MonthlySaving = 12.5m,
        OpenedAt = Now.AddHours(-9),
        EndedAt = state == PullState.Open ? null : Now.AddHours(-2),
        SeenAt = Now,
    };

    // What a day and two looks at it do not bring about: a finding that comes and goes, one that came back and is over, one without data.
    private static Task MakeUnusualAsync(SqlFindingStore store) => store.Connections.WriteAsync(
        transaction => transaction.Connection!.ExecuteAsync(
            """
            UPDATE findings SET flapping_since = @at, episode = 2 WHERE id IN (SELECT min(id) FROM findings WHERE cluster = @cluster AND severity >= 2);
            UPDATE findings SET no_data_since = @at, no_data_reason = 'No rows.' WHERE id IN (SELECT max(id) FROM findings WHERE cluster = @cluster);
            INSERT INTO finding_events (finding_id, at, kind, episode, severity, condition, tell)
            SELECT finding_id, @at, 'resolved', episode, severity, 'resolved', 1 FROM finding_events WHERE finding_id IN (SELECT min(id) FROM findings WHERE cluster = @cluster AND severity >= 2);
            """,
            new { at = (Now.AddHours(-1) - DateTimeOffset.UnixEpoch).Ticks, cluster = Cluster },
            transaction),
        default);

    private static OutgoingMessage Message(int number) => new()
    {
        Key = $"{number}",
        Channel = "teams",
        Group = $"{number}",
        Kind = "opened",
        BodyJson = "{}",
        CreatedAt = Now.AddMinutes(number - 60),
        DueAt = Now.AddMinutes(number - 60),
    };
}

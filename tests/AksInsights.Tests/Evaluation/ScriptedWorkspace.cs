using AksInsights.Core.Workspaces;

namespace AksInsights.Tests.Evaluation;

/// <summary>A workspace whose answers the test writes: how old each cluster's newest row in each table is, and what the query finds.</summary>
internal sealed class ScriptedWorkspace : IWorkspace
{
    public const string C1 = "/s/c1";
    public const string C2 = "/s/c2";

    private readonly Dictionary<string, WorkspaceResult> _freshness = [];
    private WorkspaceResult _workloads = new WorkspaceResult.NoData(["KubePodInventory"], "Nobody said which workloads there are.");

    public ScriptedWorkspace(DateTimeOffset now)
    {
        Now = now;
        Fresh("KubeNodeInventory", (C1, 1), (C2, 1));
        Fresh("KubePodInventory", (C1, 1), (C2, 1));
    }

    public WorkspaceId Id { get; } = new("scripted");

    public DateTimeOffset? AsOf => null;

    public DateTimeOffset Now { get; set; }

    public WorkspaceResult Answer { get; set; } = Rows();

    public List<WorkspaceQuery> Asked { get; } = [];

    /// <summary>A whole answer with the columns of <see cref="Plans.Columns"/>.</summary>
    public static WorkspaceResult Rows(params object?[][] rows) => new WorkspaceResult.Complete([Results.Table(Plans.Columns, rows)], []);

    /// <summary>Says how many minutes before now each cluster wrote its newest row.</summary>
    public void Fresh(string table, params (string Cluster, double MinutesOld)[] clusters)
    {
        object?[][] rows = [.. clusters.Select(c => new object?[] { c.Cluster, Now.AddMinutes(-c.MinutesOld), Now.AddMinutes(-c.MinutesOld - 60), 61 })];
        _freshness[table] = new WorkspaceResult.Complete([Results.Table("cluster:string newest:datetime oldest:datetime moments:long", rows)], []);
    }

    /// <summary>Says which workloads there are, and how many minutes before now each was seen last.</summary>
    public void Workloads(params (string Cluster, string Namespace, string Kind, string Name, double MinutesOld)[] workloads)
    {
        object?[][] rows = [.. workloads.Select(w => new object?[] { w.Cluster, w.Namespace, w.Kind, w.Name, Now.AddMinutes(-w.MinutesOld) })];
        _workloads = new WorkspaceResult.Complete([Results.Table("cluster:string namespace:string kind:string name:string lastSeen:datetime", rows)], []);
    }

    public void FreshnessOf(string table, WorkspaceResult answer) => _freshness[table] = answer;

    public Task<WorkspaceResult> QueryAsync(WorkspaceQuery query, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        Asked.Add(query);
        if (query.Text.Contains("summarize lastSeen", StringComparison.Ordinal))
            return Task.FromResult(query.Text.StartsWith("KubePodInventory", StringComparison.Ordinal) ? _workloads : new WorkspaceResult.NoData([], "There are no nodes."));
        var measures = query.Text.Contains("summarize newest", StringComparison.Ordinal) || query.Text.EndsWith("| take 1 | project id", StringComparison.Ordinal);
        if (!measures) return Task.FromResult(Answer);
        var table = query.Text.Split('\r', '\n')[0];
        return Task.FromResult(_freshness.TryGetValue(table, out var known) ? known : new WorkspaceResult.NoData([table], $"There is no table {table}."));
    }
}

using AksInsights.Core.Evaluation;
using AksInsights.Core.Findings;
using AksInsights.Core.Workspaces;

namespace AksInsights.Service.Hosting;

/// <summary>A workspace that the service evaluates queries in, with what it needs for that. Immutable; the probe remembers answers.</summary>
internal sealed class WatchedWorkspace
{
    /// <summary>Puts it together.</summary>
    /// <param name="workspace">Where queries run.</param>
    /// <param name="plans">The queries with the workspace's parameters.</param>
    /// <param name="library">The ids of all queries there are, those with mistakes included.</param>
    public WatchedWorkspace(IWorkspace workspace, IEnumerable<EvaluationPlan> plans, IReadOnlyCollection<QueryId> library)
    {
        Workspace = workspace;
        Plans = plans.ToDictionary(plan => plan.Query);
        Library = library;
        Freshness = new FreshnessProbe(workspace);
    }

    /// <summary>Where queries run.</summary>
    public IWorkspace Workspace { get; }

    /// <summary>Its name.</summary>
    public WorkspaceId Id => Workspace.Id;

    /// <summary>The queries by name.</summary>
    public IReadOnlyDictionary<QueryId, EvaluationPlan> Plans { get; }

    /// <summary>The ids of all queries there are; findings of others end.</summary>
    public IReadOnlyCollection<QueryId> Library { get; }

    /// <summary>Measures the tables.</summary>
    public FreshnessProbe Freshness { get; }
}

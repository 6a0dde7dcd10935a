using AksInsights.Core.Evaluation;
using AksInsights.Core.Findings;
using AksInsights.Core.Workspaces;
using AksInsights.Service.Hosting;

namespace AksInsights.Tests.Hosting;

/// <summary>Keeps what is told of scheduled evaluations.</summary>
internal sealed class RecordedEvaluations : IEvaluationObserver
{
    public List<EvaluationReport> Reports { get; } = [];

    public List<string> Troubles { get; } = [];

    public void Evaluated(EvaluationReport report) => Reports.Add(report);

    public void Skipped(WorkspaceId workspace, QueryId query, long windows) => Troubles.Add($"skipped {windows}");

    public void Overran(WorkspaceId workspace, QueryId query, DateTimeOffset end, TimeSpan limit) => Troubles.Add($"overran {end:HH:mm}");

    public void StoreFailed(WorkspaceId workspace, QueryId? query, StoreException trouble) => Troubles.Add(trouble.Message);
}

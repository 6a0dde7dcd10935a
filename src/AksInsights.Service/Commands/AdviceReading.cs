using System.Collections.Concurrent;
using System.CommandLine;
using AksInsights.Adapters.Storage;
using AksInsights.Adapters.Workspaces.Recorded;
using AksInsights.Core.Findings;
using AksInsights.Core.Rightsizing;
using AksInsights.Core.Rightsizing.Advice;
using AksInsights.Core.Rightsizing.Backtests;
using AksInsights.Core.Rightsizing.History;
using AksInsights.Core.Rightsizing.Policies;
using AksInsights.Core.Workspaces;

namespace AksInsights.Service.Commands;

/// <summary>Reads pasts from a store, container by container, and has each policy advise on them.</summary>
internal static class AdviceReading
{
    // A run of a job that comes once a week is still one that comes.
    private static readonly TimeSpan JobGone = TimeSpan.FromDays(15);
    private static readonly TimeSpan Gone = TimeSpan.FromDays(2);

    /// <summary>The advice of every policy; null when there is no usage.</summary>
    /// <exception cref="StoreException">The store cannot work.</exception>
    public static async Task<IReadOnlyList<AdviceView>?> ReadAsync(
        RecommendOptions options, ParseResult parsed, SqlFindingStore store, IReadOnlyList<IRightsizingPolicy> policies, CancellationToken cancellation)
    {
        var workspace = parsed.GetValue(options.Workspace) is { } folder ? RecordedWorkspace.IdOf(folder) : (WorkspaceId?)null;
        if (await store.Usage.ReadToAsync(workspace, cancellation).ConfigureAwait(false) is not { } readTo) return null;
        var advice = options.AdviceOf(parsed) with { Ignored = await IgnoredAsync(store, readTo, cancellation).ConfigureAwait(false) };
        var from = DateOnly.FromDateTime((readTo - HistoryBacktest.Replayed - advice.Window).UtcDateTime);
        var prices = parsed.GetValue(options.Prices)!;
        var advisors = policies.Select(p => new Advisor(p, prices, advice)).ToList();
        var said = policies.Select(_ => new ConcurrentBag<ContainerAdvice>()).ToList();
        var parallel = new ParallelOptions { CancellationToken = cancellation, MaxDegreeOfParallelism = Environment.ProcessorCount };
        await Parallel.ForEachAsync(store.Usage.HistoriesAsync(workspace, from, cancellation), parallel, (history, _) =>
        {
            if (IsThere(history, readTo) && options.Wants(parsed, history.Container))
                for (var i = 0; i < advisors.Count; i++) said[i].Add(advisors[i].Advise(history));
            return ValueTask.CompletedTask;
        }).ConfigureAwait(false);
        var pools = await store.Usage.PoolsAsync(workspace, DateOnly.FromDateTime((readTo - Gone).UtcDateTime), cancellation).ConfigureAwait(false);
        var narrowed = options.IsNarrowed(parsed);
        // Totals of pools mean something for all workloads only.
        return [.. policies.Select((policy, i) => new AdviceView(policy, AdviceReport.Of(said[i], narrowed ? [] : pools), prices, readTo, narrowed))];
    }

    private static bool IsThere(ContainerHistory history, DateTimeOffset readTo) =>
        history.Days[^1].Start >= readTo - (history.Container.WorkloadKind is "Job" or "CronJob" ? JobGone : Gone);

    /// <summary>The containers of which people said through a finding that they do not want to hear.</summary>
    private static async Task<Dictionary<ContainerKey, string>> IgnoredAsync(SqlFindingStore store, DateTimeOffset now, CancellationToken cancellation)
    {
        var ignored = new Dictionary<ContainerKey, string>();
        foreach (var name in (string[])["cpu-over-requested", "cpu-under-requested", "memory-over-requested", "memory-under-requested", "requests-missing", "limits-missing"])
        {
            if (!QueryId.TryParse($"rightsizing/{name}", out var query)) continue;
            foreach (var finding in await store.ListAsync(new FindingFilter { Query = query }, cancellation).ConfigureAwait(false))
            {
                if (!finding.Workflow.Mutes || finding.Workflow.Until <= now || Container(finding.Key) is not { } container) continue;
                ignored[container] = finding.Workflow switch
                {
                    Workflow.Suppressed said => $"{said.By} suppressed the finding {finding.Id} until {FindingJson.Time(said.Expires)}: {said.Reason}",
                    Workflow.FalsePositive said => $"{said.By} called the finding {finding.Id} a false positive: {said.Reason}",
                    _ => $"The finding {finding.Id} is muted.",
                };
            }
        }

        return ignored;
    }

    private static ContainerKey? Container(FindingKey key) =>
        key["cluster"] is { } cluster && key["namespace"] is { } space && key["workloadKind"] is { } kind && key["workload"] is { } workload && key["container"] is { } container
            ? new ContainerKey(cluster, space, kind, workload, container)
            : null;
}

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
using AksInsights.Core.Rightsizing.Pricing;
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
        var request = new AdviceRequest(policies, parsed.GetValue(options.Prices)!, advice, readTo)
        {
            Workspace = workspace,
            Wants = container => options.Wants(parsed, container),
            Narrowed = options.IsNarrowed(parsed),
        };
        return await ReadAsync(request, store, cancellation).ConfigureAwait(false);
    }

    /// <summary>The advice of every policy that was asked for.</summary>
    /// <exception cref="StoreException">The store cannot work.</exception>
    public static async Task<IReadOnlyList<AdviceView>> ReadAsync(AdviceRequest request, SqlFindingStore store, CancellationToken cancellation)
    {
        var from = DateOnly.FromDateTime((request.ReadTo - HistoryBacktest.Replayed - request.Advice.Window).UtcDateTime);
        var advisors = request.Policies.Select(p => new Advisor(p, request.Prices, request.Advice)).ToList();
        var said = request.Policies.Select(_ => new ConcurrentBag<ContainerAdvice>()).ToList();
        var parallel = new ParallelOptions { CancellationToken = cancellation, MaxDegreeOfParallelism = Environment.ProcessorCount };
        await Parallel.ForEachAsync(store.Usage.HistoriesAsync(request.Workspace, from, cancellation), parallel, (history, _) =>
        {
            if (IsThere(history, request.ReadTo) && request.Wants(history.Container))
                for (var i = 0; i < advisors.Count; i++) said[i].Add(advisors[i].Advise(history));
            return ValueTask.CompletedTask;
        }).ConfigureAwait(false);
        var pools = await store.Usage.PoolsAsync(request.Workspace, DateOnly.FromDateTime((request.ReadTo - Gone).UtcDateTime), cancellation).ConfigureAwait(false);
        // Totals of pools mean something for all workloads only.
        return [.. request.Policies.Select((policy, i) => new AdviceView(policy, AdviceReport.Of(said[i], request.Narrowed ? [] : pools), request.Prices, request.ReadTo, request.Narrowed))];
    }

    /// <summary>The containers of which people said through a finding that they do not want to hear.</summary>
    public static async Task<IReadOnlyDictionary<ContainerKey, string>> IgnoredAsync(SqlFindingStore store, DateTimeOffset now, CancellationToken cancellation)
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

    private static bool IsThere(ContainerHistory history, DateTimeOffset readTo) =>
        history.Days[^1].Start >= readTo - (history.Container.WorkloadKind is "Job" or "CronJob" ? JobGone : Gone);

    private static ContainerKey? Container(FindingKey key) =>
        key["cluster"] is { } cluster && key["namespace"] is { } space && key["workloadKind"] is { } kind && key["workload"] is { } workload && key["container"] is { } container
            ? new ContainerKey(cluster, space, kind, workload, container)
            : null;
}

/// <summary>What advice is asked for. Immutable.</summary>
/// <param name="Policies">By which policies.</param>
/// <param name="Prices">What reserving costs.</param>
/// <param name="Advice">What is left alone.</param>
/// <param name="ReadTo">Up to when usage was read.</param>
internal sealed record AdviceRequest(IReadOnlyList<IRightsizingPolicy> Policies, PriceList Prices, AdviceOptions Advice, DateTimeOffset ReadTo)
{
    /// <summary>Of this workspace; null for all.</summary>
    public WorkspaceId? Workspace { get; init; }

    /// <summary>Of which containers.</summary>
    public Func<ContainerKey, bool> Wants { get; init; } = _ => true;

    /// <summary>Whether that is not all of them.</summary>
    public bool Narrowed { get; init; }
}

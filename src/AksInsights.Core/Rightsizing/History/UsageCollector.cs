using System.Globalization;
using AksInsights.Core.Evaluation;
using AksInsights.Core.Queries;
using AksInsights.Core.Workspaces;

namespace AksInsights.Core.Rightsizing.History;

/// <summary>Rolls the usage of a workspace up into its store, day by day. Days that were read to their end are never read again.</summary>
public sealed class UsageCollector
{
    // Rows arrive late: a day is over for good only some time after its end.
    private static readonly TimeSpan Late = TimeSpan.FromMinutes(30);

    private readonly IWorkspace _workspace;
    private readonly IReadOnlyList<QueryDefinition> _queries;
    private readonly IUsageStore _store;

    /// <summary>Makes a collector.</summary>
    /// <param name="workspace">What is read.</param>
    /// <param name="queries">The queries of kind <see cref="QueryKind.Usage"/>; others are left.</param>
    /// <param name="store">Where usage is kept.</param>
    public UsageCollector(IWorkspace workspace, IReadOnlyList<QueryDefinition> queries, IUsageStore store)
    {
        _workspace = workspace;
        _queries = [.. queries.Where(q => q.Metadata.Kind == QueryKind.Usage)];
        _store = store;
    }

    /// <summary>Reads what was not read yet.</summary>
    /// <param name="now">Up to when rows are there.</param>
    /// <param name="lookback">How far back rows are looked for.</param>
    /// <param name="progress">Told of each day that is done.</param>
    /// <param name="cancellation">Gives up; days that were saved stay.</param>
    /// <exception cref="Findings.StoreException">The store cannot work.</exception>
    public async Task<UsageCollection> CollectAsync(DateTimeOffset now, TimeSpan lookback, IProgress<DateOnly>? progress, CancellationToken cancellation)
    {
        var read = await _store.DaysReadAsync(_workspace.Id, cancellation).ConfigureAwait(false);
        var days = new List<DateOnly>();
        var troubles = new List<string>();
        if (await OldestAsync(now, lookback, troubles, cancellation).ConfigureAwait(false) is not { } oldest) return new UsageCollection(days, troubles);
        for (var day = DateOnly.FromDateTime(oldest.UtcDateTime); UsageDay.StartOf(day) <= now; day = day.AddDays(1))
        {
            var end = UsageDay.StartOf(day.AddDays(1));
            if (read.TryGetValue(day, out var to) && (to >= end + Late || to >= now)) continue;
            if (await ReadAsync(day, now, troubles, cancellation).ConfigureAwait(false) is not { } found) break;
            await _store.SaveAsync(_workspace.Id, found, cancellation).ConfigureAwait(false);
            days.Add(day);
            progress?.Report(day);
        }

        return new UsageCollection(days, [.. troubles.Distinct()]);
    }

    private async Task<DateTimeOffset?> OldestAsync(DateTimeOffset now, TimeSpan lookback, List<string> troubles, CancellationToken cancellation)
    {
        var from = (now - lookback).UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture);
        var to = now.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ss.fffffffZ", CultureInfo.InvariantCulture);
        var text = $"Perf | where TimeGenerated between (datetime({from}) .. datetime({to})) | summarize oldest = min(TimeGenerated)";
        var answer = await _workspace.QueryAsync(new WorkspaceQuery(text), cancellation).ConfigureAwait(false);
        if (TroubleOf(answer) is { } trouble) troubles.Add($"There is no usage to collect: {trouble}");
        if (answer is not WorkspaceResult.Complete { Tables: [var table, ..] }) return null;
        if (table[0, 0] is DateTime oldest) return new DateTimeOffset(oldest, TimeSpan.Zero);
        troubles.Add($"There is no usage to collect: `Perf` has no row since {from}. Collect it with the preset Standard or Cost-optimized.");
        return null;
    }

    /// <summary>The rows of a day; null when its usage could not be read, so that it is tried again another time.</summary>
    private async Task<UsageDayRead?> ReadAsync(DateOnly day, DateTimeOffset now, List<string> troubles, CancellationToken cancellation)
    {
        var (start, end) = (UsageDay.StartOf(day), UsageDay.StartOf(day.AddDays(1)));
        // Both ends of a window belong to it; a row at midnight belongs to one day only.
        var window = new EvaluationWindow(start, (now < end ? now : end) - TimeSpan.FromTicks(now < end ? 0 : 1));
        var rows = new UsageRows();
        foreach (var query in _queries)
        {
            var name = query.Id.Value[(query.Id.Value.IndexOf('/', StringComparison.Ordinal) + 1)..];
            var answer = await _workspace.QueryAsync(new WorkspaceQuery(query.Plan(new Dictionary<string, object?>()).Bind(window)), cancellation).ConfigureAwait(false);
            if (answer is WorkspaceResult.Complete complete) rows.Add(name, complete.Tables[0]);
            if (TroubleOf(answer) is not { } trouble) continue;
            troubles.Add($"{query.Id}: {trouble}");
            // Without these there is nothing to keep; the others say what else is known.
            if (name is "usage-histograms" or "usage-containers") return null;
        }

        return new UsageDayRead(day, now, rows.Containers(day), rows.Pools);
    }

    private static string? TroubleOf(WorkspaceResult answer) => answer switch
    {
        WorkspaceResult.NoData none => none.Reason,
        WorkspaceResult.Partial part => part.Reason,
        WorkspaceResult.Failed failed => failed.Reason,
        _ => null,
    };
}

/// <summary>What was collected.</summary>
/// <param name="Days">The days that were read and saved, oldest first.</param>
/// <param name="Troubles">What could not be read, in full sentences.</param>
public sealed record UsageCollection(IReadOnlyList<DateOnly> Days, IReadOnlyList<string> Troubles);

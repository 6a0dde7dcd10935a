using AksInsights.Adapters.Storage;
using AksInsights.Core.Findings;
using AksInsights.Core.Rightsizing.History;
using AksInsights.Service.Telemetry;
using Microsoft.Extensions.Logging;
using Quartz;

namespace AksInsights.Service.Hosting;

/// <summary>The job of the schedule that keeps what containers used, for recommendations: every day is read once when it is over, and as far as it goes before.</summary>
[DisallowConcurrentExecution]
internal sealed class CollectUsageJob(ServedLibrary library, SqlFindingStore store, Ending ending, ServiceInstruments instruments, TimeProvider time, ILogger<CollectUsageJob> logger) : IJob
{
    /// <summary>How often it is looked for.</summary>
    public static readonly TimeSpan Every = TimeSpan.FromHours(6);

    // Rows arrive late; and Log Analytics keeps them for 31 days unless it is paid to keep them longer.
    private static readonly TimeSpan Offset = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan Lookback = TimeSpan.FromDays(35);

    /// <inheritdoc/>
    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken = default)
    {
        if (library.Find(context.MergedJobDataMap.GetString(EvaluateQueryJob.Workspace)!) is { } watched)
            await ending.RunAsync(cancellation => CollectAsync(watched, cancellation), cancellationToken).ConfigureAwait(false);
    }

    private async Task CollectAsync(WatchedWorkspace watched, CancellationToken cancellation)
    {
        var now = watched.Workspace.AsOf ?? time.GetUtcNow() - Offset;
        try
        {
            var collected = await new UsageCollector(watched.Workspace, library.UsageQueries, store.Usage).CollectAsync(now, Lookback, null, cancellation).ConfigureAwait(false);
            if (collected.Days.Count > 0) logger.UsageCollected(watched.Id.Value, collected.Days.Count);
            foreach (var trouble in collected.Troubles) logger.UsageTrouble(watched.Id.Value, trouble);
        }
        catch (StoreException trouble)
        {
            instruments.StoreFailed(trouble);
        }
    }
}

using AksInsights.Adapters.Storage;
using AksInsights.Core.Findings;
using AksInsights.Service.Telemetry;
using Microsoft.Extensions.Logging;
using Quartz;

namespace AksInsights.Service.Hosting;

/// <summary>The job of the schedule that deletes, once a day, what is over and older than it is to be kept.</summary>
/// <remarks>Where replicas share a schedule, one of them does it. Twice at a time would do no harm: it deletes in small transactions whatever is old then.</remarks>
[DisallowConcurrentExecution]
internal sealed class PruneStoreJob(ServiceSettings settings, SqlFindingStore store, Ending ending, ServiceInstruments instruments, TimeProvider time, ILogger<PruneStoreJob> logger) : IJob
{
    /// <summary>How often.</summary>
    public static readonly TimeSpan Every = TimeSpan.FromDays(1);

    /// <summary>At which time of the day (UTC): when most of those who look at findings sleep.</summary>
    public static readonly TimeSpan Offset = TimeSpan.FromHours(2);

    /// <inheritdoc/>
    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken = default) => await ending.RunAsync(PruneAsync, cancellationToken).ConfigureAwait(false);

    /// <summary>Deletes once.</summary>
    public async Task PruneAsync(CancellationToken cancellation)
    {
        var (policy, usage) = settings.Retention;
        var now = time.GetUtcNow();
        try
        {
            var pruned = await store.Upkeep.PruneAsync(policy, now, cancellation).ConfigureAwait(false);
            var days = await store.Usage.PruneAsync(DateOnly.FromDateTime((now - usage).UtcDateTime), cancellation).ConfigureAwait(false);
            logger.Pruned(pruned.Findings, pruned.Events, pruned.Evaluations, pruned.Messages, days);
        }
        catch (StoreException trouble)
        {
            instruments.StoreFailed(trouble);
        }
    }
}

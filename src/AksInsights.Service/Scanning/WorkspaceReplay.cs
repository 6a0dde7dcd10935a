using AksInsights.Adapters.Storage;
using AksInsights.Core.Alerts;
using AksInsights.Core.Workspaces;
using AksInsights.Service.Alerts;

namespace AksInsights.Service.Scanning;

/// <summary>Runs the service over a recording in accelerated time: evaluations and messages as they would have come, one moment after the other.</summary>
internal sealed class WorkspaceReplay
{
    private readonly Func<TimeProvider, WorkspaceScan> _scan;
    private readonly AlertTools _alerts;
    private readonly SqlFindingStore _store;

    /// <summary>Makes a replay.</summary>
    /// <param name="scan">Makes the scan that is run at every moment, by the given clock.</param>
    /// <param name="alerts">What sends messages.</param>
    /// <param name="store">Where findings and messages are kept.</param>
    public WorkspaceReplay(Func<TimeProvider, WorkspaceScan> scan, AlertTools alerts, SqlFindingStore store)
    {
        _scan = scan;
        _alerts = alerts;
        _store = store;
    }

    /// <summary>Replays a time.</summary>
    /// <param name="id">The name of the workspace.</param>
    /// <param name="from">The first moment, a baseline.</param>
    /// <param name="to">The last moment.</param>
    /// <param name="every">The time between two moments.</param>
    /// <param name="progress">Told of each moment that is done.</param>
    /// <param name="cancellation">Gives up; what was saved until then stays.</param>
    public async Task<ReplayResult> RunAsync(
        WorkspaceId id, DateTimeOffset from, DateTimeOffset to, TimeSpan every, IProgress<DateTimeOffset>? progress, CancellationToken cancellation)
    {
        var clock = new ReplayClock();
        var scan = _scan(clock);
        var channel = new ReplayChannel();
        var channels = _alerts.Settings.Policy.Routes.SelectMany(route => route.Channels).Distinct().Select(channel.Named).ToList();
        var dispatcher = new AlertDispatcher(_store.Outbox, _store, channels, _alerts.Settings.Policy, _alerts.Writer, _alerts.Settings.Inhibitions, clock);
        var last = default(ScanResult);
        long rows = 0, evaluations = 0;
        for (var at = from; at <= to; at += every)
        {
            clock.Now = at;
            last = await scan.RunAsync(id, at, null, cancellation).ConfigureAwait(false);
            rows += last.Evaluations.Sum(report => (long)report.Record.Rows);
            evaluations += last.Evaluations.Count;
            // Messages wait for more of their group; the next moment is far enough away for all of them.
            clock.Now = at + (every / 2);
            await dispatcher.DispatchAsync(cancellation).ConfigureAwait(false);
            progress?.Report(at);
        }

        return new ReplayResult(channel.Sent, evaluations, rows, last!);
    }

    /// <summary>A clock that stands at the moment that is replayed.</summary>
    private sealed class ReplayClock : TimeProvider
    {
        public DateTimeOffset Now { get; set; }

        public override DateTimeOffset GetUtcNow() => Now;
    }
}

/// <summary>What a replay brought.</summary>
/// <param name="Messages">The messages that would have been sent, by channel, in order.</param>
/// <param name="Evaluations">How many evaluations there were.</param>
/// <param name="Rows">How many rows they gave: as many alerts a rule for each row would have sent.</param>
/// <param name="Last">How things stand at the end.</param>
internal sealed record ReplayResult(IReadOnlyList<(string Channel, AlertMessage Message)> Messages, long Evaluations, long Rows, ScanResult Last);

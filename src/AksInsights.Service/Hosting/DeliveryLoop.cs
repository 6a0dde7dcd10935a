using AksInsights.Adapters.Storage;
using AksInsights.Core.Alerts;
using AksInsights.Core.Digests;
using AksInsights.Core.Findings;
using AksInsights.Service.Alerts;

namespace AksInsights.Service.Hosting;

/// <summary>Takes messages to people and systems for as long as the service runs: what is due, what must be said again, and digests at their times.</summary>
/// <remarks>
/// Everything it does is a row first, so it may be killed anywhere, and may run in several processes over one store. A store that cannot work is tried again;
/// only giving up ends the loop.
/// </remarks>
internal sealed class DeliveryLoop
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan PauseAfterTrouble = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan UpkeepEvery = TimeSpan.FromSeconds(15);

    private readonly AlertTools _alerts;
    private readonly SqlFindingStore _store;
    private readonly AlertDispatcher _dispatcher;
    private readonly AlertRepeater _repeater;
    private readonly DeliveryHealth _health;
    private readonly DigestSender _digests;
    private readonly IDeliveryObserver _observer;
    private readonly TimeProvider _time;
    private readonly DateTimeOffset _began;
    private DateTimeOffset _upkeepDue = DateTimeOffset.MinValue;

    /// <summary>Makes a loop.</summary>
    /// <param name="alerts">Channels, routes and texts.</param>
    /// <param name="store">Findings and messages; not owned.</param>
    /// <param name="observer">Told of what happens, for logs and metrics.</param>
    /// <param name="time">The clock.</param>
    public DeliveryLoop(AlertTools alerts, SqlFindingStore store, IDeliveryObserver observer, TimeProvider time)
    {
        _alerts = alerts;
        _store = store;
        _dispatcher = alerts.Dispatcher(store, time);
        _repeater = new AlertRepeater(store.Outbox, store, alerts.Settings.Channels, alerts.Settings.Policy, time);
        _health = new DeliveryHealth(store, store.Outbox, alerts.Settings.Policy.Announce, time);
        _digests = alerts.Digests(store);
        _observer = observer;
        _time = time;
        _began = time.GetUtcNow();
    }

    /// <summary>Runs until it is cancelled.</summary>
    public async Task RunAsync(CancellationToken cancellation)
    {
        while (!cancellation.IsCancellationRequested)
        {
            var pause = Pause;
            try
            {
                await RunOnceAsync(cancellation).ConfigureAwait(false);
            }
            catch (StoreException trouble)
            {
                _observer.StoreFailed(trouble);
                pause = PauseAfterTrouble;
            }

            await Task.Delay(pause, _time, cancellation).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <summary>Does once what is due.</summary>
    /// <exception cref="StoreException">The store cannot work; what was sent and not noted is sent again, with the same key.</exception>
    public async Task RunOnceAsync(CancellationToken cancellation)
    {
        var now = _time.GetUtcNow();
        if (now >= _upkeepDue)
        {
            _upkeepDue = now + UpkeepEvery;
            await _health.RunAsync(cancellation).ConfigureAwait(false);
            foreach (var plan in _alerts.Settings.Digests) await MakeAsync(plan, now, cancellation).ConfigureAwait(false);
            foreach (var (channel, trouble) in await _repeater.RunAsync(cancellation).ConfigureAwait(false)) _observer.RepeatFailed(channel, trouble);
        }

        // Reading is cheap; taking messages is a write, which only one may do at a time.
        if ((await _store.Outbox.BacklogAsync(now, cancellation).ConfigureAwait(false)).OldestDue is null) return;
        var report = await _dispatcher.DispatchAsync(cancellation).ConfigureAwait(false);
        if (!report.IsEmpty) _observer.Dispatched(report);
    }

    private async Task MakeAsync(DigestPlan plan, DateTimeOffset now, CancellationToken cancellation)
    {
        try
        {
            var made = await _digests.SendAsync(plan, plan.LatestDue(now), now, cancellation, _began).ConfigureAwait(false);
            if (made > 0) _observer.DigestMade(plan.Name, made);
        }
        catch (AlertTemplateException wrong)
        {
            _observer.DigestFailed(plan.Name, wrong.Message);
        }
    }
}

/// <summary>Hears what the delivery of messages does. Must not throw.</summary>
internal interface IDeliveryObserver
{
    /// <summary>Messages were handed to channels.</summary>
    void Dispatched(DispatchReport report);

    /// <summary>A system could not be told again what is open.</summary>
    void RepeatFailed(string channel, string trouble);

    /// <summary>A digest was put into the outbox for some channels.</summary>
    void DigestMade(string digest, int channels);

    /// <summary>A digest cannot be written.</summary>
    void DigestFailed(string digest, string trouble);

    /// <summary>The store cannot work.</summary>
    void StoreFailed(StoreException trouble);
}

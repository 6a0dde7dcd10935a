namespace AksInsights.Tests;

/// <summary>A clock that moves only when told to.</summary>
internal sealed class ManualTime(DateTimeOffset now) : TimeProvider
{
    private readonly List<(DateTimeOffset Due, TimerCallback Callback, object? State)> _timers = [];

    public DateTimeOffset Now { get; set; } = now;

    public override DateTimeOffset GetUtcNow() => Now;

    public override long GetTimestamp() => Now.UtcTicks;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    /// <summary>A timer that rings once, when <see cref="Advance"/> passes it.</summary>
    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        if (dueTime != Timeout.InfiniteTimeSpan) _timers.Add((Now + dueTime, callback, state));
        return new Once();
    }

    /// <summary>Moves the clock on and rings what is due.</summary>
    public void Advance(TimeSpan time)
    {
        Now += time;
        foreach (var timer in _timers.Where(t => t.Due <= Now).ToList())
        {
            _timers.Remove(timer);
            timer.Callback(timer.State);
        }
    }

    private sealed class Once : ITimer
    {
        public bool Change(TimeSpan dueTime, TimeSpan period) => true;

        public void Dispose()
        {
        }

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}

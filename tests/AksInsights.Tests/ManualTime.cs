namespace AksInsights.Tests;

/// <summary>A clock that moves only when told to. Timers may be made and ended from several threads.</summary>
internal sealed class ManualTime(DateTimeOffset now) : TimeProvider
{
    private readonly HashSet<Once> _timers = [];

    public DateTimeOffset Now { get; set; } = now;

    public override DateTimeOffset GetUtcNow() => Now;

    public override long GetTimestamp() => Now.UtcTicks;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    /// <summary>A timer that rings once, when <see cref="Advance"/> passes it.</summary>
    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        if (dueTime == Timeout.InfiniteTimeSpan) return new Once(this, DateTimeOffset.MaxValue, callback, state);
        var timer = new Once(this, Now + dueTime, callback, state);
        lock (_timers) _timers.Add(timer);
        return timer;
    }

    /// <summary>Moves the clock on and rings what is due.</summary>
    public void Advance(TimeSpan time)
    {
        Now += time;
        List<Once> due;
        lock (_timers) due = [.. _timers.Where(timer => timer.Due <= Now).OrderBy(timer => timer.Due)];
        foreach (var timer in due)
        {
            timer.Dispose();
            timer.Callback(timer.State);
        }
    }

    private void Forget(Once timer)
    {
        lock (_timers) _timers.Remove(timer);
    }

    private sealed class Once(ManualTime time, DateTimeOffset due, TimerCallback callback, object? state) : ITimer
    {
        public DateTimeOffset Due { get; } = due;

        public TimerCallback Callback { get; } = callback;

        public object? State { get; } = state;

        public bool Change(TimeSpan dueTime, TimeSpan period) => true;

        public void Dispose() => time.Forget(this);

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}

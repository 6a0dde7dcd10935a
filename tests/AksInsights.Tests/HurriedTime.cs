namespace AksInsights.Tests;

/// <summary>A clock that runs faster than the real one, for tests that wait.</summary>
/// <param name="times">How many times faster.</param>
internal sealed class HurriedTime(int times = 1000) : TimeProvider
{
    private static readonly DateTimeOffset Began = new(2026, 1, 5, 12, 0, 0, TimeSpan.Zero);

    private readonly long _start = System.GetTimestamp();

    public override DateTimeOffset GetUtcNow() => Began + (System.GetElapsedTime(_start) * times);

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        System.CreateTimer(callback, state, dueTime > TimeSpan.Zero ? (dueTime / times) + TimeSpan.FromMilliseconds(1) : dueTime, period);
}

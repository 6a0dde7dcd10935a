namespace AksInsights.Core.Evaluation;

/// <summary>When a query runs and what it looks at.</summary>
/// <param name="Every">How often; above zero.</param>
/// <param name="Offset">How far the end of the window stays behind the clock, as rows arrive late; not negative.</param>
/// <param name="Lookback">How long the window is; above zero. Longer than <paramref name="Every"/> makes windows overlap, which is harmless.</param>
public sealed record EvaluationSchedule(TimeSpan Every, TimeSpan Offset, TimeSpan Lookback);

/// <summary>The time one evaluation looks at, from <paramref name="Start"/> to <paramref name="End"/>. Both UTC.</summary>
public readonly record struct EvaluationWindow(DateTimeOffset Start, DateTimeOffset End)
{
    /// <summary>The newest window that is due: its end is the last multiple of <c>every</c> (since 0001-01-01 UTC) that lies <c>offset</c> in the past.</summary>
    /// <exception cref="ArgumentException"><c>every</c> or <c>lookback</c> is not above zero.</exception>
    public static EvaluationWindow Due(DateTimeOffset now, EvaluationSchedule schedule)
    {
        Check(schedule);
        var latest = now.UtcTicks - schedule.Offset.Ticks;
        return EndingAt(new DateTimeOffset(latest - (latest % schedule.Every.Ticks), TimeSpan.Zero), schedule);
    }

    /// <summary>The window that ends exactly at a time: the one for a recorded workspace.</summary>
    /// <exception cref="ArgumentException"><c>every</c> or <c>lookback</c> is not above zero.</exception>
    public static EvaluationWindow EndingAt(DateTimeOffset end, EvaluationSchedule schedule)
    {
        Check(schedule);
        return new EvaluationWindow(end.ToUniversalTime() - schedule.Lookback, end.ToUniversalTime());
    }

    private static void Check(EvaluationSchedule schedule)
    {
        if (schedule.Every <= TimeSpan.Zero || schedule.Lookback <= TimeSpan.Zero)
            throw new ArgumentException("A schedule's `every` and `lookback` are above zero.", nameof(schedule));
    }
}

namespace AksInsights.Core.Alerts;

/// <summary>How long to wait after a delivery that did not work, and when to give up. Immutable.</summary>
/// <param name="Pauses">The pause after the first, second... attempt; the last one goes on.</param>
/// <param name="GiveUpAfter">How old a message may become before it is given up.</param>
public sealed record BackOff(IReadOnlyList<TimeSpan> Pauses, TimeSpan GiveUpAfter)
{
    // However long the other side asks us to wait.
    private static readonly TimeSpan LongestAsked = TimeSpan.FromHours(1);

    /// <summary>For endpoints of other systems: quick at first, then ever slower for three days.</summary>
    /// <remarks>Source: the schedule that Standard Webhooks 1.0.0 recommends to senders.</remarks>
    public static BackOff Webhook { get; } = new(
        [
            TimeSpan.FromSeconds(5), TimeSpan.FromMinutes(5), TimeSpan.FromMinutes(30), TimeSpan.FromHours(2), TimeSpan.FromHours(5),
            TimeSpan.FromHours(10), TimeSpan.FromHours(14), TimeSpan.FromHours(20), TimeSpan.FromHours(24),
        ],
        TimeSpan.FromHours(76));

    /// <summary>For what people read: half a minute to a quarter of an hour, for a day; an alert of the day before yesterday helps nobody.</summary>
    public static BackOff People { get; } = new(
        [TimeSpan.FromSeconds(30), TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(2), TimeSpan.FromMinutes(4), TimeSpan.FromMinutes(8), TimeSpan.FromMinutes(15)],
        TimeSpan.FromHours(24));

    /// <summary>The pause after an attempt that did not work; null when the message is given up.</summary>
    /// <param name="attempt">Which attempt it was, counted from 1.</param>
    /// <param name="age">How old the message is.</param>
    /// <param name="asked">How long the other side wants to be left alone; it lengthens a pause, up to an hour.</param>
    /// <param name="key">The message's key: pauses are spread by up to a tenth by it, so that messages held up together do not come back together.</param>
    public TimeSpan? After(int attempt, TimeSpan age, TimeSpan asked, string key)
    {
        if (age >= GiveUpAfter) return null;
        var pause = Pauses[Math.Min(attempt, Pauses.Count) - 1];
        if (asked > pause) pause = asked < LongestAsked ? asked : LongestAsked;
        var spread = key.Aggregate(17u, (hash, c) => unchecked((hash * 31) + c)) % 1000;
        return pause + (pause * (spread / 10_000.0));
    }
}

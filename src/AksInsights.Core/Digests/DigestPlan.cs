namespace AksInsights.Core.Digests;

/// <summary>A digest that is sent again and again. Immutable.</summary>
public sealed record DigestPlan
{
    /// <summary>Its name.</summary>
    public required string Name { get; init; }

    /// <summary>The channels it goes to.</summary>
    public required IReadOnlyList<string> Channels { get; init; }

    /// <summary>At which time of the day.</summary>
    public TimeOnly At { get; init; } = new(8, 0);

    /// <summary>On which days; all when empty.</summary>
    public IReadOnlyList<DayOfWeek> Days { get; init; } = [];

    /// <summary>By whose clock.</summary>
    public TimeZoneInfo Zone { get; init; } = TimeZoneInfo.Utc;

    /// <summary>What it is about.</summary>
    public DigestScope Scope { get; init; } = new();

    /// <summary>Whether it is sent, as one line, when nothing changed.</summary>
    public bool WhenNothingChanged { get; init; } = true;

    /// <summary>The latest time up to a moment at which it was due.</summary>
    public DateTimeOffset LatestDue(DateTimeOffset now)
    {
        var local = TimeZoneInfo.ConvertTime(now, Zone).DateTime;
        for (var day = DateOnly.FromDateTime(local); ; day = day.AddDays(-1))
        {
            if (Days.Count > 0 && !Days.Contains(day.DayOfWeek)) continue;
            var at = day.ToDateTime(At);
            // A time that the clocks skip in spring comes an hour later.
            if (Zone.IsInvalidTime(at)) at = at.AddHours(1);
            var due = new DateTimeOffset(at, Zone.GetUtcOffset(at)).ToUniversalTime();
            if (due <= now) return due;
        }
    }
}

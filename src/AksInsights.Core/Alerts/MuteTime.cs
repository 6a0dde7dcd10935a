namespace AksInsights.Core.Alerts;

/// <summary>A time of the week in which nothing is told, in a time zone.</summary>
/// <param name="Days">The days on which it begins; all when empty.</param>
/// <param name="From">When it begins.</param>
/// <param name="To">When it ends; on the next day if not after <paramref name="From"/>.</param>
/// <param name="Zone">Whose clock.</param>
public sealed record MuteTime(IReadOnlyList<DayOfWeek> Days, TimeOnly From, TimeOnly To, TimeZoneInfo Zone)
{
    /// <summary>The end of the mute time that a moment lies in; null when it lies in none.</summary>
    public DateTimeOffset? EndOf(DateTimeOffset at)
    {
        var local = TimeZoneInfo.ConvertTime(at, Zone).DateTime;
        // It may have begun yesterday.
        for (var day = -1; day <= 0; day++)
        {
            var date = DateOnly.FromDateTime(local).AddDays(day);
            if (Days.Count > 0 && !Days.Contains(date.DayOfWeek)) continue;
            var begin = date.ToDateTime(From);
            var end = To > From ? date.ToDateTime(To) : date.AddDays(1).ToDateTime(To);
            if (local >= begin && local < end) return ToUtc(end);
        }

        return null;
    }

    /// <summary>The first moment from <paramref name="at"/> on that lies in none of the times.</summary>
    public static DateTimeOffset FirstAllowed(IReadOnlyList<MuteTime> times, DateTimeOffset at)
    {
        // Adjoining times are crossed one by one; a week of them leaves no moment, and then the message waits a week.
        for (var i = 0; i < 7 * 24; i++)
        {
            var end = times.Select(time => time.EndOf(at)).Where(e => e is not null).Max();
            if (end is not { } later || later <= at) return at;
            at = later;
        }

        return at;
    }

    // A moment that the clocks skip in spring counts as the first one after.
    private DateTimeOffset ToUtc(DateTime local)
    {
        while (Zone.IsInvalidTime(local)) local = local.AddMinutes(15);
        return new DateTimeOffset(local, Zone.GetUtcOffset(local)).ToUniversalTime();
    }
}

namespace AksInsights.Adapters.Storage;

/// <summary>Times as the store keeps them: counts of 100 ns since 1970-01-01 UTC.</summary>
internal static class StoredTime
{
    /// <summary>A time as it is stored.</summary>
    public static long From(DateTimeOffset time) => time.UtcTicks - DateTimeOffset.UnixEpoch.UtcTicks;

    /// <summary>A time as it is stored, or none.</summary>
    public static long? From(DateTimeOffset? time) => time is { } given ? From(given) : null;

    /// <summary>A stored time.</summary>
    public static DateTimeOffset To(long stored) => new(stored + DateTimeOffset.UnixEpoch.UtcTicks, TimeSpan.Zero);

    /// <summary>A stored time, or none.</summary>
    public static DateTimeOffset? To(long? stored) => stored is { } given ? To(given) : null;
}

using AksInsights.Kql.Types;

namespace AksInsights.Kql.Functions.Scalar;

/// <summary>Times of time zones. Zones are those of the operating system, by IANA or Windows names; null for a name it does not know.</summary>
internal static class TimeZones
{
    public static IReadOnlyList<FunctionEntry> Entries { get; } =
    [
        new("datetime_local_to_utc", FunctionKind.Scalar,
            "The UTC of a zone's local time. A local time that daylight saving skips is taken as if the clock were already ahead, one that occurs twice as standard time.",
            "datetime_local_to_utc(datetime(2020-02-02 20:02:20), 'Europe/Paris')", "datetime-local-to-utc-function")
        {
            Signatures = [Form("from", ToUtc)],
        },
        new("datetime_utc_to_local", FunctionKind.Scalar, "A zone's local time at a UTC.",
            "datetime_utc_to_local(datetime(2020-02-02 20:02:20), 'Europe/Paris')", "datetime-utc-to-local-function")
        {
            Signatures = [Form("from", ToLocal)],
        },
        new("datetime_list_timezones", FunctionKind.Scalar, "The names of the time zones known, as an array in code-point order.",
            "datetime_list_timezones()", "datetime-list-timezones-function")
        {
            Signatures = [new([], KqlType.Dynamic) { Kernel = _ => Map.OfRow(_ => Names()) }],
        },
    ];

    private static Signature Form(string name, Func<long, TimeZoneInfo, Maybe<long>> convert) =>
        new([Parameter.DateTime(name), Parameter.Text("timezone")], KqlType.DateTime)
        {
            Kernel = _ => Map.OfMaybe<long, string, long>(
                (ticks, name) => TimeZoneInfo.TryFindSystemTimeZoneById(name, out var zone) ? convert(ticks, zone) : Maybe<long>.Null),
        };

    private static Maybe<long> ToLocal(long ticks, TimeZoneInfo zone) => Calendar.Checked(ticks + zone.GetUtcOffset(Calendar.At(ticks)).Ticks);

    private static Maybe<long> ToUtc(long ticks, TimeZoneInfo zone)
    {
        var local = new DateTime(ticks, DateTimeKind.Unspecified);
        var offset = zone.GetUtcOffset(local).Ticks;
        if (!zone.IsInvalidTime(local)) return Calendar.Checked(ticks - offset);
        // The offset in force after the gap is the one an hour's worth of UTC later.
        return Calendar.Checked(ticks - zone.GetUtcOffset(Calendar.At(ticks - offset)).Ticks);
    }

    private static DynamicArray Names() =>
        new([.. TimeZoneInfo.GetSystemTimeZones().Select(zone => zone.Id).Order(StringComparer.Ordinal)]);
}

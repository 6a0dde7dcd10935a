namespace AksInsights.Kql.Types;

/// <summary>Typed cells as dynamic values.</summary>
internal static class DynamicCell
{
    /// <summary>The dynamic value of a cell in the in-memory form of its type: ticks become <c>DateTime</c> or <c>TimeSpan</c>.</summary>
    public static object? From(KqlType type, object? value) => (type, value) switch
    {
        (_, null) => null,
        (KqlType.DateTime, long ticks) => new DateTime(ticks, DateTimeKind.Utc),
        (KqlType.TimeSpan, long ticks) => new TimeSpan(ticks),
        _ => value,
    };
}

using System.Diagnostics;
using System.Globalization;
using AksInsights.Kql.Types;

namespace AksInsights.Core.Queries;

/// <summary>Turns a value that a person wrote, in YAML or on the command line, into a value of a KQL type.</summary>
internal static class ValueText
{
    /// <summary>Reads a value; false when the text is none of that type.</summary>
    /// <param name="text">The value as written, without KQL's quotes; null, and empty for all types but text, is the typed null.</param>
    /// <param name="type">The type.</param>
    /// <param name="start">The time that offsets such as <c>-3h</c> count from where a date-time is meant; null refuses offsets.</param>
    /// <param name="value">The value in the in-memory form of <see cref="KqlType"/>.</param>
    public static bool TryRead(string? text, KqlType type, DateTime? start, out object? value)
    {
        value = null;
        if (text is null || (text.Length == 0 && type != KqlType.String)) return true;
        value = type switch
        {
            KqlType.String => text,
            KqlType.Bool => bool.TryParse(text, out var flag) ? flag : null,
            KqlType.Int or KqlType.Long => long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var whole) ? whole : null,
            KqlType.Real => double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var real) ? real : null,
            KqlType.Decimal => decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var exact) ? exact : null,
            KqlType.DateTime => ReadTime(text, start),
            KqlType.TimeSpan => Durations.TryParse(text, out var span) ? span.Ticks : null,
            KqlType.Guid => Guid.TryParse(text, out var guid) ? guid : null,
            KqlType.Dynamic => DynamicText.TryParse(text, out var parsed) ? parsed : text,
            _ => throw new UnreachableException($"KqlType {type}"),
        };
        return value is not null;
    }

    /// <summary>Reads an absolute time; one without a zone is UTC.</summary>
    public static bool TryReadTime(string text, out DateTime time) => DateTime.TryParse(
        text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out time);

    private static object? ReadTime(string text, DateTime? start)
    {
        if (start is { } zero && Durations.TryParse(text, out var offset)) return (zero + offset).Ticks;
        return TryReadTime(text, out var time) ? time.Ticks : null;
    }
}

using System.Diagnostics;
using System.Globalization;
using AksInsights.Kql.Types;

namespace AksInsights.Core.Queries.RowTests;

/// <summary>Turns a written cell into a value of its column's type.</summary>
internal static class CellReader
{
    /// <summary>The value in the in-memory form of the type, null for an empty cell; false when the text is none of that type.</summary>
    /// <param name="text">The cell as written.</param>
    /// <param name="type">The type of its column.</param>
    /// <param name="start">The time that offsets in date-time columns count from.</param>
    /// <param name="value">The value.</param>
    public static bool TryRead(string? text, KqlType type, DateTime start, out object? value)
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

    private static object? ReadTime(string text, DateTime start)
    {
        if (Durations.TryParse(text, out var offset)) return (start + offset).Ticks;
        return RowTestReader.TryReadTime(text, out var time) ? time.Ticks : null;
    }
}

using System.Globalization;
using AksInsights.Kql.Types;

namespace AksInsights.Kql.Functions;

/// <summary>One value as another type: the rules that the conversion functions and implicit conversions share.</summary>
/// <remarks>
/// Each method gives null where the value has no counterpart. Whole numbers and lengths of time are interchangeable as ticks of 100 ns;
/// a fraction is cut off, not rounded. Source: learn.microsoft.com/kusto/query, pages <c>tolong-function</c> and its neighbours.
/// </remarks>
internal static class ScalarValues
{
    // The first double that no long reaches.
    private const double LongLimit = 9223372036854775808d;

    public static Maybe<long> ToLong(double value) =>
        value is >= -LongLimit and < LongLimit ? (long)value : Maybe<long>.Null;

    public static Maybe<long> ToLong(decimal value)
    {
        var whole = decimal.Truncate(value);
        return whole is >= long.MinValue and <= long.MaxValue ? (long)whole : Maybe<long>.Null;
    }

    public static Maybe<long> ToLong(string text)
    {
        if (NumberText.TryParseLong(text, out var whole)) return whole;
        return NumberText.TryParseReal(text, out var real) ? ToLong(real) : Maybe<long>.Null;
    }

    public static Maybe<long> ToLong(object value) => value switch
    {
        long whole => whole,
        double real => ToLong(real),
        decimal exact => ToLong(exact),
        bool truth => truth ? 1L : 0L,
        string text => ToLong(text),
        DateTime instant => instant.Ticks,
        TimeSpan length => length.Ticks,
        _ => Maybe<long>.Null,
    };

    /// <summary>A whole number that must fit in 32 bits.</summary>
    public static Maybe<long> ToInt(long value) => value is >= int.MinValue and <= int.MaxValue ? value : Maybe<long>.Null;

    /// <summary>A whole number that must fit in 32 bits.</summary>
    public static Maybe<long> ToInt(Maybe<long> value) => value.HasValue ? ToInt(value.Value) : value;

    public static Maybe<double> ToReal(string text) => NumberText.TryParseReal(text, out var real) ? real : Maybe<double>.Null;

    public static Maybe<double> ToReal(object value) => value switch
    {
        long whole => whole,
        double real => real,
        decimal exact => (double)exact,
        bool truth => truth ? 1d : 0d,
        string text => ToReal(text),
        DateTime instant => instant.Ticks,
        TimeSpan length => length.Ticks,
        _ => Maybe<double>.Null,
    };

    public static Maybe<decimal> ToDecimal(double value)
    {
        // The largest decimal is just below this power of two.
        const double Limit = 7.9228162514264338e28;
        return Math.Abs(value) < Limit ? (decimal)value : Maybe<decimal>.Null;
    }

    public static Maybe<decimal> ToDecimal(string text) => NumberText.TryParseDecimal(text, out var exact) ? exact : Maybe<decimal>.Null;

    public static Maybe<decimal> ToDecimal(object value) => value switch
    {
        long whole => whole,
        double real => ToDecimal(real),
        decimal exact => exact,
        bool truth => truth ? 1m : 0m,
        string text => ToDecimal(text),
        DateTime instant => instant.Ticks,
        TimeSpan length => length.Ticks,
        _ => Maybe<decimal>.Null,
    };

    public static Maybe<bool> ToBool(string text)
    {
        var bare = text.AsSpan().Trim();
        if (bare.Equals("true", StringComparison.OrdinalIgnoreCase)) return true;
        if (bare.Equals("false", StringComparison.OrdinalIgnoreCase)) return false;
        return NumberText.TryParseReal(bare, out var number) ? number != 0 : Maybe<bool>.Null;
    }

    public static Maybe<bool> ToBool(object value) => value switch
    {
        bool truth => truth,
        long whole => whole != 0,
        double real => real != 0,
        decimal exact => exact != 0,
        string text => ToBool(text),
        _ => Maybe<bool>.Null,
    };

    /// <summary>A point in time from its ticks; null outside the years 1 to 9999.</summary>
    public static Maybe<long> ToDateTime(long ticks) => ticks >= 0 && ticks <= DateTime.MaxValue.Ticks ? ticks : Maybe<long>.Null;

    public static Maybe<long> ToDateTime(string text) => DateTimeText.TryParse(text, out var ticks) ? ticks : Maybe<long>.Null;

    public static Maybe<long> ToDateTime(object value) => value switch
    {
        DateTime instant => instant.Ticks,
        string text => ToDateTime(text),
        long ticks => ToDateTime(ticks),
        _ => Maybe<long>.Null,
    };

    public static Maybe<long> ToTimeSpan(string text) => TimeSpanText.TryParse(text, out var ticks) ? ticks : Maybe<long>.Null;

    public static Maybe<long> ToTimeSpan(object value) => value switch
    {
        TimeSpan length => length.Ticks,
        string text => ToTimeSpan(text),
        long ticks => ticks,
        double ticks => ToLong(ticks),
        _ => Maybe<long>.Null,
    };

    public static Maybe<Guid> ToGuid(string text) => Guid.TryParse(text, out var id) ? id : Maybe<Guid>.Null;

    public static Maybe<Guid> ToGuid(object value) => value switch
    {
        Guid id => id,
        string text => ToGuid(text),
        _ => Maybe<Guid>.Null,
    };

    public static string ToText(bool value) => value ? "true" : "false";

    public static string ToText(long value) => value.ToString(CultureInfo.InvariantCulture);

    /// <summary>A real in the shortest form that reads back as the same value; a whole value has no decimal point.</summary>
    public static string ToText(double value) => value.ToString("R", CultureInfo.InvariantCulture);

    public static string ToText(decimal value) => value.ToString(CultureInfo.InvariantCulture);

    public static string ToText(Guid value) => value.ToString();

    /// <summary>The text itself, or compact JSON of anything else, where a scalar that JSON cannot tell stands without quotes.</summary>
    public static string ToText(object value) => value switch
    {
        string text => text,
        DateTime instant => DateTimeText.Format(instant.Ticks),
        TimeSpan length => TimeSpanText.Format(length.Ticks),
        Guid id => ToText(id),
        decimal exact => ToText(exact),
        double real => NumberText.FormatReal(real),
        _ => DynamicText.Format(value),
    };
}

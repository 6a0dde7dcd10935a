namespace AksInsights.Kql.Types;

/// <summary>Date-times as text: the shapes that <c>datetime(...)</c> and <c>todatetime</c> take, and the one they are shown in.</summary>
/// <remarks>
/// Shapes: ISO 8601 (with <c>T</c> or a space, compact or not, any number of fraction digits), RFC 822 and 850, and US month-first
/// dates; an optional zone (<c>Z</c>, <c>GMT</c>, <c>UTC</c>, <c>+02:00</c>). A text without a zone is UTC. A time without a date is not
/// taken: it would depend on the day. Source: learn.microsoft.com/kusto/query/scalar-data-types/datetime.
/// </remarks>
internal static class DateTimeText
{
    /// <summary>Reads a date-time. Unit of the result: ticks of 100 ns since 0001-01-01 UTC.</summary>
    public static bool TryParse(ReadOnlySpan<char> text, out long ticks)
    {
        ticks = 0;
        var cursor = new TextCursor(text.Trim());
        var date = new DateParts();
        if (!TryDate(ref cursor, ref date))
            return false;
        if (!TryTime(ref cursor, out var timeOfDay))
            return false;
        if (date.Year == 0 && !TryTrailingYear(ref cursor, ref date))
            return false;
        if (!TryZone(ref cursor, out var offset) || !cursor.AtEnd || !date.TryTicks(out var day))
            return false;
        ticks = day + timeOfDay - offset;
        return ticks >= 0 && ticks <= DateTime.MaxValue.Ticks;
    }

    /// <summary>Writes ticks since 0001-01-01 UTC as <c>2024-05-01T10:20:30.1234567Z</c>.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The ticks lie outside the years 1 to 9999.</exception>
    public static string Format(long ticks) => new DateTime(ticks, DateTimeKind.Utc).ToString("O");

    private static bool TryDate(ref TextCursor cursor, ref DateParts date)
    {
        var digits = cursor.CountDigits();
        if (digits == 4)
            return TryYearFirst(ref cursor, ref date);
        if (digits is 8 or 14)
            return TryCompact(ref cursor, ref date);
        if (digits is 1 or 2)
            return TryDayOrMonthFirst(ref cursor, ref date);
        return TryNameFirst(ref cursor, ref date);
    }

    private static bool TryYearFirst(ref TextCursor cursor, ref DateParts date)
    {
        date.Year = cursor.Take(4);
        cursor.SkipSpaces();
        var separator = cursor.Current;
        if (separator is not ('-' or '/' or '.'))
            return false;
        cursor.Position++;
        cursor.SkipSpaces();
        if (!cursor.TryNumber(1, 2, out date.Month))
            return false;
        date.Day = 1;
        var month = cursor.Position;
        cursor.SkipSpaces();
        if (!cursor.TryChar(separator))
        {
            cursor.Position = month;
            return true;
        }

        cursor.SkipSpaces();
        return cursor.TryNumber(1, 2, out date.Day);
    }

    private static bool TryCompact(ref TextCursor cursor, ref DateParts date)
    {
        date.Year = cursor.Take(4);
        date.Month = cursor.Take(2);
        date.Day = cursor.Take(2);
        return true;
    }

    private static bool TryDayOrMonthFirst(ref TextCursor cursor, ref DateParts date)
    {
        var first = cursor.Take(cursor.CountDigits());
        if (!SkipSeparator(ref cursor))
            return false;
        if (char.IsAsciiLetter(cursor.Current))
        {
            date.Day = first;
            return TryMonthName(cursor.Letters(), out date.Month) && SkipSeparator(ref cursor) && TryYear(ref cursor, ref date);
        }

        date.Month = first;
        return cursor.TryNumber(1, 2, out date.Day) && SkipSeparator(ref cursor) && TryYear(ref cursor, ref date);
    }

    private static bool TryNameFirst(ref TextCursor cursor, ref DateParts date)
    {
        var name = cursor.Letters();
        if (IsWeekday(name))
        {
            cursor.TryChar(',');
            cursor.SkipSpaces();
            if (char.IsAsciiDigit(cursor.Current))
                return cursor.CountDigits() <= 2 && TryDayOrMonthFirst(ref cursor, ref date);
            name = cursor.Letters();
        }

        if (!TryMonthName(name, out date.Month) || !SkipSeparator(ref cursor) || !cursor.TryNumber(1, 2, out date.Day))
            return false;
        var comma = cursor.TryChar(',');
        var spaces = cursor.SkipSpaces();
        // "Nov 8 15:05:02 2014" has its year behind the time.
        if (!comma && cursor.CountDigits() is 1 or 2)
        {
            cursor.Position--;
            return spaces;
        }

        return TryYear(ref cursor, ref date);
    }

    private static bool TryTrailingYear(ref TextCursor cursor, ref DateParts date) =>
        cursor.SkipSpaces() && cursor.TryNumber(4, 4, out date.Year);

    private static bool TryYear(ref TextCursor cursor, ref DateParts date)
    {
        if (cursor.CountDigits() == 4)
        {
            date.Year = cursor.Take(4);
            return true;
        }

        if (!cursor.TryNumber(2, 2, out var year))
            return false;
        // Two digits mean 1950 to 2049, as .NET's invariant calendar has it.
        date.Year = year < 50 ? 2000 + year : 1900 + year;
        return true;
    }

    private static bool SkipSeparator(ref TextCursor cursor)
    {
        if (cursor.Current is '-' or '/' or '.' && !cursor.AtEnd)
        {
            cursor.Position++;
            return true;
        }

        return cursor.SkipSpaces();
    }

    private static bool TryTime(ref TextCursor cursor, out long ticks)
    {
        ticks = 0;
        var start = cursor.Position;
        var marked = cursor.TryChar('T') || cursor.TryChar('t') || (start == 8 && cursor.CountDigits() == 6);
        if (!marked && !cursor.SkipSpaces())
            return true;
        if (marked && cursor.CountDigits() is 4 or 6)
            return TryCompactTime(ref cursor, out ticks);
        if (cursor.CountDigits() is not (1 or 2))
        {
            // What follows is the zone, or something that is not understood.
            cursor.Position = start;
            return !marked;
        }

        var hour = cursor.Take(cursor.CountDigits());
        var minute = 0;
        var second = 0;
        long fraction = 0;
        if (cursor.TryChar(':'))
        {
            if (!cursor.TryNumber(1, 2, out minute))
                return false;
            if (cursor.TryChar(':') && !(cursor.TryNumber(1, 2, out second) && (!cursor.TryChar('.') || cursor.TryFraction(out fraction))))
                return false;
        }
        else if (!marked && !IsHalfDayNext(cursor))
        {
            return false;
        }

        return TryHalfDay(ref cursor, ref hour) && TryCompose(hour, minute, second, fraction, out ticks);
    }

    private static bool TryCompactTime(ref TextCursor cursor, out long ticks)
    {
        var withSeconds = cursor.CountDigits() == 6;
        var hour = cursor.Take(2);
        var minute = cursor.Take(2);
        var second = withSeconds ? cursor.Take(2) : 0;
        long fraction = 0;
        ticks = 0;
        return (!cursor.TryChar('.') || cursor.TryFraction(out fraction)) && TryCompose(hour, minute, second, fraction, out ticks);
    }

    private static bool TryCompose(int hour, int minute, int second, long fraction, out long ticks)
    {
        ticks = (((((hour * 60L) + minute) * 60) + second) * TimeSpan.TicksPerSecond) + fraction;
        return hour < 24 && minute < 60 && second < 60;
    }

    private static bool IsHalfDayNext(TextCursor cursor)
    {
        cursor.SkipSpaces();
        return cursor.TryWord("AM") || cursor.TryWord("PM");
    }

    private static bool TryHalfDay(ref TextCursor cursor, ref int hour)
    {
        if (!IsHalfDayNext(cursor))
            return true;
        cursor.SkipSpaces();
        if (hour is < 1 or > 12)
            return false;
        hour = (hour % 12) + (cursor.TryWord("PM") ? 12 : 0);
        cursor.TryWord("AM");
        return true;
    }

    private static bool TryZone(ref TextCursor cursor, out long offset)
    {
        offset = 0;
        cursor.SkipSpaces();
        if (cursor.AtEnd || cursor.TryWord("Z") || cursor.TryWord("GMT") || cursor.TryWord("UTC") || cursor.TryWord("UT"))
            return true;
        var negative = cursor.Current == '-';
        if (!negative && cursor.Current != '+')
            return false;
        cursor.Position++;
        var minute = 0;
        var compact = cursor.CountDigits() == 4;
        if (!compact && cursor.CountDigits() is not (1 or 2))
            return false;
        var hour = cursor.Take(compact ? 2 : cursor.CountDigits());
        if (compact)
            minute = cursor.Take(2);
        else if (cursor.TryChar(':') && !cursor.TryNumber(2, 2, out minute))
            return false;
        offset = ((hour * 60L) + minute) * TimeSpan.TicksPerMinute * (negative ? -1 : 1);
        return hour <= 14 && minute < 60;
    }

    private static bool IsWeekday(ReadOnlySpan<char> name) =>
        IsName(name, "Monday") || IsName(name, "Tuesday") || IsName(name, "Wednesday") || IsName(name, "Thursday")
        || IsName(name, "Friday") || IsName(name, "Saturday") || IsName(name, "Sunday");

    private static bool TryMonthName(ReadOnlySpan<char> name, out int month)
    {
        month = IsName(name, "January") ? 1
            : IsName(name, "February") ? 2
            : IsName(name, "March") ? 3
            : IsName(name, "April") ? 4
            : IsName(name, "May") ? 5
            : IsName(name, "June") ? 6
            : IsName(name, "July") ? 7
            : IsName(name, "August") ? 8
            : IsName(name, "September") ? 9
            : IsName(name, "October") ? 10
            : IsName(name, "November") ? 11
            : IsName(name, "December") ? 12
            : 0;
        return month > 0;
    }

    private static bool IsName(ReadOnlySpan<char> name, string full) =>
        name.Equals(full, StringComparison.OrdinalIgnoreCase)
        || (name.Length == 3 && full.AsSpan(0, 3).Equals(name, StringComparison.OrdinalIgnoreCase));

    private struct DateParts
    {
        public int Year;
        public int Month;
        public int Day;

        public readonly bool TryTicks(out long ticks)
        {
            ticks = 0;
            if (Year is < 1 or > 9999 || Month is < 1 or > 12 || Day < 1 || Day > DateTime.DaysInMonth(Year, Month))
                return false;
            ticks = new DateTime(Year, Month, Day, 0, 0, 0, DateTimeKind.Utc).Ticks;
            return true;
        }
    }
}

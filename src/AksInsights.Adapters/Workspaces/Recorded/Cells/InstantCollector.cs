using System.Runtime.CompilerServices;
using System.Text;
using AksInsights.Kql.Symbols;
using AksInsights.Kql.Types;

namespace AksInsights.Adapters.Workspaces.Recorded.Cells;

/// <summary>Decodes date-times.</summary>
internal sealed class InstantCollector(ColumnSymbol column) : ScalarCollector<long>(column)
{
    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override int ReadJson(ReadOnlySpan<byte> record, int at, int row)
    {
        if ((uint)at < (uint)record.Length && record[at] == '"')
        {
            var length = IsoInstant.Read(record[(at + 1)..], out var ticks);
            var close = at + 1 + length;
            if (length > 0 && (uint)close < (uint)record.Length && record[close] == '"')
            {
                Set(row, ticks);
                return close + 1;
            }
        }

        return ReadAnyJson(record, at, row);
    }

    /// <inheritdoc/>
    protected override bool TryParse(ReadOnlySpan<byte> text, out long value)
    {
        if (IsoInstant.Read(text, out value) == text.Length)
            return true;
        var chars = Encoding.UTF8.GetString(text);
        // The portal writes a comma between date and time: 11/20/2026, 6:00:04.000 AM.
        return DateTimeText.TryParse(chars, out value) || DateTimeText.TryParse(chars.Replace(", ", " ", StringComparison.Ordinal), out value);
    }
}

/// <summary>Date-times as the service writes them: <c>2026-11-20T06:00:04.123Z</c> with no or up to seven fraction digits.</summary>
internal static class IsoInstant
{
    /// <summary>Reads a date-time at the start of a text.</summary>
    /// <param name="text">The text.</param>
    /// <param name="ticks">Ticks of 100 ns since 0001-01-01 UTC.</param>
    /// <returns>The number of bytes read; -1 when the text is written in another way.</returns>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static int Read(ReadOnlySpan<byte> text, out long ticks)
    {
        ticks = 0;
        if (text.Length < 20 || text[4] != '-' || text[7] != '-' || text[10] != 'T' || text[13] != ':' || text[16] != ':')
            return -1;
        var year = (Two(text, 0) * 100) + Two(text, 2);
        int month = Two(text, 5), day = Two(text, 8), hour = Two(text, 11), minute = Two(text, 14), second = Two(text, 17);
        // Two() answers a large negative number where a byte is no digit, which every check below refuses.
        if (year < 1 || month is < 1 or > 12 || day < 1 || day > DateTime.DaysInMonth(year, month))
            return -1;
        if ((uint)hour > 23 || (uint)minute > 59 || (uint)second > 59)
            return -1;
        var at = 19;
        long fraction = 0;
        if (text[at] == '.' && (at = Fraction(text, at + 1, out fraction)) < 0)
            return -1;
        if (at >= text.Length || text[at] != 'Z')
            return -1;
        ticks = new DateTime(year, month, day, 0, 0, 0, DateTimeKind.Utc).Ticks + fraction
            + ((((hour * 60L) + minute) * 60) + second) * TimeSpan.TicksPerSecond;
        return at + 1;
    }

    private static int Two(ReadOnlySpan<byte> text, int at)
    {
        var tens = (uint)(text[at] - '0');
        var ones = (uint)(text[at + 1] - '0');
        return tens > 9 || ones > 9 ? -1_000_000 : (int)((tens * 10) + ones);
    }

    private static int Fraction(ReadOnlySpan<byte> text, int at, out long ticks)
    {
        ticks = 0;
        var scale = TimeSpan.TicksPerSecond;
        var start = at;
        while (at < text.Length && (uint)(text[at] - '0') <= 9)
        {
            scale /= 10;
            ticks += (text[at++] - '0') * scale;
        }

        return at == start || at - start > 7 ? -1 : at;
    }
}

using AksInsights.Kql.Columns;
using AksInsights.Kql.Types;

namespace AksInsights.Kql.Functions.Aggregates;

/// <summary>Date-times computed by arithmetic, which may fall outside the calendar.</summary>
internal static class InstantColumn
{
    /// <summary>A date-time column of ticks; those outside the years 1 to 9999 become null.</summary>
    public static Column Of(long[] ticks, int length)
    {
        bool[]? nulls = null;
        for (var i = 0; i < length; i++)
        {
            if ((ulong)ticks[i] <= (ulong)DateTime.MaxValue.Ticks) continue;
            ticks[i] = 0;
            (nulls ??= new bool[ticks.Length])[i] = true;
        }

        return new FlatColumn<long>(KqlType.DateTime, ticks, nulls, 0, length);
    }
}

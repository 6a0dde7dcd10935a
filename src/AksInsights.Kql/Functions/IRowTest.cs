using AksInsights.Kql.Columns;

namespace AksInsights.Kql.Functions;

/// <summary>What a kernel of truth values can do besides: find the rows for which it is true without writing a value for each row.</summary>
internal interface IRowTest
{
    /// <summary>Whether a test costs next to nothing a row, so that testing all rows is cheaper than first finding those that other tests have left.</summary>
    bool IsQuick { get; }

    /// <summary>Finds the rows for which the call is true; null reads as false.</summary>
    /// <param name="site">The call.</param>
    /// <param name="arguments">The arguments, each <paramref name="length"/> rows long.</param>
    /// <param name="length">The number of rows; at least 1.</param>
    /// <param name="mask">The set of rows, see <see cref="RowMask"/>; every word is written.</param>
    void Test(CallSite site, Column[] arguments, int length, Span<ulong> mask);
}

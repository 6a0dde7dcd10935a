using System.Globalization;

namespace AksInsights.Kql.Tests.Execution.Naive;

/// <summary>A row of the tables T and U, of which the naive evaluator knows every column. Real numbers are quarters, so that sums do not depend on their order.</summary>
internal sealed record NaiveRow(long Id, string K, long? N, double? R, bool? B)
{
    /// <summary>The row as the text that results are compared by.</summary>
    public string Text => Line(Id, K, N, R, B);

    /// <summary>Cells as the text that results are compared by; a null is written as such, unlike an empty text.</summary>
    public static string Line(params object?[] cells) =>
        string.Join('|', cells.Select(cell => cell is null ? "null" : Convert.ToString(cell, CultureInfo.InvariantCulture)));

    /// <summary>Rows with few different values, so that they meet in groups and joins, and with nulls in every column that can hold one.</summary>
    public static NaiveRow[] Make(Random chance, int count) =>
    [
        .. Enumerable.Range(0, count).Select(id => new NaiveRow(
            id,
            chance.Next(5) is var k && k == 0 ? "" : "k" + k,
            chance.Next(5) == 0 ? null : chance.Next(-3, 4),
            chance.Next(6) == 0 ? null : chance.Next(-8, 9) / 4.0,
            chance.Next(4) == 0 ? null : chance.Next(2) == 0)),
    ];
}

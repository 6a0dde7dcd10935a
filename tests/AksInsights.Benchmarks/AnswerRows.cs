using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace AksInsights.Benchmarks;

/// <summary>Brings rows of two engines into one form: sorted, times in one notation, numbers to nine digits.</summary>
internal static partial class AnswerRows
{
    /// <summary>The rows of a JSON array of arrays of cells.</summary>
    public static IReadOnlyList<string> Of(IEnumerable<JsonElement> rows) =>
        [.. rows.Select(row => string.Join(" | ", row.EnumerateArray().Select(Cell))).Order(StringComparer.Ordinal)];

    // DuckDB writes whole numbers of 64 bits as text; sums are added up in different orders, so their last digits differ.
    private static string Cell(JsonElement cell) => cell.ValueKind switch
    {
        JsonValueKind.Number => Number(cell.GetDouble()),
        JsonValueKind.String when cell.GetString() is { } text => Time().IsMatch(text)
            ? text.Replace('T', ' ')[..19]
            : double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? Number(number) : text,
        _ => cell.GetRawText(),
    };

    private static string Number(double value) => value.ToString("G9", CultureInfo.InvariantCulture);

    [GeneratedRegex(@"^\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d(Z|\+00)?$")]
    private static partial Regex Time();
}

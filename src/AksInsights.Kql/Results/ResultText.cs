using System.Text;

namespace AksInsights.Kql.Results;

/// <summary>Writes results for people and spreadsheets.</summary>
public static class ResultText
{
    private const int WidestCell = 100;

    /// <summary>Writes a table with aligned columns under their names. Cells are cut after 100 characters, and line breaks in them are shown as spaces.</summary>
    public static void WriteAligned(TextWriter text, ResultTable table)
    {
        var cells = Enumerable.Range(0, table.RowCount).Select(row => Row(table, row).Select(OneLine).ToArray()).ToList();
        var names = table.Columns.Select(c => c.Name).ToArray();
        var widths = names.Select((name, column) => cells.Select(row => row[column].Length).Append(name.Length).Max()).ToArray();
        WriteLine(text, names, widths);
        WriteLine(text, [.. widths.Select(w => new string('-', w))], widths);
        foreach (var row in cells) WriteLine(text, row, widths);
    }

    /// <summary>Writes a table as CSV (RFC 4180) with a line of names; null cells are empty.</summary>
    public static void WriteCsv(TextWriter text, ResultTable table)
    {
        WriteRecord(text, table.Columns.Select(c => c.Name));
        for (var row = 0; row < table.RowCount; row++) WriteRecord(text, Row(table, row));
    }

    private static IEnumerable<string> Row(ResultTable table, int row)
    {
        for (var column = 0; column < table.Columns.Count; column++) yield return table[row, column] is { } cell ? ResultJson.CellText(cell) : "";
    }

    private static string OneLine(string cell)
    {
        var line = cell.AsSpan().IndexOfAny('\r', '\n', '\t') < 0 ? cell : cell.Replace('\r', ' ').Replace('\n', ' ').Replace('\t', ' ');
        return line.Length <= WidestCell ? line : string.Concat(line.AsSpan(0, WidestCell - 3), "...");
    }

    private static void WriteLine(TextWriter text, string[] cells, int[] widths)
    {
        var line = new StringBuilder();
        for (var i = 0; i < cells.Length; i++) line.Append(cells[i].PadRight(widths[i])).Append(i < cells.Length - 1 ? "  " : "");
        text.Write(line.ToString().TrimEnd());
        text.Write('\n');
    }

    private static void WriteRecord(TextWriter text, IEnumerable<string> cells)
    {
        text.Write(string.Join(',', cells.Select(Quote)));
        text.Write("\r\n");
    }

    private static string Quote(string cell) =>
        cell.AsSpan().IndexOfAny("\",\r\n") < 0 ? cell : $"\"{cell.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
}

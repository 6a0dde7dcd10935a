using AksInsights.Adapters.Workspaces.Recorded.Cells;
using AksInsights.Adapters.Workspaces.Recorded.Reading;

namespace AksInsights.Adapters.Workspaces.Recorded.Json;

/// <summary>Reads blocks of lines with one JSON object each. Empty lines are passed over.</summary>
internal sealed class JsonLines(TableCells cells) : IRecordReader
{
    private readonly JsonObjectReader _objects = new(cells);

    /// <inheritdoc/>
    public int Capacity(ReadOnlySpan<byte> block, int lines) => lines + 1;

    /// <inheritdoc/>
    public int Read(ReadOnlySpan<byte> block, ProblemLog problems)
    {
        var rows = 0;
        var line = 0;
        var start = 0;
        _objects.Begin();
        while (start < block.Length)
        {
            var length = block[start..].IndexOf((byte)'\n');
            if (length < 0)
                length = block.Length - start;
            problems.Line = line++;
            if (!IsBlank(block.Slice(start, length)) && _objects.TryRead(block, start, length, rows, problems))
                rows++;
            start += length + 1;
        }

        _objects.End(problems);
        return rows;
    }

    private static bool IsBlank(ReadOnlySpan<byte> record) =>
        record.IsEmpty || (record[0] != '{' && JsonScan.SkipSpace(record, 0) == record.Length);
}

using AksInsights.Adapters.Workspaces.Recorded.Cells;
using AksInsights.Adapters.Workspaces.Recorded.Reading;

namespace AksInsights.Adapters.Workspaces.Recorded.Json;

/// <summary>Reads blocks of lines with one JSON object each. Empty lines are passed over.</summary>
internal sealed class JsonLines(TableCells cells) : IRecordReader
{
    private readonly JsonObjectReader _objects = new(cells);

    /// <inheritdoc/>
    public int Capacity(ReadOnlySpan<byte> block) => block.Count((byte)'\n') + 1;

    /// <inheritdoc/>
    public int Read(ReadOnlySpan<byte> block, ProblemLog problems)
    {
        var rows = 0;
        var line = 0;
        while (!block.IsEmpty)
        {
            var end = block.IndexOf((byte)'\n');
            var record = end < 0 ? block : block[..end];
            block = end < 0 ? [] : block[(end + 1)..];
            problems.Line = line++;
            if (!record.IsEmpty && record[^1] == '\r')
                record = record[..^1];
            if (JsonScan.SkipSpace(record, 0) == record.Length)
                continue;
            if (_objects.TryRead(record, rows, problems))
                rows++;
        }

        _objects.LogUnknown(problems);
        return rows;
    }
}

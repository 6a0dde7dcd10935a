using AksInsights.Adapters.Workspaces.Recorded.Cells;
using AksInsights.Adapters.Workspaces.Recorded.Reading;
using AksInsights.Kql.Symbols;

namespace AksInsights.Adapters.Workspaces.Recorded.Json;

/// <summary>A <c>.json</c> file: an array of objects, one answer of the query API, or lines with one object each, as the data export names them.</summary>
internal sealed class JsonShape : FileShape
{
    private const string Choices =
        "neither an array of objects, nor an answer of the query API (`{\"tables\":[{\"columns\":...,\"rows\":...`), nor lines with one object each";

    private Kind _kind;
    private bool _isOver;
    private IReadOnlyList<ColumnSymbol> _declared = [];

    private enum Kind
    {
        Lines,
        Objects,
        Rows,
    }

    /// <inheritdoc/>
    public override IReadOnlyList<ColumnSymbol> Declared => _declared;

    /// <inheritdoc/>
    public override bool IsOver => _isOver;

    /// <inheritdoc/>
    public override bool MayEnd => _kind == Kind.Lines || _isOver;

    /// <inheritdoc/>
    public override FileHead ReadHead(ReadOnlySpan<byte> bytes, bool isAll)
    {
        var at = JsonScan.SkipSpace(bytes, 0);
        if (at == bytes.Length)
            return new FileHead(at, IsIncomplete: !isAll);
        if (bytes[at] == '[')
        {
            _kind = Kind.Objects;
            return new FileHead(at + 1);
        }

        if (bytes[at] != '{')
            return new FileHead(0, Refusal: $"{ProblemLog.Quote(bytes[at..])}, {Choices}");
        if (QueryAnswerHead.TryRead(bytes, out var length, out var columns))
        {
            _kind = Kind.Rows;
            _declared = columns;
            return new FileHead(length);
        }

        var line = bytes[at..].IndexOf((byte)'\n');
        var first = line < 0 ? bytes[at..] : bytes.Slice(at, line);
        var end = JsonScan.SkipValue(first, 0);
        if (end >= 0 && JsonScan.SkipSpace(first, end) == first.Length)
            return new FileHead(0);
        return line < 0 && !isAll ? new FileHead(0, IsIncomplete: true) : new FileHead(0, Refusal: $"{ProblemLog.Quote(bytes[at..])}, {Choices}");
    }

    /// <inheritdoc/>
    public override int WholeRecords(ReadOnlySpan<byte> bytes)
    {
        if (_kind == Kind.Lines)
            return bytes.LastIndexOf((byte)'\n') + 1;
        var whole = 0;
        while (JsonElements.End(bytes, whole) is var end and >= 0)
        {
            if (bytes[end] != ',')
            {
                _isOver = true;
                return end;
            }

            whole = end + 1;
        }

        return whole;
    }

    /// <inheritdoc/>
    public override IRecordReader CreateReader(TableCells cells) => _kind switch
    {
        Kind.Rows => new JsonArray(new JsonRowReader(cells, _declared)),
        Kind.Objects => new JsonArray(new JsonObjectReader(cells)),
        _ => new JsonLines(cells),
    };
}

using AksInsights.Adapters.Workspaces.Recorded.Cells;

namespace AksInsights.Adapters.Workspaces.Recorded.Reading;

/// <summary>What one worker does with the blocks of a file that it takes. Not thread-safe.</summary>
internal interface IBlockWorker
{
    /// <summary>Reads a block of whole records; the number of rows found.</summary>
    int Read(ReadOnlySpan<byte> block, int index);
}

/// <summary>Reads blocks into the cells of a table.</summary>
internal sealed class CellBlockWorker(TableLoad table, FileLoad file, TableCells cells) : IBlockWorker
{
    private readonly IRecordReader _reader = file.CreateReader(cells);

    /// <inheritdoc/>
    public int Read(ReadOnlySpan<byte> block, int index)
    {
        var lines = block.Count((byte)'\n');
        var problems = new ProblemLog();
        cells.Begin(_reader.Capacity(block, lines), problems);
        var rows = _reader.Read(block, problems);
        table.Add(new BlockResult(file, index, lines, rows, cells.End(rows), problems));
        return rows;
    }
}

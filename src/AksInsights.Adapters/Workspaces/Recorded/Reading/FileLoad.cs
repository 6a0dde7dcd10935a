using AksInsights.Adapters.Workspaces.Recorded.Cells;
using AksInsights.Kql.Symbols;

namespace AksInsights.Adapters.Workspaces.Recorded.Reading;

/// <summary>One file in a load: workers take turns in unpacking its next block, each reads the block it has taken. Thread-safe.</summary>
/// <remarks>Unpacking is a third of the work or less, so turns are short; the block is read while it is still in the worker's cache.</remarks>
internal sealed class FileLoad(RecordedFile file, TableLoad table) : IDisposable
{
    private readonly Lock _turn = new();
    private readonly FileShape _shape = FileShape.Create(file.Format);
    private BlockReader? _reader;
    private int _blocks;

    /// <summary>The file.</summary>
    public RecordedFile File { get; } = file;

    /// <summary>The load of its table.</summary>
    public TableLoad Table { get; } = table;

    /// <summary>True when no block is left to be taken.</summary>
    public bool IsDone { get; private set; }

    /// <summary>The number of workers on this file. Guarded by the load.</summary>
    public int Workers { get; set; }

    /// <summary>The columns whose types the file itself declares; known when its first block has been taken.</summary>
    public IReadOnlyList<ColumnSymbol> Declared => _shape.Declared;

    /// <summary>The number of line ends before the first record; known when its first block has been taken.</summary>
    public int HeadLines { get; private set; }

    /// <summary>Bytes read so far, as stored.</summary>
    public long StoredBytes { get; private set; }

    /// <summary>What was wrong with the file as a whole; null when nothing was.</summary>
    public (RowProblemKind Kind, string Found, string Expected)? Problem { get; private set; }

    /// <summary>Unpacks the next block; its length, or 0 when the file is done.</summary>
    public int Take(ref byte[] buffer, out int index)
    {
        lock (_turn)
        {
            index = _blocks;
            if (IsDone)
                return 0;
            var length = Read(ref buffer);
            IsDone = length == 0;
            _blocks++;
            if (IsDone)
                Dispose();
            return length;
        }
    }

    /// <summary>Reads no further.</summary>
    public void Stop()
    {
        lock (_turn)
        {
            IsDone = true;
            Dispose();
        }
    }

    /// <summary>A reader of the file's records into a worker's cells. May be asked for when the first block has been taken.</summary>
    public IRecordReader CreateReader(TableCells cells) => _shape.CreateReader(cells);

    /// <inheritdoc/>
    public void Dispose()
    {
        _reader?.Dispose();
        _reader = null;
    }

    private int Read(ref byte[] buffer)
    {
        try
        {
            _reader ??= new BlockReader(File, _shape);
            var length = _reader.Read(ref buffer);
            StoredBytes = _reader.StoredBytes;
            Problem = _reader.Problem;
            HeadLines = _reader.HeadLines;
            return length;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            Problem = (RowProblemKind.Unreadable, failure.Message, "a file that can be read");
            return 0;
        }
    }
}

using System.IO.Compression;

namespace AksInsights.Adapters.Workspaces.Recorded.Reading;

/// <summary>Reads a file, unpacked, as blocks of whole records. The caller sees to it that one thread at a time does.</summary>
internal sealed class BlockReader : IDisposable
{
    /// <summary>The longest record that is read, in bytes; the service's own limit of a row is 1 MB.</summary>
    private const int MaxRecordBytes = 1 << 26;

    private readonly FileShape _shape;
    private readonly FileStream _stored;
    private readonly Stream _bytes;
    private byte[] _left = [];
    private int _leftLength;
    private bool _atEnd;
    private bool _isPastMark;
    private bool _isPastHead;

    static BlockReader() =>
        // The programs and tests of this repository set this in their configuration; another host would miss cut-off files without it.
        AppContext.SetSwitch("System.IO.Compression.UseStrictValidation", true);

    /// <summary>Opens the file.</summary>
    /// <exception cref="IOException">The file is not there any more, or is in use.</exception>
    /// <exception cref="UnauthorizedAccessException">The file may not be read.</exception>
    public BlockReader(RecordedFile file, FileShape shape)
    {
        _shape = shape;
        _stored = new FileStream(file.Path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 1, FileOptions.SequentialScan);
        _bytes = file.IsCompressed ? new GZipStream(_stored, CompressionMode.Decompress) : _stored;
        // No bytes at all are not seen as cut off, but even an empty text has some when it is compressed.
        if (file.IsCompressed && _stored.Length == 0)
            Problem = (RowProblemKind.CutOff, "an empty file", "a complete gzip file");
    }

    /// <summary>The number of bytes read so far, as stored.</summary>
    public long StoredBytes { get; private set; }

    /// <summary>The number of line ends before the first record.</summary>
    public int HeadLines { get; private set; }

    /// <summary>What was wrong with the file as a whole; null when nothing was so far.</summary>
    public (RowProblemKind Kind, string Found, string Expected)? Problem { get; private set; }

    /// <summary>Reads the next block.</summary>
    /// <param name="buffer">Where to; enlarged when one record does not fit.</param>
    /// <returns>The length of the block; 0 at the end of the file.</returns>
    /// <exception cref="IOException">Reading failed.</exception>
    public int Read(ref byte[] buffer)
    {
        if (_shape.IsOver)
            return 0;
        if (buffer.Length <= _leftLength)
            Array.Resize(ref buffer, _leftLength * 2);
        _left.AsSpan(0, _leftLength).CopyTo(buffer);
        var length = _leftLength;
        while (true)
        {
            length = Fill(buffer, length);
            if (!_isPastHead)
                length = SkipHead(buffer, length);
            var whole = _isPastHead ? _shape.WholeRecords(buffer.AsSpan(0, length)) : 0;
            if (_shape.IsOver || _atEnd)
                return Last(whole, length);
            if (whole > 0)
            {
                Keep(buffer.AsSpan(whole, length - whole));
                return whole;
            }

            if (length < buffer.Length)
                continue;
            if (buffer.Length >= MaxRecordBytes)
            {
                Problem = (RowProblemKind.Unreadable, "a record of more than 64 MB", "records of at most 64 MB");
                _atEnd = true;
                return Last(0, 0);
            }

            Array.Resize(ref buffer, buffer.Length * 2);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _bytes.Dispose();
        _stored.Dispose();
    }

    private int Fill(byte[] buffer, int length)
    {
        while (length < buffer.Length && !_atEnd)
        {
            var read = ReadSome(buffer.AsSpan(length));
            _atEnd |= read == 0;
            length += read;
            if (!_isPastMark && (length >= 3 || _atEnd))
            {
                _isPastMark = true;
                length = buffer.AsSpan(0, length).StartsWith("\uFEFF"u8) ? Without(buffer, length, 3) : length;
            }
        }

        StoredBytes = _stored.Position;
        return length;
    }

    private int ReadSome(Span<byte> target)
    {
        try
        {
            return _bytes.Read(target);
        }
        catch (InvalidDataException damage)
        {
            Problem = (RowProblemKind.CutOff, damage.Message, "a complete gzip file");
            return 0;
        }
    }

    /// <summary>Takes the head out of the first bytes; the number of bytes that are left.</summary>
    private int SkipHead(byte[] buffer, int length)
    {
        var head = _shape.ReadHead(buffer.AsSpan(0, length), _atEnd);
        if (head.Refusal is { } found)
        {
            Problem = (RowProblemKind.NotATable, found, "rows of a table");
            _atEnd = true;
            return 0;
        }

        _isPastHead = !head.IsIncomplete;
        HeadLines = buffer.AsSpan(0, head.Length).Count((byte)'\n');
        return _isPastHead ? Without(buffer, length, head.Length) : length;
    }

    /// <summary>The rest of the file. The last record of a file that was cut off is not a whole one and not the reader's fault.</summary>
    private int Last(int whole, int length)
    {
        Keep([]);
        if (Problem is null && !_shape.MayEnd)
            Problem = (RowProblemKind.CutOff, "the end of the file", "the bracket that closes the array of rows");
        return Problem is null && !_shape.IsOver ? length : whole;
    }

    private void Keep(ReadOnlySpan<byte> rest)
    {
        if (_left.Length < rest.Length)
            _left = new byte[rest.Length * 2];
        rest.CopyTo(_left);
        _leftLength = rest.Length;
    }

    private static int Without(byte[] buffer, int length, int first)
    {
        buffer.AsSpan(first, length - first).CopyTo(buffer);
        return length - first;
    }
}

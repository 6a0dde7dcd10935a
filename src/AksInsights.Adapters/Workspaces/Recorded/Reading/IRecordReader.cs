namespace AksInsights.Adapters.Workspaces.Recorded.Reading;

/// <summary>Reads the records of a file's blocks into cells, for one worker. Not thread-safe.</summary>
internal interface IRecordReader
{
    /// <summary>An upper bound of the number of records in a block with a number of line ends.</summary>
    int Capacity(ReadOnlySpan<byte> block, int lines);

    /// <summary>Reads a block of whole records; the number of rows that were kept. Bad records and cells are logged.</summary>
    int Read(ReadOnlySpan<byte> block, ProblemLog problems);
}

/// <summary>Says where a file may be cut into blocks.</summary>
internal interface IRecordCutter
{
    /// <summary>The number of leading bytes that are whole records; 0 when not even one is complete.</summary>
    /// <param name="bytes">Bytes that begin with a record, or with what the last cut left.</param>
    int WholeRecords(ReadOnlySpan<byte> bytes);
}

/// <summary>Cuts at the ends of lines.</summary>
internal sealed class LineCutter : IRecordCutter
{
    /// <inheritdoc/>
    public int WholeRecords(ReadOnlySpan<byte> bytes) => bytes.LastIndexOf((byte)'\n') + 1;
}

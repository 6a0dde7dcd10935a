namespace AksInsights.Adapters.Workspaces.Recorded.Reading;

/// <summary>Reads the records of a file's blocks into cells, for one worker. Not thread-safe.</summary>
internal interface IRecordReader
{
    /// <summary>An upper bound of the number of records in a block with a number of line ends.</summary>
    int Capacity(ReadOnlySpan<byte> block, int lines);

    /// <summary>Reads a block of whole records; the number of rows that were kept. Bad records and cells are logged.</summary>
    int Read(ReadOnlySpan<byte> block, ProblemLog problems);
}

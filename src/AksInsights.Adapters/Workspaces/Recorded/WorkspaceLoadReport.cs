namespace AksInsights.Adapters.Workspaces.Recorded;

/// <summary>What can be wrong with a recorded file or its rows.</summary>
public enum RowProblemKind
{
    /// <summary>A cell is not of its column's type; the cell is null, the row is kept.</summary>
    WrongType,

    /// <summary>A text is not UTF-8; the bytes that are none read as U+FFFD, the row is kept.</summary>
    NotText,

    /// <summary>A record cannot be read, as its JSON or its quoting is broken; the row is left out.</summary>
    BrokenRecord,

    /// <summary>A CSV record, or a row of a query answer, has more or fewer fields than there are columns; the row is left out.</summary>
    RaggedRow,

    /// <summary>A column that the schema of the table does not have; it can be queried with a type inferred from its values.</summary>
    UnknownColumn,

    /// <summary>The file ends in the middle, or its compressed bytes are damaged; the rows before that are kept.</summary>
    CutOff,

    /// <summary>The file cannot be opened or read; it counts as empty from there on.</summary>
    Unreadable,

    /// <summary>The file does not hold rows, though its name says so; it counts as empty.</summary>
    NotATable,
}

/// <summary>One place where a problem was met.</summary>
/// <param name="Line">The line in the uncompressed file, from 1; 0 when the whole file is meant.</param>
/// <param name="Found">What is there, shortened.</param>
/// <param name="Expected">What should be there.</param>
public sealed record ProblemExample(long Line, string Found, string Expected);

/// <summary>All problems of one kind in one file.</summary>
/// <param name="Kind">What is wrong.</param>
/// <param name="Column">The column concerned; null when it is the record or the file.</param>
/// <param name="Count">How many cells, records or files.</param>
/// <param name="Examples">The first few, in the order of the file.</param>
public sealed record RowProblem(RowProblemKind Kind, string? Column, long Count, IReadOnlyList<ProblemExample> Examples)
{
    /// <summary>True when nothing is lost: worth knowing, not fatal under <see cref="RecordedWorkspaceOptions.Strict"/>.</summary>
    public bool IsNotice => Kind == RowProblemKind.UnknownColumn;
}

/// <summary>What reading one file has given so far.</summary>
/// <param name="Table">The table that the file belongs to.</param>
/// <param name="File">The file's name within the workspace folder.</param>
/// <param name="Rows">The rows kept.</param>
/// <param name="Problems">What was wrong; of cells, only for the columns that were decoded.</param>
public sealed record FileLoadReport(string Table, string File, long Rows, IReadOnlyList<RowProblem> Problems);

/// <summary>What reading a recorded workspace has given so far: the files read, in name order, and what was wrong with them.</summary>
/// <remarks>Grows with each load: a file, or a column of it, that no query has named is not looked at.</remarks>
public sealed record WorkspaceLoadReport(IReadOnlyList<FileLoadReport> Files)
{
    /// <summary>True when a cell, record or file was bad; notices do not count.</summary>
    public bool HasProblems => Files.Any(file => file.Problems.Any(problem => !problem.IsNotice));

    /// <summary>The number of bad cells, records and files, notices left out.</summary>
    public long ProblemCount => Files.Sum(file => file.Problems.Where(problem => !problem.IsNotice).Sum(problem => problem.Count));
}

/// <summary>How far a load has come.</summary>
/// <param name="Table">The table last read from.</param>
/// <param name="BytesRead">Bytes of the files read so far, as stored (compressed), in this load.</param>
/// <param name="BytesTotal">Bytes of all files of this load.</param>
/// <param name="Rows">Rows read so far in this load, before the last blocks.</param>
public sealed record LoadProgress(string Table, long BytesRead, long BytesTotal, long Rows);

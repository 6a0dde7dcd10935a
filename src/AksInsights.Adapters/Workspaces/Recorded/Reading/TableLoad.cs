using AksInsights.Adapters.Workspaces.Recorded.Cells;
using AksInsights.Kql.Columns;
using AksInsights.Kql.Symbols;

namespace AksInsights.Adapters.Workspaces.Recorded.Reading;

/// <summary>What one worker has read of one block.</summary>
/// <param name="File">The file.</param>
/// <param name="Index">The number of the block within the file, from 0.</param>
/// <param name="Lines">The number of line ends in the block.</param>
/// <param name="Rows">The rows kept.</param>
/// <param name="Parts">The cells of each wanted column.</param>
/// <param name="Problems">What was wrong.</param>
internal sealed record BlockResult(FileLoad File, int Index, int Lines, int Rows, CellPart[] Parts, ProblemLog Problems);

/// <summary>The wanted columns of one table in a load. Results may be added by several workers at once.</summary>
internal class TableLoad
{
    private readonly List<BlockResult> _results = [];
    private readonly IReadOnlySet<string>? _known;

    /// <summary>Prepares the load.</summary>
    /// <param name="name">The table.</param>
    /// <param name="files">Its files, in the order of their rows.</param>
    /// <param name="wanted">The columns to decode.</param>
    /// <param name="known">The names that the schema of the table has; null when it has no schema.</param>
    public TableLoad(string name, IEnumerable<RecordedFile> files, IReadOnlyList<ColumnSymbol> wanted, IReadOnlySet<string>? known)
    {
        Name = name;
        Wanted = wanted;
        _known = known;
        Files = [.. files.Select(file => new FileLoad(file, this))];
    }

    /// <summary>The table.</summary>
    public string Name { get; }

    /// <summary>The columns to decode.</summary>
    public IReadOnlyList<ColumnSymbol> Wanted { get; }

    /// <summary>The files, in the order of their rows.</summary>
    public IReadOnlyList<FileLoad> Files { get; }

    /// <summary>The number of rows; known when the load is over.</summary>
    public int Rows => _results.Sum(result => result.Rows);

    /// <summary>What one worker does with one file.</summary>
    public virtual IBlockWorker CreateWorker(FileLoad file) => new CellBlockWorker(this, file, new TableCells(Wanted, _known));

    /// <summary>Adds what a worker has read.</summary>
    public void Add(BlockResult result)
    {
        lock (_results)
            _results.Add(result);
    }

    /// <summary>The wanted columns, when all blocks have been read. May be called once. Columns are put together on several threads.</summary>
    public IReadOnlyDictionary<string, Column> Assemble(ParallelOptions parallel)
    {
        var ordered = InOrder();
        var rows = Rows;
        var columns = new Column[Wanted.Count];
        Parallel.For(0, columns.Length, parallel, index => columns[index] = Assemble(ordered, index, rows));
        return Wanted.Index().ToDictionary(column => column.Item.Name, column => columns[column.Index], StringComparer.Ordinal);
    }

    /// <summary>What was read of each file and what was wrong with it.</summary>
    public IEnumerable<FileLoadReport> Reports()
    {
        var byFile = InOrder().ToLookup(result => result.File);
        return Files.Select(file => Report(file, byFile[file]));
    }

    /// <summary>What the workers have read, in the order of the rows.</summary>
    protected BlockResult[] InOrder()
    {
        var place = Files.Index().ToDictionary(file => file.Item, file => file.Index);
        return [.. _results.OrderBy(result => place[result.File]).ThenBy(result => result.Index)];
    }

    private Column Assemble(BlockResult[] ordered, int index, int rows)
    {
        if (ordered.Length == 0)
            return Constants.Create(Wanted[index].Type, null, rows);
        var parts = Array.ConvertAll(ordered, result => result.Parts[index]);
        return parts[0].Owner.Assemble(parts, rows);
    }

    private static FileLoadReport Report(FileLoad file, IEnumerable<BlockResult> results)
    {
        var summary = new ProblemSummary();
        long line = 1 + file.HeadLines;
        long rows = 0;
        foreach (var result in results)
        {
            summary.Add(result.Problems.Problems, line);
            line += result.Lines;
            rows += result.Rows;
        }

        if (file.Problem is { } problem)
            summary.Add([new RowProblem(problem.Kind, null, 1, [new ProblemExample(0, problem.Found, problem.Expected)])], line);
        return new FileLoadReport(file.Table.Name, file.File.Name, rows, summary.Problems);
    }
}

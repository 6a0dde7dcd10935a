using System.Collections.Immutable;
using AksInsights.Adapters.Workspaces.Recorded.Reading;
using AksInsights.Kql;
using AksInsights.Kql.Columns;
using AksInsights.Kql.Symbols;
using AksInsights.Kql.Types;

namespace AksInsights.Adapters.Workspaces.Recorded;

/// <summary>A table of a recorded workspace and what has been decoded of it. Written under the workspace's lock, read without.</summary>
/// <param name="symbol">The table as queries name it.</param>
/// <param name="files">Its files, in the order of their rows.</param>
/// <param name="known">The columns of its schema; null when it has none.</param>
internal sealed class TableState(TableSymbol symbol, IReadOnlyList<RecordedFile> files, IReadOnlySet<string>? known)
{
    /// <summary>The column that says when a row happened, in every table of the service.</summary>
    public const string TimeColumn = "TimeGenerated";

    private readonly Dictionary<string, ProblemSummary> _problems = new(StringComparer.Ordinal);
    private volatile TableRows? _rows;

    /// <summary>The table as queries name it.</summary>
    public TableSymbol Symbol { get; } = symbol;

    /// <summary>Its files, in the order of their rows; empty when the recording does not have the table.</summary>
    public IReadOnlyList<RecordedFile> Files { get; } = files;

    /// <summary>What has been decoded; null when nothing has been read.</summary>
    public TableRows? Rows => _rows;

    /// <summary>The newest time of a row in ticks; null when there is none or nothing has been read.</summary>
    public long? NewestTicks { get; private set; }

    /// <summary>Whether <see cref="NewestTicks"/> is the answer, even if it is null.</summary>
    public bool KnowsNewest { get; private set; }

    /// <summary>True when something was bad in what has been read; notices do not count.</summary>
    public bool HasProblems { get; private set; }

    /// <summary>What was wrong with the files read so far.</summary>
    public IEnumerable<FileLoadReport> Reports => Files
        .Where(file => _problems.ContainsKey(file.Name))
        .Select(file => new FileLoadReport(Symbol.Name, file.Name, RowsOf[file.Name], _problems[file.Name].Problems));

    private Dictionary<string, long> RowsOf { get; } = new(StringComparer.Ordinal);

    /// <summary>Whether all columns named have been decoded.</summary>
    public bool Has(IEnumerable<string> columns) => _rows is { } rows && columns.All(rows.Columns.ContainsKey);

    /// <summary>Prepares the decoding of what is missing of the columns named; null when nothing is.</summary>
    public TableLoad? Missing(IReadOnlyCollection<string> columns)
    {
        if (Files.Count == 0)
            _rows ??= Empty(Symbol);
        if (Has(columns))
            return null;
        var decoded = _rows?.Columns;
        var wanted = Symbol.Columns
            .Where(column => columns.Contains(column.Name) || column is { Name: TimeColumn, Type: KqlType.DateTime })
            .Where(column => decoded is null || !decoded.ContainsKey(column.Name));
        return new TableLoad(Symbol.Name, Files, [.. wanted], known);
    }

    /// <summary>Keeps what a load has decoded. False when the files have changed since they were first read.</summary>
    public bool Keep(TableLoad load, ParallelOptions parallel)
    {
        if (_rows is { } before && before.RowCount != load.Rows)
            return false;
        var columns = load.Assemble(parallel);
        Note(load);
        var all = _rows?.Columns.ToImmutableDictionary(StringComparer.Ordinal) ?? ImmutableDictionary.Create<string, Column>(StringComparer.Ordinal);
        if (columns.TryGetValue(TimeColumn, out var time) && time is Column<long> ticks)
            NewestTicks = Newest(ticks);
        KnowsNewest = true;
        _rows = new TableRows(load.Rows, all.AddRange(columns));
        return true;
    }

    /// <summary>A quick way to the newest time, for a table that nothing has been read of; null when there is none.</summary>
    public NewestTimeLoad? NewestTimeOnly() => !KnowsNewest && Files.Count > 0 && Files.All(file => file.Format == RecordFormat.JsonLines)
        ? new NewestTimeLoad(Symbol.Name, Files)
        : null;

    /// <summary>Keeps the newest time, if it was found.</summary>
    public void Keep(NewestTimeLoad load)
    {
        NewestTicks = load.Ticks;
        KnowsNewest = !load.HasGivenUp;
    }

    private void Note(TableLoad load)
    {
        foreach (var report in load.Reports())
        {
            var problems = report.Problems.AsEnumerable();
            // Broken records and unknown columns are met in every pass over a file; they are counted in the first.
            if (_problems.TryGetValue(report.File, out var summary))
                problems = problems.Where(problem => problem.Kind is RowProblemKind.WrongType or RowProblemKind.NotText);
            else
                _problems.Add(report.File, summary = new ProblemSummary());
            summary.Add(problems, 0);
            RowsOf[report.File] = report.Rows;
            HasProblems |= summary.Problems.Any(problem => !problem.IsNotice);
        }
    }

    private static long? Newest(Column<long> times)
    {
        var reader = times.Read();
        long? newest = null;
        for (var row = 0; row < times.Length; row++)
        {
            if (!reader.IsNull(row) && !(reader[row] <= newest))
                newest = reader[row];
        }

        return newest;
    }

    private static TableRows Empty(TableSymbol symbol) => new(
        0, symbol.Columns.ToDictionary(column => column.Name, column => Constants.Create(column.Type, null, 0), StringComparer.Ordinal));
}

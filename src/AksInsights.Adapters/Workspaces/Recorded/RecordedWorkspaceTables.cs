using AksInsights.Adapters.Workspaces.Recorded.Reading;
using AksInsights.Kql;
using AksInsights.Kql.Symbols;

namespace AksInsights.Adapters.Workspaces.Recorded;

/// <summary>The tables of a recorded workspace: a folder with files named <c>Table[.part].jsonl|json|csv</c>, each perhaps gzipped.</summary>
/// <remarks>
/// <para>Tables of Container Insights have the types of its schema, and can be queried, with no rows, when the folder lacks them
/// (<see cref="IsPresent"/>). The types of other tables, and of columns that the schema lacks, are inferred from all of their values.</para>
/// <para>Several files of one table are read one after the other in the order of their names. Only columns that are asked for are decoded,
/// and they are kept. Text is held once for each distinct value.</para>
/// <para>All members may be called from several threads.</para>
/// </remarks>
public sealed class RecordedWorkspaceTables : ITableProvider
{
    private readonly Lock _loading = new();
    private readonly RecordedWorkspaceOptions _options;
    private readonly Dictionary<string, TableState> _states;

    internal RecordedWorkspaceTables(WorkspaceFolder folder, RecordedWorkspaceOptions options)
    {
        _options = options;
        IgnoredFiles = folder.Ignored;
        _states = folder.Tables.ToDictionary(table => table.Symbol.Name, StringComparer.Ordinal);
        Tables = [.. folder.Tables.Select(table => table.Symbol)];
        PresentTables = [.. folder.Tables.Where(table => table.Files.Count > 0).Select(table => table.Symbol.Name)];
    }

    /// <inheritdoc/>
    public IReadOnlyList<TableSymbol> Tables { get; }

    /// <summary>The names of the tables that the recording has a file of, in name order.</summary>
    public IReadOnlyList<string> PresentTables { get; }

    /// <summary>The names of the files in the folder that are no tables by their names, in name order.</summary>
    public IReadOnlyList<string> IgnoredFiles { get; }

    /// <summary>What has been read so far and what was wrong with it.</summary>
    public WorkspaceLoadReport Report
    {
        get
        {
            lock (_loading)
                return new WorkspaceLoadReport([.. PresentTables.SelectMany(table => _states[table].Reports)]);
        }
    }

    /// <summary>Opens a recorded workspace. Nothing is read but the names of its files.</summary>
    public static RecordedWorkspaceOpening Open(string folder, RecordedWorkspaceOptions? options = null) =>
        WorkspaceFolder.List(folder, options ?? new RecordedWorkspaceOptions());

    /// <summary>Whether the recording has a file of a table. A table that can be named but is not present was not collected.</summary>
    public bool IsPresent(string table) => _states.TryGetValue(table, out var state) && state.Files.Count > 0;

    /// <inheritdoc/>
    /// <exception cref="RecordedWorkspaceException">Reading is strict and something was bad, or the files have changed meanwhile.</exception>
    /// <exception cref="InvalidOperationException">The workspace does not have the table or a column.</exception>
    public TableRows Load(TableSymbol table, IReadOnlyCollection<string> columns, CancellationToken cancellation)
    {
        if (!_states.TryGetValue(table.Name, out var state))
            throw new InvalidOperationException($"The query was bound to a table {table.Name} that this workspace never listed.");
        if (!state.Has(columns))
            Load([(state, columns)], cancellation);
        if (_options.Strict && state.HasProblems)
            throw Refusal();
        if (state.Rows is not { } rows || !state.Has(columns))
            throw new InvalidOperationException($"The query was bound to a column that {table.Name} never listed, among {string.Join(", ", columns)}.");
        return rows;
    }

    /// <summary>Decodes the columns that several queries will need, reading each file once. Names that are not present are passed over.</summary>
    /// <param name="wanted">Columns by table.</param>
    /// <param name="cancellation">Ends a long load.</param>
    /// <exception cref="RecordedWorkspaceException">Reading is strict and something was bad, or the files have changed meanwhile.</exception>
    public void Prefetch(IReadOnlyDictionary<string, IReadOnlyCollection<string>> wanted, CancellationToken cancellation)
    {
        var tables = wanted
            .Where(table => _states.ContainsKey(table.Key))
            .Select(table => (_states[table.Key], Known(_states[table.Key], table.Value)));
        Load([.. tables], cancellation);
    }

    /// <summary>The time of the newest row of the recording, UTC; null when no row has one.</summary>
    /// <remarks>Cost: looks through the files that no query has needed so far; so ask after <see cref="Prefetch"/>.</remarks>
    /// <exception cref="RecordedWorkspaceException">Reading is strict and something was bad, or the files have changed meanwhile.</exception>
    public DateTime? NewestTimeGenerated(CancellationToken cancellation)
    {
        string[] time = [TableState.TimeColumn];
        lock (_loading)
        {
            var states = PresentTables.Select(table => _states[table]).ToArray();
            var quick = states.Select(state => (State: state, Load: state.NewestTimeOnly())).Where(table => table.Load is not null).ToArray();
            new LoadRun([.. quick.Select(table => table.Load!)], _options).Execute(cancellation);
            foreach (var (state, load) in quick)
                state.Keep(load!);
            Load([.. states.Where(state => !state.KnowsNewest).Select(state => (state, (IReadOnlyCollection<string>)Known(state, time)))], cancellation);
            return states.Max(state => state.NewestTicks) is { } ticks ? new DateTime(ticks, DateTimeKind.Utc) : null;
        }
    }

    private static string[] Known(TableState state, IReadOnlyCollection<string> columns) =>
        [.. state.Symbol.Columns.Select(column => column.Name).Where(columns.Contains)];

    private void Load((TableState State, IReadOnlyCollection<string> Columns)[] wanted, CancellationToken cancellation)
    {
        lock (_loading)
        {
            var missing = wanted
                .Select(table => (table.State, Load: table.State.Missing(table.Columns)))
                .Where(table => table.Load is not null)
                .Select(table => (table.State, Load: table.Load!))
                .ToArray();
            if (missing.Length == 0)
                return;
            new LoadRun([.. missing.Select(table => table.Load)], _options).Execute(cancellation);
            var parallel = new ParallelOptions { MaxDegreeOfParallelism = Math.Max(1, _options.Workers), CancellationToken = cancellation };
            foreach (var (state, load) in missing)
            {
                if (!state.Keep(load, parallel))
                    throw new RecordedWorkspaceException($"The files of {state.Symbol.Name} have changed since they were first read. Start again.", Report);
            }

            if (_options.Strict && missing.Any(table => table.State.HasProblems))
                throw Refusal();
        }
    }

    private RecordedWorkspaceException Refusal()
    {
        var report = Report;
        var file = report.Files.First(file => file.Problems.Any(problem => !problem.IsNotice));
        var problem = file.Problems.First(problem => !problem.IsNotice);
        var example = problem.Examples[0];
        var message = $"The recording has {report.ProblemCount} bad cells, records or files, and it was to be read strictly. "
            + $"The first: {file.File}:{example.Line}: found {example.Found}, expected {example.Expected}.";
        return new RecordedWorkspaceException(message, report);
    }
}

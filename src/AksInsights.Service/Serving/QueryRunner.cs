using AksInsights.Adapters.Workspaces.Recorded;
using AksInsights.Kql;
using AksInsights.Kql.Columns;
using AksInsights.Kql.Results;
using AksInsights.Kql.Symbols;
using AksInsights.Kql.Syntax;

namespace AksInsights.Service.Serving;

/// <summary>Runs queries on a recording within the service's limits. Thread-safe.</summary>
/// <param name="tables">The recording; tables are decoded when a query first needs them, and kept.</param>
/// <param name="settings">The limits.</param>
internal sealed class QueryRunner(RecordedWorkspaceTables tables, ServeSettings settings) : IDisposable
{
    // The engine's numbers of its errors. Source: learn.microsoft.com/kusto/concepts/runaway-queries and result-set-limits.
    private const string ResultTooLarge = "-2133196797";
    private const string Runaway = "-2133196799";

    private readonly QueryGate _gate = new(settings);

    /// <summary>Runs a query when its turn has come.</summary>
    /// <exception cref="OperationCanceledException">The caller gave up.</exception>
    public async Task<ServedAnswer> RunAsync(ServedQuery query, CancellationToken aborted)
    {
        using var timer = new CancellationTokenSource(query.Preferences.Wait, settings.Time);
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(aborted, timer.Token);
        var started = settings.Time.GetTimestamp();
        try
        {
            if (!await _gate.EnterAsync(deadline.Token).ConfigureAwait(false)) return Throttled;
            try
            {
                return await Task.Run(() => Run(query, started, deadline.Token), deadline.Token).ConfigureAwait(false);
            }
            finally
            {
                _gate.Leave();
            }
        }
        catch (OperationCanceledException) when (!aborted.IsCancellationRequested)
        {
            return TimedOut(query.Preferences.Wait);
        }
    }

    /// <summary>Runs a query over some of the tables, outside of the queue, for at most the longest wait.</summary>
    /// <exception cref="OperationCanceledException">The caller gave up.</exception>
    public async Task<ServedAnswer> RunAsync(ServedQuery query, Func<TableSymbol, bool> visible, CancellationToken aborted)
    {
        using var timer = new CancellationTokenSource(query.Preferences.Wait, settings.Time);
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(aborted, timer.Token);
        var started = settings.Time.GetTimestamp();
        try
        {
            return await Task.Run(() => Run(query, new SomeTables(tables, visible), started, deadline.Token), deadline.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!aborted.IsCancellationRequested)
        {
            return TimedOut(query.Preferences.Wait);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _gate.Dispose();

    private static ServedAnswer.Refused Throttled { get; } = new(
        429, new ServiceError("ThrottledError", "There are too many queries at a time. Ask again later."), TimeSpan.FromSeconds(10));

    /// <summary>The answer of a gateway that waited for the engine in vain.</summary>
    public static ServedAnswer.Refused TimedOut(TimeSpan wait) => new(504, new ServiceError("GatewayTimeout", $"The query did not end within {wait.TotalSeconds:0} s.")
    {
        Inner = new ServiceError("GatewayTimeout", "Unable to unzip response"),
    });

    private ServedAnswer Run(ServedQuery query, long started, CancellationToken deadline) => Run(query, tables, started, deadline);

    private ServedAnswer Run(ServedQuery query, ITableProvider from, long started, CancellationToken deadline)
    {
        var scoped = query.Scope.Over(from);
        KqlQuery? compiled = null;
        try
        {
            var tree = SyntaxTree.Parse(query.Text);
            if (!new KqlEngine(scoped).TryCompile(tree, out compiled, out var diagnostics, settings.NowUtc, deadline))
                return new ServedAnswer.Refused(400, QueryErrors.Of(tree.Text, diagnostics));
            if (NeverCollected(compiled) is { } table) return new ServedAnswer.Refused(400, QueryErrors.Missing(tree, table));
            var result = compiled.Execute(Circumstances(), deadline);
            return new ServedAnswer.Rows(result, result.PartialReason is { } reason ? TooLarge(reason) : null, Cost(compiled, scoped, started, deadline));
        }
        catch (KqlException failure) when (failure.Failure is KqlFailure.BadQuery or KqlFailure.BadArgument)
        {
            return new ServedAnswer.Refused(400, QueryErrors.Run(failure.Message));
        }
        catch (KqlException failure) when (compiled is not null && failure.Failure is KqlFailure.MemoryExceeded or KqlFailure.RowsExceeded)
        {
            var error = ServiceError.Partial(Runaway, $"Query execution has exceeded the allowed limits (80DA0001): E_RUNAWAY_QUERY. {failure.Message}");
            return new ServedAnswer.Rows(NoRows(compiled!), error, new QueryCost(settings.Time.GetElapsedTime(started), 0));
        }
        catch (Exception failure) when (failure is KqlException or RecordedWorkspaceException)
        {
            return new ServedAnswer.Refused(500, new ServiceError("InternalServerError", failure.Message));
        }
    }

    // One query alone has all cores; several at a time would only take them from each other.
    private KqlRun Circumstances() => new()
    {
        NowUtc = settings.NowUtc,
        MaxRows = settings.MaxRows,
        MaxResultBytes = settings.MaxResultBytes,
        MaxMemoryBytes = settings.MaxMemoryBytes,
        Parallelism = _gate.Running > 1 ? 1 : Environment.ProcessorCount,
    };

    private static ServiceError TooLarge(string reason) =>
        ServiceError.Partial(ResultTooLarge, $"The results of this query exceed the set limit (80DA0003): E_QUERY_RESULT_SET_TOO_LARGE. {reason}");

    private static KqlResult NoRows(KqlQuery query)
    {
        var cells = query.Columns.Select(c => Constants.Create(c.Type, null, 0)).ToArray();
        return new KqlResult([new ResultTable("PrimaryResult", query.Columns, cells, 0)], [], null, null);
    }

    /// <summary>A table the query reads, if the recording has none of those it reads; the same rule by which a recording says that there are no data.</summary>
    private string? NeverCollected(KqlQuery query) =>
        query.Reads.Count > 0 && !query.Reads.Keys.Any(tables.IsPresent) ? query.Reads.Keys.Order(StringComparer.Ordinal).First() : null;

    // The tables have just been read, so they are at hand.
    private QueryCost Cost(KqlQuery query, ITableProvider scoped, long started, CancellationToken deadline)
    {
        var symbols = scoped.Tables.Where(t => query.Reads.ContainsKey(t.Name));
        return new QueryCost(settings.Time.GetElapsedTime(started), symbols.Sum(t => (long)scoped.Load(t, query.Reads[t.Name], deadline).RowCount));
    }

    private sealed class SomeTables(ITableProvider all, Func<TableSymbol, bool> visible) : ITableProvider
    {
        public IReadOnlyList<TableSymbol> Tables { get; } = [.. all.Tables.Where(visible)];

        public TableRows Load(TableSymbol table, IReadOnlyCollection<string> columns, CancellationToken cancellation) => all.Load(table, columns, cancellation);
    }
}

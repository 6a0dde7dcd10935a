using AksInsights.Core.Workspaces;
using AksInsights.Kql;
using AksInsights.Kql.Diagnostics;

namespace AksInsights.Adapters.Workspaces.Recorded;

/// <summary>A recorded workspace as one that answers queries: the embedded engine over a folder's tables. Thread-safe.</summary>
/// <remarks>The time stands still at <see cref="AsOf"/>. A table that the recording has no file of was not collected; a query of which no table is there has no data.</remarks>
public sealed class RecordedWorkspace : IWorkspace
{
    private readonly RecordedWorkspaceTables _tables;
    private readonly KqlEngine _engine;
    private readonly int _parallelism;
    private readonly DateTimeOffset _asOf;

    /// <summary>Makes the workspace.</summary>
    /// <param name="id">The name under which findings are remembered.</param>
    /// <param name="tables">The folder's tables.</param>
    /// <param name="asOf">The time that counts as now.</param>
    /// <param name="parallelism">The number of threads one query may use; by default one for each core.</param>
    public RecordedWorkspace(WorkspaceId id, RecordedWorkspaceTables tables, DateTimeOffset asOf, int? parallelism = null)
    {
        Id = id;
        _tables = tables;
        _engine = new KqlEngine(tables);
        _asOf = asOf.ToUniversalTime();
        _parallelism = parallelism ?? Environment.ProcessorCount;
    }

    /// <inheritdoc/>
    public WorkspaceId Id { get; }

    /// <inheritdoc/>
    public DateTimeOffset? AsOf => _asOf;

    /// <summary>The name of a folder's recording: that of the folder itself.</summary>
    public static WorkspaceId IdOf(string folder) => new(new DirectoryInfo(folder).Name);

    /// <inheritdoc/>
    public async Task<WorkspaceResult> QueryAsync(WorkspaceQuery query, CancellationToken cancellation)
    {
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        if (query.Timeout is { } timeout) deadline.CancelAfter(timeout);
        try
        {
            var now = (query.Now ?? _asOf).UtcDateTime;
            if (!_engine.TryCompile(query.Text, null, out var compiled, out var diagnostics, now, deadline.Token))
                return new WorkspaceResult.Failed(FailureKind.BadQuery, diagnostics.First(d => d.Severity == DiagnosticSeverity.Error).Message, diagnostics);
            if (Missing(compiled) is { } missing) return missing;
            var run = new KqlRun { NowUtc = now, Parallelism = _parallelism };
            return Answer(await Task.Run(() => compiled.Execute(run, deadline.Token), deadline.Token).ConfigureAwait(false));
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return Failed(FailureKind.TimedOut, $"The query did not end within {query.Timeout}. Narrow its time range, or allow it more time.");
        }
        catch (KqlException failure)
        {
            return Failed(Kind(failure.Failure), failure.Message);
        }
        catch (RecordedWorkspaceException failure)
        {
            return Failed(FailureKind.SourceFailed, failure.Message);
        }
    }

    private static WorkspaceResult Answer(KqlResult result) => result.PartialReason is { } reason
        ? new WorkspaceResult.Partial(result.Tables, reason)
        : new WorkspaceResult.Complete(result.Tables, [.. result.Warnings.Select(w => w.Message)]);

    private static WorkspaceResult.Failed Failed(FailureKind kind, string reason) => new(kind, reason, []);

    private static FailureKind Kind(KqlFailure failure) => failure switch
    {
        KqlFailure.BadQuery or KqlFailure.BadArgument => FailureKind.BadQuery,
        KqlFailure.MemoryExceeded or KqlFailure.RowsExceeded => FailureKind.TooLarge,
        KqlFailure.SourceFailed => FailureKind.SourceFailed,
        _ => throw new InvalidOperationException($"The engine failed in a way that does not exist: {failure}."),
    };

    private WorkspaceResult.NoData? Missing(KqlQuery query)
    {
        var missing = query.Reads.Keys.Where(table => !_tables.IsPresent(table)).Order(StringComparer.Ordinal).ToList();
        if (missing.Count == 0 || missing.Count < query.Reads.Count) return null;
        var names = string.Join(", ", missing.Select(table => $"`{table}`"));
        return new WorkspaceResult.NoData(missing, $"The recording has no file of {names}, so it was not collected.");
    }
}

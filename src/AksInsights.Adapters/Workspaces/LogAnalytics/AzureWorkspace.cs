using System.Text.RegularExpressions;
using AksInsights.Adapters.Workspaces.Recorded.Schema;
using AksInsights.Core.Workspaces;
using AksInsights.Kql.Columns;
using AksInsights.Kql.Execution;
using AksInsights.Kql.Results;

namespace AksInsights.Adapters.Workspaces.LogAnalytics;

/// <summary>A Log Analytics workspace, or a resource's rows, in Azure. Thread-safe.</summary>
/// <remarks>
/// Passing troubles are asked again, and what is too large or takes too long is asked for in parts where the query allows it (<see cref="QuerySplit"/>). Whatever is
/// left of them is an outcome; only a whole answer is ever called whole.
/// </remarks>
public sealed partial class AzureWorkspace : IWorkspace
{
    private static readonly TimeSpan FirstPause = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestPause = TimeSpan.FromMinutes(2);

    private readonly AzureWorkspaceSettings _settings;
    private readonly LogsQueryClient _logs;
    private readonly ResourceGraphClient _graph;
    private readonly TimeProvider _time;

    /// <summary>Makes the workspace.</summary>
    /// <param name="settings">Which one.</param>
    /// <param name="logs">Answers for tables.</param>
    /// <param name="graph">Answers for resources.</param>
    /// <param name="time">The clock, for pauses.</param>
    public AzureWorkspace(AzureWorkspaceSettings settings, LogsQueryClient logs, ResourceGraphClient graph, TimeProvider time)
    {
        _settings = settings;
        _logs = logs;
        _graph = graph;
        _time = time;
    }

    /// <inheritdoc/>
    public WorkspaceId Id => _settings.Id;

    /// <inheritdoc/>
    public DateTimeOffset? AsOf => null;

    /// <inheritdoc/>
    public async Task<WorkspaceResult> QueryAsync(WorkspaceQuery query, CancellationToken cancellation)
    {
        if (query.Source == QuerySource.ResourceGraph)
            return Result(await PatientlyAsync(() => _graph.QueryAsync(query.Text, _settings.Subscriptions, cancellation), cancellation).ConfigureAwait(false), query);
        var options = new LogsQueryOptions
        {
            ServerTimeout = query.Timeout is { } timeout && timeout < _settings.ServerTimeout ? timeout : _settings.ServerTimeout,
            AdditionalWorkspaces = _settings.AdditionalWorkspaces,
        };
        var (outcome, parts) = await AskAsync(query.Text, options, () => QuerySplit.Of(query.Text), _settings.Splits, cancellation).ConfigureAwait(false);
        var result = Result(outcome, query);
        return parts > 1 && result is WorkspaceResult.Complete complete ? complete with { Warnings = [$"The query was asked in {parts} parts, as it was too much at once."] } : result;
    }

    /// <summary>Asks for a part of a query, and for its halves if that is too much.</summary>
    /// <param name="text">The KQL.</param>
    /// <param name="options">How to ask.</param>
    /// <param name="part">The part that the text is; null when it cannot be asked for in halves.</param>
    /// <param name="splits">How often it may still be halved.</param>
    /// <param name="cancellation">Gives up.</param>
    private async Task<(LogsQueryOutcome Outcome, int Parts)> AskAsync(string text, LogsQueryOptions options, Func<QueryPart?> part, int splits, CancellationToken cancellation)
    {
        var outcome = await PatientlyAsync(() => AskOnceAsync(text, options, cancellation), cancellation).ConfigureAwait(false);
        if (splits == 0 || !IsTooMuch(outcome) || part() is not { } whole) return (outcome, 1);
        var answers = new List<LogsQueryOutcome.Complete>();
        var parts = 0;
        foreach (var half in whole.Halves())
        {
            var (answer, count) = await AskAsync(half.Text, options, () => half, splits - 1, cancellation).ConfigureAwait(false);
            // One half that is missing leaves the whole missing; which rows came of the other would not say what that means.
            if (answer is not LogsQueryOutcome.Complete complete) return (answer is LogsQueryOutcome.BadQuery ? outcome : answer, 1);
            answers.Add(complete);
            parts += count;
        }

        return (Merge(answers), parts);
    }

    private Task<LogsQueryOutcome> AskOnceAsync(string text, LogsQueryOptions options, CancellationToken cancellation) => _settings.IsResource
        ? _logs.QueryResourceAsync(_settings.Target, text, options, cancellation)
        : _logs.QueryWorkspaceAsync(_settings.Target, text, options, cancellation);

    /// <summary>Asks again after passing troubles, with growing pauses or those that the service asks for.</summary>
    private async Task<LogsQueryOutcome> PatientlyAsync(Func<Task<LogsQueryOutcome>> ask, CancellationToken cancellation)
    {
        for (var attempt = 0; ; attempt++)
        {
            var outcome = await ask().ConfigureAwait(false);
            if (attempt == _settings.Retries || Pause(outcome, attempt) is not { } pause) return outcome;
            await Task.Delay(pause, _time, cancellation).ConfigureAwait(false);
        }
    }

    /// <summary>How long to wait before asking again; null when that is useless.</summary>
    private static TimeSpan? Pause(LogsQueryOutcome outcome, int attempt)
    {
        var own = FirstPause * Math.Pow(2, attempt);
        TimeSpan? asked = outcome switch
        {
            LogsQueryOutcome.Throttled throttled => throttled.RetryAfter ?? own,
            LogsQueryOutcome.Transient transient => transient.RetryAfter ?? own,
            LogsQueryOutcome.Empty { SaysNoContent: false } => own,
            _ => null,
        };
        return asked > LongestPause ? LongestPause : asked;
    }

    private static bool IsTooMuch(LogsQueryOutcome outcome) =>
        outcome is LogsQueryOutcome.TimedOut or LogsQueryOutcome.TooLarge or LogsQueryOutcome.Partial { Error.IsTooLarge: true };

    private static LogsQueryOutcome Merge(List<LogsQueryOutcome.Complete> answers)
    {
        var first = answers[0].Tables[0];
        var tables = answers.ConvertAll(a => a.Tables[0]);
        if (answers.Exists(a => a.Tables.Count != 1) || tables.Exists(t => !t.Columns.SequenceEqual(first.Columns)))
            return new LogsQueryOutcome.Transient(new LogsError("The parts of the answer have different columns, so they cannot be put together."), null);
        var cells = Enumerable.Range(0, first.Columns.Count).Select(c => ColumnConcat.Concat([.. tables.Select(t => t.Data(c))])).ToArray<Column>();
        return new LogsQueryOutcome.Complete([new ResultTable(first.Name, first.Columns, cells, tables.Sum(t => t.RowCount))]);
    }

    private WorkspaceResult Result(LogsQueryOutcome outcome, WorkspaceQuery query) => outcome switch
    {
        LogsQueryOutcome.Complete complete => new WorkspaceResult.Complete(complete.Tables, []),
        LogsQueryOutcome.Partial partial => new WorkspaceResult.Partial(partial.Tables, partial.Error.ToString()),
        LogsQueryOutcome.BadQuery bad => (WorkspaceResult?)MissingTable(bad.Error) ?? Failed(FailureKind.BadQuery, bad.Error.ToString()),
        LogsQueryOutcome.Unauthorised refused => Failed(FailureKind.Unauthorised, $"{refused.Error} {GrantAdvice.For(refused.Error, query.Source, _settings)}"),
        LogsQueryOutcome.NotFound missing => Failed(FailureKind.NotFound, $"{missing.Error} {GrantAdvice.NotFound(_settings)}"),
        LogsQueryOutcome.Throttled throttled => new WorkspaceResult.Failed(FailureKind.Throttled, throttled.Error.ToString(), [], throttled.RetryAfter),
        LogsQueryOutcome.TimedOut late => Failed(FailureKind.TimedOut, late.Error.ToString()),
        LogsQueryOutcome.TooLarge large => Failed(FailureKind.TooLarge, large.Error.ToString()),
        LogsQueryOutcome.Transient trouble => new WorkspaceResult.Failed(FailureKind.Transient, trouble.Error.ToString(), [], trouble.RetryAfter),
        LogsQueryOutcome.Empty { SaysNoContent: true } => new WorkspaceResult.NoData([], "The workspace says that it has no data."),
        LogsQueryOutcome.Empty => Failed(FailureKind.Transient, "The service said yes, but sent no answer."),
        _ => throw new InvalidOperationException($"An outcome of a kind that does not exist: {outcome}."),
    };

    private static WorkspaceResult.Failed Failed(FailureKind kind, string reason) => new(kind, reason, []);

    /// <summary>A known table that the service does not know was never collected; that is no mistake of the query.</summary>
    private static WorkspaceResult.NoData? MissingTable(LogsError error)
    {
        if (error.Code != "SEM0100" || Unresolved().Match(error.Message) is not { Success: true } match) return null;
        var table = match.Groups[1].Value;
        return KnownTables.ByName.ContainsKey(table) ? new WorkspaceResult.NoData([table], $"The workspace has no table `{table}`, so it was not collected.") : null;
    }

    [GeneratedRegex("named '([A-Za-z0-9_]+)'")]
    private static partial Regex Unresolved();
}

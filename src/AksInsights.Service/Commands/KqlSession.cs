using AksInsights.Adapters.Workspaces.Recorded;
using AksInsights.Kql;
using AksInsights.Kql.Diagnostics;
using AksInsights.Kql.Symbols;
using AksInsights.Kql.Syntax;

namespace AksInsights.Service.Commands;

/// <summary>Runs queries that a person typed, on a recording or on no tables.</summary>
/// <param name="recording">The recording; null for no tables.</param>
/// <param name="asOf">What counts as now; null takes the recording's newest row, or the clock where there is no recording.</param>
/// <param name="time">The clock.</param>
internal sealed class KqlSession(RecordedWorkspaceTables? recording, DateTimeOffset? asOf, TimeProvider time)
{
    private readonly KqlEngine _engine = new(recording is null ? new NoTables() : recording);
    private DateTime? _now = asOf?.UtcDateTime;

    /// <summary>Runs a query.</summary>
    /// <exception cref="OperationCanceledException">The caller gave up.</exception>
    public KqlAnswer Run(string text, string? name, CancellationToken cancellation) =>
        Answer(text, name, (query, now) => new KqlAnswer.Given(query.Execute(new KqlRun { NowUtc = now }, cancellation), null), cancellation);

    /// <summary>Plans a query and does not run it.</summary>
    /// <exception cref="OperationCanceledException">The caller gave up.</exception>
    public KqlAnswer Explain(string text, string? name, CancellationToken cancellation) =>
        Answer(text, name, (query, now) => new KqlAnswer.Explained(query.Explain(now, cancellation)), cancellation);

    /// <summary>Runs a query and measures it.</summary>
    /// <param name="text">The query.</param>
    /// <param name="name">What to call it in messages.</param>
    /// <param name="repeats">How often to execute it again after the first time.</param>
    /// <param name="cancellation">Gives up.</param>
    /// <exception cref="OperationCanceledException">The caller gave up.</exception>
    public KqlAnswer Measure(string text, string? name, int repeats, CancellationToken cancellation)
    {
        var started = time.GetTimestamp();
        return Answer(text, name, (query, now) => Measure(query, now, repeats, time.GetElapsedTime(started), cancellation), cancellation);
    }

    private KqlAnswer.Given Measure(KqlQuery query, DateTime now, int repeats, TimeSpan bind, CancellationToken cancellation)
    {
        var run = new KqlRun { NowUtc = now };
        var load = Timed(() => recording?.Prefetch(query.Reads, cancellation));
        KqlResult? result = null;
        var first = Timed(() => result = query.Execute(run, cancellation));
        var cpu = Environment.CpuUsage.TotalTime;
        var executions = new TimeSpan[repeats];
        for (var i = 0; i < repeats; i++) executions[i] = Timed(() => query.Execute(run, cancellation));
        return new KqlAnswer.Given(result!, new KqlTiming(load, bind, first, executions, Environment.CpuUsage.TotalTime - cpu));
    }

    private TimeSpan Timed(Action action)
    {
        var started = time.GetTimestamp();
        action();
        return time.GetElapsedTime(started);
    }

    private KqlAnswer Answer(string text, string? name, Func<KqlQuery, DateTime, KqlAnswer> use, CancellationToken cancellation)
    {
        try
        {
            var tree = SyntaxTree.Parse(text, name);
            var now = Now(tree.Root, cancellation);
            if (_engine.TryCompile(tree, out var query, out var diagnostics, now, cancellation)) return use(query, now);
            var first = diagnostics.First(d => d.Severity == DiagnosticSeverity.Error);
            return new KqlAnswer.Refused(first.Code, first.Message, diagnostics);
        }
        catch (KqlException failure)
        {
            return new KqlAnswer.Refused(failure.Failure.ToString(), failure.Message, failure.Diagnostics);
        }
        catch (RecordedWorkspaceException failure)
        {
            return new KqlAnswer.Refused(nameof(KqlFailure.SourceFailed), failure.Message, []);
        }
    }

    /// <summary>Says on standard error what was wrong with the rows that were read.</summary>
    public void PrintProblems(CommandIo io)
    {
        if (recording is not null) ProblemPrinter.Print(recording.Report, io.Error);
    }

    /// <summary>What counts as now. Cost: may read every table of the recording.</summary>
    public DateTimeOffset AsOf(CancellationToken cancellation)
    {
        _now ??= recording?.NewestTimeGenerated(cancellation) ?? time.GetUtcNow().UtcDateTime;
        return new DateTimeOffset(_now.Value);
    }

    // The newest row of the whole recording is only looked for when the query asks for the time: it means reading every table.
    private DateTime Now(QuerySyntax query, CancellationToken cancellation) =>
        AsksForTime(query) ? AsOf(cancellation).UtcDateTime : _now ?? time.GetUtcNow().UtcDateTime;

    private static bool AsksForTime(QuerySyntax query) => SyntaxWalker.Descendants(query).Any(n => n is CallSyntax { Name.Text: "now" or "ago" });

    private sealed class NoTables : ITableProvider
    {
        public IReadOnlyList<TableSymbol> Tables => [];

        public TableRows Load(TableSymbol table, IReadOnlyCollection<string> columns, CancellationToken cancellation) =>
            throw new InvalidOperationException($"The query was bound to the table {table.Name}, and there are none.");
    }
}

using AksInsights.Core.Evaluation;
using AksInsights.Kql;
using AksInsights.Kql.Symbols;

namespace AksInsights.Core.Queries.RowTests;

/// <summary>Runs the cases of a query's <c>.tests.yaml</c> on the embedded engine. Thread-safe.</summary>
/// <param name="schemas">The tables that queries may name.</param>
/// <param name="time">The clock, for saying how long a case took.</param>
public sealed class RowTestRunner(IReadOnlyList<TableSymbol> schemas, TimeProvider time)
{
    private static readonly RowTestKind[] AlwaysNeeded = [RowTestKind.Fires, RowTestKind.NearMiss, RowTestKind.Boundary];

    /// <summary>Runs all cases of a query.</summary>
    /// <param name="query">The query.</param>
    /// <param name="coverage">Whether a kind of case that every query needs is reported when it is missing.</param>
    /// <param name="cancellation">Gives up.</param>
    /// <exception cref="OperationCanceledException">The caller gave up.</exception>
    public RowTestReport Run(QueryDefinition query, bool coverage, CancellationToken cancellation)
    {
        if (!TryRead(query.TestsFile, out var report))
            return new RowTestReport(query.Id, query.TestsFile, [], report.Found);
        var file = RowTestReader.Read(report);
        var opened = file.Cases.Select(test => Open(query, test, report)).ToList();
        var compiled = CompileAsWritten(query);
        var outcomes = report.HasErrors || compiled.Count > 0 ? [] : opened.Select(o => Run(o, cancellation)).ToList();
        if (coverage) ReportMissingKinds(query, file, report);
        return new RowTestReport(query.Id, query.TestsFile, outcomes, [.. report.Found, .. compiled]);
    }

    private static bool TryRead(string path, out FileReport report)
    {
        var found = File.Exists(path);
        report = new FileReport(path, found ? File.ReadAllText(path) : "");
        if (!found) report.FileMissing(Path.GetFileName(path));
        return found;
    }

    private static void ReportMissingKinds(QueryDefinition query, RowTestFile file, FileReport report)
    {
        foreach (var kind in AlwaysNeeded.Except(file.Cases.Select(c => c.Kind)))
            report.CaseKindMissing(new(0, 0), query.Id.Value, Yaml.Choices.Name(kind));
    }

    // Places in the bound text would mean nothing to the author, so the text is compiled once as it was written.
    private IReadOnlyList<FileDiagnostic> CompileAsWritten(QueryDefinition query)
    {
        var report = new FileReport(query.KqlFile, query.Text.Kql);
        if (!new KqlEngine(new EmptyTables(schemas)).TryCompile(query.Text.Kql, query.KqlFile, out _, out var diagnostics)) report.AddRange(diagnostics);
        return report.Found;
    }

    private OpenCase Open(QueryDefinition query, RowTestCase test, FileReport report)
    {
        var values = new Dictionary<string, object?>();
        foreach (var (name, cell) in test.Parameters)
        {
            if (query.Text.Header.Find(name) is not { } parameter)
                report.UnknownParameter(cell.Span, name, [.. query.Text.Header.Parameters.Select(p => p.Name)]);
            else if (parameter.TryRead(cell.Text, out var value, out var mistake)) values[name] = value;
            else report.RefusedValue(cell.Span, mistake!);
        }

        foreach (var finding in test.Evaluate.SelectMany(m => m.Findings)) CheckNames(query, finding, report);
        return new OpenCase(test, CaseTables.Open(test, schemas, report), query.Plan(values));
    }

    private static void CheckNames(QueryDefinition query, ExpectedFinding finding, FileReport report)
    {
        foreach (var (name, cell) in finding.Key.Where(k => !query.Metadata.Key.Contains(k.Key)))
            report.NotInResult(cell.Span, name, "key column", [.. query.Metadata.Key]);
        foreach (var (name, cell) in finding.Measures.Where(m => !query.Metadata.Measures.ContainsKey(m.Key)))
            report.NotInResult(cell.Span, name, "measure", [.. query.Metadata.Measures.Keys]);
    }

    private RowTestOutcome Run(OpenCase open, CancellationToken cancellation)
    {
        var started = time.GetTimestamp();
        var engine = new KqlEngine(open.Tables);
        var failures = open.Test.Evaluate.Select(m => Fail(engine, open, m, cancellation)).OfType<string>().ToList();
        return new RowTestOutcome(open.Test.Name, open.Test.Kind, open.Test.Evaluate.Count, failures, time.GetElapsedTime(started));
    }

    private static string? Fail(KqlEngine engine, OpenCase open, RowTestMoment moment, CancellationToken cancellation)
    {
        var end = new DateTimeOffset(open.Test.Start + moment.At);
        var window = EvaluationWindow.EndingAt(end, open.Plan.Schedule);
        var differences = Try(engine, open.Plan, moment, window, cancellation);
        return differences is null ? null : $"  at {Durations.Format(moment.At)} ({end:yyyy-MM-dd'T'HH:mm:ss'Z'}):\n{differences}";
    }

    private static string? Try(KqlEngine engine, EvaluationPlan plan, RowTestMoment moment, EvaluationWindow window, CancellationToken cancellation)
    {
        try
        {
            var result = engine.Compile(plan.Bind(window)).Execute(new KqlRun { NowUtc = window.End.UtcDateTime, Parallelism = 1 }, cancellation);
            var seen = ObservationReader.Read(plan, result.Tables[0]);
            if (seen.Error is not null) return $"    {seen.Error}\n";
            return MomentComparison.Differences(moment.Findings, seen.Seen);
        }
        catch (KqlException failure)
        {
            return $"    the query did not run: {failure.Message}\n";
        }
    }

    private sealed record OpenCase(RowTestCase Test, CaseTables Tables, EvaluationPlan Plan);
}

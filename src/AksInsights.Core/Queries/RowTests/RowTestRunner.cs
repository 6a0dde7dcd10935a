using AksInsights.Core.Queries.Linting;
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
    /// <param name="coverage">Whether a kind of case that the query needs is reported when it is missing: a reset only where it measures rises of counters.</param>
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

    /// <summary>A query's cases as its file says them, without running any; mistakes are passed over, and a file that is not there has none.</summary>
    public static IReadOnlyList<RowTestCase> Cases(QueryDefinition query) => TryRead(query.TestsFile, out var report) ? RowTestReader.Read(report).Cases : [];

    /// <summary>Reads a query's cases and expands their rows; null when there are none or they have mistakes.</summary>
    internal OpenRowTests? Open(QueryDefinition query)
    {
        if (!TryRead(query.TestsFile, out var report)) return null;
        var opened = RowTestReader.Read(report).Cases.Select(test => Open(query, test, report)).ToList();
        return report.HasErrors || opened.Count == 0 ? null : new OpenRowTests(opened, schemas);
    }

    private static bool TryRead(string path, out FileReport report)
    {
        var found = File.Exists(path);
        report = new FileReport(path, found ? File.ReadAllText(path) : "");
        if (!found) report.FileMissing(Path.GetFileName(path));
        return found;
    }

    private void ReportMissingKinds(QueryDefinition query, RowTestFile file, FileReport report)
    {
        var needed = FlowReader.Read(query.Text.Tree, schemas).MeasuresRises ? AlwaysNeeded.Append(RowTestKind.Reset) : AlwaysNeeded;
        foreach (var kind in needed.Except(file.Cases.Select(c => c.Kind)))
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
        return new OpenCase(test, CaseTables.Open(test, schemas, report), values, query.Plan(values));
    }

    private static void CheckNames(QueryDefinition query, ExpectedFinding finding, FileReport report)
    {
        foreach (var (name, cell) in finding.Key.Where(k => !query.Metadata.Key.Contains(k.Key)))
            report.NotInResult(cell.Span, name, "key column", [.. query.Metadata.Key]);
        foreach (var (name, cell) in finding.Measures.Where(m => !query.Metadata.Measures.ContainsKey(m.Key)))
            report.NotInResult(cell.Span, name, "measure", [.. query.Metadata.Measures.Keys]);
        foreach (var (name, cell) in finding.Evidence.Where(m => !query.Metadata.Evidence.Contains(m.Key)))
            report.NotInResult(cell.Span, name, "evidence column", [.. query.Metadata.Evidence]);
    }

    private RowTestOutcome Run(OpenCase open, CancellationToken cancellation)
    {
        var started = time.GetTimestamp();
        var failures = open.Test.Evaluate.Select(m => OpenCase.Fail(open, m, cancellation)).OfType<string>().ToList();
        return new RowTestOutcome(open.Test.Name, open.Test.Kind, open.Test.Evaluate.Count, failures, time.GetElapsedTime(started));
    }
}

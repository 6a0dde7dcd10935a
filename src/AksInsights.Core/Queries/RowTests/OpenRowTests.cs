using AksInsights.Core.Evaluation;
using AksInsights.Kql;
using AksInsights.Kql.Symbols;

namespace AksInsights.Core.Queries.RowTests;

/// <summary>The cases of a query with their rows in memory, ready to be tried on other texts of the same query. Thread-safe.</summary>
internal sealed class OpenRowTests(IReadOnlyList<OpenCase> cases, IReadOnlyList<TableSymbol> schemas)
{
    /// <summary>Whether any case fails; null when the query does not compile.</summary>
    /// <param name="query">The query with another text; it has the parameters that it had when the cases were opened.</param>
    /// <param name="cancellation">Gives up.</param>
    public bool? Notices(QueryDefinition query, CancellationToken cancellation)
    {
        if (!new KqlEngine(new EmptyTables(schemas)).TryCompile(query.Text.Kql, query.KqlFile, out _, out _, null, cancellation)) return null;
        return cases.Any(c => c.Test.Evaluate.Any(m => OpenCase.Fail(c with { Plan = query.Plan(c.Values) }, m, cancellation) is not null));
    }
}

/// <summary>A case with its rows in memory.</summary>
/// <param name="Test">The case.</param>
/// <param name="Tables">Its rows.</param>
/// <param name="Values">Its values of parameters.</param>
/// <param name="Plan">The query with these values.</param>
internal sealed record OpenCase(RowTestCase Test, CaseTables Tables, IReadOnlyDictionary<string, object?> Values, EvaluationPlan Plan)
{
    /// <summary>What differs at a moment, as text for people; null when all is as expected.</summary>
    public static string? Fail(OpenCase open, RowTestMoment moment, CancellationToken cancellation)
    {
        var end = new DateTimeOffset(open.Test.Start + moment.At);
        var window = EvaluationWindow.EndingAt(end, open.Plan.Schedule);
        var differences = Try(open, moment, window, cancellation);
        return differences is null ? null : $"  at {Durations.Format(moment.At)} ({end:yyyy-MM-dd'T'HH:mm:ss'Z'}):\n{differences}";
    }

    private static string? Try(OpenCase open, RowTestMoment moment, EvaluationWindow window, CancellationToken cancellation)
    {
        try
        {
            var query = new KqlEngine(open.Tables).Compile(open.Plan.Bind(window));
            var result = query.Execute(new KqlRun { NowUtc = window.End.UtcDateTime, Parallelism = 1 }, cancellation);
            var seen = ObservationReader.Read(open.Plan, result.Tables[0]);
            if (seen.Error is not null) return $"    {seen.Error}\n";
            return MomentComparison.Differences(moment.Findings, seen.Seen, open.Test.Start);
        }
        catch (KqlException failure)
        {
            return $"    the query did not run: {failure.Message}\n";
        }
    }
}

using AksInsights.Adapters.Storage;
using AksInsights.Core.Findings;
using AksInsights.Core.Queries;
using AksInsights.Service.Hosting;

namespace AksInsights.Service.Web.Queries;

/// <summary>The queries of the library, with how they are.</summary>
/// <param name="Queries">The queries that the list is narrowed to, by area.</param>
/// <param name="Area">The area it is narrowed to; null for all.</param>
/// <param name="Trouble">Whether only those are listed whose last evaluation had something to complain of.</param>
/// <param name="Areas">The areas there are.</param>
/// <param name="All">How many queries there are.</param>
public sealed record QueriesModel(IReadOnlyList<QueryHealth> Queries, string? Area, bool Trouble, IReadOnlyList<string> Areas, int All)
{
    /// <summary>Reads it.</summary>
    /// <exception cref="StoreException">The store cannot work.</exception>
    internal static async Task<QueriesModel> ReadAsync(string? area, bool trouble, SqlFindingStore store, ServedLibrary library, CancellationToken cancellation)
    {
        var runs = await store.History.LatestRunsAsync([.. library.Queries.Select(query => query.Id)], cancellation).ConfigureAwait(false);
        var present = new FindingFilter { Conditions = [Condition.Open, Condition.Clearing] };
        var tallies = (await store.Tallies.CountAsync(present, cancellation).ConfigureAwait(false)).ToLookup(tally => tally.Query);
        var ran = runs.ToLookup(run => run.Id.Query);
        var queries = library.Queries.Where(query => area is null || query.Id.Area == area).Select(query => new QueryHealth(
            query,
            [.. ran[query.Id]],
            tallies[query.Id].GroupBy(tally => tally.Severity).ToDictionary(g => g.Key, g => g.Sum(tally => tally.Number))));
        return new QueriesModel(
            [.. queries.Where(query => !trouble || query.HasTrouble).OrderBy(query => query.Query.Id.Value, StringComparer.Ordinal)],
            area,
            trouble,
            [.. library.Queries.Select(query => query.Id.Area).Distinct().Order(StringComparer.Ordinal)],
            library.Queries.Count);
    }
}

/// <summary>How a query is.</summary>
/// <param name="Query">The query.</param>
/// <param name="Runs">Its newest evaluation in each workspace.</param>
/// <param name="Open">How many of its findings are open or clearing, by severity.</param>
public sealed record QueryHealth(QueryDefinition Query, IReadOnlyList<EvaluationRecord> Runs, IReadOnlyDictionary<Severity, long> Open)
{
    /// <summary>Whether an evaluation could not say all there is to say.</summary>
    public bool HasTrouble => Runs.Any(run => run.Outcome is not (EvaluationOutcome.Complete or EvaluationOutcome.Superseded));

    /// <summary>The evaluation that tells most: one with trouble, else the newest.</summary>
    public EvaluationRecord? Telling => Runs.OrderByDescending(run => run.Outcome is not (EvaluationOutcome.Complete or EvaluationOutcome.Superseded)).ThenByDescending(run => run.RanAt).FirstOrDefault();
}

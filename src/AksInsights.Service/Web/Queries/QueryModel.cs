using AksInsights.Adapters.Storage;
using AksInsights.Core.Findings;
using AksInsights.Core.Queries;
using AksInsights.Core.Workspaces;
using AksInsights.Service.Hosting;

namespace AksInsights.Service.Web.Queries;

/// <summary>All there is to say about one query.</summary>
/// <param name="Query">The query.</param>
/// <param name="Parameters">Its parameters.</param>
/// <param name="Runs">Its newest evaluations, the last begun first.</param>
/// <param name="Open">The worst findings that are open or clearing.</param>
/// <param name="OpenCount">How many there are.</param>
public sealed record QueryModel(QueryDefinition Query, IReadOnlyList<ParameterValue> Parameters, IReadOnlyList<EvaluationRecord> Runs, IReadOnlyList<Finding> Open, long OpenCount)
{
    private const int MostRuns = 20;
    private const int MostListed = 8;

    /// <summary>Reads it; null when there is no such query.</summary>
    /// <exception cref="StoreException">The store cannot work.</exception>
    internal static async Task<QueryModel?> ReadAsync(string id, SqlFindingStore store, ServedLibrary library, CancellationToken cancellation)
    {
        if (library.Queries.FirstOrDefault(known => known.Id.Value == id) is not { } query) return null;
        var present = new FindingFilter { Query = query.Id, Conditions = [Condition.Open, Condition.Clearing], Limit = MostListed };
        var open = await store.ListAsync(present, cancellation).ConfigureAwait(false);
        var counts = await store.CountAsync(present, cancellation).ConfigureAwait(false);
        var runs = await store.History.RunsAsync(new RunFilter { Query = query.Id, Limit = MostRuns }, cancellation).ConfigureAwait(false);
        return new QueryModel(query, [.. query.Text.Header.Parameters.Select(parameter => ParameterOf(parameter, query, library))], runs, open, counts.Values.Sum());
    }

    private static ParameterValue ParameterOf(QueryParameter parameter, QueryDefinition query, ServedLibrary library)
    {
        var set = new List<(WorkspaceId, string)>();
        foreach (var watched in library.Workspaces)
            if (watched.Plans.GetValueOrDefault(query.Id) is { } plan && plan.Values.TryGetValue(parameter.Name, out var value)) set.Add((watched.Id, ParameterText.Format(parameter.Type, value)));
        return new ParameterValue(parameter, set);
    }
}

/// <summary>A parameter of a query, and where it has another value than its default.</summary>
/// <param name="Parameter">The parameter.</param>
/// <param name="Set">The workspaces whose configuration says otherwise, with what it says.</param>
public sealed record ParameterValue(QueryParameter Parameter, IReadOnlyList<(WorkspaceId Workspace, string Value)> Set);

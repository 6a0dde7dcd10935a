using System.Text.Json;
using AksInsights.Adapters.Workspaces.Recorded.Schema;
using AksInsights.Kql.Types;

namespace AksInsights.IntegrationTests.Queries;

/// <summary>Microsoft's analyser of KQL as a child process.</summary>
internal static class Analyser
{
    private static readonly NpmPackage Package = new("analyser", "analyse.js");

    /// <summary>Analyses queries against the shipped schema.</summary>
    /// <param name="queries">Texts by a name of the caller's choice.</param>
    /// <returns>What was found, by that name.</returns>
    public static async Task<IReadOnlyDictionary<string, AnalyserAnswer>> AnalyseAsync(IReadOnlyDictionary<string, string> queries)
    {
        var tables = KnownTables.ByName.Values.ToDictionary(t => t.Name, t => t.Columns.ToDictionary(c => c.Name, c => c.Type.Name()));
        var lines = await Package.RunAsync(JsonSerializer.Serialize(new { tables, queries }));
        return lines.Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(line => JsonSerializer.Deserialize<AnalyserAnswer>(line, JsonSerializerOptions.Web)!)
            .ToDictionary(answer => answer.Id);
    }
}

/// <summary>What the analyser says of a query.</summary>
/// <param name="Id">The name it was given under.</param>
/// <param name="Columns">The columns of its result, each as <c>name: type</c>.</param>
/// <param name="Mistakes">Its errors, each with line, column, code and message.</param>
internal sealed record AnalyserAnswer(string Id, IReadOnlyList<string> Columns, IReadOnlyList<string> Mistakes);

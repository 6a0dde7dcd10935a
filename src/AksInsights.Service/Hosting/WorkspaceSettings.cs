using AksInsights.Core.Evaluation;
using AksInsights.Core.Queries;
using AksInsights.Kql.Diagnostics;
using AksInsights.Service.Alerts;
using AksInsights.Service.Workspaces;
using Microsoft.Extensions.Configuration;

namespace AksInsights.Service.Hosting;

/// <summary>A workspace that the configuration names: where its rows are, and parameters of its own. Immutable.</summary>
/// <param name="Name">Its lasting name.</param>
/// <param name="Folder">The folder of a recording; null for a workspace in Azure.</param>
/// <param name="Parameters">Values by query and parameter, as typed.</param>
internal sealed record WorkspaceSettings(string Name, string? Folder, IReadOnlyDictionary<string, IReadOnlyDictionary<string, string>> Parameters)
{
    /// <summary>The workspace or resource in Azure; null for a recording.</summary>
    public string? Azure { get; init; }

    /// <summary>Reads the section <c>Workspaces</c>.</summary>
    public static IReadOnlyList<WorkspaceSettings> Read(IConfiguration configuration, List<string> mistakes)
    {
        var found = new List<WorkspaceSettings>();
        foreach (var child in configuration.GetSection("Workspaces").GetChildren())
        {
            var section = new SettingsSection(child, mistakes);
            var (folder, azure) = (section.Text("Folder"), section.Text("Azure"));
            if (folder is null && azure is null) section.Mistake("Folder", "is missing; name the folder of a recording, or by `Azure` a workspace in Azure.");
            if (folder is not null && azure is not null) section.Mistake("Folder", "and `Azure` are both given; a workspace is one of them.");
            if (azure is not null && !AzureSettings.IsTarget(azure)) section.Mistake("Azure", $"is `{azure}`, which is neither a workspace id (a GUID) nor a resource id, which begins with /subscriptions/.");
            var parameters = section.Sections("Parameters").ToDictionary(query => query.Name, query => query.Section.Values());
            section.Finish();
            found.Add(new WorkspaceSettings(child.Key, folder, parameters) { Azure = azure });
        }

        return found;
    }

    /// <summary>The queries with this workspace's parameters; what does not fit is a mistake.</summary>
    public IReadOnlyList<EvaluationPlan> Plan(IReadOnlyList<QueryDefinition> queries, List<string> mistakes)
    {
        foreach (var unknown in Parameters.Keys.Where(id => !queries.Any(query => query.Id.Value == id)))
            mistakes.Add($"`Workspaces:{Name}:Parameters:{unknown}` names no query. {NearestNames.Sentence(unknown, queries.Select(query => query.Id.Value)) ?? "`aksinsights query list` names them all."}");
        return [.. queries.Select(query => query.Plan(Values(query, mistakes)))];
    }

    private Dictionary<string, object?> Values(QueryDefinition query, List<string> mistakes)
    {
        var values = new Dictionary<string, object?>(StringComparer.Ordinal);
        foreach (var (name, text) in Parameters.GetValueOrDefault(query.Id.Value) ?? new Dictionary<string, string>())
        {
            var key = $"`Workspaces:{Name}:Parameters:{query.Id}:{name}`";
            if (query.Text.Header.Find(name) is not { } parameter) mistakes.Add($"{key} names no parameter. {NearestNames.Sentence(name, query.Text.Header.Parameters.Select(p => p.Name))}".TrimEnd());
            else if (!parameter.TryRead(text, out var value, out var mistake)) mistakes.Add($"{key}: {mistake}");
            else values[name] = value;
        }

        return values;
    }
}

using System.Text.Json;
using AksInsights.Core.Findings;

namespace AksInsights.Core.Alerts;

/// <summary>A problem that explains others: while it is open, they are not told. Immutable.</summary>
/// <param name="Source">The query whose open findings explain.</param>
/// <param name="Targets">The queries they explain; patterns may hold stars.</param>
public sealed record Inhibition(string Source, IReadOnlyList<string> Targets)
{
    /// <summary>What holds when the configuration says nothing: a node that is not ready explains what is wrong on it.</summary>
    public static IReadOnlyList<Inhibition> Defaults { get; } = [new("nodes/node-not-ready", ["nodes/*", "pods/*", "workloads/*"])];

    /// <summary>The open finding that explains another; null when none does.</summary>
    /// <param name="rules">What explains what.</param>
    /// <param name="open">The open findings of all sources.</param>
    /// <param name="finding">The one to explain. It is explained by a problem of its cluster when everything it is about is on the node of that problem.</param>
    public static Finding? Explain(IReadOnlyList<Inhibition> rules, IReadOnlyList<Finding> open, Finding finding)
    {
        var nodes = NodesOf(finding);
        if (nodes.Count == 0) return null;
        foreach (var rule in rules)
        {
            if (finding.Query.Value == rule.Source || !Glob.MatchesAny(rule.Targets, finding.Query.Value)) continue;
            var sources = open.Where(source => source.Query.Value == rule.Source && source.Key.Cluster == finding.Key.Cluster).ToList();
            if (nodes.All(node => sources.Exists(source => source.Key["node"] == node))) return sources.Find(source => source.Key["node"] == nodes[0]);
        }

        return null;
    }

    /// <summary>The nodes a finding is about, from its key or its evidence.</summary>
    private static IReadOnlyList<string> NodesOf(Finding finding)
    {
        if (finding.Key["node"] is { } node) return [node];
        var evidence = finding.Content.Evidence.FirstOrDefault(item => item.Name is "nodes" or "node");
        if (evidence is null) return [];
        using var json = JsonDocument.Parse(evidence.Json);
        return json.RootElement.ValueKind switch
        {
            JsonValueKind.String => [json.RootElement.GetString()!],
            JsonValueKind.Array => [.. json.RootElement.EnumerateArray().Where(e => e.ValueKind == JsonValueKind.String).Select(e => e.GetString()!)],
            _ => [],
        };
    }
}

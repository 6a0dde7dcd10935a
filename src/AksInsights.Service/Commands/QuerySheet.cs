using AksInsights.Core.Findings;
using AksInsights.Core.Queries;
using AksInsights.Core.Queries.OtherTools;
using AksInsights.Core.Queries.RowTests;
using AksInsights.Core.Workspaces;
using AksInsights.Kql.Types;

namespace AksInsights.Service.Commands;

/// <summary>All that the files of a query say, in the words and the order in which people are told.</summary>
/// <param name="query">The query.</param>
/// <param name="tools">What is known of other tools' checks; null when the library has no such file.</param>
internal sealed class QuerySheet(QueryDefinition query, OtherToolsFile? tools)
{
    private readonly QueryMetadata _metadata = query.Metadata;

    /// <summary>How bad, how settled, and when it runs, as one line.</summary>
    public string Summary =>
        $"{SeverityText.Format(_metadata.Severity)}, {FindingJson.Kebab(_metadata.Status.ToString())}; every {Durations.Format(_metadata.Schedule.Every)} over the last "
        + $"{Durations.Format(_metadata.Schedule.Lookback)}, {Durations.Format(_metadata.Schedule.Offset)} late";

    /// <summary>The columns that tell findings apart, as one line.</summary>
    public string Key => string.Join(", ", _metadata.Key);

    /// <summary>What is measured: a line a column.</summary>
    public IEnumerable<string> Measures => _metadata.Measures.Select(m =>
        $"{m.Key} ({FindingJson.Kebab(m.Value.Unit.ToString())}{(m.Value.Threshold is { } threshold ? $", compared with {threshold}" : "")})");

    /// <summary>What the query reads and how old it may be, as one line.</summary>
    public string Reads
    {
        get
        {
            if (_metadata.Source == QuerySource.ResourceGraph) return $"{string.Join(", ", _metadata.Requires.Tables)} of Azure Resource Graph, as it is now";
            var age = Durations.Format(_metadata.Requires.Freshness);
            var judged = $"{string.Join(", ", _metadata.Requires.Tables)}, whose newest row may be {age} old";
            var sparse = _metadata.Requires.Sparse.Count == 0 ? "" : $"{string.Join(", ", _metadata.Requires.Sparse)}, which may be empty";
            return _metadata.Requires.Tables.Count == 0 ? sparse : sparse.Length == 0 ? judged : $"{judged}; {sparse}";
        }
    }

    /// <summary>What a row becomes, and when that ends, as one line.</summary>
    public string Life
    {
        get
        {
            var opens = _metadata.Lifecycle.For == TimeSpan.Zero ? "at once" : $"after {Durations.Format(_metadata.Lifecycle.For)}";
            var ends = _metadata.Lifecycle.ResolveAfter == TimeSpan.Zero ? "the first evaluation without it" : $"{Durations.Format(_metadata.Lifecycle.ResolveAfter)} without it";
            return _metadata.Kind == QueryKind.Usage
                ? "usage, which `aksinsights usage collect` keeps, and no finding"
                : $"a finding, which opens {opens} and is resolved after {ends}";
        }
    }

    /// <summary>Name, default, type with bounds, and meaning of each parameter.</summary>
    public IReadOnlyList<string[]> Parameters => [.. query.Text.Header.Parameters.Select(p => new[] { p.Name, ParameterText.Format(p.Type, p.Default), p.Type.Name() + Bounds(p), p.Describe ?? "" })];

    /// <summary>The cases that prove the query: a line each.</summary>
    public IEnumerable<string> Cases => RowTestRunner.Cases(query).Select(c => $"{FindingJson.Kebab(c.Kind.ToString())}: {c.Name}");

    /// <summary>The checks of other tools that look for the same: a line each.</summary>
    public IEnumerable<string> Sources => _metadata.Sources.Select(source =>
    {
        var colon = source.IndexOf(':', StringComparison.Ordinal);
        var finds = colon > 0 && tools is not null && tools.Tools.TryGetValue(source[..colon], out var tool) ? tool.Checks.GetValueOrDefault(source[(colon + 1)..]) : null;
        return finds is null ? source : $"{source} ({finds})";
    });

    /// <summary>Where the finding can be seen: a command or place a line.</summary>
    public IEnumerable<string> Places =>
    [
        $"aksinsights query run {query.Id} --workspace DIR            its rows on a recording",
        $"aksinsights findings list --query {query.Id} --store STORE  its findings, with their history",
        $"aksinsights query show {query.Id} --kql                     its text, to paste into "
            + (_metadata.Source == QuerySource.ResourceGraph ? "the portal's Resource Graph Explorer" : "the portal: Log Analytics workspace, Logs"),
    ];

    private static string Bounds(QueryParameter parameter) => (parameter.Min, parameter.Max) switch
    {
        (null, null) => "",
        (_, null) => $", at least {ParameterText.Format(parameter.Type, parameter.Min)}",
        (null, _) => $", at most {ParameterText.Format(parameter.Type, parameter.Max)}",
        _ => $", {ParameterText.Format(parameter.Type, parameter.Min)} to {ParameterText.Format(parameter.Type, parameter.Max)}",
    };
}

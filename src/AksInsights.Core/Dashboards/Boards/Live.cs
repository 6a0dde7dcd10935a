using AksInsights.Core.Dashboards.Panels;
using AksInsights.Core.Dashboards.Queries;
using AksInsights.Core.Evaluation;
using AksInsights.Core.Queries;
using AksInsights.Core.Workspaces;
using AksInsights.Kql.Syntax;

namespace AksInsights.Core.Dashboards.Boards;

/// <summary>Questions in KQL: those of the query library, and those that only dashboards ask.</summary>
internal static class Live
{
    // What a viewer chose, and the name of a cluster without the path to it.
    private const string OfChosenClusters = "| where '*' in ($cluster) or cluster in ($cluster)";
    private const string WorkloadKind = "workloadKind";
    private const string WithClusterName = "| extend clusterName = extract('[^/]+$', 0, cluster)";

    /// <summary>A question that only dashboards ask: a file beside this one, which has Grafana's macros already.</summary>
    /// <param name="file">The file's name without its ending.</param>
    /// <param name="columns">The columns of the result.</param>
    public static LiveQuery File(string file, params IReadOnlyList<PanelColumn> columns)
    {
        using var stream = typeof(Live).Assembly.GetManifestResourceStream($"Dashboards/{file}.kql") ?? throw new InvalidOperationException($"There is no file {file}.kql.");
        using var reader = new StreamReader(stream);
        return new LiveQuery(reader.ReadToEnd().ReplaceLineEndings("\n").TrimEnd(), LiveTarget.LogAnalytics, columns);
    }

    /// <summary>What a check finds at the end of the range, by the very text of its file.</summary>
    /// <remarks>
    /// The end of its window becomes the end of the range. The window keeps its length: a check that judges seven days says nothing about two hours, and one that
    /// counts restarts in an hour would count a week's. Behind the text the chosen clusters are picked out.
    /// </remarks>
    public static LiveQuery Check(QueryDefinition query)
    {
        var isGraph = query.Metadata.Source == QuerySource.ResourceGraph;
        var lines = new List<string> { (isGraph ? query.Text.Inline(Unused, new Dictionary<string, object?>()) : WithEnd(query.Text)).ReplaceLineEndings("\n").TrimEnd() };
        if (query.Metadata.Key.Contains("cluster"))
        {
            if (!isGraph) lines.Add(OfChosenClusters);
            lines.Add(WithClusterName);
        }

        return new LiveQuery(string.Join('\n', lines), isGraph ? LiveTarget.ResourceGraph : LiveTarget.LogAnalytics, Columns(query));
    }

    // Resource Graph says how things stand now; its queries name no time.
    private static EvaluationWindow Unused => new(DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch.AddHours(1));

    private static string WithEnd(QueryText text)
    {
        var now = ((LetStatement)text.Tree.Statements[0]).Value.Span;
        return text.Kql[..now.Start] + "$__timeTo()" + text.Kql[now.End..];
    }

    private static List<PanelColumn> Columns(QueryDefinition query)
    {
        var metadata = query.Metadata;
        var columns = new List<PanelColumn>();
        if (metadata.Key.Contains("cluster")) columns.AddRange([PanelColumn.Text("clusterName", "Cluster", 130), PanelColumn.Hidden("cluster")]);
        if (query.Text.Kql.Contains("Severity =", StringComparison.Ordinal)) columns.Add(Shared.SeverityColumn() with { Name = "Severity" });
        // What tells one problem from another, how bad it is, then all else, which a narrow panel may leave out of sight.
        columns.AddRange(metadata.Key.Where(key => key is not ("cluster" or WorkloadKind)).Select(key => PanelColumn.Text(key, null, KeyWidth(key))));
        foreach (var (name, measure) in metadata.Measures)
        {
            var kind = measure.Unit is Unit.Timestamp or Unit.Duration ? ColumnKind.Other : ColumnKind.Number;
            columns.Add(new PanelColumn(name, kind) { Measure = Measure.Of(measure.Unit), Width = 120 });
        }

        if (metadata.Key.Contains(WorkloadKind)) columns.Add(PanelColumn.Text(WorkloadKind, null, 110));
        columns.AddRange(metadata.Evidence.Select(name => new PanelColumn(name, ColumnKind.Other) { Measure = ColumnHeading.MeasureOf(name), Width = 180 }));
        return ColumnHeading.Give([.. columns.DistinctBy(column => column.Name)]);
    }

    // One column takes the room that is left.
    private static int? KeyWidth(string key) => key switch
    {
        "namespace" => 110,
        "container" => 110,
        "node" => 230,
        _ => null,
    };
}

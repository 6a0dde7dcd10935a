using AksInsights.Core.Evaluation;
using AksInsights.Core.Queries;
using AksInsights.Core.Workspaces;
using AksInsights.Kql.Results;

namespace AksInsights.Core.Scorecards;

/// <summary>What is known of the set-up of each cluster. Filled by one thread.</summary>
internal sealed class ScorecardFacts
{
    /// <summary>The column of facts that needs no query: which preset of Container Insights collects what a cluster sends.</summary>
    public const string Preset = "preset";

    private const string ClusterColumn = "cluster";

    private static readonly EvaluationSchedule Now = new(TimeSpan.FromHours(1), TimeSpan.Zero, TimeSpan.FromHours(1));

    private readonly Dictionary<(string Cluster, string Column), object> _values = [];

    /// <summary>The clusters that any query of facts has a row of.</summary>
    public HashSet<string> Clusters { get; } = new(StringComparer.Ordinal);

    /// <summary>The clusters that Resource Graph has a row of; null when it was not asked, or gave no answer.</summary>
    public HashSet<string>? InResourceGraph { get; private set; }

    /// <summary>Asks all queries of facts. One that gives no answer leaves its columns unknown.</summary>
    /// <exception cref="OperationCanceledException">The caller gave up.</exception>
    public async Task AskAsync(IEnumerable<FactsQuery> queries, IWorkspace workspace, DateTimeOffset now, CancellationToken cancellation)
    {
        foreach (var query in queries.Where(q => q.Text is not null))
        {
            var text = query.Text!;
            var window = EvaluationWindow.EndingAt(now, Now with { Lookback = text.Header.Lookback });
            var none = new Dictionary<string, object?>();
            var asked = new WorkspaceQuery(query.Source == QuerySource.ResourceGraph ? text.Inline(window, none) : text.Bind(window, none)) { Source = query.Source, Now = window.End };
            if (await workspace.QueryAsync(asked, cancellation).ConfigureAwait(false) is not WorkspaceResult.Complete complete) continue;
            var clusters = Read(complete.Tables[0]);
            Clusters.UnionWith(clusters);
            if (query.Source == QuerySource.ResourceGraph) (InResourceGraph ??= new HashSet<string>(StringComparer.Ordinal)).UnionWith(clusters);
        }
    }

    /// <summary>Notes a fact.</summary>
    public void Add(string cluster, string column, object value) => _values[(cluster, column)] = value;

    /// <summary>The value of a column for a cluster; null when it is not known.</summary>
    public object? Find(string cluster, string column) => _values.GetValueOrDefault((cluster, column));

    /// <summary>A template filled for a cluster; null when one of its columns is not known.</summary>
    public string? Fill(TextTemplate? template, string cluster) =>
        template is null || template.Columns.Any(c => Find(cluster, c) is null) ? null : template.Render(column => Find(cluster, column), _ => Unit.Count);

    private List<string> Read(ResultTable rows)
    {
        var place = rows.IndexOf(ClusterColumn);
        var clusters = new List<string>();
        for (var row = 0; place >= 0 && row < rows.RowCount; row++)
        {
            if (rows[row, place] is not string { Length: > 0 } cluster) continue;
            clusters.Add(cluster);
            for (var column = 0; column < rows.Columns.Count; column++)
            {
                if (column != place && rows[row, column] is { } value) Add(cluster, rows.Columns[column].Name, value);
            }
        }

        return clusters;
    }
}

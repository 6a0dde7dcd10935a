using AksInsights.Core.Dashboards.Panels;
using AksInsights.Core.Dashboards.Queries;

namespace AksInsights.Core.Dashboards.Boards;

/// <summary>What a viewer chooses for live panels.</summary>
internal static class LiveVariables
{
    /// <summary>The subscription, and the Log Analytics workspace in it.</summary>
    public static IReadOnlyList<Variable> Workspace { get; } =
    [
        new SubscriptionVariable("subscription", "Subscription"),
        new QueryVariable("loganalytics", "Log Analytics", new LiveQuery(
            "Resources\n| where type =~ 'microsoft.operationalinsights/workspaces'\n| project id",
            LiveTarget.ResourceGraph,
            [PanelColumn.Text("id")])) { IsMulti = false, Regex = Variable.LastPart },
    ];

    /// <summary>The clusters of the subscription, for dashboards that have no store.</summary>
    public static QueryVariable Clusters { get; } = new("cluster", "Cluster", new LiveQuery(
        "Resources\n| where type =~ 'microsoft.containerservice/managedclusters'\n| project cluster = tolower(id)",
        LiveTarget.ResourceGraph,
        [PanelColumn.Text("cluster")]))
    { Regex = Variable.LastPart };

    /// <summary>Leads to the dashboard of a namespace, from a row of the chosen cluster.</summary>
    public static DataLink ToNamespace { get; } = new(
        "Open the namespace", $"/d/{NamespaceBoard.Uid}?var-namespace=${{__value.raw}}&${{cluster:queryparam}}&${{store:queryparam}}&${{azure:queryparam}}&${{subscription:queryparam}}&${{loganalytics:queryparam}}&${{__url_time_range}}");
}

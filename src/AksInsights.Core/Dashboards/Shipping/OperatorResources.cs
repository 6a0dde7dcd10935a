namespace AksInsights.Core.Dashboards.Shipping;

/// <summary>Resources of the grafana-operator: folders, and dashboards in them.</summary>
internal sealed class OperatorResources : IShippingFormat
{
    /// <summary>Which Grafanas take them: those with the label of the operator's own examples.</summary>
    private const string Selector = "  instanceSelector:\n    matchLabels:\n      dashboards: grafana\n";

    /// <inheritdoc/>
    public string Name => "operator";

    /// <inheritdoc/>
    public string Purpose => "resources of the grafana-operator";

    /// <inheritdoc/>
    public IReadOnlyList<ShippedFile> Write(DashboardFlavour flavour, IReadOnlyList<DashboardFile> dashboards, List<string> mistakes) =>
    [
        .. dashboards.Select(dashboard => dashboard.Folder).Distinct().Select(Folder),
        .. dashboards.Select(dashboard => Dashboard(GrafanaNames.ResourceName(flavour, dashboard), dashboard)),
    ];

    private static ShippedFile Folder(string title)
    {
        var uid = GrafanaNames.FolderUid(title);
        return new ShippedFile($"folder-{uid}.yaml", Head("GrafanaFolder", uid) + $"  uid: {uid}\n  title: {YamlBlock.Quoted(title)}\n");
    }

    private static ShippedFile Dashboard(string name, DashboardFile dashboard) => new(
        $"{name}.yaml",
        Head("GrafanaDashboard", name) + $"  uid: {dashboard.Uid}\n  folderRef: {GrafanaNames.FolderUid(dashboard.Folder)}\n  json: {YamlBlock.Of(dashboard.Text(), 4)}");

    private static string Head(string kind, string name) => $"apiVersion: grafana.integreatly.org/v1beta1\nkind: {kind}\nmetadata:\n  name: {name}\nspec:\n{Selector}";
}

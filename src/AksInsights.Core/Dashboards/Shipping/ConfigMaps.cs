using System.Text;

namespace AksInsights.Core.Dashboards.Shipping;

/// <summary>A ConfigMap for each dashboard, as the sidecar of Grafana's Helm charts looks for them.</summary>
internal sealed class ConfigMaps : IShippingFormat
{
    // Kubernetes takes 1 MiB of data; keys and what kubectl adds need a little of it.
    private const int MostBytes = (1 << 20) - 1024;

    /// <inheritdoc/>
    public string Name => "configmaps";

    /// <inheritdoc/>
    public string Purpose => "ConfigMaps for the sidecar of Grafana's Helm charts";

    /// <inheritdoc/>
    public IReadOnlyList<ShippedFile> Write(DashboardFlavour flavour, IReadOnlyList<DashboardFile> dashboards, List<string> mistakes)
    {
        var files = new List<ShippedFile>();
        foreach (var dashboard in dashboards)
        {
            var (name, text) = (GrafanaNames.ResourceName(flavour, dashboard), dashboard.Text());
            var bytes = Encoding.UTF8.GetByteCount(text);
            if (bytes > MostBytes) mistakes.Add($"`{dashboard.Title}` has {bytes} bytes; a ConfigMap takes {MostBytes}. Ship it with another format.");
            // The key is a file's name in one folder of the sidecar, so it says the flavour too.
            else files.Add(new ShippedFile($"{name}.yaml", $"""
                apiVersion: v1
                kind: ConfigMap
                metadata:
                  name: {name}
                  labels:
                    grafana_dashboard: "1"
                  annotations:
                    grafana_folder: {YamlBlock.Quoted(dashboard.Folder)}
                data:
                  {name}.json: {YamlBlock.Of(text, 4)}
                """.TrimEnd('\n') + "\n"));
        }

        return files;
    }
}

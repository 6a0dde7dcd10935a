namespace AksInsights.Core.Dashboards.Shipping;

/// <summary>Files for Grafana's provisioning: the dashboards, the provider that reads them, and a data source with the uid that alert rules name.</summary>
/// <remarks>Grafana expands <c>$VARIABLES</c> in data sources, so that no password stands in the file.</remarks>
internal sealed class ProvisioningFiles : IShippingFormat
{
    /// <summary>Where the providers look for the dashboards on Grafana's machine.</summary>
    private const string Mounted = "/var/lib/grafana/dashboards/aksinsights";

    /// <inheritdoc/>
    public string Name => "provisioning";

    /// <inheritdoc/>
    public string Purpose => "files for Grafana's provisioning, with a data source";

    /// <inheritdoc/>
    public IReadOnlyList<ShippedFile> Write(DashboardFlavour flavour, IReadOnlyList<DashboardFile> dashboards, List<string> mistakes)
    {
        if (dashboards.Count == 0) return [];
        var name = GrafanaNames.FlavourName(flavour);
        return
        [
            new ShippedFile($"provisioning/dashboards/aksinsights-{name}.yaml", Providers(name, [.. dashboards.Select(d => d.Folder).Distinct()])),
            new ShippedFile($"provisioning/datasources/aksinsights-{name}.yaml", "apiVersion: 1\ndatasources:\n" + DataSource(flavour)),
            .. dashboards.Select(dashboard => new ShippedFile($"dashboards/{GrafanaNames.FolderUid(dashboard.Folder)}/{dashboard.FileName}", dashboard.Text())),
        ];
    }

    private static string Providers(string name, IReadOnlyList<string> folders)
    {
        var text = $"# Goes to /etc/grafana/provisioning/dashboards, and the folder dashboards to {Mounted}/{name}.\napiVersion: 1\nproviders:\n";
        foreach (var folder in folders)
        {
            var uid = GrafanaNames.FolderUid(folder);
            text += $"""
                  - name: {YamlBlock.Quoted($"{folder} ({name})")}
                    orgId: 1
                    folder: {YamlBlock.Quoted(folder)}
                    folderUid: {uid}
                    type: file
                    disableDeletion: false
                    updateIntervalSeconds: 30
                    allowUiUpdates: false
                    options:
                      path: {Mounted}/{name}/{uid}

                """;
        }

        return text;
    }

    private static string DataSource(DashboardFlavour flavour)
    {
        var (title, type, rest) = flavour switch
        {
            DashboardFlavour.Postgres => ("AksInsights findings", "grafana-postgresql-datasource", """
                    url: $AKSINSIGHTS_POSTGRES_HOST:5432
                    user: $AKSINSIGHTS_POSTGRES_USER
                    jsonData:
                      database: aksinsights
                      sslmode: verify-full
                    secureJsonData:
                      password: $AKSINSIGHTS_POSTGRES_PASSWORD

                """),
            DashboardFlavour.Sqlite => ("AksInsights findings", "frser-sqlite-datasource", """
                    jsonData:
                      path: $AKSINSIGHTS_SQLITE_FILE

                """),
            DashboardFlavour.Json => ("AksInsights API", "yesoreyeram-infinity-datasource", """
                    url: $AKSINSIGHTS_URL
                    jsonData:
                      auth_method: bearerToken
                      allowedHosts: [$AKSINSIGHTS_URL]
                    secureJsonData:
                      bearerToken: $AKSINSIGHTS_KEY

                """),
            DashboardFlavour.Azure => ("Azure Monitor", "grafana-azure-monitor-datasource", """
                    jsonData:
                      azureAuthType: workloadidentity
                      subscriptionId: $AZURE_SUBSCRIPTION_ID

                """),
            _ => ("Prometheus", "prometheus", """
                    url: $PROMETHEUS_URL

                """),
        };
        return $"  - name: {title}\n    uid: {GrafanaNames.DataSourceUid(flavour)}\n    type: {type}\n    access: proxy\n{rest}";
    }
}

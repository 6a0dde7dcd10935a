using System.Text;
using AksInsights.Core.Dashboards;
using AksInsights.Core.Dashboards.Shipping;
using AksInsights.Core.Queries;
using AksInsights.Service.Commands;
using AksInsights.Tests.Deployment;
using Microsoft.Data.Sqlite;
using Newtonsoft.Json.Linq;
using YamlDotNet.RepresentationModel;

namespace AksInsights.Tests.Grafana;

/// <summary>The files that dashboards are shipped in, read by a YAML parser: each carries the dashboard as it is, and they fit each other.</summary>
public sealed class ShippingFormatTests
{
    private static readonly QueryLibrary Library = QueryLibrary.Load(Repository.Path("queries"));

    public static TheoryData<DashboardFlavour> Flavours => [.. Enum.GetValues<DashboardFlavour>()];

    [Theory]
    [MemberData(nameof(Flavours))]
    public void AConfigMapCarriesItsDashboard(DashboardFlavour flavour)
    {
        var dashboards = DashboardSet.Of(flavour, Library);
        var files = Write("configmaps", flavour);
        Assert.Equal(dashboards.Count, files.Count);
        Assert.All(dashboards.Zip(files), pair =>
        {
            var map = Read(pair.Second.Text);
            Assert.Equal("1", map.TextAt("metadata", "labels", "grafana_dashboard"));
            Assert.Equal(pair.First.Folder, map.TextAt("metadata", "annotations", "grafana_folder"));
            Assert.Equal($"{map.TextAt("metadata", "name")}.yaml", pair.Second.Path);
            var data = Assert.Single(((YamlMappingNode)map.At("data")).Children);
            Assert.Equal(pair.First.Text(), ((YamlScalarNode)data.Value).Value);
            Assert.True(Encoding.UTF8.GetByteCount(pair.Second.Text) < 1 << 20);
        });
        Assert.Distinct(files.Select(file => file.Path));
    }

    [Fact]
    public void ADashboardThatNoConfigMapCanHoldIsNamed()
    {
        var mistakes = new List<string>();
        var large = new DashboardFile("large", "Large", Dashboard.MainFolder, "large.json", new JObject { ["title"] = new string('x', 1 << 20) });
        Assert.Empty(Format("configmaps").Write(DashboardFlavour.Json, [large], mistakes));
        Assert.StartsWith("`Large` has 10485", Assert.Single(mistakes), StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Flavours))]
    public void ResourcesOfTheOperatorNameTheirFolders(DashboardFlavour flavour)
    {
        var dashboards = DashboardSet.Of(flavour, Library).ToDictionary(dashboard => dashboard.Uid);
        var resources = Write("operator", flavour).Select(file => Read(file.Text)).ToLookup(resource => resource.TextAt("kind"));
        var folders = resources["GrafanaFolder"].ToDictionary(folder => folder.TextAt("metadata", "name"), folder => folder.TextAt("spec", "title"));
        Assert.Equal(dashboards.Count, resources["GrafanaDashboard"].Count());
        Assert.All(resources["GrafanaDashboard"], resource =>
        {
            var dashboard = dashboards[resource.TextAt("spec", "uid")];
            Assert.Equal(dashboard.Folder, folders[resource.TextAt("spec", "folderRef")]);
            Assert.Equal(dashboard.Text(), resource.TextAt("spec", "json"));
            Assert.Equal("grafana", resource.TextAt("spec", "instanceSelector", "matchLabels", "dashboards"));
        });
    }

    [Theory]
    [MemberData(nameof(Flavours))]
    public void EveryDashboardIsWhereAProviderLooksForIt(DashboardFlavour flavour)
    {
        var files = Write("provisioning", flavour);
        var dashboards = DashboardSet.Of(flavour, Library);
        if (dashboards.Count == 0)
        {
            Assert.Empty(files);
            return;
        }

        var providers = ((YamlSequenceNode)Read(Assert.Single(files, file => file.Path.StartsWith("provisioning/dashboards/", StringComparison.Ordinal)).Text).At("providers")).ToList();
        Assert.All(dashboards, dashboard =>
        {
            var provider = Assert.Single(providers, it => it.TextAt("folder") == dashboard.Folder);
            var folder = $"dashboards/{provider.TextAt("folderUid")}";
            Assert.EndsWith($"/{GrafanaNames.FlavourName(flavour)}/{provider.TextAt("folderUid")}", provider.TextAt("options", "path"), StringComparison.Ordinal);
            Assert.Equal(dashboard.Text(), Assert.Single(files, file => file.Path == $"{folder}/{dashboard.FileName}").Text);
        });
        var source = Read(Assert.Single(files, file => file.Path.StartsWith("provisioning/datasources/", StringComparison.Ordinal)).Text).At("datasources", 0);
        Assert.Equal(GrafanaNames.DataSourceUid(flavour), source.TextAt("uid"));
        if (((YamlMappingNode)source).Children.TryGetValue("secureJsonData", out var secrets))
            Assert.All(((YamlMappingNode)secrets).Children.Values, secret => Assert.StartsWith("$AKSINSIGHTS_", ((YamlScalarNode)secret).Value, StringComparison.Ordinal));
        // The dashboards ask the kind of data source that is made for them.
        Assert.All(dashboards, dashboard => Assert.Contains($"\"{source.TextAt("type")}\"", dashboard.Text(), StringComparison.Ordinal));
    }

    [Fact]
    public async Task AnAlertRuleHasANumberAndTextsThatAreDifferentForEachFinding()
    {
        var rules = JObject.Parse(Assert.Single(Write("alert-rules", DashboardFlavour.Sqlite)).Text).SelectTokens("groups[0].rules[*]").ToList();
        Assert.Equal(["aksinsights-critical", "aksinsights-error"], rules.Select(rule => (string?)rule["uid"]));
        Assert.Equal(GrafanaNames.DataSourceUid(DashboardFlavour.Sqlite), (string?)rules[1].SelectToken("data[0].datasourceUid"));
        Assert.Equal(rules[1].SelectToken("data[0].refId"), rules[1].SelectToken("data[1].model.expression"));
        var folder = Directory.CreateTempSubdirectory("aksinsights-rules-");
        try
        {
            var store = Path.Combine(folder.FullName, "findings.db");
            var io = new CommandIo(TextReader.Null, TextWriter.Null, TextWriter.Null, IsInteractive: false, Width: null, TimeProvider.System);
            await CommandLineTable.RunAsync(["scan", "--workspace", Repository.Path("samples", "workspace-demo"), "--query", "pods/crash-loop", "--store", store], io, default);
            var rows = Rows(store, (string)rules[1].SelectToken("data[0].model.rawQueryText")!);
            Assert.True(rows.Count > 1);
            Assert.All(rows, row => Assert.Equal([true, .. row.Skip(1).Select(_ => false)], row.Select(cell => cell is long)));
            Assert.Distinct(rows.Select(row => string.Join('|', row.Skip(1))));
        }
        finally
        {
            SqliteConnection.ClearAllPools();
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public void RulesAreForDataSourcesThatAskInSql()
    {
        Assert.Single(Write("alert-rules", DashboardFlavour.Postgres));
        Assert.Empty(Write("alert-rules", DashboardFlavour.Json));
    }

    [Theory]
    [InlineData("AksInsights", "aksinsights")]
    [InlineData("AksInsights library", "aksinsights-library")]
    [InlineData(" Über / 2 ", "ber-2")]
    public void AFoldersUidComesFromItsTitle(string title, string uid) => Assert.Equal(uid, GrafanaNames.FolderUid(title));

    private static List<object[]> Rows(string store, string sql)
    {
        using var connection = new SqliteConnection($"Data Source={store};Mode=ReadOnly");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        using var reader = command.ExecuteReader();
        var rows = new List<object[]>();
        while (reader.Read())
        {
            var row = new object[reader.FieldCount];
            reader.GetValues(row);
            rows.Add(row);
        }

        return rows;
    }

    private static IShippingFormat Format(string name) => ShippingFormats.All.Single(format => format.Name == name);

    private static IReadOnlyList<ShippedFile> Write(string format, DashboardFlavour flavour)
    {
        var mistakes = new List<string>();
        var files = Format(format).Write(flavour, DashboardSet.Of(flavour, Library), mistakes);
        Assert.Empty(mistakes);
        return files;
    }

    private static YamlNode Read(string text)
    {
        var stream = new YamlStream();
        stream.Load(new StringReader(text));
        return Assert.Single(stream.Documents).RootNode;
    }
}

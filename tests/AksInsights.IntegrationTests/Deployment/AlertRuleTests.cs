using AksInsights.Core.Dashboards;
using AksInsights.Core.Dashboards.Shipping;
using AksInsights.IntegrationTests.Postgres;
using AksInsights.Service.Commands;
using AksInsights.Tests;
using Newtonsoft.Json.Linq;
using Npgsql;

namespace AksInsights.IntegrationTests.Deployment;

/// <summary>The question of Grafana's alert rules on a real PostgreSQL: one number, and texts that are together different for each finding.</summary>
[Needs("initdb")]
[Collection(PostgresTests.Name)]
public sealed class AlertRuleTests(PostgresFixture postgres)
{
    [Fact]
    public async Task EachOpenFindingIsARowWithANumberAndTexts()
    {
        var database = await postgres.Server.CreateDatabaseAsync();
        var io = new CommandIo(TextReader.Null, TextWriter.Null, TextWriter.Null, IsInteractive: false, Width: null, TimeProvider.System);
        await CommandLineTable.RunAsync(["scan", "--workspace", Repository.Path("samples", "workspace-demo"), "--query", "pods/crash-loop", "--store", database], io, default);
        var file = Assert.Single(ShippingFormats.All.Single(format => format.Name == "alert-rules").Write(DashboardFlavour.Postgres, [], []));
        var sql = (string)JObject.Parse(file.Text).SelectToken("groups[0].rules[?(@.uid == 'aksinsights-error')].data[0].model.rawSql")!;

        await using var source = NpgsqlDataSource.Create(database);
        await using var command = source.CreateCommand(sql);
        await using var reader = await command.ExecuteReaderAsync();
        Assert.Equal(["value", "finding", "query", "cluster", "namespace", "workload", "title"], Enumerable.Range(0, reader.FieldCount).Select(reader.GetName));
        Assert.Equal([typeof(int), .. Enumerable.Repeat(typeof(string), 6)], Enumerable.Range(0, reader.FieldCount).Select(reader.GetFieldType));
        var findings = new List<string>();
        while (await reader.ReadAsync()) findings.Add(reader.GetString(1));
        Assert.True(findings.Count > 1);
        Assert.Distinct(findings);
    }
}

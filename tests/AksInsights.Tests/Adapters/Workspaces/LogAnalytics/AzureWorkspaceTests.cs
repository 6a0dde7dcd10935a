using System.Buffers.Text;
using AksInsights.Core.Workspaces;
using AksInsights.Kql.Types;
using AksInsights.Tests.Serving;

namespace AksInsights.Tests.Adapters.Workspaces.LogAnalytics;

/// <summary>What the Azure workspace makes of answers, against a served recording over https.</summary>
public class AzureWorkspaceTests
{
    private const string Window = "let startTime = datetime(2026-01-05T07:00:00Z);\nlet endTime = datetime(2026-01-05T10:00:00Z);\n";

    [Fact]
    public async Task EveryTypeArrivesAsItIs()
    {
        await using var azure = await ServedAzure.StartAsync();
        var result = Assert.IsType<WorkspaceResult.Complete>(await azure.AskAsync("""
            print t = datetime(2015-12-31T23:59:59.1234567), b = true, i = int(5), l = long(9223372036854775807), r = 1.5, nan = real(nan), inf = -real(+inf), d = decimal(0.10101),
                g = guid(74be27de-1e4e-49d9-b579-fe0b331d3642), span = time(1.02:03:04.5), dyn = dynamic({"a":[1,2]}), text = dynamic("plain"), s = "x\"y", none = bool(null), empty = ""
            """));
        var table = Assert.Single(result.Tables);
        Assert.Equal(
            "t: datetime, b: bool, i: int, l: long, r: real, nan: real, inf: real, d: decimal, g: guid, span: timespan, dyn: dynamic, text: dynamic, s: string, none: bool, empty: string",
            string.Join(", ", table.Columns.Select(c => $"{c.Name}: {c.Type.Name()}")));
        object?[] expected =
        [
            new DateTime(2015, 12, 31, 23, 59, 59, DateTimeKind.Utc).AddTicks(1234567), true, 5L, long.MaxValue, 1.5, double.NaN, double.NegativeInfinity, 0.10101m,
            Guid.Parse("74be27de-1e4e-49d9-b579-fe0b331d3642"), new TimeSpan(1, 2, 3, 4, 500), "{\"a\":[1,2]}", "\"plain\"", "x\"y", null, "",
        ];
        Assert.Equal(expected, Enumerable.Range(0, table.Columns.Count).Select(c => table.Columns[c].Type == KqlType.Dynamic ? DynamicText.Format(table[0, c]) : table[0, c]));
    }

    [Fact]
    public async Task AResourceIsAskedForItsRows()
    {
        await using var azure = await ServedAzure.StartAsync(s => s with { Target = ServedRecording.Edge });
        Assert.Equal("kiosk 2", ServedAzure.Rows(await azure.AskAsync("KubeEvents | summarize n = count() by Namespace")));
    }

    [Fact]
    public async Task FurtherWorkspacesAreAskedTogether()
    {
        await using var azure = await ServedAzure.StartAsync(s => s with { Target = "one", AdditionalWorkspaces = ["two"] }, s => s with { WorkspaceIds = ["one", "two"] });
        Assert.Equal("4", ServedAzure.Rows(await azure.AskAsync("KubeEvents | count")));
        await using var strange = await ServedAzure.StartAsync(s => s with { Target = "one", AdditionalWorkspaces = ["three"] }, s => s with { WorkspaceIds = ["one"] });
        Assert.Equal(FailureKind.NotFound, Assert.IsType<WorkspaceResult.Failed>(await strange.AskAsync("print 1")).Kind);
    }

    [Fact]
    public async Task AMistakeInTheQueryHasItsPlace()
    {
        await using var azure = await ServedAzure.StartAsync();
        var failed = Assert.IsType<WorkspaceResult.Failed>(await azure.AskAsync("KubeEvents\n| whre x"));
        Assert.Equal(FailureKind.BadQuery, failed.Kind);
        Assert.StartsWith("Query could not be parsed at 'whre' on line [2,2]", failed.Reason, StringComparison.Ordinal);
        Assert.EndsWith("(SYN0002 at 2:2)", failed.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ATableThatWasNeverCollectedIsNoData()
    {
        await using var azure = await ServedAzure.StartAsync();
        Assert.Equal(["Perf"], Assert.IsType<WorkspaceResult.NoData>(await azure.AskAsync("Perf | count")).MissingTables);
        Assert.Equal(FailureKind.BadQuery, Assert.IsType<WorkspaceResult.Failed>(await azure.AskAsync("Purf | count")).Kind);
    }

    [Fact]
    public async Task ARefusalSaysWhomToGrantWhat()
    {
        var payload = Base64Url.EncodeToString("""{"appid":"11111111-aaaa","oid":"22222222-bbbb"}"""u8);
        await using var azure = await ServedAzure.StartAsync(credential: new FixedCredential($"head.{payload}.signature"));
        await azure.Served.PlanAsync("""{"kind":"forbidden"}""");
        var failed = Assert.IsType<WorkspaceResult.Failed>(await azure.AskAsync("print 1"));
        Assert.Equal(FailureKind.Unauthorised, failed.Kind);
        Assert.Contains("Asked by the application 11111111-aaaa (object 22222222-bbbb).", failed.Reason, StringComparison.Ordinal);
        Assert.Contains("az role assignment create --assignee OBJECT_ID --role \"Log Analytics Reader\"", failed.Reason, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(QuerySource.LogAnalytics)]
    [InlineData(QuerySource.ResourceGraph)]
    public async Task WithoutATokenTheSettingIsNamed(QuerySource source)
    {
        await using var azure = await ServedAzure.StartAsync(credential: new FailingCredential("Azure CLI not installed\nand more"));
        var failed = Assert.IsType<WorkspaceResult.Failed>(await azure.AskAsync("Resources | project id", source));
        Assert.Equal(FailureKind.Unauthorised, failed.Kind);
        Assert.StartsWith("No token could be had: Azure CLI not installed. `Azure:Credential` chooses", failed.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task AnUnknownWorkspaceSaysWhatAnIdIs()
    {
        await using var azure = await ServedAzure.StartAsync(s => s with { Target = "logs-prod" }, s => s with { WorkspaceIds = ["one"] });
        var failed = Assert.IsType<WorkspaceResult.Failed>(await azure.AskAsync("print 1"));
        Assert.Equal(FailureKind.NotFound, failed.Kind);
        Assert.Contains("`logs-prod` must be the workspace id (a GUID, `customerId`)", failed.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task WhatIsTooLargeIsAskedForByTime()
    {
        await using var azure = await ServedAzure.StartAsync(null, s => s with { MaxRows = 2 });
        var result = await azure.AskAsync(Window + "KubeEvents\n| where TimeGenerated <= endTime\n| project Reason, Namespace");
        Assert.Equal(["BackOff kiosk", "BackOff web", "Failed web", "Pulled kiosk"], ServedAzure.Rows(result).Split('\n').Order(StringComparer.Ordinal));
        Assert.Contains("parts", Assert.Single(((WorkspaceResult.Complete)result).Warnings), StringComparison.Ordinal);
    }

    [Fact]
    public async Task WhatIsTooLargeIsAskedForByTheKeyOfItsGroups()
    {
        await using var azure = await ServedAzure.StartAsync(null, s => s with { MaxRows = 2 });
        var result = await azure.AskAsync("KubeEvents\n| summarize n = count() by Reason\n| extend twice = n * 2");
        Assert.Equal(["BackOff 2 4", "Failed 1 2", "Pulled 1 2"], ServedAzure.Rows(result).Split('\n').Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task WhatCannotBeSplitStaysPartial()
    {
        await using var azure = await ServedAzure.StartAsync(null, s => s with { MaxRows = 2 });
        var partial = Assert.IsType<WorkspaceResult.Partial>(await azure.AskAsync("KubeEvents | sort by TimeGenerated asc"));
        Assert.Equal(2, partial.Tables[0].RowCount);
        Assert.Contains("E_QUERY_RESULT_SET_TOO_LARGE", partial.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task AHalfThatFailsLeavesTheWholeWithoutAnAnswer()
    {
        await using var azure = await ServedAzure.StartAsync(s => s with { Retries = 0 }, s => s with { MaxRows = 2 });
        await azure.Served.PlanAsync("""{"kind":"server-error","contains":"== 1","times":100}""");
        var failed = Assert.IsType<WorkspaceResult.Failed>(await azure.AskAsync("KubeEvents | summarize n = count() by Reason"));
        Assert.Equal(FailureKind.Transient, failed.Kind);
    }

    [Fact]
    public async Task AQueryThatTakesTooLongIsAskedForInHalves()
    {
        await using var azure = await ServedAzure.StartAsync();
        await azure.Served.PlanAsync("""{"kind":"timeout","times":1}""");
        Assert.Equal(["BackOff 2", "Failed 1", "Pulled 1"], ServedAzure.Rows(await azure.AskAsync("KubeEvents | summarize n = count() by Reason")).Split('\n').Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task ResourcesAreFollowedThroughTheirPages()
    {
        await using var azure = await ServedAzure.StartAsync();
        var result = await azure.AskAsync("Resources | project id, name, version = properties.kubernetesVersion, n = 5 | sort by name asc", QuerySource.ResourceGraph);
        Assert.Equal($"{ServedRecording.Edge} edge 1.30 5\n{ServedRecording.Shop} shop 1.31 5\n/subscriptions/S2/x third  5", ServedAzure.Rows(result));
    }

    [Fact]
    public async Task ResourcesWithoutAnOrderAreNotWhole()
    {
        await using var azure = await ServedAzure.StartAsync();
        Assert.Equal(2, Assert.IsType<WorkspaceResult.Partial>(await azure.AskAsync("Resources | project name", QuerySource.ResourceGraph)).Tables[0].RowCount);
    }

    [Fact]
    public async Task WhoMaySeeNoClusterIsNotToldThatAllIsWell()
    {
        const string Nothing = "Resources | where name == 'nobody' | project id";
        await using var azure = await ServedAzure.StartAsync();
        Assert.Equal("", ServedAzure.Rows(await azure.AskAsync(Nothing, QuerySource.ResourceGraph)));
        await using var blind = await ServedAzure.StartAsync(s => s with { Subscriptions = ["S9"] });
        var failed = Assert.IsType<WorkspaceResult.Failed>(await blind.AskAsync(Nothing, QuerySource.ResourceGraph));
        Assert.Equal(FailureKind.Unauthorised, failed.Kind);
        Assert.Contains("--role \"Reader\" --scope /subscriptions/S9", failed.Reason, StringComparison.Ordinal);
    }
}

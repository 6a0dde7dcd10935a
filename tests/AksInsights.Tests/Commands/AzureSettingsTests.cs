using System.Text.Json;
using AksInsights.Adapters.Workspaces.LogAnalytics;
using AksInsights.Adapters.Workspaces.Recorded;
using AksInsights.Service.Commands;
using AksInsights.Service.Serving;
using AksInsights.Service.Workspaces;
using Microsoft.Extensions.Configuration;

namespace AksInsights.Tests.Commands;

/// <summary>The section <c>Azure</c> of the configuration, and a scan that uses it.</summary>
public class AzureSettingsTests
{
    [Fact]
    public void WhatIsSaidIsRead()
    {
        var settings = AzureSettings.Read(
            Section(("Cloud", "us-government"), ("Credential", "managed-identity"), ("Client", "6d0f4c52-0000-0000-0000-000000000001"), ("ServerTimeout", "9m"), ("Subscriptions", "a b")), out var mistakes)!;
        Assert.Empty(mistakes);
        Assert.Equal((AzureCloud.UsGovernment, "managed-identity", TimeSpan.FromMinutes(9)), (settings.Cloud, settings.Credential, settings.ServerTimeout));
        Assert.Equal(["a", "b"], settings.Subscriptions);
        Assert.Equal(new AzureSettings(), AzureSettings.Read(Section(), out _)! with { AdditionalWorkspaces = [], Subscriptions = [] });
    }

    [Theory]
    [InlineData("Cloud", "us-goverment", "`Azure:Cloud` is `us-goverment`. Nearest: `us-government`. Allowed: `public`, `us-government`, `china`.")]
    [InlineData("Credential", "password", "`Azure:Credential` is `password`. Allowed: `default`, `workload-identity`, `managed-identity`, `cli`, `environment`, `none`.")]
    [InlineData("Credential", "none", "`Azure:Credential` is `none`, which is for a recording served on this machine only; `Azure:Endpoint` must then be its address.")]
    [InlineData("Endpoint", "http://logs.example", "`Azure:Endpoint` is `http://logs.example/`; tokens travel by https only.")]
    [InlineData("Endpoint", "https://api.loganalytics.us", "`Azure:Endpoint` is `https://api.loganalytics.us/`, which is of the cloud `us-government`, and `Azure:Cloud` is `public`: the service would not take the tokens.")]
    [InlineData("Client", "aks-insights", "`Azure:Client` is `aks-insights`, where the client id of an identity, a GUID, is expected.")]
    [InlineData("ServerTimeout", "11m", "`Azure:ServerTimeout` is `11m`. Allowed: from `1s` to `10m`, the longest that the service lets a query run.")]
    [InlineData("Tenat", "x", "`Azure:Tenat` is not known here. Nearest: `Tenant`.")]
    public void AMistakeIsNamed(string key, string value, string mistake)
    {
        Assert.Null(AzureSettings.Read(Section((key, value)), out var mistakes));
        Assert.Equal(mistake, Assert.Single(mistakes));
    }

    [Fact]
    public async Task AScanOfAServedRecordingFindsWhatAScanOfTheRecordingFinds()
    {
        var recording = Repository.Path("samples", "workspace-demo");
        var tables = ((RecordedWorkspaceOpening.Opened)RecordedWorkspaceTables.Open(recording)).Tables;
        var now = tables.NewestTimeGenerated(CancellationToken.None)!.Value;
        var settings = new ServeSettings { Addresses = [ListenAddress.Read("http://127.0.0.1:0", out _)!], NowUtc = now, Time = TimeProvider.System };
        await using var server = await WorkspaceServer.StartAsync(tables, settings, failure => Assert.Fail(failure.ToString()), CancellationToken.None);
        var config = Path.GetTempFileName();
        try
        {
            await File.WriteAllTextAsync(config, $$$"""{"Azure":{"Endpoint":"{{{server.Addresses[0]}}}","Credential":"none"}}""");
            string[] common = ["scan", "--queries", Repository.Path("queries"), "-q", "pods/*", "-q", "nodes/*", "--output", "json", "--as-of", now.ToString("O")];
            var recorded = await FindingsAsync([.. common, "--workspace", recording]);
            var served = await FindingsAsync([.. common, "--azure-workspace", "6d0f4c52-0000-0000-0000-000000000001", "--config", config]);
            Assert.True(recorded.Count > 5);
            Assert.Equal(recorded, served);
        }
        finally
        {
            File.Delete(config);
        }
    }

    [Fact]
    public async Task ScorecardAndUsageOfAServedRecordingAreThoseOfTheRecording()
    {
        var recording = Repository.Path("samples", "workspace-demo");
        var tables = ((RecordedWorkspaceOpening.Opened)RecordedWorkspaceTables.Open(recording)).Tables;
        var now = tables.NewestTimeGenerated(CancellationToken.None)!.Value;
        var settings = new ServeSettings { Addresses = [ListenAddress.Read("http://127.0.0.1:0", out _)!], NowUtc = now, Time = TimeProvider.System };
        await using var server = await WorkspaceServer.StartAsync(tables, settings, failure => Assert.Fail(failure.ToString()), CancellationToken.None);
        var folder = Directory.CreateTempSubdirectory("aksinsights-live");
        try
        {
            var config = Path.Combine(folder.FullName, "config.json");
            await File.WriteAllTextAsync(config, $$$"""{"Azure":{"Endpoint":"{{{server.Addresses[0]}}}","Credential":"none"}}""");
            string[] live = ["--azure-workspace", "6d0f4c52-0000-0000-0000-000000000001", "--config", config], recorded = ["--workspace", recording];
            string[] common = ["--queries", Repository.Path("queries"), "--as-of", now.ToString("O")];
            Assert.Equal(await PrintAsync(["scorecard", "--output", "json", .. common, .. recorded]), await PrintAsync(["scorecard", "--output", "json", .. common, .. live]));
            string Store(string name) => Path.Combine(folder.FullName, name);
            var collected = await PrintAsync(["usage", "collect", "--store", Store("recorded.db"), .. common, .. recorded]);
            Assert.Contains("Collected usage of", collected, StringComparison.Ordinal);
            Assert.Equal(collected, await PrintAsync(["usage", "collect", "--store", Store("live.db"), .. common, .. live]));
            Assert.Equal(await PrintAsync(["recommend", "--store", Store("recorded.db")]), await PrintAsync(["recommend", "--store", Store("live.db")]));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static async Task<string> PrintAsync(string[] arguments)
    {
        using var all = new StringWriter();
        await CommandLineTable.RunAsync(arguments, new CommandIo(TextReader.Null, all, all, IsInteractive: false, Width: null, TimeProvider.System), CancellationToken.None);
        return all.ToString();
    }

    [Fact]
    public async Task AWorkspaceThatIsNotThereIsSaidOnceAndLeavesNoFindings()
    {
        var tables = ((RecordedWorkspaceOpening.Opened)RecordedWorkspaceTables.Open(Repository.Path("samples", "workspace-demo"))).Tables;
        var settings = new ServeSettings { Addresses = [ListenAddress.Read("http://127.0.0.1:0", out _)!], NowUtc = default, Time = TimeProvider.System, WorkspaceIds = ["other"] };
        await using var server = await WorkspaceServer.StartAsync(tables, settings, failure => Assert.Fail(failure.ToString()), CancellationToken.None);
        var config = Path.GetTempFileName();
        try
        {
            await File.WriteAllTextAsync(config, $$$"""{"Azure":{"Endpoint":"{{{server.Addresses[0]}}}","Credential":"none"}}""");
            using var results = new StringWriter();
            using var messages = new StringWriter();
            var io = new CommandIo(TextReader.Null, results, messages, IsInteractive: false, Width: null, TimeProvider.System);
            string[] arguments = ["scan", "--queries", Repository.Path("queries"), "-q", "pods/*", "--azure-workspace", "6d0f4c52-0000-0000-0000-000000000001", "--config", config];
            Assert.Equal(ExitCode.Impossible, await CommandLineTable.RunAsync(arguments, io, CancellationToken.None));
            Assert.Equal("", results.ToString());
            Assert.StartsWith("There is no workspace `6d0f4c52-0000-0000-0000-000000000001` here.", messages.ToString(), StringComparison.Ordinal);
            Assert.Single(messages.ToString().TrimEnd().Split('\n'));
        }
        finally
        {
            File.Delete(config);
        }
    }

    [Theory]
    [InlineData("", "", "`Workspaces:shop:Folder` is missing; name the folder of a recording, or by `Azure` a workspace in Azure.")]
    [InlineData("dir", "6d0f4c52-0000-0000-0000-000000000001", "`Workspaces:shop:Folder` and `Azure` are both given; a workspace is one of them.")]
    [InlineData("", "logs-prod", "`Workspaces:shop:Azure` is `logs-prod`, which is neither a workspace id (a GUID) nor a resource id, which begins with /subscriptions/.")]
    [InlineData("", "/subscriptions/S/resourceGroups/rg", null)]
    public void AWatchedWorkspaceIsARecordingOrInAzure(string folder, string azure, string? mistake)
    {
        var values = new Dictionary<string, string?> { ["Workspaces:shop:Folder"] = folder, ["Workspaces:shop:Azure"] = azure, ["Workspaces:shop:Parameters:a/b:c"] = "1" };
        var mistakes = new List<string>();
        var read = Service.Hosting.WorkspaceSettings.Read(new ConfigurationBuilder().AddInMemoryCollection(values).Build(), mistakes);
        Assert.Equal(mistake, mistakes.SingleOrDefault());
        Assert.Equal(azure.Length > 0 ? azure : null, Assert.Single(read).Azure);
    }

    private static async Task<List<string>> FindingsAsync(string[] arguments)
    {
        using var results = new StringWriter();
        using var messages = new StringWriter();
        var exit = await CommandLineTable.RunAsync(arguments, new CommandIo(TextReader.Null, results, messages, IsInteractive: false, Width: null, TimeProvider.System), CancellationToken.None);
        Assert.True(exit == ExitCode.Done, messages.ToString());
        using var findings = JsonDocument.Parse(results.ToString());
        // The ids are of the workspace; everything else is of the rows.
        return [.. findings.RootElement.EnumerateArray().Select(f => $"{f.GetProperty("query")} {f.GetProperty("title")} {f.GetProperty("measures")} {f.GetProperty("key")}").Order(StringComparer.Ordinal)];
    }

    private static IConfigurationRoot Section(params (string Key, string Value)[] values) =>
        new ConfigurationBuilder().AddInMemoryCollection(values.ToDictionary(v => $"Azure:{v.Key}", v => (string?)v.Value)).Build();
}

using System.CommandLine;
using AksInsights.Service.Commands;

namespace AksInsights.Tests.Grafana;

/// <summary><c>dashboards push</c> as a person sees it.</summary>
public sealed class DashboardsPushCommandTests
{
    [Fact]
    public async Task APushIsToldAndTheNextOneSaysThatNothingChanged()
    {
        await using var grafana = new FakeGrafana();
        var (exit, text, error) = await RunAsync("--grafana", grafana.Url.ToString(), "--data-source", "json");
        Assert.Equal((ExitCode.Done, ""), (exit, error));
        Assert.Contains("created     AksInsights / Fleet\n", text, StringComparison.Ordinal);
        var count = grafana.Dashboards.Count;
        Assert.EndsWith($": {count} created.\n", text, StringComparison.Ordinal);

        grafana.Edit("aksinsights-fleet", content => content["refresh"] = "7s");
        (exit, text, _) = await RunAsync("--grafana", grafana.Url.ToString(), "--data-source", "json", "--dry-run");
        Assert.Equal(ExitCode.Done, exit);
        Assert.Contains("to update   AksInsights / Fleet\n", text, StringComparison.Ordinal);
        Assert.Contains("-  \"refresh\": \"7s\"", text, StringComparison.Ordinal);
        Assert.Equal(count, grafana.Writes);

        await RunAsync("--grafana", grafana.Url.ToString(), "--data-source", "json");
        (exit, text, _) = await RunAsync("--grafana", grafana.Url.ToString(), "--data-source", "json");
        Assert.EndsWith($": {count} unchanged.\n", text, StringComparison.Ordinal);
        Assert.Equal(count + 1, grafana.Writes);
    }

    [Fact]
    public async Task WhatGrafanaDoesNotTakeIsToldAndTheRestIsPushed()
    {
        await using var grafana = new FakeGrafana();
        await RunAsync("--grafana", grafana.Url.ToString(), "--data-source", "json");
        grafana.Edit("aksinsights-fleet", content => content["refresh"] = "7s");
        grafana.Dashboards["aksinsights-fleet"] = grafana.Dashboards["aksinsights-fleet"] with { IsProvisioned = true };
        var (exit, text, error) = await RunAsync("--grafana", grafana.Url.ToString(), "--data-source", "json");
        Assert.Equal(ExitCode.Failed, exit);
        Assert.Contains("refused     AksInsights / Fleet\n", text, StringComparison.Ordinal);
        Assert.StartsWith("AksInsights / Fleet: It comes from a file of Grafana's provisioning.\n", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task WithoutATokenThatIsTakenNothingIsDone()
    {
        await using var grafana = new FakeGrafana();
        var (exit, text, error) = await RunWithAsync(token: null, "--grafana", grafana.Url.ToString(), "--data-source", "json");
        Assert.Equal((ExitCode.Impossible, ""), (exit, text));
        Assert.Contains("AKSINSIGHTS_GRAFANA_TOKEN", error, StringComparison.Ordinal);
        (exit, text, error) = await RunWithAsync("a-token-that-is-none", "--grafana", grafana.Url.ToString(), "--data-source", "json");
        Assert.Equal((ExitCode.Impossible, ""), (exit, text));
        Assert.Contains("does not accept the token (401)", error, StringComparison.Ordinal);
        Assert.DoesNotContain("a-token-that-is-none", error, StringComparison.Ordinal);
        Assert.Empty(grafana.Dashboards);
    }

    [Fact]
    public async Task FindingsComeFromOneDataSource()
    {
        var (exit, _, error) = await RunAsync("--grafana", "http://127.0.0.1:1", "--data-source", "json", "sqlite");
        Assert.Equal(ExitCode.Misuse, exit);
        Assert.StartsWith("A Grafana has each dashboard of findings once", error, StringComparison.Ordinal);
    }

    private static Task<(int Exit, string Text, string Error)> RunAsync(params string[] arguments) => RunWithAsync(FakeGrafana.Token, arguments);

    private static async Task<(int Exit, string Text, string Error)> RunWithAsync(string? token, params string[] arguments)
    {
        using var results = new StringWriter { NewLine = "\n" };
        using var messages = new StringWriter { NewLine = "\n" };
        var io = new CommandIo(TextReader.Null, results, messages, IsInteractive: false, Width: null, TimeProvider.System);
        var command = DashboardsPushCommand.Create(io, name => name == "GRAFANA_TOKEN" ? token : null);
        var exit = await command.Parse(arguments).InvokeAsync(new InvocationConfiguration { EnableDefaultExceptionHandler = false });
        Assert.DoesNotContain(FakeGrafana.Token, results.ToString() + messages, StringComparison.Ordinal);
        return (exit, results.ToString(), messages.ToString());
    }
}

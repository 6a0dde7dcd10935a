using AksInsights.Adapters.Grafana;
using AksInsights.Core.Changes.Proposals;
using AksInsights.Core.Dashboards;
using AksInsights.Core.Dashboards.Shipping;
using AksInsights.Core.Secrets;
using Newtonsoft.Json.Linq;

namespace AksInsights.Tests.Grafana;

/// <summary>Dashboards get into a Grafana once, whatever happens on the way and whoever else writes.</summary>
[System.Diagnostics.CodeAnalysis.SuppressMessage("Design", "CA1001", Justification = "xunit disposes of them through IAsyncLifetime.")]
public sealed class DashboardPushTests : IAsyncLifetime
{
    private static readonly DashboardFile[] Set = [Make("aks-a", "A"), Make("aks-b", "B"), Make("aks-c", "C")];

    // Each dashboard is read and written; the first also looks for the folder and makes it.
    private const int RequestsOfARun = 8;

    private readonly FakeGrafana _grafana = new();
    private GrafanaClient? _client;

    public Task InitializeAsync()
    {
        _client = new GrafanaClient(new GrafanaSettings(_grafana.Url, new Secret(FakeGrafana.Token), "GRAFANA_TOKEN") { BackOff = TimeSpan.FromMilliseconds(1) });
        return Task.CompletedTask;
    }

    public async Task DisposeAsync()
    {
        _client!.Dispose();
        await _grafana.DisposeAsync();
    }

    [Fact]
    public async Task TheFirstRunMakesAllAndTheSecondNothing()
    {
        Assert.Equal("Created Created Created", await RunAsync());
        Assert.Equal(RequestsOfARun, _grafana.Requests.Count());
        Assert.Equal("AksInsights", _grafana.Folders["aksinsights"]);
        Assert.All(_grafana.Dashboards.Values, stored => Assert.Equal(("aksinsights", 1), (stored.Folder, stored.Version)));
        Assert.Equal("Unchanged Unchanged Unchanged", await RunAsync());
        Assert.Equal(3, _grafana.Writes);
    }

    [Fact]
    public async Task WhatDiffersIsWrittenWithTheVersionThatWasReadAndWhereItWasMoved()
    {
        await RunAsync();
        _grafana.Folders["team"] = "Team";
        _grafana.Edit("aks-b", content => content["refresh"] = "5s");
        _grafana.Dashboards["aks-b"] = _grafana.Dashboards["aks-b"] with { Folder = "team" };
        Assert.Equal("Unchanged Updated Unchanged", await RunAsync());
        Assert.Equal(("team", 3), (_grafana.Dashboards["aks-b"].Folder, _grafana.Dashboards["aks-b"].Version));
        Assert.Null(_grafana.Dashboards["aks-b"].Content["refresh"]);
    }

    [Fact]
    public async Task ADryRunWritesNothingAndSaysWhatWasThere()
    {
        var dry = new DashboardPush(_client!, TimeProvider.System) { IsDryRun = true };
        Assert.IsType<PushOutcome.Created>(await dry.PushAsync(Set[0], default));
        Assert.Empty(_grafana.Folders);
        await RunAsync();
        _grafana.Edit("aks-a", content => content["refresh"] = "5s");
        var updated = Assert.IsType<PushOutcome.Updated>(await dry.PushAsync(Set[0], default));
        Assert.Contains("\"refresh\": \"5s\"", updated.Before, StringComparison.Ordinal);
        Assert.Equal(3, _grafana.Writes);
    }

    [Fact]
    public async Task TwoRunsAtOnceMakeEachDashboardOnce()
    {
        var both = await Task.WhenAll(RunAsync(), RunAsync());
        Assert.All(both, run => Assert.DoesNotMatch("Conflict|Refused|Failed", run));
        Assert.Equal(3, _grafana.Writes);
        Assert.All(_grafana.Dashboards.Values, stored => Assert.Equal(1, stored.Version));
    }

    [Fact]
    public async Task WhatSomebodyWritesInBetweenIsReadAgainOnceThenReported()
    {
        await RunAsync();
        var edits = 0;
        _grafana.Edit("aks-a", content => content["refresh"] = "0s");
        _grafana.Before = request =>
        {
            if (request.Path == "/api/dashboards/db") _grafana.Edit("aks-a", content => content["refresh"] = $"{++edits}s");
            return null;
        };
        Assert.IsType<PushOutcome.Conflict>(await new DashboardPush(_client!, TimeProvider.System).PushAsync(Set[0], default));
        Assert.Equal(2, edits);
        Assert.IsType<PushOutcome.Updated>(await new DashboardPush(_client!, TimeProvider.System) { Overwrites = true }.PushAsync(Set[0], default));
    }

    [Fact]
    public async Task AnAnswerThatDoesNotComeIsLookedForAndNothingIsWrittenTwice()
    {
        var lost = 0;
        _grafana.Loses = request => request.Path == "/api/dashboards/db" && lost++ == 0;
        Assert.Equal("Created Created Created", await RunAsync());
        Assert.Equal(3, _grafana.Writes);
    }

    [Theory]
    [InlineData(500)]
    [InlineData(503)]
    [InlineData(0)]
    public async Task WhatPassesIsTriedAgain(int status)
    {
        var bad = 0;
        _grafana.Before = _ => bad++ < 3 ? (status, "oops") : null;
        Assert.Equal("Created Created Created", await RunAsync());
    }

    [Fact]
    public async Task WhatStaysIsGivenUpAndSaid()
    {
        _grafana.Before = _ => (502, "");
        Assert.Contains("502", Assert.IsType<PushOutcome.Failed>(await new DashboardPush(_client!, TimeProvider.System).PushAsync(Set[0], default)).Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ARunThatIsEndedAnywhereIsMadeGoodByTheNext()
    {
        // Every request of a whole run is the last one once.
        for (var last = 1; last <= RequestsOfARun; last++)
        {
            await using var grafana = new FakeGrafana();
            using var client = new GrafanaClient(new GrafanaSettings(grafana.Url, new Secret(FakeGrafana.Token), "GRAFANA_TOKEN") { BackOff = TimeSpan.FromMilliseconds(1) });
            using var killed = new CancellationTokenSource();
            var (count, end) = (0, last);
            grafana.Loses = _ =>
            {
                if (++count < end) return false;
                killed.Cancel();
                return true;
            };
            await Assert.ThrowsAnyAsync<OperationCanceledException>(async () =>
            {
                var push = new DashboardPush(client, TimeProvider.System);
                foreach (var dashboard in Set) await push.PushAsync(dashboard, killed.Token);
                killed.Token.ThrowIfCancellationRequested();
            });
            grafana.Loses = _ => false;
            var again = new DashboardPush(client, TimeProvider.System);
            foreach (var dashboard in Set) Assert.True(await again.PushAsync(dashboard, default) is PushOutcome.Created or PushOutcome.Unchanged);
            Assert.Equal(3, grafana.Writes);
        }
    }

    [Fact]
    public async Task ProvisionedDashboardsAndOthersOfTheTitleAreRefused()
    {
        await RunAsync();
        _grafana.Edit("aks-a", content => content["refresh"] = "5s");
        _grafana.Dashboards["aks-a"] = _grafana.Dashboards["aks-a"] with { IsProvisioned = true };
        _grafana.Dashboards.TryRemove("aks-b", out var other);
        _grafana.Dashboards["by-hand"] = other!;
        Assert.Equal("Refused Refused Unchanged", await RunAsync());
        Assert.IsType<PushOutcome.Created>(await new DashboardPush(_client!, TimeProvider.System) { Overwrites = true }.PushAsync(Set[1], default));
    }

    [Theory]
    [InlineData(401, "does not accept the token (401)")]
    [InlineData(403, "does not allow it")]
    [InlineData(302, "sends elsewhere")]
    [InlineData(200, "no JSON")]
    public async Task WhoIsNotLetInIsToldBeforeAnythingElse(int status, string words)
    {
        _grafana.Before = _ => (status, status == 200 ? "<html>" : """{"message":"no"}""");
        var problem = Assert.IsType<HostProblem.Refused>(await new DashboardPush(_client!, TimeProvider.System).CheckAsync(default));
        Assert.Contains(words, problem.Reason, StringComparison.Ordinal);
        Assert.DoesNotContain(FakeGrafana.Token, problem.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("http://grafana.example", "unencrypted")]
    [InlineData("grafana.example", "no address")]
    [InlineData("https://user:pw@grafana.example", "no address")]
    public void AnAddressThatWouldGiveTheTokenAwayIsRefused(string address, string words) =>
        Assert.Contains(words, Assert.IsType<HostProblem.Refused>(GrafanaSettings.Read(address, _ => FakeGrafana.Token).Problem).Reason, StringComparison.Ordinal);

    [Fact]
    public void ATokenThatNoHeaderCanCarryIsRefusedWithoutBeingShown()
    {
        var problem = GrafanaSettings.Read("https://grafana.example", _ => "glsa_one\nglsa_two").Problem;
        Assert.DoesNotContain("glsa", Assert.IsType<HostProblem.Refused>(problem).ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void AnAddressBelowAPathKeepsIt()
    {
        var settings = GrafanaSettings.Read("https://example.com/grafana", name => name == "GRAFANA_TOKEN" ? FakeGrafana.Token : null).Value!;
        Assert.Equal("https://example.com/grafana/ with the token in GRAFANA_TOKEN", settings.ToString());
    }

    [Fact]
    public void ContentsAreEqualWhateverTheOrderOfKeysAndTheFormOfNumbers()
    {
        var ours = JObject.Parse("""{"uid":"a","version":1,"panels":[{"w":1.0,"t":"x"}]}""");
        var theirs = JObject.Parse("""{"id":7,"panels":[{"t":"x","w":1}],"uid":"a"}""");
        Assert.Equal(DashboardContent.Canonical(ours), DashboardContent.Canonical(theirs));
        Assert.NotEqual(DashboardContent.Canonical(ours), DashboardContent.Canonical(JObject.Parse("""{"uid":"a","panels":[{"w":1.5,"t":"x"}]}""")));
    }

    private async Task<string> RunAsync()
    {
        var push = new DashboardPush(_client!, TimeProvider.System);
        var outcomes = new List<string>();
        foreach (var dashboard in Set) outcomes.Add((await push.PushAsync(dashboard, default)).GetType().Name);
        return string.Join(' ', outcomes);
    }

    private static DashboardFile Make(string uid, string title) => new(
        uid, title, Dashboard.MainFolder, $"{title}.json",
        new JObject { ["id"] = null, ["uid"] = uid, ["title"] = title, ["time"] = new JObject { ["from"] = "2026-01-05T10:00:00Z" }, ["panels"] = new JArray(new JObject { ["id"] = 1, ["w"] = 12.0 }) });
}

using System.Text.Json;
using System.Text.Json.Nodes;
using AksInsights.IntegrationTests.Crashes;
using AksInsights.IntegrationTests.Delivery;
using AksInsights.IntegrationTests.Postgres;
using AksInsights.IntegrationTests.Secrets;
using AksInsights.Tests;
using Dapper;
using Npgsql;

namespace AksInsights.IntegrationTests.Hosting;

/// <summary><c>doctor</c> as people run it, against servers that are right and ones that are wrong in one way each: it says which, and what to do.</summary>
[Needs("initdb")]
[Needs("aiosmtpd")]
public sealed class DoctorTests : IAsyncLifetime
{
    private const string Password = "right-password";

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("aksinsights-doctor");
    private readonly int _closed = LoopbackProgram.FreePort();
    private TokenHost? _host;
    private TokenHost? _expired;

    public async Task InitializeAsync()
    {
        _host = await TokenHost.StartAsync(TimeSpan.FromDays(30));
        _expired = await TokenHost.StartAsync(TimeSpan.FromDays(-1));
        await File.WriteAllTextAsync(Trusted, _host.Pem + "\n" + _expired.Pem + "\n");
    }

    public async Task DisposeAsync()
    {
        await _host!.DisposeAsync();
        await _expired!.DisposeAsync();
        _folder.Delete(recursive: true);
    }

    private string Trusted => Path.Combine(_folder.FullName, "trusted.pem");

    [Theory]
    [InlineData("github", "GitHub's shop/manifests takes the token of octocat.", "It may read GitHub's shop/manifests but not write.", "Contents and Pull requests")]
    [InlineData("gitlab", "GitLab's shop/manifests takes the token of tanuki.", "tanuki may read GitLab's shop/manifests but not push branches.", "the role Developer")]
    [InlineData("azure-devops", "Azure Repos' shop/manifests takes the token of Ann.", "localhost does not allow it", "the rights that docs/changes.md lists")]
    public async Task AForgeSaysWhomATokenStandsForAndWhatItLacks(string forge, string good, string missing, string grant)
    {
        string[] remote = ["--forge", forge, "--remote", $"{_host!.Address}shop/{(forge == "azure-devops" ? "_git/" : "")}manifests", "--api", _host.Address.ToString()];
        Assert.Equal(("ok", good, null), await OneAsync("forge", "AKSINSIGHTS_TOKEN", TokenHost.Writer, remote));
        var reader = await OneAsync("forge", "AKSINSIGHTS_TOKEN", TokenHost.Reader, remote);
        Assert.Equal("failed", reader.State);
        Assert.Contains(missing, reader.Found, StringComparison.Ordinal);
        Assert.Contains(grant, reader.Next, StringComparison.Ordinal);
        var nobody = await OneAsync("forge", "AKSINSIGHTS_TOKEN", "wrong", remote);
        Assert.Equal(("failed", "localhost does not accept the token (401)."), (nobody.State, nobody.Found));
        Assert.Contains("AKSINSIGHTS_TOKEN", nobody.Next, StringComparison.Ordinal);
    }

    [Fact]
    public async Task GrafanaSaysWhomATokenStandsForAndWhatItLacks()
    {
        string[] grafana = ["--grafana", _host!.Address.ToString()];
        Assert.Equal(
            ("ok", "localhost takes the token in AKSINSIGHTS_GRAFANA_TOKEN of a service account of `Main Org.`.", null), await OneAsync("grafana", "AKSINSIGHTS_GRAFANA_TOKEN", TokenHost.Writer, grafana));
        var reader = await OneAsync("grafana", "AKSINSIGHTS_GRAFANA_TOKEN", TokenHost.Reader, grafana);
        Assert.Equal("failed", reader.State);
        Assert.Contains("It lacks dashboards:create, dashboards:write, folders:create.", reader.Found, StringComparison.Ordinal);
        Assert.Contains("the role Editor", reader.Next, StringComparison.Ordinal);
        Assert.Contains("does not accept the token (401)", (await OneAsync("grafana", "AKSINSIGHTS_GRAFANA_TOKEN", "wrong", grafana)).Found, StringComparison.Ordinal);
        Assert.Contains("There is no token", (await OneAsync("grafana", "AKSINSIGHTS_NONE", "", grafana)).Found, StringComparison.Ordinal);
    }

    [Fact]
    public async Task WhatCannotBeReachedSaysWhy()
    {
        foreach (var (address, why) in new[] { (_expired!.Address.ToString(), "has expired"), ($"https://localhost:{_closed}/", "refused"), ("https://nowhere.invalid/", "nowhere.invalid") })
        {
            var grafana = await OneAsync("grafana", "AKSINSIGHTS_GRAFANA_TOKEN", TokenHost.Writer, ["--grafana", address]);
            Assert.Equal("failed", grafana.State);
            Assert.Contains(why, grafana.Found, StringComparison.OrdinalIgnoreCase);
            Assert.NotNull(grafana.Next);
        }

        var forge = await OneAsync("forge", "AKSINSIGHTS_TOKEN", TokenHost.Writer, ["--forge", "github", "--remote", $"{_expired.Address}shop/manifests", "--api", _expired.Address.ToString()]);
        Assert.Contains("has expired", forge.Found, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ADatabaseSaysWhatIsWrong()
    {
        await using var server = await PostgresServer.StartAsync(Password);
        var right = await server.CreateDatabaseAsync();
        Assert.Equal("ok", (await StoreAsync(right)).State);
        var wrong = await StoreAsync(new NpgsqlConnectionStringBuilder(right) { Password = "another" }.ConnectionString);
        Assert.Contains("Check the user and the password", wrong.Found + wrong.Next, StringComparison.Ordinal);
        foreach (var address in new[] { $"Host=127.0.0.1;Port={_closed};Username=a;Password=b;Database=c", "Host=nowhere.invalid;Username=a;Password=b;Database=c" })
        {
            var away = await StoreAsync(address);
            Assert.Equal("failed", away.State);
            Assert.Contains("cannot be reached", away.Found, StringComparison.Ordinal);
        }

        // Somebody may come in, and may make no table.
        var another = await server.CreateDatabaseAsync();
        await using (var connection = new NpgsqlConnection(another))
            await connection.ExecuteAsync($"CREATE ROLE reader LOGIN PASSWORD '{Password}'; REVOKE CREATE ON SCHEMA public FROM PUBLIC");
        var lacking = await StoreAsync(new NpgsqlConnectionStringBuilder(another) { Username = "reader" }.ConnectionString);
        Assert.Equal("failed", lacking.State);
        Assert.Contains("Grant the user", lacking.Found + lacking.Next, StringComparison.Ordinal);
    }

    [Fact]
    public async Task AMailServerSaysWhatIsWrong()
    {
        var port = LoopbackProgram.FreePort();
        await using var mail = await LoopbackProgram.StartAsync(
            $"{InstalledPrograms.Find("aiosmtpd")} -n -l 127.0.0.1:{port} -c aiosmtpd.handlers.Mailbox {Path.Combine(_folder.FullName, "box")}", port, Path.Combine(_folder.FullName, "log"));
        await using var picky = new EchoingMailServer();
        var channels = new JsonObject
        {
            ["right"] = Mail("127.0.0.1", port, null),
            ["password"] = Mail("127.0.0.1", picky.Port, "wrong-password"),
            ["refused"] = Mail("127.0.0.1", _closed, null),
            ["unknown"] = Mail("nowhere.invalid", 25, null),
            ["hook"] = new JsonObject { ["Kind"] = "teams", ["Url"] = $"{_expired!.Address}workflow" },
        };
        var config = Path.Combine(_folder.FullName, "appsettings.json");
        await File.WriteAllTextAsync(config, new JsonObject { ["Alerts"] = new JsonObject { ["Channels"] = channels } }.ToJsonString());
        var advice = await RunAsync([], "--config", config);
        Assert.Equal("ok", advice["channel right"].State);
        foreach (var (name, why) in new[] { ("password", "does not let us in"), ("refused", "could not be reached"), ("unknown", "could not be reached"), ("hook", "has expired") })
        {
            Assert.Equal("failed", advice[$"channel {name}"].State);
            Assert.Contains(why, advice[$"channel {name}"].Found, StringComparison.Ordinal);
        }

        Assert.DoesNotContain("wrong-password", advice["channel password"].Found, StringComparison.Ordinal);
    }

    private static JsonObject Mail(string host, int port, string? password)
    {
        var mail = new JsonObject { ["Kind"] = "email", ["Host"] = host, ["Port"] = $"{port}", ["Security"] = "none", ["From"] = "a@example.com", ["To"] = "b@example.com" };
        if (password is not null) (mail["User"], mail["Password"]) = ("somebody", password);
        return mail;
    }

    private async Task<(string State, string Found, string? Next)> OneAsync(string subject, string variable, string token, string[] arguments) =>
        (await RunAsync(new() { [variable] = token }, arguments))[subject];

    private async Task<(string State, string Found, string? Next)> StoreAsync(string address) => (await RunAsync([], "--store", address))["store"];

    private async Task<Dictionary<string, (string State, string Found, string? Next)>> RunAsync(Dictionary<string, string> environment, params string[] arguments)
    {
        environment["SSL_CERT_FILE"] = Trusted;
        using var doctor = ServeProcess.StartWith(environment, ["doctor", "--output", "json", "--queries", Repository.Path("queries"), .. arguments]);
        Assert.Null(await doctor.ListensAsync());
        await doctor.EndsAsync();
        using var json = JsonDocument.Parse(string.Concat(doctor.Log));
        return json.RootElement.EnumerateArray().ToDictionary(
            line => line.GetProperty("subject").GetString()!,
            line => (line.GetProperty("state").GetString()!, line.GetProperty("found").GetString()!, line.TryGetProperty("next", out var next) ? next.GetString() : null));
    }
}

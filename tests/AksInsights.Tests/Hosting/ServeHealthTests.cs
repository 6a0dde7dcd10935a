using AksInsights.Adapters.Storage;
using AksInsights.Service.Alerts;
using AksInsights.Service.Commands;
using AksInsights.Service.Hosting;
using AksInsights.Tests.Deployment;
using Microsoft.Extensions.Configuration;

namespace AksInsights.Tests.Hosting;

/// <summary>What health checks of images and clusters ask.</summary>
public sealed class ServeHealthTests
{
    [Fact]
    public async Task AServiceThatCanWorkSaysSoWithoutAKey()
    {
        await using var store = await SqlFindingStore.OpenMemoryAsync(TimeProvider.System, default);
        await using var host = await StartAsync(store);
        var (exit, text, error) = await AskAsync("--urls", host.Addresses[0].GetLeftPart(UriPartial.Authority));
        Assert.Equal((ExitCode.Done, ""), (exit, error));
        Assert.StartsWith("ready", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task WhoListensOnEveryAddressByTheConfigurationIsAskedOnThisMachine()
    {
        await using var store = await SqlFindingStore.OpenMemoryAsync(TimeProvider.System, default);
        await using var host = await StartAsync(store);
        var file = Path.GetTempFileName();
        try
        {
            await File.WriteAllTextAsync(file, $$"""{ "Service": { "Urls": "http://*:{{host.Addresses[0].Port}}", "ApiKeys": { "me": "{{ApiKey.Make().Hash}}" } } }""");
            Assert.Equal(ExitCode.Done, (await AskAsync("--config", file)).Exit);
        }
        finally
        {
            File.Delete(file);
        }
    }

    [Fact]
    public async Task EveryPathThatAProbeOfTheManifestsAsksIsAnswered()
    {
        await using var store = await SqlFindingStore.OpenMemoryAsync(TimeProvider.System, default);
        await using var host = await StartAsync(store);
        using var client = new HttpClient { BaseAddress = host.Addresses[0] };
        var container = Assert.Single(DeployFiles.Documents("kubernetes", "base", "deployment.yaml")).Container();
        foreach (var probe in new[] { "startupProbe", "livenessProbe", "readinessProbe" })
            using (var answer = await client.GetAsync(new Uri(container.TextAt(probe, "httpGet", "path"), UriKind.Relative))) Assert.True(answer.IsSuccessStatusCode, probe);
        Assert.Equal(ServeHealthCommand.Path, container.TextAt("readinessProbe", "httpGet", "path"));
    }

    [Fact]
    public async Task AServiceThatIsNotThereIsNotWell()
    {
        await using var store = await SqlFindingStore.OpenMemoryAsync(TimeProvider.System, default);
        string address;
        await using (var host = await StartAsync(store)) address = host.Addresses[0].GetLeftPart(UriPartial.Authority);
        var (exit, text, error) = await AskAsync("--urls", address);
        Assert.Equal((ExitCode.Failed, ""), (exit, text));
        Assert.StartsWith($"{address}/healthz/ready does not answer: ", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task AnAddressThatIsNoneIsRefused()
    {
        var (exit, _, error) = await AskAsync("--urls", "aksinsights");
        Assert.Equal(ExitCode.Impossible, exit);
        Assert.Contains("`aksinsights`", error, StringComparison.Ordinal);
    }

    private static async Task<(int Exit, string Text, string Error)> AskAsync(params string[] arguments)
    {
        using var results = new StringWriter { NewLine = "\n" };
        using var messages = new StringWriter { NewLine = "\n" };
        var io = new CommandIo(TextReader.Null, results, messages, IsInteractive: false, Width: null, TimeProvider.System);
        var exit = await CommandLineTable.RunAsync(["serve-health", .. arguments], io, default);
        return (exit, results.ToString(), messages.ToString());
    }

    private static Task<ServiceHost> StartAsync(SqlFindingStore store)
    {
        var keys = new ConfigurationBuilder().AddInMemoryCollection([new("Service:ApiKeys:me", ApiKey.Make().Hash)]).Build();
        return ServiceHost.StartAsync(
            new ServiceParts
            {
                Settings = ServiceSettings.Read(keys, ["http://127.0.0.1:0"], out _)!,
                Library = new ServedLibrary([], []),
                Store = store,
                Alerts = AlertSettings.None(),
                Logging = new ConfigurationBuilder().AddInMemoryCollection([new("LogLevel:Default", "None")]).Build(),
                Time = TimeProvider.System,
            },
            default);
    }
}

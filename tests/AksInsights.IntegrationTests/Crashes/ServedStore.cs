using System.Globalization;
using System.Text.Json.Nodes;
using AksInsights.Adapters.Storage;
using AksInsights.Core.Queries;
using AksInsights.Service.Alerts;
using AksInsights.Tests;
using AksInsights.Tests.Alerts;
using Microsoft.Extensions.Configuration;

namespace AksInsights.IntegrationTests.Crashes;

/// <summary>What a service under test is started with: a library whose queries are due every few seconds, the stand-in for Azure, a receiver of messages, and a store.</summary>
internal sealed class ServedStore : IAsyncDisposable
{
    /// <summary>The name of the workspace.</summary>
    public const string Workspace = "seeded";

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("aksinsights-serve");

    private ServedStore(StoreAddress? store, SeededAzure azure)
    {
        Store = store ?? new StoreAddress.File(Path.Combine(_folder.FullName, "store.db"));
        Azure = azure;
    }

    /// <summary>Answers queries.</summary>
    public SeededAzure Azure { get; }

    /// <summary>Takes messages.</summary>
    public Receiver Receiver { get; } = new();

    /// <summary>Where findings and messages live.</summary>
    public StoreAddress Store { get; }

    /// <summary>The configuration, a file.</summary>
    public string Config => Path.Combine(_folder.FullName, "appsettings.json");

    /// <summary>The folder of the library.</summary>
    public string Queries => Path.Combine(_folder.FullName, "queries");

    /// <summary>Prepares it all.</summary>
    /// <param name="seed">What the answers follow from.</param>
    /// <param name="store">The store; null takes a file of its own.</param>
    /// <param name="queries">How many queries there are.</param>
    /// <param name="every">How often each is due.</param>
    public static async Task<ServedStore> PrepareAsync(int seed, StoreAddress? store, int queries, TimeSpan every)
    {
        var served = new ServedStore(store, await SeededAzure.StartAsync(seed));
        for (var number = 0; number < queries; number++) served.WriteQuery(number, every);
        Directory.CreateDirectory(Path.Combine(served.Queries, "rightsizing"));
        foreach (var file in Directory.GetFiles(Repository.Path("queries", "rightsizing"), "usage-*"))
            if (!file.EndsWith(".tests.yaml", StringComparison.Ordinal)) File.Copy(file, Path.Combine(served.Queries, "rightsizing", Path.GetFileName(file)));
        await File.WriteAllTextAsync(served.Config, served.Settings().ToJsonString());
        return served;
    }

    /// <summary>Starts the service on it.</summary>
    public ServeProcess Start()
    {
        var address = Store is StoreAddress.Postgres postgres ? postgres.ConnectionString : Store.ToString()!;
        return ServeProcess.Start("serve", "--config", Config, "--queries", Queries, "--store", address);
    }

    /// <summary>The library, as the service reads it.</summary>
    public QueryLibrary Library()
    {
        var library = QueryLibrary.Load(Queries);
        Assert.Empty(library.Diagnostics);
        return library;
    }

    /// <summary>Who is told what, as the service reads it.</summary>
    public AlertSettings Alerts()
    {
        var alerts = AlertSettings.Read(new ConfigurationBuilder().AddJsonFile(Config).Build(), TimeProvider.System, TextWriter.Null, out var mistakes);
        Assert.Empty(mistakes);
        return alerts!;
    }

    public async ValueTask DisposeAsync()
    {
        await Receiver.DisposeAsync();
        await Azure.DisposeAsync();
        _folder.Delete(recursive: true);
    }

    private JsonObject Settings() => new()
    {
        ["Service"] = new JsonObject { ["Urls"] = "http://127.0.0.1:0" },
        [nameof(Azure)] = new JsonObject { ["Endpoint"] = Azure.Address.ToString(), ["Credential"] = "none" },
        ["Workspaces"] = new JsonObject { [Workspace] = new JsonObject { [nameof(Azure)] = "6d0f4c52-0000-0000-0000-000000000001" } },
        ["Alerts"] = new JsonObject
        {
            ["Channels"] = new JsonObject { ["ops"] = new JsonObject { ["Kind"] = "webhook", ["Url"] = Receiver.Url.ToString(), ["Secret"] = "whsec_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAE=" } },
            ["Routes"] = new JsonArray(new JsonObject { ["Name"] = "everything", ["Channels"] = new JsonArray("ops"), ["GroupBy"] = new JsonArray("cluster", "namespace", "workload"), ["Wait"] = "0s" }),
        },
        ["Logging"] = new JsonObject { ["LogLevel"] = new JsonObject { ["Default"] = "Warning" } },
    };

    // Each looks a little later than the one before, so that there is work at every moment.
    private void WriteQuery(int number, TimeSpan every)
    {
        var folder = Directory.CreateDirectory(Path.Combine(Queries, "pods"));
        var (seconds, offset) = ((int)every.TotalSeconds, number % (int)every.TotalSeconds);
        File.WriteAllText(Path.Combine(folder.FullName, $"query-{number}.kql"), string.Create(CultureInfo.InvariantCulture, $$"""
            // A query of a test.
            let endTime = now();
            let startTime = endTime - {{seconds * 2}}s;
            let number = {{number}};
            KubePodInventory
            | where TimeGenerated between (startTime .. endTime)
            | summarize restarts = max(ContainerRestartCount) by cluster = tolower(ClusterId), namespace = Namespace, workload = ControllerName
            | extend Severity = iff(restarts > number, "critical", "warning")

            """));
        File.WriteAllText(Path.Combine(folder.FullName, $"query-{number}.yaml"), string.Create(CultureInfo.InvariantCulture, $$"""
            name: Query {{number}}
            title: "{workload}: {restarts} restarts"
            description: A query of a test.
            impact: None.
            remediation: Nothing.
            falsePositives: ["Always."]
            status: stable
            severity: warning
            key: [cluster, namespace, workload]
            measures:
              restarts: { unit: count }
            requires:
              tables: [KubePodInventory]
              freshness: 15m
            schedule: { every: {{seconds}}s, offset: {{offset}}s, lookback: {{seconds * 2}}s }
            lifecycle: { for: {{number % 2 * seconds}}s, resolveAfter: {{seconds * 2}}s, maxFindings: 500 }
            parameters:
              number: { describe: "Which one." }
            visualise: { kind: table }

            """));
    }
}

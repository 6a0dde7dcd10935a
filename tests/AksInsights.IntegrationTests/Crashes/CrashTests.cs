using AksInsights.Adapters.Storage;
using AksInsights.IntegrationTests.Postgres;
using Xunit.Abstractions;

namespace AksInsights.IntegrationTests.Crashes;

/// <summary>The short form; the long one is <c>crash 200</c>, see CONTRIBUTING.md.</summary>
public sealed class SqliteCrashTests(ITestOutputHelper output) : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("aksinsights-crash");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task NothingIsLostOrDoubledByProcessesThatAreKilled()
    {
        var report = await new CrashRun(new StoreAddress.File(Path.Combine(_folder.FullName, "store.db")), replicas: 1, seed: 1).RunAsync(kills: 3);
        output.WriteLine($"{report.Kills} kills, {report.Evaluations} evaluations");
        Assert.Equal(report.Expected, report.Actual);
    }
}

[Needs("initdb")]
[Collection(PostgresTests.Name)]
public sealed class PostgresCrashTests(PostgresFixture postgres, ITestOutputHelper output)
{
    [Fact]
    public async Task NothingIsLostOrDoubledByReplicasThatAreKilled()
    {
        var report = await new CrashRun(new StoreAddress.Postgres(await postgres.Server.CreateDatabaseAsync()), replicas: 2, seed: 2).RunAsync(kills: 3);
        output.WriteLine($"{report.Kills} kills, {report.Evaluations} evaluations");
        Assert.Equal(report.Expected, report.Actual);
    }
}

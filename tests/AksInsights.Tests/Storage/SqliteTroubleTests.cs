using System.Globalization;
using AksInsights.Adapters.Storage;
using AksInsights.Core.Findings;
using Microsoft.Data.Sqlite;
using static AksInsights.Tests.Findings.Samples;

namespace AksInsights.Tests.Storage;

/// <summary>What goes wrong outside the program: it is said with what to do, and nothing that was stored is lost.</summary>
public sealed class SqliteTroubleTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("aksinsights-trouble");

    private string Path => System.IO.Path.Combine(_folder.FullName, "store.db");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task AMissingFolderIsSaid()
    {
        var error = await Assert.ThrowsAsync<StoreException>(
            () => SqlFindingStore.OpenFileAsync(System.IO.Path.Combine(_folder.FullName, "none", "store.db"), TimeProvider.System, default));
        Assert.Equal(StoreFailure.CannotOpen, error.Failure);
        Assert.Contains("folder", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task AFileOfSomethingElseIsRefusedAndLeftAlone()
    {
        var text = string.Concat(Enumerable.Repeat("these are my notes\n", 100));
        await File.WriteAllTextAsync(Path, text);
        Assert.Equal(StoreFailure.NotAStore, (await Assert.ThrowsAsync<StoreException>(OpenAsync)).Failure);
        Assert.Equal(text, await File.ReadAllTextAsync(Path));
    }

    [Fact]
    public async Task ADatabaseOfSomethingElseIsRefusedAndLeftAlone()
    {
        await ExecuteAsync("CREATE TABLE findings (name TEXT)");
        Assert.Equal(StoreFailure.NotAStore, (await Assert.ThrowsAsync<StoreException>(OpenAsync)).Failure);
        Assert.Equal(0L, await ExecuteAsync("SELECT count(*) FROM sqlite_master WHERE name = 'schema_version'"));
    }

    [Fact]
    public async Task AStoreOfANewerProgramIsRefused()
    {
        await (await OpenAsync()).DisposeAsync();
        await ExecuteAsync("INSERT INTO schema_version (version, applied_at) VALUES (9999, 0)");
        var error = await Assert.ThrowsAsync<StoreException>(OpenAsync);
        Assert.Equal(StoreFailure.Newer, error.Failure);
        Assert.Contains("9999", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task AFullDiskLosesNothingThatWasStored()
    {
        await SaveOneAsync();
        var size = (long)(await ExecuteAsync("PRAGMA page_count"))!;
        var pragma = string.Create(CultureInfo.InvariantCulture, $"PRAGMA max_page_count = {size + 4};");
        await using (var store = await SqlFindingStore.OpenAsync(SqliteDialect.File(Path, pragma), TimeProvider.System, default))
        {
            var many = Enumerable.Range(0, 500).Select(i => Open(workload: $"w{i}")).ToArray();
            var error = await Assert.ThrowsAsync<StoreException>(() => StoreActions.SaveAsync(store, 5, many));
            Assert.Equal(StoreFailure.Full, error.Failure);
            Assert.Single(await store.ListAsync(new FindingFilter(), default));
        }

        await using var roomy = await OpenAsync();
        Assert.Equal(Open().Id, Assert.Single(await roomy.ListAsync(new FindingFilter(), default)).Id);
        Assert.Equal("ok", await ExecuteAsync("PRAGMA integrity_check"));
    }

    [Fact]
    public async Task AReadOnlyStoreCanBeReadAndSaysThatItCannotBeWritten()
    {
        await SaveOneAsync();
        await using var store = await SqlFindingStore.OpenAsync(SqliteDialect.File(Path, "PRAGMA query_only = ON;"), TimeProvider.System, default);
        Assert.Single(await store.ListAsync(new FindingFilter(), default));
        Assert.Equal(StoreFailure.ReadOnly, (await Assert.ThrowsAsync<StoreException>(() => StoreActions.SaveAsync(store, 5, [Open()]))).Failure);
    }

    [Fact]
    public async Task ALockThatLastsTooLongIsSaid()
    {
        await SaveOneAsync();
        using var rival = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = Path, Pooling = false }.ToString());
        await rival.OpenAsync();
        using var held = rival.BeginTransaction(deferred: false);
        await using var store = await SqlFindingStore.OpenAsync(SqliteDialect.File(Path, "PRAGMA busy_timeout = 20;"), TimeProvider.System, default);
        Assert.Equal(StoreFailure.Busy, (await Assert.ThrowsAsync<StoreException>(() => StoreActions.SaveAsync(store, 5, [Open()]))).Failure);
    }

    [Fact]
    public async Task OpeningAStoreAgainKeepsItAndAddsNothing()
    {
        await SaveOneAsync();
        await using var again = await OpenAsync();
        Assert.Single(await again.ListAsync(new FindingFilter(), default));
        Assert.Equal(0L, await ExecuteAsync($"SELECT count(*) - {Migrator.Known("sqlite").Count} FROM schema_version"));
    }

    [Fact]
    public async Task DashboardsReadSecondsAndNames()
    {
        await SaveOneAsync();
        Assert.Equal(Start.ToUnixTimeSeconds(), await ExecuteAsync("SELECT first_seen_s FROM v_findings"));
        Assert.Equal("recorded/shop pods/crash-loop error cart", await ExecuteAsync("SELECT workspace || ' ' || query || ' ' || severity || ' ' || workload FROM v_findings"));
        Assert.Equal(Start.ToUnixTimeSeconds(), await ExecuteAsync("SELECT at_s FROM v_finding_events"));
        Assert.Equal(Start.ToUnixTimeSeconds(), await ExecuteAsync("SELECT window_end_s FROM v_evaluations"));
    }

    private async Task<SqlFindingStore> OpenAsync() => await SqlFindingStore.OpenFileAsync(Path, TimeProvider.System, default);

    private async Task SaveOneAsync()
    {
        await using var store = await OpenAsync();
        await StoreActions.SaveAsync(store, 0, [Open()]);
    }

    private async Task<object?> ExecuteAsync(string sql)
    {
        await using var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = Path, Pooling = false }.ToString());
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
#pragma warning disable CA2100 // The statements are those of the tests above.
        command.CommandText = sql;
#pragma warning restore CA2100
        return await command.ExecuteScalarAsync();
    }
}

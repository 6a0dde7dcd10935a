using System.Data.Common;
using AksInsights.Adapters.Storage;
using AksInsights.Core.Findings;
using Dapper;
using static AksInsights.Tests.Findings.Samples;

namespace AksInsights.Tests.Storage;

/// <summary>Stores of every earlier version, and what is done to them; one sealed subclass for each database.</summary>
public abstract class MigrationContract
{
    // The migration that counted what was there.
    private const int FirstWithNumbers = 6;

    /// <summary>A new database without tables.</summary>
    internal abstract Task<Dialect> MakeAsync();

    /// <summary>The database again, with connections of its own.</summary>
    internal abstract Dialect Again();

    /// <summary>The name of the folder with the migrations.</summary>
    protected abstract string Kind { get; }

    [Fact]
    public async Task AStoreOfEveryEarlierVersionKeepsItsFindings()
    {
        for (var version = 1; version <= Migrator.Known(Kind).Count; version++)
        {
            await using var dialect = await MakeAsync();
            await MakeVersionAsync(dialect, version);
            await using var store = await SqlFindingStore.OpenAsync(Again(), TimeProvider.System, default);
            var finding = Assert.Single(await store.ListAsync(new FindingFilter { Conditions = [Condition.Open, Condition.Clearing] }, default));
            // Stores of later versions have the number from whoever saved the finding; here it was put there by hand.
            var counted = await store.CountAsync(new FindingFilter { Conditions = [Condition.Open, Condition.Clearing] }, default);
            Assert.Equal(version < FirstWithNumbers ? 1 : 0, counted.Values.Sum());
            Assert.Equal(("0123456789abcdef", "cart restarts", "cart"), (finding.Id.Value, finding.Content.Title, finding.Key["workload"]));
            Assert.Equal(Migrator.Known(Kind).Count, await store.Upkeep.SchemaVersionAsync(default));
            await StoreActions.SaveAsync(store, 5, [Open(workload: "next")]);
            Assert.Equal(2, (await store.ListAsync(new FindingFilter(), default)).Count);
        }
    }

    [Fact]
    public async Task AMigrationThatWasEditedLaterIsNoticed()
    {
        await using var dialect = await MakeAsync();
        await MakeVersionAsync(dialect, Migrator.Known(Kind).Count);
        await using (var connection = await dialect.OpenAsync(default))
            await connection.ExecuteAsync("UPDATE schema_version SET checksum = 'of another text' WHERE version = 1");
        var error = await Assert.ThrowsAsync<StoreException>(() => SqlFindingStore.OpenAsync(Again(), TimeProvider.System, default));
        Assert.Contains("version 1", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task TheTablesThatAreCopiedAreAllThereAreWithTheirTypes()
    {
        await using var dialect = await MakeAsync();
        await using (await SqlFindingStore.OpenAsync(Again(), TimeProvider.System, default))
        {
            await using var connection = await dialect.OpenAsync(default);
            foreach (var table in StoreTables.All)
            {
                await using var reader = await connection.ExecuteReaderAsync($"SELECT * FROM {table.Name}");
                var texts = Enumerable.Range(0, reader.FieldCount).Where(i => reader.GetDataTypeName(i).Equals("text", StringComparison.OrdinalIgnoreCase));
                Assert.Equal(texts.Select(reader.GetName), table.Texts);
                var bytes = Enumerable.Range(0, reader.FieldCount).Where(i => reader.GetDataTypeName(i).ToUpperInvariant() is "BLOB" or "BYTEA");
                Assert.Equal(bytes.Select(reader.GetName), table.Bytes);
            }

            var names = StoreTables.All.Select(table => table.Name).Append("schema_version").Order(StringComparer.Ordinal);
            Assert.Equal(names, (await TablesAsync(connection)).Where(name => !name.StartsWith("qrtz_", StringComparison.Ordinal)).Order(StringComparer.Ordinal));
        }
    }

    [Fact]
    public async Task ProgramsThatOpenANewStoreTogetherMigrateItOnce()
    {
        await using var dialect = await MakeAsync();
        var stores = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => Task.Run(() => SqlFindingStore.OpenAsync(Again(), TimeProvider.System, default))));
        foreach (var store in stores) await store.DisposeAsync();
        await using var connection = await dialect.OpenAsync(default);
        Assert.Equal(Migrator.Known(Kind).Count, await connection.ExecuteScalarAsync<int>("SELECT count(*) FROM schema_version"));
    }

    /// <summary>The names of all tables.</summary>
    protected abstract Task<IEnumerable<string>> TablesAsync(DbConnection connection);

    /// <summary>What a program that knew some migrations left behind: one open finding of no cluster.</summary>
    private async Task MakeVersionAsync(Dialect dialect, int version)
    {
        await dialect.PrepareAsync(default);
        await using var connection = await dialect.OpenAsync(default);
        await Migrator.MigrateAsync(dialect, connection, [.. Migrator.Known(Kind).Take(version)], TimeProvider.System, default);
        var absent = version == 1 ? "NULL" : "''";
        await connection.ExecuteAsync($$$"""
            INSERT INTO workspaces (name) VALUES ('recorded/shop');
            INSERT INTO findings (id, workspace_id, query_id, evaluated_by, fingerprint, is_latest, key_json, cluster, namespace, severity, title, measures_json,
                evidence_json, condition, condition_since, workflow, episode, first_seen, episode_since, last_seen, last_evaluated, seen_count, lower_count,
                lower_worst, turns, is_baseline, is_told)
            VALUES ('0123456789abcdef', 1, 'pods/crash-loop', 'pods/crash-loop', '00112233445566778899aabbccddeeff', 1, '{"cluster":null,"workload":"cart"}',
                {{{absent}}}, {{{absent}}}, 2, 'cart restarts', '{}', '{}', 'open', 17000000000000000, 'new', 1, 17000000000000000, 17000000000000000,
                17000000000000000, 17000000000000000, 1, 0, 0, '', 0, 0);
            """);
    }
}

using AksInsights.Adapters.Storage;
using AksInsights.Core.Findings;
using AksInsights.IntegrationTests.Postgres;
using AksInsights.Tests.Storage;
using Npgsql;
using static AksInsights.Tests.Findings.Samples;

namespace AksInsights.IntegrationTests.Storage;

/// <summary>What goes wrong at the server: it is said with what to do, without secrets, and nothing that was saved is lost.</summary>
[Needs("initdb")]
[Collection(PostgresTests.Name)]
public sealed class PostgresTroubleTests(PostgresFixture postgres)
{
    [Fact]
    public async Task AServerThatIsNotThereIsSaidWithoutThePassword()
    {
        var error = await OpenFailsAsync("Host=127.0.0.1;Port=1;Username=ann;Password=secret;Database=findings");
        Assert.Equal(StoreFailure.CannotOpen, error.Failure);
        Assert.Contains("`findings` on 127.0.0.1:1", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task ADatabaseThatIsNotThereIsSaid()
    {
        var error = await OpenFailsAsync(postgres.Server.ConnectionString("nothing"));
        Assert.Equal(StoreFailure.CannotOpen, error.Failure);
        Assert.Contains("createdb", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task AUserWithoutRightsIsToldWhichAreMissing()
    {
        var database = await postgres.Server.CreateDatabaseAsync();
        await ExecuteAsync(database, "CREATE ROLE guest LOGIN");
        var error = await OpenFailsAsync(new NpgsqlConnectionStringBuilder(database) { Username = "guest" }.ConnectionString);
        Assert.Equal(StoreFailure.ReadOnly, error.Failure);
        Assert.Contains("Grant", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task AReadOnlyServerCanBeReadAndSaysThatItCannotBeWritten()
    {
        var database = await postgres.Server.CreateDatabaseAsync();
        await using (var store = await OpenAsync(database)) await StoreActions.SaveAsync(store, 0, [Open()]);
        await ExecuteAsync(database, $"ALTER DATABASE {new NpgsqlConnectionStringBuilder(database).Database} SET default_transaction_read_only = on");
        await using var standby = await OpenAsync(database);
        Assert.Single(await standby.ListAsync(new FindingFilter(), default));
        Assert.Equal(StoreFailure.ReadOnly, (await Assert.ThrowsAsync<StoreException>(() => StoreActions.SaveAsync(standby, 5, [Open()]))).Failure);
    }

    [Fact]
    public async Task AConnectionThatIsCutLosesTheEvaluationItCarriedAndNoOther()
    {
        var database = await postgres.Server.CreateDatabaseAsync();
        await using var store = await OpenAsync(database);
        await StoreActions.SaveAsync(store, 0, [Open()]);
        var id = new EvaluationId(Workspace, Query, Minute(5));
        var record = new EvaluationRecord { Id = id, Start = id.End, Revision = "r1", Outcome = EvaluationOutcome.Complete, RanAt = id.End, Took = TimeSpan.Zero };
        var cut = store.CommitAsync(
            id,
            _ =>
            {
                Cut(database);
                return new EvaluationCommit(record, [Open(workload: "other")], [], [], [], []);
            },
            default);
        Assert.Equal(StoreFailure.CannotOpen, (await Assert.ThrowsAsync<StoreException>(() => cut)).Failure);
        Assert.Null(await store.FindEvaluationAsync(id, default));
        await StoreActions.SaveAsync(store, 5, [Open(workload: "other")]);
        Assert.Equal(2, (await store.ListAsync(new FindingFilter(), default)).Count);
    }

    [Fact]
    public async Task EvaluationsOfOneQueryWaitForEachOtherAndThoseOfOthersDoNot()
    {
        await using var store = await OpenAsync(await postgres.Server.CreateDatabaseAsync());
        await StoreActions.SaveAsync(store, 0, []);
        using var inside = new ManualResetEventSlim();
        using var leave = new ManualResetEventSlim();
        var record = new EvaluationRecord { Id = Id("pods/a", 5), Start = Start, Revision = "r1", Outcome = EvaluationOutcome.Complete, RanAt = Start, Took = TimeSpan.Zero };
        var held = Task.Run(() => store.CommitAsync(
            record.Id,
            _ =>
            {
                inside.Set();
                leave.Wait();
                return new EvaluationCommit(record, [], [], [], [], []);
            },
            default));
        inside.Wait();
        var same = store.CommitAsync(record.Id, _ => throw new InvalidOperationException("It was decided twice."), default);
        var other = await store.CommitAsync(Id("pods/b", 5), _ => new EvaluationCommit(record with { Id = Id("pods/b", 5) }, [], [], [], [], []), default);
        Assert.IsType<CommitOutcome.Committed>(other);
        Assert.False(same.IsCompleted);
        leave.Set();
        Assert.IsType<CommitOutcome.Committed>(await held);
        Assert.IsType<CommitOutcome.AlreadyDone>(await same);
    }

    private static EvaluationId Id(string query, double minute) => new(Workspace, new QueryId(query), Minute(minute));

    private static Task<SqlFindingStore> OpenAsync(string database) =>
        SqlFindingStore.OpenAsync(new StoreAddress.Postgres(database), TimeProvider.System, default);

    private static Task<StoreException> OpenFailsAsync(string database) => Assert.ThrowsAsync<StoreException>(() => OpenAsync(database));

    private static async Task ExecuteAsync(string database, string sql)
    {
        await using var connection = new NpgsqlConnection(database + ";Pooling=false");
        await connection.OpenAsync();
#pragma warning disable CA2100 // The statements are those of the tests above.
        await using var command = new NpgsqlCommand(sql, connection);
#pragma warning restore CA2100
        await command.ExecuteNonQueryAsync();
    }

    /// <summary>Ends every connection to a database but the one that says so.</summary>
    private static void Cut(string database)
    {
        using var connection = new NpgsqlConnection(database + ";Pooling=false");
        connection.Open();
        using var command = new NpgsqlCommand("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()", connection);
        command.ExecuteNonQuery();
    }
}

/// <summary>A server whose disk is really full.</summary>
[Needs("initdb")]
[Needs(NeedsAttribute.Root)]
[Collection(PostgresTests.Name)]
public sealed class PostgresDiskTests(PostgresFixture postgres)
{
    [Fact]
    public async Task AFullDiskLosesNothingThatWasSaved()
    {
        using var disk = new SmallDisk(mebibytes: 16, "uid=65534,gid=65534,mode=0700");
        var database = await postgres.Server.CreateDatabaseAsync(disk.Path);
        await using (var store = await SqlFindingStore.OpenAsync(new StoreAddress.Postgres(database), TimeProvider.System, default))
        {
            await StoreActions.SaveAsync(store, 0, [Open()]);
            var many = Enumerable.Range(0, 20_000).Select(i => Open(workload: $"w{i}")).ToArray();
            var error = await Assert.ThrowsAsync<StoreException>(() => StoreActions.SaveAsync(store, 5, many));
            Assert.Equal(StoreFailure.Full, error.Failure);
            Assert.Contains("disk is full", error.Message, StringComparison.Ordinal);
            Assert.Single(await store.ListAsync(new FindingFilter(), default));
        }

        await postgres.Server.DropDatabaseAsync(database);
    }
}

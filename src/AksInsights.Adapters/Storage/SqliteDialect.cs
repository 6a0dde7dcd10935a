using System.Data.Common;
using AksInsights.Core.Findings;
using Dapper;
using Microsoft.Data.Sqlite;

namespace AksInsights.Adapters.Storage;

/// <summary>A store in one SQLite file, or in memory for a run that leaves nothing behind.</summary>
/// <remarks>
/// The file is in WAL mode, so readers and the writer do not wait for each other. <c>synchronous = FULL</c>: a commit that was reported, be it an
/// acknowledgement or the reason for an alert that went out, survives a power cut, at the price of one flush for each evaluation.
/// </remarks>
internal sealed class SqliteDialect : Dialect
{
    private const int BusyMilliseconds = 15_000;

    // An evaluation of 100,000 findings touches their indexes at random; with SQLite's standard 2 MiB it would write each page many times over.
    private const int CacheKibibytes = 64 * 1024;

    private readonly string _connectionString;
    private readonly string _pragmas;
    private readonly bool _inMemory;
    private SqliteConnection? _anchor;

    private SqliteDialect(string dataSource, string place, bool inMemory, string extraPragmas)
    {
        // SQLite waits by itself (busy_timeout); the driver's own retries on top of it would wait in steps of 150 ms.
        _connectionString = new SqliteConnectionStringBuilder { DataSource = dataSource, DefaultTimeout = 1, ForeignKeys = true }.ToString();
        _pragmas = $"PRAGMA busy_timeout = {BusyMilliseconds}; PRAGMA synchronous = {(inMemory ? "OFF" : "FULL")}; "
            + $"PRAGMA cache_size = -{CacheKibibytes}; {extraPragmas}";
        _inMemory = inMemory;
        Place = place;
    }

    /// <inheritdoc/>
    public override string Name => "sqlite";

    /// <inheritdoc/>
    public override string Place { get; }

    /// <inheritdoc/>
    public override int Writers => 1;

    /// <summary>A store in a file, made if need be.</summary>
    /// <param name="path">The file.</param>
    /// <param name="extraPragmas">Statements run on every connection; tests use them to make a disk full or a file read-only.</param>
    public static SqliteDialect File(string path, string extraPragmas = "") => new(Path.GetFullPath(path), $"`{path}`", inMemory: false, extraPragmas);

    /// <summary>A store in memory, of its own.</summary>
    public static SqliteDialect Memory() => new($"file:/aksinsights-{Guid.NewGuid():N}?vfs=memdb", "memory", inMemory: true, "");

    /// <inheritdoc/>
    public override async Task PrepareAsync(CancellationToken cancellation)
    {
        var connection = (SqliteConnection)await OpenAsync(cancellation).ConfigureAwait(false);
        if (_inMemory)
        {
            _anchor = connection;
            return;
        }

        await using (connection.ConfigureAwait(false))
        {
            var mode = await connection.ExecuteScalarAsync<string>("PRAGMA journal_mode = WAL").ConfigureAwait(false);
            if (mode == "wal") return;
            throw new StoreException(StoreFailure.CannotOpen, $"The store {Place} is on a file system that SQLite cannot use WAL on. Use a local disk.");
        }
    }

    /// <inheritdoc/>
    public override async Task<DbConnection> OpenAsync(CancellationToken cancellation)
    {
        var connection = new SqliteConnection(_connectionString);
        try
        {
            await connection.OpenAsync(cancellation).ConfigureAwait(false);
            await connection.ExecuteAsync(_pragmas).ConfigureAwait(false);
            return connection;
        }
        catch
        {
            await connection.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    /// <inheritdoc/>
    public override Task<DbTransaction> BeginWriteAsync(DbConnection connection, CancellationToken cancellation)
    {
        // Not deferred: the lock is taken now, as one that is taken at the first write may find that what was read has changed.
        DbTransaction transaction = ((SqliteConnection)connection).BeginTransaction(deferred: false);
        return Task.FromResult(transaction);
    }

    /// <inheritdoc/>
    public override Task<DbTransaction> BeginMigrationAsync(DbConnection connection, CancellationToken cancellation) =>
        BeginWriteAsync(connection, cancellation);

    /// <inheritdoc/>
    public override Task<DbTransaction> BeginSnapshotAsync(DbConnection connection, CancellationToken cancellation)
    {
        DbTransaction transaction = ((SqliteConnection)connection).BeginTransaction(deferred: true);
        return Task.FromResult(transaction);
    }

    /// <inheritdoc/>
    /// <remarks>A transaction that writes has the whole file to itself.</remarks>
    public override Task LockAsync(DbTransaction transaction, string scope, CancellationToken cancellation) => Task.CompletedTask;

    /// <inheritdoc/>
    public override Task<bool> HasTableAsync(DbConnection connection, DbTransaction? transaction, string table) =>
        connection.ExecuteScalarAsync<bool>("SELECT count(*) FROM sqlite_master WHERE type = 'table' AND name = @table", new { table }, transaction);

    /// <inheritdoc/>
    public override Task WriteAsync<T>(DbTransaction transaction, RowChange<T> change, IEnumerable<T> rows, CancellationToken cancellation)
    {
        SqliteRows.Write((SqliteConnection)transaction.Connection!, change, rows, cancellation);
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    /// <remarks>SQLite numbers behind the highest that it has seen.</remarks>
    public override Task ContinueNumbersAsync(DbTransaction transaction, string table, string column, CancellationToken cancellation) => Task.CompletedTask;

    /// <inheritdoc/>
    public override async Task CompactAsync(DbConnection connection, CancellationToken cancellation) =>
        await connection.ExecuteAsync(new CommandDefinition("VACUUM; PRAGMA optimize; PRAGMA wal_checkpoint(TRUNCATE);", commandTimeout: 0, cancellationToken: cancellation))
            .ConfigureAwait(false);

    /// <inheritdoc/>
    public override StoreException? Explain(DbException error) => ((SqliteException)error).SqliteErrorCode switch
    {
        // The index of the log cannot grow: SQLITE_IOERR_SHMSIZE, which only a full disk gives.
        10 when ((SqliteException)error).SqliteExtendedErrorCode == 4874 => Full(error),
        5 or 6 => Failure(StoreFailure.Busy, "is kept locked by another process", "Stop the other process, or wait and try again.", error),
        3 or 8 or 23 => Failure(StoreFailure.ReadOnly, "cannot be written", "Give this user the right to write the file and its folder.", error),
        10 => Failure(StoreFailure.Damaged, "cannot be read or written: the disk reports an error", "See the system's log; restore a backup if the disk is broken.", error),
        11 => Failure(StoreFailure.Damaged, "is damaged", "Restore a backup, or move the file away to begin anew.", error),
        13 => Full(error),
        14 => Failure(StoreFailure.CannotOpen, "cannot be opened", "See that its folder exists, and that this user may write there.", error),
        26 => Failure(StoreFailure.NotAStore, "is not an SQLite database", "Name another file; this one was left as it is.", error),
        _ => null,
    };

    /// <inheritdoc/>
    public override async ValueTask DisposeAsync()
    {
        if (_anchor is not null) await _anchor.DisposeAsync().ConfigureAwait(false);
        using var pool = new SqliteConnection(_connectionString);
        SqliteConnection.ClearPool(pool);
    }

    private StoreException Full(DbException error) =>
        Failure(StoreFailure.Full, "cannot grow: the disk is full", "Free some space; nothing was lost but the last change.", error);
}

using System.Buffers.Binary;
using System.Data.Common;
using System.Security.Cryptography;
using System.Text;
using AksInsights.Core.Findings;
using Dapper;
using Npgsql;

namespace AksInsights.Adapters.Storage;

/// <summary>A store in a PostgreSQL database, for more than one replica. Its tables are in the first schema of the search path.</summary>
/// <remarks>
/// Transactions are READ COMMITTED; what an evaluation reads and writes is guarded by an advisory lock for its query and workspace (<see cref="LockAsync"/>),
/// so evaluations of different queries run beside each other and those of the same one wait, however many replicas there are.
/// </remarks>
internal sealed class PostgresDialect : Dialect
{
    private const int CommandSeconds = 120;
    private const int LockSeconds = 30;
    private const int ConnectSeconds = 10;

    // Eight times Npgsql's own: while rows are copied in, the server is woken for each bufferful. A tenth of the time for 100,000 findings.
    private const int WriteBufferBytes = 65_536;

    // Any number does; this one is that of the program's name.
    private const string MigrationScope = "aksinsights migrations";

    private readonly NpgsqlDataSource _source;

    private PostgresDialect(NpgsqlConnectionStringBuilder settings)
    {
        Place = $"`{settings.Database}` on {settings.Host}:{settings.Port}";
        _source = NpgsqlDataSource.Create(settings);
    }

    /// <inheritdoc/>
    public override string Name => "postgres";

    /// <inheritdoc/>
    public override string Place { get; }

    /// <inheritdoc/>
    public override int Writers => 8;

    /// <summary>A store in a database that exists.</summary>
    /// <param name="connectionString">Npgsql's own settings; those it leaves out are filled in.</param>
    public static PostgresDialect At(string connectionString)
    {
        var settings = new NpgsqlConnectionStringBuilder(connectionString);
        if (!settings.ContainsKey("Application Name")) settings.ApplicationName = "aksinsights";
        if (!settings.ContainsKey("Command Timeout")) settings.CommandTimeout = CommandSeconds;
        if (!settings.ContainsKey("Timeout")) settings.Timeout = ConnectSeconds;
        if (!settings.ContainsKey("Write Buffer Size")) settings.WriteBufferSize = WriteBufferBytes;
        if (string.IsNullOrEmpty(settings.Database)) settings.Database = "aksinsights";
        return new PostgresDialect(settings);
    }

    /// <inheritdoc/>
    public override Task PrepareAsync(CancellationToken cancellation) => Task.CompletedTask;

    /// <inheritdoc/>
    public override async Task<DbConnection> OpenAsync(CancellationToken cancellation) => await _source.OpenConnectionAsync(cancellation).ConfigureAwait(false);

    /// <inheritdoc/>
    public override async Task<DbTransaction> BeginWriteAsync(DbConnection connection, CancellationToken cancellation)
    {
        var transaction = await connection.BeginTransactionAsync(System.Data.IsolationLevel.ReadCommitted, cancellation).ConfigureAwait(false);
        await connection.ExecuteAsync($"SET LOCAL lock_timeout = '{LockSeconds}s'", transaction: transaction).ConfigureAwait(false);
        return transaction;
    }

    /// <inheritdoc/>
    public override async Task<DbTransaction> BeginMigrationAsync(DbConnection connection, CancellationToken cancellation)
    {
        var transaction = await connection.BeginTransactionAsync(System.Data.IsolationLevel.ReadCommitted, cancellation).ConfigureAwait(false);
        await LockAsync(transaction, MigrationScope, cancellation).ConfigureAwait(false);
        return transaction;
    }

    /// <inheritdoc/>
    public override async Task<DbTransaction> BeginSnapshotAsync(DbConnection connection, CancellationToken cancellation) =>
        await connection.BeginTransactionAsync(System.Data.IsolationLevel.RepeatableRead, cancellation).ConfigureAwait(false);

    /// <inheritdoc/>
    public override Task LockAsync(DbTransaction transaction, string scope, CancellationToken cancellation)
    {
        var key = BinaryPrimitives.ReadInt64LittleEndian(SHA256.HashData(Encoding.UTF8.GetBytes(scope)));
        return transaction.Connection!.ExecuteAsync(
            new CommandDefinition("SELECT pg_advisory_xact_lock(@key)", new { key }, transaction, cancellationToken: cancellation));
    }

    /// <inheritdoc/>
    /// <remarks>Reads the catalogue and not <c>to_regclass</c>, which after a wait for a lock still knows what it knew before the wait.</remarks>
    public override Task<bool> HasTableAsync(DbConnection connection, DbTransaction? transaction, string table) => connection.ExecuteScalarAsync<bool>(
        "SELECT EXISTS (SELECT 1 FROM pg_class WHERE relname = @table AND relkind IN ('r', 'p') AND pg_table_is_visible(oid))", new { table }, transaction);

    /// <inheritdoc/>
    public override Task WriteAsync<T>(DbTransaction transaction, RowChange<T> change, IEnumerable<T> rows, CancellationToken cancellation) =>
        PostgresRows.WriteAsync((NpgsqlTransaction)transaction, change, rows, cancellation);

    /// <inheritdoc/>
    public override Task ContinueNumbersAsync(DbTransaction transaction, string table, string column, CancellationToken cancellation)
    {
        var sql = $"SELECT setval(pg_get_serial_sequence('{table}', '{column}'), max({column})) FROM {table} HAVING max({column}) IS NOT NULL";
        return transaction.Connection!.ExecuteAsync(new CommandDefinition(sql, transaction: transaction, cancellationToken: cancellation));
    }

    /// <inheritdoc/>
    public override async Task CompactAsync(DbConnection connection, CancellationToken cancellation)
    {
        foreach (var table in StoreTables.All)
        {
            var command = new CommandDefinition($"VACUUM (ANALYZE) {table.Name}", commandTimeout: 0, cancellationToken: cancellation);
            await connection.ExecuteAsync(command).ConfigureAwait(false);
        }
    }

    /// <inheritdoc/>
    public override StoreException? Explain(DbException error) => error switch
    {
        PostgresException answer => Explain(answer),
        NpgsqlException { InnerException: TimeoutException } =>
            Failure(StoreFailure.Busy, "did not answer in time", "See what keeps the server busy, and try again.", error),
        NpgsqlException => Failure(StoreFailure.CannotOpen, $"cannot be reached: {error.Message}", "See that the server runs and that host and port are right.", error),
        _ => null,
    };

    /// <inheritdoc/>
    public override ValueTask DisposeAsync() => _source.DisposeAsync();

    // Codes: postgresql.org/docs/current/errcodes-appendix.html.
    private StoreException? Explain(PostgresException error) => error.SqlState switch
    {
        "28P01" or "28000" => Failure(StoreFailure.CannotOpen, $"refused to let us in: {error.MessageText}", "Check the user and the password.", error),
        "3D000" or "3F000" => Failure(StoreFailure.CannotOpen, $"is not there: {error.MessageText}", "Create it with `createdb`, or name another database.", error),
        "53300" => Failure(StoreFailure.Busy, "has no connection left for us", "Raise `max_connections` of the server, or set `Maximum Pool Size`.", error),
        "53100" => Failure(StoreFailure.Full, "cannot grow: the server's disk is full", "Free some space there; nothing was lost but the last change.", error),
        "25006" => Failure(StoreFailure.ReadOnly, "cannot be written: the server is read-only", "Name the primary server instead of a standby.", error),
        "42501" => Failure(StoreFailure.ReadOnly, $"cannot be used: {error.MessageText}", "Grant the user the right to use and create tables in the schema.", error),
        "55P03" => Failure(StoreFailure.Busy, "is kept locked by another process", "Stop the other process, or wait and try again.", error),
        "57014" or "40001" or "40P01" => Failure(StoreFailure.Busy, $"gave up: {error.MessageText}", "Try again.", error),
        "XX001" or "XX002" => Failure(StoreFailure.Damaged, $"is damaged: {error.MessageText}", "See the server's log; restore a backup.", error),
        _ when error.SqlState.StartsWith("08", StringComparison.Ordinal) || error.SqlState.StartsWith("57P", StringComparison.Ordinal) =>
            Failure(StoreFailure.CannotOpen, $"cannot be reached: {error.MessageText}", "See that the server runs, and try again.", error),
        _ when error.SqlState.StartsWith("58", StringComparison.Ordinal) =>
            Failure(StoreFailure.Damaged, $"cannot be read or written: {error.MessageText}", "See the server's log; restore a backup if its disk is broken.", error),
        _ => null,
    };
}

using System.Data.Common;
using AksInsights.Core.Findings;

namespace AksInsights.Adapters.Storage;

/// <summary>What differs between the databases a store can live in. All other SQL is common to them.</summary>
internal abstract class Dialect : IAsyncDisposable
{
    /// <summary>The folder of the migrations: <c>sqlite</c>, <c>postgres</c>.</summary>
    public abstract string Name { get; }

    /// <summary>Where the store is, for messages; no secrets.</summary>
    public abstract string Place { get; }

    /// <summary>Makes the database ready to be migrated. Called once, before anything else.</summary>
    public abstract Task PrepareAsync(CancellationToken cancellation);

    /// <summary>An open connection; the caller disposes it.</summary>
    public abstract Task<DbConnection> OpenAsync(CancellationToken cancellation);

    /// <summary>Begins a transaction in which nobody else writes what it reads.</summary>
    public abstract Task<DbTransaction> BeginWriteAsync(DbConnection connection, CancellationToken cancellation);

    /// <summary>Begins the transaction of a migration, of which there is one at a time.</summary>
    public abstract Task<DbTransaction> BeginMigrationAsync(DbConnection connection, CancellationToken cancellation);

    /// <summary>Whether a table exists.</summary>
    public abstract Task<bool> HasTableAsync(DbConnection connection, DbTransaction? transaction, string table);

    /// <summary>Runs a statement for many rows within a transaction. The rows are taken one by one, so they need not all be in memory.</summary>
    public abstract Task WriteAsync<T>(DbTransaction transaction, RowStatement<T> statement, IEnumerable<T> rows, CancellationToken cancellation);

    /// <summary>What a database error means for people; null when it can only be a mistake of ours.</summary>
    public abstract StoreException? Explain(DbException error);

    /// <inheritdoc/>
    public abstract ValueTask DisposeAsync();
}

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

    /// <summary>How many of this process's writers the database can make use of at a time; others queue up before they trouble it.</summary>
    public abstract int Writers { get; }

    /// <summary>Makes the database ready to be migrated. Called once, before anything else.</summary>
    public abstract Task PrepareAsync(CancellationToken cancellation);

    /// <summary>An open connection; the caller disposes it.</summary>
    public abstract Task<DbConnection> OpenAsync(CancellationToken cancellation);

    /// <summary>Begins a transaction that writes; see <see cref="LockAsync"/>.</summary>
    public abstract Task<DbTransaction> BeginWriteAsync(DbConnection connection, CancellationToken cancellation);

    /// <summary>Begins the transaction of a migration, of which there is one at a time.</summary>
    public abstract Task<DbTransaction> BeginMigrationAsync(DbConnection connection, CancellationToken cancellation);

    /// <summary>Begins a transaction that reads one state of the database, whatever others write meanwhile.</summary>
    public abstract Task<DbTransaction> BeginSnapshotAsync(DbConnection connection, CancellationToken cancellation);

    /// <summary>Waits until no other transaction holds the same scope, and holds it to the end of this one: what it reads under it, only it may change.</summary>
    public abstract Task LockAsync(DbTransaction transaction, string scope, CancellationToken cancellation);

    /// <summary>Whether a table exists.</summary>
    public abstract Task<bool> HasTableAsync(DbConnection connection, DbTransaction? transaction, string table);

    /// <summary>Makes a change for many rows, in order, within a transaction. The rows are taken one by one, so they need not all be in memory.</summary>
    public abstract Task WriteAsync<T>(DbTransaction transaction, RowChange<T> change, IEnumerable<T> rows, CancellationToken cancellation);

    /// <summary>Lets the database go on numbering a column behind the numbers that were copied into it.</summary>
    public abstract Task ContinueNumbersAsync(DbTransaction transaction, string table, string column, CancellationToken cancellation);

    /// <summary>Gives room that pruned rows took back to the disk, or to later rows, and brings the planner's statistics up to date.</summary>
    public abstract Task CompactAsync(DbConnection connection, CancellationToken cancellation);

    /// <summary>What a database error means for people; null when it can only be a mistake of ours.</summary>
    public abstract StoreException? Explain(DbException error);

    /// <inheritdoc/>
    public abstract ValueTask DisposeAsync();

    /// <summary>A failure with what happened and what to do next.</summary>
    protected StoreException Failure(StoreFailure failure, string what, string next, Exception inner) => new(failure, $"The store {Place} {what}. {next}", inner);
}

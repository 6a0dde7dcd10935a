using System.Data.Common;
using AksInsights.Core.Findings;

namespace AksInsights.Adapters.Storage;

/// <summary>Connections and transactions of one store, shared by all that read and write it. Owns the dialect.</summary>
internal sealed class StoreConnections : IAsyncDisposable
{
    private readonly SemaphoreSlim _writing;

    /// <summary>Makes connections of a dialect.</summary>
    public StoreConnections(Dialect dialect)
    {
        Dialect = dialect;
        _writing = new SemaphoreSlim(dialect.Writers);
    }

    /// <summary>The dialect.</summary>
    public Dialect Dialect { get; }

    /// <summary>Reads, each statement what is stored then.</summary>
    /// <exception cref="StoreException">The store cannot work.</exception>
    public Task<T> ReadAsync<T>(Func<DbConnection, Task<T>> read, CancellationToken cancellation) => GuardAsync(async () =>
    {
        var connection = await Dialect.OpenAsync(cancellation).ConfigureAwait(false);
        await using (connection.ConfigureAwait(false)) return await read(connection).ConfigureAwait(false);
    });

    /// <summary>Reads one state of the store by several statements.</summary>
    /// <exception cref="StoreException">The store cannot work.</exception>
    public Task<T> ReadStateAsync<T>(Func<DbTransaction, Task<T>> read, CancellationToken cancellation) => ReadAsync(
        async connection =>
        {
            var transaction = await Dialect.BeginSnapshotAsync(connection, cancellation).ConfigureAwait(false);
            await using (transaction.ConfigureAwait(false)) return await read(transaction).ConfigureAwait(false);
        },
        cancellation);

    /// <summary>Writes in one transaction. Writers queue up here before they trouble the database.</summary>
    /// <exception cref="StoreException">The store cannot work; nothing was changed.</exception>
    public async Task<T> WriteAsync<T>(Func<DbTransaction, Task<T>> write, CancellationToken cancellation)
    {
        await _writing.WaitAsync(cancellation).ConfigureAwait(false);
        try
        {
            return await ReadAsync(connection => InTransactionAsync(connection, write, cancellation), cancellation).ConfigureAwait(false);
        }
        finally
        {
            _writing.Release();
        }
    }

    /// <summary>Does something with the database, with errors from outside as <see cref="StoreException"/>.</summary>
    public async Task<T> GuardAsync<T>(Func<Task<T>> work)
    {
        try
        {
            return await work().ConfigureAwait(false);
        }
        catch (DbException error) when (Dialect.Explain(error) is { } explained)
        {
            throw explained;
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await Dialect.DisposeAsync().ConfigureAwait(false);
        _writing.Dispose();
    }

    private async Task<T> InTransactionAsync<T>(DbConnection connection, Func<DbTransaction, Task<T>> write, CancellationToken cancellation)
    {
        var transaction = await Dialect.BeginWriteAsync(connection, cancellation).ConfigureAwait(false);
        await using (transaction.ConfigureAwait(false))
        {
            var result = await write(transaction).ConfigureAwait(false);
            cancellation.ThrowIfCancellationRequested();
            await transaction.CommitAsync(CancellationToken.None).ConfigureAwait(false);
            return result;
        }
    }
}

using AksInsights.Core.Findings;

namespace AksInsights.Adapters.Storage;

/// <summary>Backups of stores of every kind: SQLite files that hold a store as it was at one moment.</summary>
public static class StoreBackup
{
    /// <summary>Writes a backup; the file is there only when it is whole.</summary>
    /// <returns>How many rows it holds.</returns>
    /// <exception cref="StoreException">The store or the file cannot be used; there is no file then.</exception>
    public static async Task<long> WriteAsync(SqlFindingStore store, string path, TimeProvider time, CancellationToken cancellation)
    {
        var partial = path + ".partial";
        try
        {
            long rows;
            var file = await SqlFindingStore.OpenFileAsync(partial, time, cancellation).ConfigureAwait(false);
            await using (file.ConfigureAwait(false))
            {
                rows = await store.Upkeep.CopyToAsync(file.Upkeep, cancellation).ConfigureAwait(false);
                await file.Upkeep.CompactAsync(cancellation).ConfigureAwait(false);
            }

            File.Move(partial, path);
            return rows;
        }
        catch (IOException error)
        {
            throw new StoreException(StoreFailure.CannotOpen, $"The backup `{path}` cannot be written: {error.Message}", error);
        }
        finally
        {
            foreach (var left in new[] { partial, partial + "-wal", partial + "-shm" }.Where(File.Exists)) File.Delete(left);
        }
    }

    /// <summary>Copies a backup into an empty store. The backup is only read: one of an earlier version is migrated in a copy.</summary>
    /// <returns>How many rows there were.</returns>
    /// <exception cref="StoreException">The backup or the store cannot be used, or the store is not empty; it is as it was.</exception>
    public static async Task<long> ReadAsync(string path, SqlFindingStore store, TimeProvider time, CancellationToken cancellation)
    {
        var folder = Directory.CreateTempSubdirectory("aksinsights-restore");
        try
        {
            var copy = Path.Combine(folder.FullName, "backup.db");
            // A store that is in use has its newest rows in a second file.
            foreach (var part in new[] { "", "-wal" }) if (File.Exists(path + part)) File.Copy(path + part, copy + part);
            var file = await OpenAsync(copy, path, time, cancellation).ConfigureAwait(false);
            await using (file.ConfigureAwait(false)) return await file.Upkeep.CopyToAsync(store.Upkeep, cancellation).ConfigureAwait(false);
        }
        catch (IOException error)
        {
            throw new StoreException(StoreFailure.CannotOpen, $"The backup `{path}` cannot be read: {error.Message}", error);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    /// <summary>Opens the copy of a backup; what is wrong with it is said of the backup.</summary>
    private static async Task<SqlFindingStore> OpenAsync(string copy, string original, TimeProvider time, CancellationToken cancellation)
    {
        try
        {
            return await SqlFindingStore.OpenFileAsync(copy, time, cancellation).ConfigureAwait(false);
        }
        catch (StoreException error)
        {
            throw new StoreException(error.Failure, error.Message.Replace(copy, original, StringComparison.Ordinal), error);
        }
    }
}

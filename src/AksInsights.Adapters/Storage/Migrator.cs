using System.Data.Common;
using System.Globalization;
using System.Reflection;
using System.Security.Cryptography;
using System.Text;
using AksInsights.Core.Findings;
using Dapper;

namespace AksInsights.Adapters.Storage;

/// <summary>Brings a store to the schema this program writes. Forward only: numbered SQL files, each in one transaction, one program at a time.</summary>
internal static class Migrator
{
    private const string Folder = "Migrations/";

    // The migration that made a column for checksums.
    private const int FirstWithChecksums = 2;

    /// <summary>Applies what is missing.</summary>
    /// <exception cref="StoreException">The store was written by a newer program, or is a database of something else.</exception>
    public static Task MigrateAsync(Dialect dialect, DbConnection connection, TimeProvider time, CancellationToken cancellation) =>
        MigrateAsync(dialect, connection, Known(dialect.Name), time, cancellation);

    /// <summary>Applies what is missing of some migrations, as a program did that knew no others.</summary>
    internal static async Task MigrateAsync(
        Dialect dialect, DbConnection connection, IReadOnlyList<Migration> migrations, TimeProvider time, CancellationToken cancellation)
    {
        // Looked at without the lock first: a store that is up to date opens while another process writes, and also where nobody may write.
        while (await VersionAsync(dialect, connection, null).ConfigureAwait(false) != migrations.Count)
        {
            cancellation.ThrowIfCancellationRequested();
            await ApplyNextAsync(dialect, connection, migrations, time, cancellation).ConfigureAwait(false);
        }

        if (migrations.Count >= FirstWithChecksums) await CompareChecksumsAsync(dialect, connection, migrations, cancellation).ConfigureAwait(false);
    }

    /// <summary>The migrations of a dialect, by number from 1 without gaps.</summary>
    /// <exception cref="InvalidOperationException">The program was built with a gap in its migrations.</exception>
    internal static IReadOnlyList<Migration> Known(string dialect)
    {
        var prefix = $"{Folder}{dialect}/";
        var known = Assembly.GetExecutingAssembly().GetManifestResourceNames()
            .Where(name => name.StartsWith(prefix, StringComparison.Ordinal)).Order(StringComparer.Ordinal)
            .Select(name => new Migration(int.Parse(name.AsSpan(prefix.Length, 4), CultureInfo.InvariantCulture), name)).ToArray();
        if (known.Length == 0 || known.Where((migration, i) => migration.Number != i + 1).Any())
            throw new InvalidOperationException($"The migrations of {dialect} are not numbered from 1 without gaps.");
        return known;
    }

    private static async Task ApplyNextAsync(
        Dialect dialect, DbConnection connection, IReadOnlyList<Migration> migrations, TimeProvider time, CancellationToken cancellation)
    {
        var transaction = await dialect.BeginMigrationAsync(connection, cancellation).ConfigureAwait(false);
        await using (transaction.ConfigureAwait(false))
        {
            var version = await VersionAsync(dialect, connection, transaction).ConfigureAwait(false);
            if (version > migrations.Count)
            {
                throw new StoreException(
                    StoreFailure.Newer,
                    $"The store {dialect.Place} has schema version {version}; this program knows versions up to {migrations.Count}. Use the newer program.");
            }

            if (version == migrations.Count) return;
            if (version == 0) await CreateVersionTableAsync(connection, transaction).ConfigureAwait(false);
            var next = migrations[version];
            var command = new CommandDefinition(await next.ReadAsync(cancellation).ConfigureAwait(false), transaction: transaction, commandTimeout: 0);
            await connection.ExecuteAsync(command).ConfigureAwait(false);
            await connection.ExecuteAsync(
                "INSERT INTO schema_version (version, applied_at) VALUES (@version, @at)",
                new { version = next.Number, at = StoredTime.From(time.GetUtcNow()) },
                transaction).ConfigureAwait(false);
            await WriteChecksumsAsync(connection, transaction, migrations, next.Number, cancellation).ConfigureAwait(false);
            await transaction.CommitAsync(CancellationToken.None).ConfigureAwait(false);
        }
    }

    private static async Task<int> VersionAsync(Dialect dialect, DbConnection connection, DbTransaction? transaction)
    {
        // In this order: the first migration makes both tables at once, so where another program's commit falls between the two looks, the second sees it.
        var hasFindings = await dialect.HasTableAsync(connection, transaction, "findings").ConfigureAwait(false);
        if (await dialect.HasTableAsync(connection, transaction, "schema_version").ConfigureAwait(false))
            return await connection.ExecuteScalarAsync<int>("SELECT coalesce(max(version), 0) FROM schema_version", transaction: transaction).ConfigureAwait(false);
        if (hasFindings)
            throw new StoreException(StoreFailure.NotAStore, $"The database {dialect.Place} has a table `findings` of something else. Name another database.");
        return 0;
    }

    /// <summary>Writes down what was applied, once there is a column for it.</summary>
    private static async Task WriteChecksumsAsync(
        DbConnection connection, DbTransaction transaction, IReadOnlyList<Migration> migrations, int upTo, CancellationToken cancellation)
    {
        if (upTo < FirstWithChecksums) return;
        foreach (var migration in migrations.Take(upTo))
        {
            var values = new { checksum = await migration.ChecksumAsync(cancellation).ConfigureAwait(false), version = migration.Number };
            await connection.ExecuteAsync("UPDATE schema_version SET checksum = @checksum WHERE version = @version AND checksum IS NULL", values, transaction)
                .ConfigureAwait(false);
        }
    }

    private static async Task CompareChecksumsAsync(
        Dialect dialect, DbConnection connection, IReadOnlyList<Migration> migrations, CancellationToken cancellation)
    {
        var applied = await connection.QueryAsync<(long Version, string Checksum)>("SELECT version, checksum FROM schema_version").ConfigureAwait(false);
        foreach (var (version, checksum) in applied)
        {
            if (checksum == await migrations[(int)version - 1].ChecksumAsync(cancellation).ConfigureAwait(false)) continue;
            throw new StoreException(
                StoreFailure.NotAStore,
                $"The store {dialect.Place} was brought to version {version} by another text of that migration than this program's. "
                + "Use the program that made it, or restore a backup into a new store.");
        }
    }

    private static Task CreateVersionTableAsync(DbConnection connection, DbTransaction transaction) => connection.ExecuteAsync(
        "CREATE TABLE IF NOT EXISTS schema_version (version INTEGER NOT NULL PRIMARY KEY, applied_at BIGINT NOT NULL)", transaction: transaction);

    /// <summary>One step of the schema.</summary>
    /// <param name="Number">Its number, which is the version after it.</param>
    /// <param name="Resource">The name of the embedded file.</param>
    internal sealed record Migration(int Number, string Resource)
    {
        /// <summary>Its SQL.</summary>
        public async Task<string> ReadAsync(CancellationToken cancellation)
        {
            using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream(Resource)
                ?? throw new InvalidOperationException($"The embedded file {Resource} vanished.");
            using var reader = new StreamReader(stream);
            return await reader.ReadToEndAsync(cancellation).ConfigureAwait(false);
        }

        /// <summary>SHA-256 of its text, whatever its line ends, as hexadecimal digits.</summary>
        public async Task<string> ChecksumAsync(CancellationToken cancellation)
        {
            var text = await ReadAsync(cancellation).ConfigureAwait(false);
            return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text.ReplaceLineEndings("\n"))));
        }
    }
}

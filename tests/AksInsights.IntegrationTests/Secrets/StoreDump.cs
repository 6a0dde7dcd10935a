using System.Data.Common;
using System.Text;
using AksInsights.Adapters.Storage;
using Dapper;
using Microsoft.Data.Sqlite;
using Npgsql;

namespace AksInsights.IntegrationTests.Secrets;

/// <summary>All that a database holds, as text: every table of ours and of others, and the bytes of an SQLite file.</summary>
internal static class StoreDump
{
    public static async Task<string> OfAsync(StoreAddress store)
    {
        if (store is StoreAddress.Postgres postgres)
        {
            await using var database = new NpgsqlConnection(postgres.ConnectionString);
            const string tables = "SELECT format('%I.%I', table_schema, table_name) FROM information_schema.tables WHERE table_schema NOT IN ('pg_catalog', 'information_schema') AND table_type = 'BASE TABLE'";
            return await DumpAsync(database, tables, table => $"SELECT t::text FROM {table} t");
        }

        var file = store.ToString()!;
        var text = new StringBuilder();
        foreach (var part in new[] { file, file + "-wal" }.Where(File.Exists)) text.Append(Encoding.Latin1.GetString(await File.ReadAllBytesAsync(part)));
        await using var sqlite = new SqliteConnection($"Data Source={file};Pooling=False");
        text.Append(await DumpAsync(sqlite, "SELECT name FROM sqlite_master WHERE type = 'table'", table => $"SELECT * FROM \"{table}\""));
        return text.ToString();
    }

    private static async Task<string> DumpAsync(DbConnection connection, string tables, Func<string, string> rows)
    {
        await connection.OpenAsync();
        var text = new StringBuilder();
        foreach (var table in (await connection.QueryAsync<string>(tables)).ToList())
        {
            text.Append(table).Append('\n');
            await using var reader = await connection.ExecuteReaderAsync(rows(table));
            while (await reader.ReadAsync())
            {
                for (var i = 0; i < reader.FieldCount; i++) text.Append(reader.GetValue(i) is byte[] bytes ? Convert.ToHexString(bytes) : reader.GetValue(i)).Append('\t');
                text.Append('\n');
            }
        }

        return text.ToString();
    }
}

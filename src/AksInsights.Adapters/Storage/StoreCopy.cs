using System.Data.Common;
using AksInsights.Core.Findings;
using Dapper;

namespace AksInsights.Adapters.Storage;

/// <summary>Copies all tables of one store into another, table by table; the kinds of the stores may differ.</summary>
internal static class StoreCopy
{
    /// <summary>Copies what the first transaction sees through the second.</summary>
    /// <returns>How many rows there were.</returns>
    /// <exception cref="StoreException">The target is not empty.</exception>
    public static async Task<long> CopyAsync(DbTransaction from, DbTransaction to, Dialect target, CancellationToken cancellation)
    {
        if (await to.Connection!.ExecuteScalarAsync<bool>("SELECT EXISTS (SELECT 1 FROM workspaces)", transaction: to).ConfigureAwait(false))
            throw new StoreException(StoreFailure.NotEmpty, $"The store {target.Place} holds findings already. Name an empty one.");
        var rows = 0L;
        foreach (var table in StoreTables.All)
        {
            rows += await CopyAsync(table, from, to, target, cancellation).ConfigureAwait(false);
            if (table.Numbered is { } column) await target.ContinueNumbersAsync(to, table.Name, column, cancellation).ConfigureAwait(false);
        }

        return rows;
    }

    private static async Task<long> CopyAsync(StoreTable table, DbTransaction from, DbTransaction to, Dialect target, CancellationToken cancellation)
    {
        var command = from.Connection!.CreateCommand();
        await using (command.ConfigureAwait(false))
        {
            command.Transaction = from;
#pragma warning disable CA2100 // The names are those of the table above.
            command.CommandText = $"SELECT * FROM {table.Name}" + (table.Numbered is { } order ? $" ORDER BY {order}" : "");
#pragma warning restore CA2100
            var reader = await command.ExecuteReaderAsync(cancellation).ConfigureAwait(false);
            await using (reader.ConfigureAwait(false))
            {
                var columns = Enumerable.Range(0, reader.FieldCount).Select(i => ColumnOf(table, reader.GetName(i), i)).ToArray();
                var rows = 0L;
                await target.WriteAsync(to, new RowInsert<DbDataReader>(table.Name, columns), Rows(reader, () => rows++), cancellation).ConfigureAwait(false);
                return rows;
            }
        }
    }

    private static RowColumn<DbDataReader> ColumnOf(StoreTable table, string name, int place)
    {
        if (table.Bytes.Contains(name)) return RowColumn<DbDataReader>.OfBytes(name, row => row.GetFieldValue<byte[]>(place));
        return table.Texts.Contains(name)
            ? RowColumn<DbDataReader>.Of(name, row => row.IsDBNull(place) ? null : row.GetString(place))
            : RowColumn<DbDataReader>.Of(name, row => row.IsDBNull(place) ? null : row.GetInt64(place));
    }

    /// <summary>The reader itself, once for each row: whoever writes a row has done so before it asks for the next.</summary>
    private static IEnumerable<DbDataReader> Rows(DbDataReader reader, Action count)
    {
        while (reader.Read())
        {
            count();
            yield return reader;
        }
    }
}

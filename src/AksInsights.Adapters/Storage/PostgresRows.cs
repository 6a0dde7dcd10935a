using Npgsql;
using NpgsqlTypes;

namespace AksInsights.Adapters.Storage;

/// <summary>Makes one change for many rows on PostgreSQL: new rows are copied in, others travel as one array a column.</summary>
/// <remarks>A statement for each row would take a round trip or at least a plan each; both ways here take a few microseconds a row.</remarks>
internal static class PostgresRows
{
    // So that the arrays of a batch, some hundred bytes a row, stay small beside what else an evaluation holds.
    private const int BatchRows = 5_000;

    /// <summary>Makes the change for each row, in order.</summary>
    /// <exception cref="NpgsqlException">The database refused; the transaction should be rolled back.</exception>
    public static async Task WriteAsync<T>(NpgsqlTransaction transaction, RowChange<T> change, IEnumerable<T> rows, CancellationToken cancellation)
    {
        if (change is RowInsert<T> { Unless: null })
        {
            await CopyAsync(transaction.Connection!, change, rows, cancellation).ConfigureAwait(false);
            return;
        }

        foreach (var batch in rows.Chunk(BatchRows)) await SendAsync(transaction, change, batch, cancellation).ConfigureAwait(false);
    }

    private static async Task CopyAsync<T>(NpgsqlConnection connection, RowChange<T> change, IEnumerable<T> rows, CancellationToken cancellation)
    {
        if (rows.TryGetNonEnumeratedCount(out var count) && count == 0) return;
        var names = string.Join(", ", change.Columns.Select(column => column.Name));
        var copy = await connection.BeginBinaryImportAsync($"COPY {change.Table} ({names}) FROM STDIN (FORMAT BINARY)", cancellation).ConfigureAwait(false);
        await using (copy.ConfigureAwait(false))
        {
            foreach (var row in rows)
            {
                await copy.StartRowAsync(cancellation).ConfigureAwait(false);
                foreach (var column in change.Columns) Write(copy, column, row);
            }

            await copy.CompleteAsync(cancellation).ConfigureAwait(false);
        }
    }

    // Values go into a buffer, and only now and then to the server; to wait for each of some million would take longer than to write it.
    private static void Write<T>(NpgsqlBinaryImporter copy, RowColumn<T> column, T row)
    {
        if (column.Bytes is { } bytes) copy.Write(bytes(row), NpgsqlDbType.Bytea);
        else if (column.Text?.Invoke(row) is { } text) copy.Write(text, NpgsqlDbType.Text);
        else if (column.Number?.Invoke(row) is { } number) copy.Write(number, NpgsqlDbType.Bigint);
        else copy.WriteNull();
    }

    private static async Task SendAsync<T>(NpgsqlTransaction transaction, RowChange<T> change, T[] rows, CancellationToken cancellation)
    {
        var columns = change.Columns;
        var arrays = string.Join(", ", columns.Select((column, i) => $"${i + 1}::{TypeOf(column)}[]"));
        var names = string.Join(", ", columns.Select(column => column.Name));
        var command = new NpgsqlCommand(change.AllRowsOf($"unnest({arrays}) AS s ({names})"), transaction.Connection, transaction);
        await using (command.ConfigureAwait(false))
        {
            foreach (var column in columns) command.Parameters.Add(ArrayOf(column, rows));
            await command.ExecuteNonQueryAsync(cancellation).ConfigureAwait(false);
        }
    }

    private static string TypeOf<T>(RowColumn<T> column) => column.Text is not null ? "text" : column.Bytes is not null ? "bytea" : "bigint";

    private static NpgsqlParameter ArrayOf<T>(RowColumn<T> column, T[] rows)
    {
        if (column.Text is { } text)
            return new NpgsqlParameter { Value = Array.ConvertAll(rows, row => text(row)), NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Text };
        if (column.Bytes is { } bytes)
            return new NpgsqlParameter { Value = Array.ConvertAll(rows, row => bytes(row)), NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Bytea };
        return new NpgsqlParameter { Value = Array.ConvertAll(rows, row => column.Number!(row)), NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Bigint };
    }
}

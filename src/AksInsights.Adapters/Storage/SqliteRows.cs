using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace AksInsights.Adapters.Storage;

/// <summary>Runs one statement for many rows on SQLite's own interface.</summary>
/// <remarks>
/// Binding by position to one prepared statement takes half the time of commands with named parameters, measured on 100,000 rows of 36 columns. The statement
/// joins the transaction its connection is in.
/// </remarks>
internal static class SqliteRows
{
    /// <summary>Runs the statement for each row, in order.</summary>
    /// <exception cref="SqliteException">The database refused; the transaction should be rolled back.</exception>
    public static void Write<T>(SqliteConnection connection, RowChange<T> change, IEnumerable<T> rows, CancellationToken cancellation)
    {
        var database = connection.Handle!;
        SqliteException.ThrowExceptionForRC(raw.sqlite3_prepare_v2(database, change.OneRow, out var prepared), database);
        var columns = change.Columns;
        using (prepared)
        {
            foreach (var row in rows)
            {
                cancellation.ThrowIfCancellationRequested();
                for (var i = 0; i < columns.Length; i++) Check(Bind(prepared, i + 1, columns[i], row));
                var result = raw.sqlite3_step(prepared);
                if (result != raw.SQLITE_DONE) SqliteException.ThrowExceptionForRC(result, database);
                raw.sqlite3_reset(prepared);
            }
        }
    }

    private static int Bind<T>(sqlite3_stmt prepared, int place, RowColumn<T> column, T row)
    {
        if (column.Text is { } text) return Bind(prepared, place, text(row));
        return column.Bytes is { } bytes ? raw.sqlite3_bind_blob(prepared, place, bytes(row)) : Bind(prepared, place, column.Number!(row));
    }

    private static int Bind(sqlite3_stmt prepared, int place, string? value) =>
        value is null ? raw.sqlite3_bind_null(prepared, place) : raw.sqlite3_bind_text(prepared, place, value);

    private static int Bind(sqlite3_stmt prepared, int place, long? value) =>
        value is { } number ? raw.sqlite3_bind_int64(prepared, place, number) : raw.sqlite3_bind_null(prepared, place);

    private static void Check(int result)
    {
        if (result != raw.SQLITE_OK) throw new InvalidOperationException($"SQLite refused a value with code {result}.");
    }
}

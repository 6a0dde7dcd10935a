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
    public static void Write<T>(SqliteConnection connection, RowStatement<T> statement, IEnumerable<T> rows, CancellationToken cancellation)
    {
        var database = connection.Handle!;
        SqliteException.ThrowExceptionForRC(raw.sqlite3_prepare_v2(database, statement.Sql, out var prepared), database);
        using (prepared)
        {
            foreach (var row in rows)
            {
                cancellation.ThrowIfCancellationRequested();
                for (var i = 0; i < statement.Values.Length; i++) Bind(prepared, i + 1, statement.Values[i](row));
                var result = raw.sqlite3_step(prepared);
                if (result != raw.SQLITE_DONE) SqliteException.ThrowExceptionForRC(result, database);
                raw.sqlite3_reset(prepared);
            }
        }
    }

    private static void Bind(sqlite3_stmt prepared, int place, object? value)
    {
        var result = value switch
        {
            null => raw.sqlite3_bind_null(prepared, place),
            string text => raw.sqlite3_bind_text(prepared, place, text),
            long number => raw.sqlite3_bind_int64(prepared, place, number),
            _ => throw new InvalidOperationException($"The store writes texts and 64-bit numbers, not a {value.GetType().Name}."),
        };
        if (result != raw.SQLITE_OK) throw new InvalidOperationException($"SQLite refused the value at place {place} with code {result}.");
    }
}

namespace AksInsights.Adapters.Storage;

/// <summary>A column of a table with the value it takes from what a row is made from: a text or a 64-bit number, either of them perhaps null, or bytes.</summary>
/// <typeparam name="T">What a row is made from.</typeparam>
internal sealed class RowColumn<T>
{
    private RowColumn(string name, Func<T, string?>? text, Func<T, long?>? number, Func<T, byte[]>? bytes)
    {
        Name = name;
        Text = text;
        Number = number;
        Bytes = bytes;
    }

    /// <summary>The column.</summary>
    public string Name { get; }

    /// <summary>Its text; null for a column of something else.</summary>
    public Func<T, string?>? Text { get; }

    /// <summary>Its number; null for a column of something else.</summary>
    public Func<T, long?>? Number { get; }

    /// <summary>Its bytes; null for a column of something else.</summary>
    public Func<T, byte[]>? Bytes { get; }

    /// <summary>A column of texts.</summary>
    public static RowColumn<T> Of(string name, Func<T, string?> text) => new(name, text, null, null);

    /// <summary>A column of numbers.</summary>
    public static RowColumn<T> Of(string name, Func<T, long?> number) => new(name, null, number, null);

    /// <summary>A column of bytes.</summary>
    public static RowColumn<T> OfBytes(string name, Func<T, byte[]> bytes) => new(name, null, null, bytes);
}

/// <summary>One change that is made for many rows; each dialect knows its quickest way to do so.</summary>
/// <typeparam name="T">What a row is made from.</typeparam>
internal abstract class RowChange<T>(string table, RowColumn<T>[] columns)
{
    /// <summary>The table.</summary>
    public string Table { get; } = table;

    /// <summary>All columns that take part.</summary>
    public RowColumn<T>[] Columns { get; } = columns;

    /// <summary>Their names, separated by commas.</summary>
    protected string Names => string.Join(", ", Columns.Select(column => column.Name));

    /// <summary>The statement for a single row, whose parameters stand in the order of <see cref="Columns"/>.</summary>
    public abstract string OneRow { get; }

    /// <summary>The statement for all rows of <paramref name="source"/>, a relation <c>s</c> that has <see cref="Columns"/>.</summary>
    public abstract string AllRowsOf(string source);
}

/// <summary>Adds rows.</summary>
internal sealed class RowInsert<T>(string table, params RowColumn<T>[] columns) : RowChange<T>(table, columns)
{
    /// <summary>The column by which rows that are there already are recognised and passed over; null when there can be none.</summary>
    public string? Unless { get; init; }

    /// <inheritdoc/>
    public override string OneRow => $"INSERT INTO {Table} ({Names}) VALUES ({string.Join(", ", Columns.Select((_, i) => $"?{i + 1}"))}){Conflict}";

    private string Conflict => Unless is null ? "" : $" ON CONFLICT ({Unless}) DO NOTHING";

    /// <inheritdoc/>
    public override string AllRowsOf(string source) => $"INSERT INTO {Table} ({Names}) SELECT {Names} FROM {source}{Conflict}";
}

/// <summary>Adds rows; one that is there already takes the new values.</summary>
/// <typeparam name="T">What a row is made from.</typeparam>
internal sealed class RowReplace<T>(string table, string key, params RowColumn<T>[] columns) : RowChange<T>(table, columns)
{
    /// <inheritdoc/>
    public override string OneRow => $"INSERT INTO {Table} ({Names}) VALUES ({string.Join(", ", Columns.Select((_, i) => $"?{i + 1}"))}){Conflict}";

    private string Conflict => $" ON CONFLICT ({key}) DO UPDATE SET {string.Join(", ", Columns.Select(column => $"{column.Name} = excluded.{column.Name}"))}";

    /// <inheritdoc/>
    public override string AllRowsOf(string source) => $"INSERT INTO {Table} ({Names}) SELECT {Names} FROM {source}{Conflict}";
}

/// <summary>Adds to numbers; one that is not there yet begins at nothing.</summary>
/// <typeparam name="T">What a row is made from.</typeparam>
internal sealed class RowIncrease<T>(string table, RowColumn<T> number, params RowColumn<T>[] key) : RowChange<T>(table, [number, .. key])
{
    /// <inheritdoc/>
    public override string OneRow => $"INSERT INTO {Table} ({Names}) VALUES ({string.Join(", ", Columns.Select((_, i) => $"?{i + 1}"))}){Conflict}";

    private string Conflict => $" ON CONFLICT ({string.Join(", ", key.Select(column => column.Name))}) DO UPDATE SET {number.Name} = {Table}.{number.Name} + excluded.{number.Name}";

    /// <inheritdoc/>
    public override string AllRowsOf(string source) => $"INSERT INTO {Table} ({Names}) SELECT {Names} FROM {source}{Conflict}";
}

/// <summary>Changes rows that are found by the first column.</summary>
internal sealed class RowUpdate<T>(string table, params RowColumn<T>[] columns) : RowChange<T>(table, columns)
{
    /// <inheritdoc/>
    public override string OneRow => $"UPDATE {Table} SET {string.Join(", ", Columns.Skip(1).Select((column, i) => $"{column.Name} = ?{i + 2}"))} WHERE {Columns[0].Name} = ?1";

    /// <inheritdoc/>
    public override string AllRowsOf(string source) =>
        $"UPDATE {Table} t SET {string.Join(", ", Columns.Skip(1).Select(column => $"{column.Name} = s.{column.Name}"))} FROM {source} WHERE t.{Columns[0].Name} = s.{Columns[0].Name}";
}

/// <summary>Deletes rows that are found by a column.</summary>
internal sealed class RowDelete<T>(string table, RowColumn<T> key) : RowChange<T>(table, [key])
{
    /// <inheritdoc/>
    public override string OneRow => $"DELETE FROM {Table} WHERE {Columns[0].Name} = ?1";

    /// <inheritdoc/>
    public override string AllRowsOf(string source) => $"DELETE FROM {Table} t USING {source} WHERE t.{Columns[0].Name} = s.{Columns[0].Name}";
}

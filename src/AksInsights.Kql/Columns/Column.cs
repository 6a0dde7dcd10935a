using AksInsights.Kql.Types;

namespace AksInsights.Kql.Columns;

/// <summary>A run of cells of one type: the unit of work of the engine. Immutable once handed over.</summary>
/// <remarks>
/// Three encodings: <see cref="FlatColumn{T}"/> (one value a row), <see cref="CodedColumn{T}"/> (a code a row into a <see cref="Pool{T}"/> of values)
/// and <see cref="ConstantColumn{T}"/> (one value for all rows). Code that is not hot reads any of them through <see cref="Column{T}.Read"/>.
/// A null row's value is <c>default</c>; text has no null (a missing text is empty); a null dynamic is the null reference.
/// </remarks>
public abstract class Column
{
    /// <summary>Sets what every column has.</summary>
    protected Column(KqlType type, int length)
    {
        Type = type;
        Length = length;
    }

    /// <summary>The type of the cells.</summary>
    public KqlType Type { get; }

    /// <summary>The number of rows.</summary>
    public int Length { get; }

    /// <summary>False when no row is null for sure; true when some may be.</summary>
    public abstract bool MayHaveNulls { get; }

    /// <summary>Roughly what the column keeps alive, in bytes; shared pools are not counted.</summary>
    public abstract long Bytes { get; }

    /// <summary>Whether a row's cell is null. Always false for text.</summary>
    public abstract bool IsNull(int row);

    /// <summary>A row's value in the in-memory form of its type, boxed; null for a null cell. For results and rare paths only.</summary>
    public abstract object? Box(int row);

    /// <summary>The rows from <paramref name="start"/>, without copying.</summary>
    public abstract Column Slice(int start, int length);

    /// <summary>The rows named, in that order; a negative row number gives a null (an empty text).</summary>
    /// <param name="rows">The row numbers.</param>
    /// <param name="buffers">Where to make the column; then it lasts as long as they say. Null: for good.</param>
    public abstract Column Gather(ReadOnlySpan<int> rows, ChunkBuffers? buffers = null);

    /// <summary>The same cells under another type with the same in-memory form (int as long, ticks as long).</summary>
    public abstract Column WithType(KqlType type);
}

/// <summary>A column whose cells have the in-memory form <typeparamref name="T"/>.</summary>
public abstract class Column<T> : Column
{
    private protected Column(KqlType type, int length)
        : base(type, length)
    {
    }

    /// <summary>A reader that works on any encoding. Cost: O(1).</summary>
    public abstract ColumnReader<T> Read();

    /// <summary>The values as one contiguous run, copied only if the encoding is not flat. Null rows hold <c>default</c>.</summary>
    public abstract ReadOnlySpan<T> Flatten();

    /// <summary>Which rows are null, aligned with <see cref="Flatten"/>; empty when none is.</summary>
    public abstract ReadOnlySpan<bool> FlattenNulls();

    /// <summary>Which rows are null, in an array of its own; null when none is.</summary>
    internal bool[]? CopyNulls(ChunkBuffers? buffers)
    {
        var nulls = FlattenNulls();
        if (nulls.IsEmpty) return null;
        var copy = ChunkBuffers.Take<bool>(buffers, nulls.Length);
        nulls.CopyTo(copy);
        return copy;
    }

    /// <inheritdoc/>
    public sealed override bool IsNull(int row) => Read().IsNull(row);

    /// <inheritdoc/>
    public sealed override object? Box(int row)
    {
        var reader = Read();
        return reader.IsNull(row) ? null : reader[row];
    }
}

/// <summary>Reads a column of any encoding row by row.</summary>
public readonly struct ColumnReader<T>
{
    private readonly T[] _values;
    private readonly bool[]? _nulls;
    private readonly int[]? _codes;
    private readonly int _offset;
    private readonly int _stride;

    internal ColumnReader(T[] values, bool[]? nulls, int[]? codes, int offset, int stride)
    {
        _values = values;
        _nulls = nulls;
        _codes = codes;
        _offset = offset;
        _stride = stride;
    }

    /// <summary>The value of a row; <c>default</c> (for text: empty) where it is null.</summary>
    public T this[int row] => _values[Index(row)];

    /// <summary>Whether the row is null.</summary>
    public bool IsNull(int row)
    {
        if (typeof(T) == typeof(object)) return _values[Index(row)] is null;
        return _nulls is not null && _nulls[Index(row)];
    }

    private int Index(int row)
    {
        var index = _offset + (row * _stride);
        return _codes is null ? index : _codes[index];
    }
}

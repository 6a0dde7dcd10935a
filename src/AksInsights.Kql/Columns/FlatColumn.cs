using System.Runtime.CompilerServices;
using AksInsights.Kql.Types;

namespace AksInsights.Kql.Columns;

/// <summary>A column with one value a row.</summary>
public sealed class FlatColumn<T> : Column<T>
{
    private readonly T[] _values;
    private readonly bool[]? _nulls;
    private readonly int _offset;

    /// <summary>Wraps arrays, which the column owns from now on.</summary>
    /// <param name="type">The type of the cells.</param>
    /// <param name="values">The values; may be longer than the column.</param>
    /// <param name="nulls">Which values are null, aligned with <paramref name="values"/>; null when none is. Not used for text and dynamic.</param>
    /// <param name="offset">Where the column begins in the arrays.</param>
    /// <param name="length">The number of rows.</param>
    public FlatColumn(KqlType type, T[] values, bool[]? nulls, int offset, int length)
        : base(type, length)
    {
        _values = values;
        _nulls = nulls;
        _offset = offset;
    }

    /// <summary>Wraps whole arrays.</summary>
    public FlatColumn(KqlType type, T[] values, bool[]? nulls = null)
        : this(type, values, nulls, 0, values.Length)
    {
    }

    /// <inheritdoc/>
    public override bool MayHaveNulls => _nulls is not null || typeof(T) == typeof(object);

    /// <inheritdoc/>
    public override long Bytes => (long)Length * (Unsafe.SizeOf<T>() + (_nulls is null ? 0 : 1));

    /// <inheritdoc/>
    public override ColumnReader<T> Read() => new(_values, _nulls, null, _offset, 1);

    /// <inheritdoc/>
    public override ReadOnlySpan<T> Flatten() => _values.AsSpan(_offset, Length);

    /// <inheritdoc/>
    public override ReadOnlySpan<bool> FlattenNulls() => _nulls is null ? [] : _nulls.AsSpan(_offset, Length);

    /// <inheritdoc/>
    public override Column Slice(int start, int length) => new FlatColumn<T>(Type, _values, _nulls, _offset + start, length);

    /// <inheritdoc/>
    public override Column WithType(KqlType type) => new FlatColumn<T>(type, _values, _nulls, _offset, Length);

    /// <inheritdoc/>
    public override Column Gather(ReadOnlySpan<int> rows, ChunkBuffers? buffers = null)
    {
        if (!Gathering.IsWhole(rows, Length)) return GatherWithMissing(rows);
        var values = ChunkBuffers.Take<T>(buffers, rows.Length);
        Gathering.Pick(Flatten(), rows, values);
        if (_nulls is null) return new FlatColumn<T>(Type, values, null, 0, rows.Length);
        var nulls = ChunkBuffers.Take<bool>(buffers, rows.Length);
        Gathering.Pick(FlattenNulls(), rows, nulls);
        return new FlatColumn<T>(Type, values, nulls, 0, rows.Length);
    }

    private FlatColumn<T> GatherWithMissing(ReadOnlySpan<int> rows)
    {
        var values = new T[rows.Length];
        var nulls = _nulls is null ? null : new bool[rows.Length];
        var source = _values.AsSpan(_offset, Length);
        for (var i = 0; i < rows.Length; i++)
        {
            var row = rows[i];
            if (row < 0)
            {
                if (typeof(T) == typeof(string)) values[i] = (T)(object)"";
                else if (typeof(T) != typeof(object)) (nulls ??= new bool[rows.Length])[i] = true;
                continue;
            }

            values[i] = source[row];
            if (_nulls is not null) nulls![i] = _nulls[_offset + row];
        }

        return new FlatColumn<T>(Type, values, nulls);
    }
}

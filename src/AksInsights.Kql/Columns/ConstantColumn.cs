using AksInsights.Kql.Types;

namespace AksInsights.Kql.Columns;

/// <summary>A column whose rows all have one value.</summary>
public sealed class ConstantColumn<T> : Column<T>
{
    private readonly T[] _value;
    private readonly bool[]? _null;

    /// <summary>Makes the column; <paramref name="isNull"/> is for types other than text and dynamic.</summary>
    public ConstantColumn(KqlType type, T value, bool isNull, int length)
        : base(type, length)
    {
        _value = [value];
        _null = isNull ? [true] : null;
    }

    /// <summary>The value of every row.</summary>
    public T Value => _value[0];

    /// <summary>Whether every row is null.</summary>
    public bool IsAllNull => _null is not null || _value[0] is null;

    /// <inheritdoc/>
    public override bool MayHaveNulls => IsAllNull;

    /// <inheritdoc/>
    public override long Bytes => 16;

    /// <inheritdoc/>
    public override ColumnReader<T> Read() => new(_value, _null, null, 0, 0);

    /// <inheritdoc/>
    public override ReadOnlySpan<T> Flatten()
    {
        var values = new T[Length];
        Array.Fill(values, _value[0]);
        return values;
    }

    /// <inheritdoc/>
    public override ReadOnlySpan<bool> FlattenNulls()
    {
        if (_null is null) return [];
        var nulls = new bool[Length];
        Array.Fill(nulls, true);
        return nulls;
    }

    /// <inheritdoc/>
    public override Column Slice(int start, int length) => new ConstantColumn<T>(Type, Value, _null is not null, length);

    /// <inheritdoc/>
    public override Column WithType(KqlType type) => new ConstantColumn<T>(type, Value, _null is not null, Length);

    /// <inheritdoc/>
    public override Column Gather(ReadOnlySpan<int> rows, ChunkBuffers? buffers = null)
    {
        foreach (var row in rows)
        {
            if (row < 0) return new FlatColumn<T>(Type, Flatten().ToArray(), _null is null ? null : FlattenNulls().ToArray()).Gather(rows);
        }

        return new ConstantColumn<T>(Type, Value, _null is not null, rows.Length);
    }
}

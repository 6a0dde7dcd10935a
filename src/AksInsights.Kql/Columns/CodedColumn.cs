using AksInsights.Kql.Types;

namespace AksInsights.Kql.Columns;

/// <summary>A column of codes into a pool of values: the encoding of text that was loaded, and of what is computed from it.</summary>
/// <remarks>Used for text and dynamic only: a null dynamic is a pool entry that is the null reference.</remarks>
public sealed class CodedColumn<T> : Column<T>, ICoded
    where T : notnull
{
    private readonly int[] _codes;
    private readonly int _offset;

    /// <summary>Wraps an array of codes, which the column owns from now on.</summary>
    public CodedColumn(KqlType type, int[] codes, int offset, int length, Pool<T> pool)
        : base(type, length)
    {
        _codes = codes;
        _offset = offset;
        Pool = pool;
    }

    /// <summary>Wraps a whole array of codes.</summary>
    public CodedColumn(KqlType type, int[] codes, Pool<T> pool)
        : this(type, codes, 0, codes.Length, pool)
    {
    }

    /// <summary>The values.</summary>
    public Pool<T> Pool { get; }

    /// <summary>The code of each row.</summary>
    public ReadOnlySpan<int> Codes => _codes.AsSpan(_offset, Length);

    int ICoded.CodeCount => Pool.Count;

    object ICoded.Source => Pool;

    /// <inheritdoc/>
    public override bool MayHaveNulls => typeof(T) == typeof(object);

    /// <inheritdoc/>
    public override long Bytes => (long)Length * sizeof(int);

    /// <summary>The same rows with the values of another pool: code for code what a function makes of each value.</summary>
    public CodedColumn<TOther> WithPool<TOther>(KqlType type, Pool<TOther> pool)
        where TOther : notnull => new(type, _codes, _offset, Length, pool);

    /// <inheritdoc/>
    public override ColumnReader<T> Read() => new(Pool.Values!, null, _codes, _offset, 1);

    /// <inheritdoc/>
    public override ReadOnlySpan<T> Flatten()
    {
        var values = new T[Length];
        var codes = Codes;
        var pool = Pool.Values;
        for (var i = 0; i < values.Length; i++) values[i] = pool[codes[i]]!;
        return values;
    }

    /// <inheritdoc/>
    public override ReadOnlySpan<bool> FlattenNulls() => [];

    /// <inheritdoc/>
    public override Column Slice(int start, int length) => new CodedColumn<T>(Type, _codes, _offset + start, length, Pool);

    /// <inheritdoc/>
    public override Column WithType(KqlType type) => new CodedColumn<T>(type, _codes, _offset, Length, Pool);

    /// <inheritdoc/>
    public override Column Gather(ReadOnlySpan<int> rows, ChunkBuffers? buffers = null)
    {
        if (!Gathering.IsWhole(rows, Length)) return GatherWithMissing(rows);
        var codes = ChunkBuffers.Take<int>(buffers, rows.Length);
        Gathering.Pick(Codes, rows, codes);
        return new CodedColumn<T>(Type, codes, 0, rows.Length, Pool);
    }

    private FlatColumn<T> GatherWithMissing(ReadOnlySpan<int> rows)
    {
        var values = new T[rows.Length];
        var codes = Codes;
        for (var i = 0; i < values.Length; i++)
        {
            if (rows[i] >= 0) values[i] = Pool.Values[codes[rows[i]]]!;
            else if (typeof(T) == typeof(string)) values[i] = (T)(object)"";
        }

        return new FlatColumn<T>(Type, values);
    }
}

using AksInsights.Kql.Columns;

namespace AksInsights.Kql.Execution;

/// <summary>
/// A column that is gathered only when somebody reads it: rows of a base column. Filters, joins and sorts pass rows on as numbers, so that a column nobody
/// reads is never copied.
/// </summary>
/// <remarks>Two threads that read it at once may both gather; they get equal columns.</remarks>
internal sealed class Cells
{
    private readonly Column? _base;
    private readonly int _offset;
    private readonly RowNumbers _rows;
    private readonly ChunkBuffers? _buffers;
    private readonly Lazy<Column>? _made;
    private Column? _dense;

    private Cells(Column source, int offset, RowNumbers rows, int length, ChunkBuffers? buffers)
    {
        _base = source;
        _offset = offset;
        _rows = rows;
        _buffers = buffers;
        Length = length;
    }

    /// <summary>All rows of a column.</summary>
    public Cells(Column column)
        : this(column, 0, default, column.Length, null) => _dense = column;

    /// <summary>A column made when first read.</summary>
    public Cells(int length, Func<Column> make)
    {
        Length = length;
        _made = new Lazy<Column>(make);
    }

    public int Length { get; }

    /// <summary>The column itself.</summary>
    public Column Dense => _dense ??= Make();

    // A column that stands as it is costs nothing to point into, and one that was read is not gathered again.
    private bool IsPending => _dense is null && _made is null;

    /// <summary>A run of rows, without copying.</summary>
    public Cells Slice(int start, int length)
    {
        if (length == Length) return this;
        if (!IsPending) return new Cells(Dense, start, default, length, null);
        return _rows.Array is null
            ? new Cells(_base!, _offset + start, default, length, null)
            : new Cells(_base!, _offset, _rows with { Start = _rows.Start + start }, length, _buffers);
    }

    /// <summary>Some rows. <paramref name="selection"/> is shared by all columns of one row set, so that row numbers are composed once.</summary>
    public Cells Select(RowSelection selection)
    {
        if (!IsPending) return new Cells(Dense, 0, selection.Rows, selection.Count, selection.Buffers);
        return new Cells(_base!, _offset, _rows.Array is null ? selection.Rows : selection.Compose(_rows), selection.Count, selection.Buffers);
    }

    /// <summary>The parts one after another; still not gathered if all are rows of one base column.</summary>
    public static Cells Concat(IReadOnlyList<Cells> parts, RowConcat rows)
    {
        if (parts.Count == 1) return parts[0];
        var first = parts[0]._base;
        foreach (var part in parts)
        {
            // A run of rows as they stand would need its row numbers written out; that pays only when columns stay unread.
            if (!part.IsPending || part._rows.Array is null || !ReferenceEquals(part._base, first))
                return new Cells(parts.Sum(p => p.Length), () => ColumnConcat.Concat(parts.Select(p => p.Dense).ToArray()));
        }

        var all = rows.Join(parts.Select(p => new RowConcat.Part(p._rows, p.Length, p._offset)).ToArray());
        return new Cells(first!, 0, new RowNumbers(all, 0), all.Length, null);
    }

    private Column Make()
    {
        if (_made is not null) return _made.Value;
        if (_rows.Array is null) return _base!.Slice(_offset, Length);
        var source = _offset == 0 ? _base! : _base!.Slice(_offset, _base.Length - _offset);
        return source.Gather(_rows.Array.AsSpan(_rows.Start, Length), _buffers);
    }
}

/// <summary>Row numbers from a place of an array on; no array stands for all rows as they are.</summary>
internal readonly record struct RowNumbers(int[]? Array, int Start);

/// <summary>Row numbers chosen from a row set; composes them with the row numbers its columns already have.</summary>
/// <param name="rows">The row numbers; may be longer.</param>
/// <param name="count">How many there are.</param>
/// <param name="buffers">Where columns are gathered; null: for good.</param>
internal sealed class RowSelection(int[] rows, int count, ChunkBuffers? buffers)
{
    // Most row sets come from one table, so there is one to compose with.
    private readonly List<(RowNumbers Inner, RowNumbers Composed)> _composed = new(1);

    public RowSelection(int[] rows)
        : this(rows, rows.Length, null)
    {
    }

    public RowNumbers Rows { get; } = new(rows, 0);

    public int Count { get; } = count;

    public ChunkBuffers? Buffers { get; } = buffers;

    public RowNumbers Compose(RowNumbers inner)
    {
        foreach (var (known, composed) in _composed)
        {
            if (ReferenceEquals(known.Array, inner.Array) && known.Start == inner.Start) return composed;
        }

        var result = ChunkBuffers.Take<int>(Buffers, Count);
        var source = inner.Array.AsSpan(inner.Start);
        var chosen = Rows.Array.AsSpan(0, Count);
        for (var i = 0; i < chosen.Length; i++) result[i] = chosen[i] < 0 ? -1 : source[chosen[i]];
        _composed.Add((inner, new RowNumbers(result, 0)));
        return new RowNumbers(result, 0);
    }
}

/// <summary>Joins the row numbers of chunks once for all columns that share them.</summary>
internal sealed class RowConcat
{
    private readonly List<(Part[] Parts, int[] All)> _known = [];

    /// <summary>Row numbers of one chunk, counted from an offset.</summary>
    internal readonly record struct Part(RowNumbers Rows, int Count, int Offset);

    public int[] Join(Part[] parts)
    {
        foreach (var (known, all) in _known)
        {
            if (known.AsSpan().SequenceEqual(parts)) return all;
        }

        var result = new int[parts.Sum(p => p.Count)];
        var position = 0;
        foreach (var part in parts)
        {
            var rows = part.Rows.Array.AsSpan(part.Rows.Start, part.Count);
            for (var i = 0; i < rows.Length; i++) result[position + i] = rows[i] < 0 ? -1 : rows[i] + part.Offset;
            position += part.Count;
        }

        _known.Add((parts, result));
        return result;
    }
}

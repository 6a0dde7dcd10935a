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
    private readonly int[]? _rows;
    private readonly Lazy<Column>? _made;
    private Column? _dense;

    private Cells(Column? source, int offset, int[]? rows, int length, Lazy<Column>? made)
    {
        _base = source;
        _offset = offset;
        _rows = rows;
        _made = made;
        Length = length;
    }

    /// <summary>All rows of a column.</summary>
    public Cells(Column column)
        : this(column, 0, null, column.Length, null) => _dense = column;

    /// <summary>A column made when first read.</summary>
    public Cells(int length, Func<Column> make)
        : this(null, 0, null, length, new Lazy<Column>(make))
    {
    }

    public int Length { get; }

    /// <summary>The column itself.</summary>
    public Column Dense => _dense ??= _made is not null ? _made.Value : _rows is null ? _base!.Slice(_offset, Length) : _base!.Gather(_rows);

    /// <summary>A run of rows, without copying.</summary>
    public Cells Slice(int start, int length)
    {
        if (_dense is null && _rows is not null && length == Length) return this;
        if (_dense is null && _made is null && _rows is null) return new Cells(_base, _offset + start, null, length, null);
        return new Cells(Dense, start, null, length, null);
    }

    /// <summary>Some rows. <paramref name="selection"/> is shared by all columns of one row set, so that row numbers are composed once.</summary>
    public Cells Select(RowSelection selection)
    {
        if (_dense is null && _made is null && _rows is not null)
            return new Cells(_base, 0, selection.Compose(_rows), selection.Rows.Length, null);
        if (_dense is null && _made is null) return new Cells(_base, 0, selection.Shift(_offset), selection.Rows.Length, null);
        return new Cells(Dense, 0, selection.Rows, selection.Rows.Length, null);
    }

    /// <summary>The parts one after another; still not gathered if all are rows of one base column.</summary>
    public static Cells Concat(IReadOnlyList<Cells> parts, RowConcat rows)
    {
        if (parts.Count == 1) return parts[0];
        var first = parts[0]._base;
        foreach (var part in parts)
        {
            // A slice without rows of a different offset would need its row numbers written out; that pays only when columns stay unread.
            if (part._base is null || !ReferenceEquals(part._base, first) || part._made is not null || part._rows is null)
                return new Cells(parts.Sum(p => p.Length), () => ColumnConcat.Concat(parts.Select(p => p.Dense).ToArray()));
        }

        var all = rows.Get(parts, part => part._rows!);
        return new Cells(first, 0, all, all.Length, null);
    }
}

/// <summary>Row numbers chosen from a row set; composes them with the row numbers its columns already have.</summary>
internal sealed class RowSelection(int[] rows)
{
    private readonly Dictionary<int[], int[]> _composed = new(ReferenceEqualityComparer.Instance as IEqualityComparer<int[]>);
    private readonly Dictionary<int, int[]> _shifted = [];

    public int[] Rows { get; } = rows;

    public int[] Compose(int[] inner)
    {
        if (_composed.TryGetValue(inner, out var known)) return known;
        var result = new int[Rows.Length];
        for (var i = 0; i < result.Length; i++) result[i] = Rows[i] < 0 ? -1 : inner[Rows[i]];
        return _composed[inner] = result;
    }

    public int[] Shift(int offset)
    {
        if (offset == 0) return Rows;
        if (_shifted.TryGetValue(offset, out var known)) return known;
        var result = new int[Rows.Length];
        for (var i = 0; i < result.Length; i++) result[i] = Rows[i] < 0 ? -1 : Rows[i] + offset;
        return _shifted[offset] = result;
    }
}

/// <summary>Joins the row numbers of chunks once for all columns that share them.</summary>
internal sealed class RowConcat
{
    private readonly List<(int[][] Parts, int[] All)> _known = [];

    public int[] Get(IReadOnlyList<Cells> cells, Func<Cells, int[]> rowsOf)
    {
        var parts = cells.Select(rowsOf).ToArray();
        foreach (var (known, all) in _known)
        {
            if (known.AsSpan().SequenceEqual(parts)) return all;
        }

        var result = new int[parts.Sum(p => p.Length)];
        var position = 0;
        foreach (var part in parts)
        {
            part.CopyTo(result, position);
            position += part.Length;
        }

        _known.Add((parts, result));
        return result;
    }
}

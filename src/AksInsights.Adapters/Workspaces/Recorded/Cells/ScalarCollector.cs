using System.Buffers;
using System.Text;
using AksInsights.Adapters.Workspaces.Recorded.Json;
using AksInsights.Kql.Columns;
using AksInsights.Kql.Symbols;

namespace AksInsights.Adapters.Workspaces.Recorded.Cells;

/// <summary>Decodes cells that are held as one value a row.</summary>
internal abstract class ScalarCollector<T>(ColumnSymbol column) : CellCollector(column)
    where T : struct
{
    private T[] _values = [];
    private bool[] _nulls = [];

    /// <inheritdoc/>
    public override void Clear(int row)
    {
        if (row < _nulls.Length)
            _nulls[row] = true;
    }

    /// <inheritdoc/>
    public override int ReadJson(ReadOnlySpan<byte> record, int at, int row) => ReadAnyJson(record, at, row);

    /// <inheritdoc/>
    public override void ReadField(ReadOnlySpan<byte> field, int row)
    {
        if (field.IsEmpty)
            return;
        if (TryParse(field, out var value))
            Set(row, value);
        else
            Problems.WrongType(Column, field);
    }

    /// <inheritdoc/>
    public override CellPart End(int rows)
    {
        if (_values.Length == 0)
            return new CellPart(this, rows, null, null);
        bool[]? nulls = _nulls;
        if (!_nulls.AsSpan(0, rows).Contains(true))
        {
            ArrayPool<bool>.Shared.Return(_nulls);
            nulls = null;
        }

        var part = new CellPart(this, rows, _values, nulls);
        _values = [];
        _nulls = [];
        return part;
    }

    /// <inheritdoc/>
    public override Column Assemble(IReadOnlyList<CellPart> parts, int rows)
    {
        if (parts.All(part => part.Values is null))
            return Constants.Create(Column.Type, null, rows);
        var values = new T[rows];
        var nulls = parts.Any(part => part.Nulls is not null || part.Values is null) ? new bool[rows] : null;
        var start = 0;
        foreach (var part in parts)
        {
            CopyNulls(part, nulls.AsSpan(nulls is null ? 0 : start));
            if (part.Values is T[] source)
            {
                source.AsSpan(0, part.Rows).CopyTo(values.AsSpan(start));
                ArrayPool<T>.Shared.Return(source);
            }

            start += part.Rows;
        }

        return new FlatColumn<T>(Column.Type, values, nulls);
    }

    /// <summary>Reads a cell's text, without quotes and escapes.</summary>
    protected abstract bool TryParse(ReadOnlySpan<byte> text, out T value);

    /// <summary>Writes a row's value.</summary>
    protected void Set(int row, T value)
    {
        var values = _values;
        if ((uint)row >= (uint)values.Length)
            values = Open();
        values[row] = value;
        _nulls[row] = false;
    }

    /// <summary>Reads a JSON value in any spelling: the path for all that the subclass has no shorter way for.</summary>
    protected int ReadAnyJson(ReadOnlySpan<byte> record, int at, int row)
    {
        var end = JsonScan.SkipValue(record, at);
        if (end < 0)
            return end;
        var raw = record[at..end];
        if (raw.SequenceEqual("null"u8) || raw.SequenceEqual("\"\""u8))
            return end;
        var text = raw[0] == '"' ? raw[1..^1] : raw;
        if (text.Contains((byte)'\\'))
            text = Encoding.UTF8.GetBytes(JsonUnescape.Text(text));
        if (raw[0] is not ((byte)'{' or (byte)'[') && TryParse(text, out var value))
            Set(row, value);
        else
            Problems.WrongType(Column, raw);
        return end;
    }

    private static void CopyNulls(CellPart part, Span<bool> nulls)
    {
        if (part.Values is null)
        {
            nulls[..part.Rows].Fill(true);
        }
        else if (part.Nulls is not null)
        {
            part.Nulls.AsSpan(0, part.Rows).CopyTo(nulls);
            ArrayPool<bool>.Shared.Return(part.Nulls);
        }
    }

    private T[] Open()
    {
        _values = ArrayPool<T>.Shared.Rent(Capacity);
        _nulls = ArrayPool<bool>.Shared.Rent(Capacity);
        // Values of null rows are default by the columns' contract, and rented arrays are not clean.
        _values.AsSpan().Clear();
        _nulls.AsSpan().Fill(true);
        return _values;
    }
}

using System.Buffers;
using System.Runtime.CompilerServices;
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
    private int _from;
    private T _value;
    private bool _isNull;

    /// <inheritdoc/>
    public override void Begin(int capacity, ProblemLog problems)
    {
        base.Begin(capacity, problems);
        _from = 0;
        SetNull(0);
    }

    /// <inheritdoc/>
    public override void Clear(int row) => SetNull(row);

    /// <inheritdoc/>
    public override int ReadJson(ReadOnlySpan<byte> record, int at, int row) => ReadAnyJson(record, at, row);

    /// <inheritdoc/>
    public override void ReadField(ReadOnlySpan<byte> field, int row)
    {
        if (!field.IsEmpty && TryParse(field, out var value))
        {
            Set(row, value);
            return;
        }

        SetNull(row);
        if (!field.IsEmpty)
            Problems.WrongType(Column, field);
    }

    /// <inheritdoc/>
    public override CellPart End(int rows)
    {
        WriteUpTo(rows);
        var part = new CellPart(this, rows, _values.Length == 0 ? null : _values, _nulls.Length == 0 ? null : _nulls);
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

    /// <summary>Sets the value from a row on.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    protected void Set(int row, T value)
    {
        WriteUpTo(row);
        _value = value;
        _isNull = false;
    }

    /// <summary>Reads a JSON value in any spelling: the path for all that the subclass has no shorter way for.</summary>
    protected int ReadAnyJson(ReadOnlySpan<byte> record, int at, int row)
    {
        var end = JsonScan.SkipValue(record, at);
        if (end < 0)
            return end;
        var raw = record[at..end];
        SetNull(row);
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

    private void SetNull(int row)
    {
        WriteUpTo(row);
        _value = default;
        _isNull = true;
    }

    /// <summary>Writes the present value into the rows that have it.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void WriteUpTo(int row)
    {
        if (row == _from + 1 && !_isNull && _nulls.Length == 0 && _values.Length > 0)
            _values[_from] = _value;
        else
            WriteRun(row);
        _from = row;
    }

    private void WriteRun(int row)
    {
        if (row <= _from || (_isNull && _values.Length == 0))
            return;
        if (_values.Length == 0)
        {
            _values = ArrayPool<T>.Shared.Rent(Capacity);
            // Nothing was written so far because all was null.
            _values.AsSpan(0, _from).Clear();
            WriteNulls(0, _from, true);
        }

        _values.AsSpan(_from, row - _from).Fill(_value);
        WriteNulls(_from, row, _isNull);
    }

    private void WriteNulls(int from, int to, bool isNull)
    {
        if (from == to || (!isNull && _nulls.Length == 0))
            return;
        if (_nulls.Length == 0)
        {
            _nulls = ArrayPool<bool>.Shared.Rent(Capacity);
            _nulls.AsSpan(0, from).Clear();
        }

        _nulls.AsSpan(from, to - from).Fill(isNull);
    }
}

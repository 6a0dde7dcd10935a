using AksInsights.Kql.Columns;
using AksInsights.Kql.Types;

namespace AksInsights.Kql.Execution.Expressions;

/// <summary>An expression over text and dynamic columns, computed once for each combination of values that these have: recordings repeat themselves.</summary>
/// <remarks>Where columns are not coded, or most rows turn out to have values of their own, it is computed row by row.</remarks>
internal sealed class DistinctEvaluator : Evaluator
{
    // Rows looked at before it is asked whether numbering combinations pays.
    private const int TrialRows = 4 * RunContext.ChunkRows;

    private readonly Evaluator _onDistinct;
    private readonly Evaluator _onRows;
    private readonly KqlType _type;
    private readonly int[] _slots;
    private readonly Column[] _columns;
    private readonly DistinctCodes _codes;
    private readonly ChunkBuffers? _buffers;
    private readonly List<int> _newRows = [];
    private DistinctValues _values;
    private bool[] _known = [];
    private long _rowsSeen;
    private int _distinctSeen;
    private bool _isGivenUp;

    /// <summary>Makes the evaluator.</summary>
    /// <param name="make">Makes an evaluator of the expression. Two are needed, because call sites remember what they have seen.</param>
    /// <param name="type">The type of the expression.</param>
    /// <param name="slots">The columns that it reads.</param>
    /// <param name="buffers">Where values may be made that last for one chunk.</param>
    public DistinctEvaluator(Func<Evaluator> make, KqlType type, int[] slots, ChunkBuffers? buffers)
    {
        _onDistinct = make();
        _onRows = make();
        _type = type;
        _slots = slots;
        _columns = new Column[slots.Length];
        _codes = new DistinctCodes(slots.Length);
        _buffers = buffers;
        _values = DistinctValues.Create(type);
    }

    public override Column Evaluate(Chunk chunk) => Codes(chunk) is { } codes ? _values.Of(codes, _buffers) : _onRows.Evaluate(chunk);

    public override void Test(Chunk chunk, Span<ulong> mask)
    {
        if (Codes(chunk) is { } codes) _values.Test(codes, mask);
        else _onRows.Test(chunk, mask);
    }

    /// <summary>The rows as codes, the value of each of which is known; null when there is no gain in that.</summary>
    private ICoded? Codes(Chunk chunk)
    {
        if (_isGivenUp) return null;
        for (var i = 0; i < _slots.Length; i++) _columns[i] = chunk[_slots[i]];
        if (!_codes.Accepts(_columns, out var isNew)) return null;
        if (isNew) (_values, _known) = (DistinctValues.Create(_type), []);
        var codes = _columns is [ICoded only] ? Known(only) : _codes.Of(_columns, chunk.Length, _buffers, _newRows);
        _rowsSeen += chunk.Length;
        _distinctSeen += _newRows.Count;
        if (_newRows.Count > 0) Compute(chunk, codes);
        _isGivenUp = _rowsSeen >= TrialRows && _distinctSeen > _rowsSeen / 2;
        return codes;
    }

    // The codes of a single column are as good as any.
    private ICoded Known(ICoded column)
    {
        if (_known.Length == 0) _known = new bool[column.CodeCount];
        var codes = column.Codes;
        for (var row = 0; row < codes.Length; row++)
        {
            if (_known[codes[row]]) continue;
            _known[codes[row]] = true;
            _newRows.Add(row);
        }

        return column;
    }

    private void Compute(Chunk chunk, ICoded codes)
    {
        int[] rows = [.. _newRows];
        _newRows.Clear();
        var cells = new Cells[chunk.Cells.Length];
        for (var i = 0; i < _slots.Length; i++) cells[_slots[i]] = new Cells(_columns[i].Gather(rows));
        var newCodes = new int[rows.Length];
        Gathering.Pick(codes.Codes, rows, newCodes);
        _values.Set(_onDistinct.Evaluate(new Chunk(cells, rows.Length)), newCodes);
    }
}

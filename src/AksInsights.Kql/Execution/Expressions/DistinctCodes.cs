using AksInsights.Kql.Columns;
using AksInsights.Kql.Types;

namespace AksInsights.Kql.Execution.Expressions;

/// <summary>Gives each combination of codes that several coded columns have in a row a code of its own, and finds the rows with new ones.</summary>
internal sealed class DistinctCodes(int columnCount)
{
    // Combinations up to this number have a place each in a table; more are looked up by hash.
    private const long MostPlaces = 1 << 18;

    private static readonly Pool<string> NoValues = new([], 0, isUnique: false);

    private readonly object?[] _sources = new object?[columnCount];
    private int[] _places = [];
    private LongTable? _table;
    private int _count;

    /// <summary>The number of codes given so far.</summary>
    public int Count => _count;

    /// <summary>Whether the columns are coded, and as before.</summary>
    /// <param name="columns">Texts and dynamics.</param>
    /// <param name="isNew">True when codes given before mean nothing any more.</param>
    /// <returns>False when a column that is not constant is not coded, all are constant, or there are too many combinations to number.</returns>
    public bool Accepts(ReadOnlySpan<Column> columns, out bool isNew)
    {
        isNew = false;
        var isAnyCoded = false;
        Int128 combinations = 1;
        for (var i = 0; i < columns.Length; i++)
        {
            if (columns[i] is not ICoded && !IsConstant(columns[i])) return false;
            isAnyCoded |= columns[i] is ICoded;
            combinations *= CountOf(columns[i]);
            var source = SourceOf(columns[i]);
            isNew |= !Equals(_sources[i], source);
            _sources[i] = source;
        }

        if (!isAnyCoded || combinations > long.MaxValue) return false;
        if (isNew) Reset((long)combinations);
        return true;
    }

    /// <summary>The code of each row.</summary>
    /// <param name="columns">The columns, accepted before.</param>
    /// <param name="length">The number of rows.</param>
    /// <param name="buffers">Where codes are written.</param>
    /// <param name="newRows">Gets the first row of each new code, in the order of the codes.</param>
    public ICoded Of(ReadOnlySpan<Column> columns, int length, ChunkBuffers? buffers, List<int> newRows)
    {
        var codes = ChunkBuffers.Take<int>(buffers, length);
        var keys = ChunkBuffers.TakeCleared<long>(buffers, length).AsSpan(0, length);
        foreach (var column in columns)
        {
            if (column is not ICoded coded) continue;
            long count = coded.CodeCount;
            var own = coded.Codes;
            for (var row = 0; row < keys.Length; row++) keys[row] = (keys[row] * count) + own[row];
        }

        for (var row = 0; row < keys.Length; row++)
        {
            codes[row] = CodeOf(keys[row], out var isNew);
            if (isNew) newRows.Add(row);
        }

        return new CodedColumn<string>(KqlType.String, codes, 0, length, NoValues);
    }

    private int CodeOf(long key, out bool isNew)
    {
        if (_table is not null)
        {
            var code = _table.GetOrAdd(key);
            isNew = code == _count;
            if (isNew) _count++;
            return code;
        }

        ref var place = ref _places[key];
        isNew = place == 0;
        if (isNew) place = ++_count;
        return place - 1;
    }

    private void Reset(long combinations)
    {
        _count = 0;
        _table = combinations > MostPlaces ? new LongTable() : null;
        _places = combinations > MostPlaces ? [] : new int[combinations];
    }

    private static bool IsConstant(Column column) => column is ConstantColumn<string> or ConstantColumn<object>;

    private static long CountOf(Column column) => column is ICoded coded ? coded.CodeCount : 1;

    private static object? SourceOf(Column column) => column switch
    {
        ICoded coded => coded.Source,
        ConstantColumn<string> text => text.Value,
        _ => column.Box(0),
    };
}

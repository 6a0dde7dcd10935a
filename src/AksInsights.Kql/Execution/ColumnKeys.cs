using AksInsights.Kql.Columns;
using AksInsights.Kql.Types;

namespace AksInsights.Kql.Execution;

/// <summary>Numbers the distinct values of a key column 0, 1, 2, ... in the order in which they turn up; null is a value of its own.</summary>
internal abstract class ColumnKeys
{
    /// <summary>The number of distinct values so far.</summary>
    public abstract int Count { get; }

    /// <summary>The number of the null value, or -1.</summary>
    public int NullId { get; protected set; } = -1;

    public abstract long Bytes { get; }

    /// <summary>The number of each row's value; new values get new numbers.</summary>
    public abstract void Encode(Column column, Span<int> ids);

    /// <summary>The number of each row's value, -1 for one that is not known.</summary>
    public abstract void Find(Column column, Span<int> ids);

    /// <summary>The distinct values by number.</summary>
    public abstract Column Values();

    public static ColumnKeys Create(KqlType type) => type switch
    {
        KqlType.String => new TextKeys(),
        KqlType.Bool => new ValueKeys<bool>(type),
        KqlType.Real => new ValueKeys<double>(type),
        KqlType.Decimal => new ValueKeys<decimal>(type),
        KqlType.Guid => new ValueKeys<Guid>(type),
        KqlType.Dynamic or KqlType.Error => new DynamicKeys(),
        _ => new LongKeys(type),
    };
}

/// <summary>Keys of text: one look-up per distinct code where the column is coded.</summary>
internal sealed class TextKeys : ColumnKeys
{
    private readonly Dictionary<string, int> _ids = new(StringComparer.Ordinal);
    private readonly List<string> _values = [];
    private readonly PoolCache _encoded = new();
    private readonly PoolCache _found = new();

    public override int Count => _values.Count;

    public override long Bytes => _values.Count * 64L;

    public override void Encode(Column column, Span<int> ids)
    {
        if (column is CodedColumn<string> coded)
        {
            var map = _encoded.For(coded.Pool);
            var codes = coded.Codes;
            var values = coded.Pool.Values;
            for (var i = 0; i < ids.Length; i++)
            {
                ref var id = ref map[codes[i]];
                if (id == 0) id = IdOf(values[codes[i]]!) + 1;
                ids[i] = id - 1;
            }

            return;
        }

        var reader = ((Column<string>)column).Read();
        for (var i = 0; i < ids.Length; i++) ids[i] = IdOf(reader[i]);
    }

    public override void Find(Column column, Span<int> ids)
    {
        if (column is CodedColumn<string> coded)
        {
            var map = _found.For(coded.Pool);
            var codes = coded.Codes;
            var values = coded.Pool.Values;
            for (var i = 0; i < ids.Length; i++)
            {
                ref var id = ref map[codes[i]];
                if (id == 0) id = _ids.TryGetValue(values[codes[i]]!, out var known) ? known + 1 : -1;
                ids[i] = id > 0 ? id - 1 : -1;
            }

            return;
        }

        var reader = ((Column<string>)column).Read();
        for (var i = 0; i < ids.Length; i++) ids[i] = _ids.GetValueOrDefault(reader[i], -1);
    }

    public override Column Values()
    {
        var codes = new int[Count];
        for (var i = 0; i < codes.Length; i++) codes[i] = i;
        return new CodedColumn<string>(KqlType.String, codes, ToPool());
    }

    /// <summary>The values as a pool whose codes are the numbers.</summary>
    public Pool<string> ToPool() => new([.. _values], _values.Count, isUnique: true);

    private int IdOf(string value)
    {
        ref var id = ref System.Runtime.InteropServices.CollectionsMarshal.GetValueRefOrAddDefault(_ids, value, out var exists);
        if (exists) return id;
        id = _values.Count;
        _values.Add(value);
        return id;
    }

    /// <summary>For the pools met last, what each code is numbered (plus one; 0: not known yet). Chunks of one source share a pool or a few.</summary>
    private sealed class PoolCache
    {
        private readonly List<(object Pool, int[] Map)> _known = [];

        public int[] For(Pool<string> pool)
        {
            for (var i = 0; i < _known.Count; i++)
            {
                if (ReferenceEquals(_known[i].Pool, pool)) return _known[i].Map;
            }

            if (_known.Count == 4) _known.RemoveAt(0);
            var map = new int[pool.Count];
            _known.Add((pool, map));
            return map;
        }
    }
}

/// <summary>Keys of whole numbers and times, in an open-addressing table.</summary>
internal sealed class LongKeys(KqlType type) : ColumnKeys
{
    private readonly LongTable _table = new();

    public override int Count => _table.Count;

    public override long Bytes => _table.Bytes;

    public override void Encode(Column column, Span<int> ids)
    {
        var values = ((Column<long>)column).Flatten();
        var nulls = ((Column<long>)column).FlattenNulls();
        for (var i = 0; i < ids.Length; i++)
        {
            if (!nulls.IsEmpty && nulls[i])
            {
                if (NullId < 0) NullId = _table.AddUnfindable();
                ids[i] = NullId;
            }
            else
            {
                ids[i] = _table.GetOrAdd(values[i]);
            }
        }
    }

    public override void Find(Column column, Span<int> ids)
    {
        var values = ((Column<long>)column).Flatten();
        var nulls = ((Column<long>)column).FlattenNulls();
        for (var i = 0; i < ids.Length; i++) ids[i] = !nulls.IsEmpty && nulls[i] ? NullId : _table.Find(values[i]);
    }

    public override Column Values()
    {
        bool[]? nulls = null;
        if (NullId >= 0) (nulls = new bool[Count])[NullId] = true;
        return new FlatColumn<long>(type, _table.Keys.ToArray(), nulls);
    }
}

/// <summary>Keys of the other simple types.</summary>
internal sealed class ValueKeys<T>(KqlType type) : ColumnKeys
    where T : notnull
{
    private readonly Dictionary<T, int> _ids = [];
    private readonly List<T> _values = [];

    public override int Count => _values.Count;

    public override long Bytes => _values.Count * 48L;

    public override void Encode(Column column, Span<int> ids)
    {
        var reader = ((Column<T>)column).Read();
        for (var i = 0; i < ids.Length; i++)
        {
            if (reader.IsNull(i))
            {
                if (NullId < 0)
                {
                    NullId = _values.Count;
                    _values.Add(default!);
                }

                ids[i] = NullId;
                continue;
            }

            ref var id = ref System.Runtime.InteropServices.CollectionsMarshal.GetValueRefOrAddDefault(_ids, reader[i], out var exists);
            if (!exists)
            {
                id = _values.Count;
                _values.Add(reader[i]);
            }

            ids[i] = id;
        }
    }

    public override void Find(Column column, Span<int> ids)
    {
        var reader = ((Column<T>)column).Read();
        for (var i = 0; i < ids.Length; i++) ids[i] = reader.IsNull(i) ? NullId : _ids.GetValueOrDefault(reader[i], -1);
    }

    public override Column Values()
    {
        bool[]? nulls = null;
        if (NullId >= 0) (nulls = new bool[Count])[NullId] = true;
        return new FlatColumn<T>(type, [.. _values], nulls);
    }
}

/// <summary>Keys of dynamic values, equal when their JSON text is.</summary>
internal sealed class DynamicKeys : ColumnKeys
{
    private readonly Dictionary<string, int> _ids = new(StringComparer.Ordinal);
    private readonly List<object?> _values = [];

    public override int Count => _values.Count;

    public override long Bytes => _values.Count * 96L;

    public override void Encode(Column column, Span<int> ids) => Number(column, ids, add: true);

    public override void Find(Column column, Span<int> ids) => Number(column, ids, add: false);

    public override Column Values() => new FlatColumn<object>(KqlType.Dynamic, [.. _values!]);

    private void Number(Column column, Span<int> ids, bool add)
    {
        var reader = ((Column<object>)column).Read();
        for (var i = 0; i < ids.Length; i++)
        {
            var text = DynamicText.Format(reader[i]);
            if (!_ids.TryGetValue(text, out var id))
            {
                id = add ? _values.Count : -1;
                if (add)
                {
                    _ids.Add(text, id);
                    _values.Add(reader[i]);
                    if (reader[i] is null) NullId = id;
                }
            }

            ids[i] = id;
        }
    }
}

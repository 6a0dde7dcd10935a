using System.Diagnostics;
using System.Runtime.CompilerServices;
using AksInsights.Kql.Columns;
using AksInsights.Kql.Types;

namespace AksInsights.Kql.Functions.Aggregates;

/// <summary>Keys that are different for different values, and from which the value can be had again.</summary>
internal abstract class ItemKeys : ValueKeys
{
    /// <summary>The keys for values of a type.</summary>
    public static ItemKeys For(KqlType type) => type switch
    {
        KqlType.String => new Interned<string>(StringComparer.Ordinal),
        KqlType.Dynamic => new Interned<object>(DynamicEquality.Instance),
        KqlType.Guid => new Interned<Guid>(EqualityComparer<Guid>.Default),
        KqlType.Decimal => new Interned<decimal>(EqualityComparer<decimal>.Default),
        _ => new Plain(type),
    };

    /// <summary>The key of one value, in the form a dynamic value has. Only for keys of dynamic values.</summary>
    public abstract long KeyOf(object value);

    /// <summary>The value of a key, in the form a dynamic value has.</summary>
    public abstract object ItemOf(long key);

    /// <summary>Values of up to 64 bits are their own keys.</summary>
    private sealed class Plain(KqlType type) : ItemKeys
    {
        private long[] _buffer = [];

        public override long Bytes => 0;

        public override ReadOnlySpan<long> Of(Column column) => OrderedBits.Of(column, ref _buffer);

        public override ReadOnlySpan<bool> NullsOf(Column column) => OrderedBits.NullsOf(column);

        public override long KeyOf(object value) => throw new UnreachableException("Only keys of dynamic values are made one by one.");

        public override object ItemOf(long key) => type switch
        {
            KqlType.Real => OrderedBits.ToReal(key),
            KqlType.Bool => key != 0,
            _ => DynamicCells.FromWhole(type, key),
        };

        public override Func<long, long> Adopt(ValueKeys other) => key => key;
    }

    /// <summary>Numbers values as they turn up. The codes of a pool are looked up once each.</summary>
    private sealed class Interned<T>(IEqualityComparer<T> comparer) : ItemKeys
        where T : notnull
    {
        private readonly Dictionary<T, int> _ids = new(comparer);
        private readonly List<T> _values = [];
        private object? _pool;
        private int[] _idOfCode = [];
        private long[] _keys = [];
        private bool[] _nulls = [];

        public override long Bytes => _values.Count * (24L + Unsafe.SizeOf<T>()) + (_idOfCode.Length * sizeof(int));

        public override ReadOnlySpan<long> Of(Column column)
        {
            if (_keys.Length < column.Length) _keys = new long[column.Length];
            if (column is CodedColumn<T> { Pool: var pool } coded && pool.Count <= Math.Max(1 << 16, column.Length * 4)) FillCoded(coded);
            else FillValues((Column<T>)column);
            return _keys.AsSpan(0, column.Length);
        }

        public override ReadOnlySpan<bool> NullsOf(Column column)
        {
            if (typeof(T) != typeof(object)) return ((Column<T>)column).FlattenNulls();
            if (_nulls.Length < column.Length) _nulls = new bool[column.Length];
            var values = ((Column<T>)column).Read();
            for (var row = 0; row < column.Length; row++) _nulls[row] = values.IsNull(row);
            return _nulls.AsSpan(0, column.Length);
        }

        public override long KeyOf(object value) => IdOf((T)value);

        public override object ItemOf(long key) => _values[(int)key];

        public override Func<long, long> Adopt(ValueKeys other)
        {
            var ids = ((Interned<T>)other)._values.ConvertAll(IdOf);
            return key => ids[(int)key];
        }

        private void FillCoded(CodedColumn<T> column)
        {
            if (!ReferenceEquals(_pool, column.Pool))
            {
                _pool = column.Pool;
                _idOfCode = new int[column.Pool.Count];
                Array.Fill(_idOfCode, -1);
            }

            var codes = column.Codes;
            var values = column.Pool.Values;
            for (var row = 0; row < codes.Length; row++)
            {
                var code = codes[row];
                if (_idOfCode[code] < 0 && values[code] is { } value) _idOfCode[code] = IdOf(value);
                _keys[row] = _idOfCode[code];
            }
        }

        private void FillValues(Column<T> column)
        {
            var values = column.Read();
            for (var row = 0; row < column.Length; row++)
            {
                if (!values.IsNull(row)) _keys[row] = IdOf(values[row]);
            }
        }

        private int IdOf(T value)
        {
            if (_ids.TryGetValue(value, out var id)) return id;
            id = _values.Count;
            _values.Add(value);
            _ids.Add(value, id);
            return id;
        }
    }
}

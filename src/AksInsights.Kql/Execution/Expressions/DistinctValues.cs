using System.Diagnostics;
using AksInsights.Kql.Columns;
using AksInsights.Kql.Types;

namespace AksInsights.Kql.Execution.Expressions;

/// <summary>What an expression gives for each code, as far as it has been computed.</summary>
internal abstract class DistinctValues
{
    /// <summary>Keeps values.</summary>
    /// <param name="values">The values.</param>
    /// <param name="codes">The code that each of them is for.</param>
    public abstract void Set(Column values, ReadOnlySpan<int> codes);

    /// <summary>The values of rows, all of whose codes have been set.</summary>
    public abstract Column Of(ICoded rows, ChunkBuffers? buffers);

    /// <summary>The rows whose value is true.</summary>
    public virtual void Test(ICoded rows, Span<ulong> mask) => throw new UnreachableException("Only truth values can be tested.");

    /// <summary>Room for the values of an expression.</summary>
    public static DistinctValues Create(KqlType type) => type switch
    {
        KqlType.Bool => new Truths(),
        KqlType.Int or KqlType.Long or KqlType.DateTime or KqlType.TimeSpan => new Flat<long>(type),
        KqlType.Real => new Flat<double>(type),
        KqlType.Decimal => new Flat<decimal>(type),
        KqlType.Guid => new Flat<Guid>(type),
        KqlType.String => new Coded<string>(type),
        KqlType.Dynamic or KqlType.Error => new Coded<object>(type),
        _ => throw new UnreachableException($"KqlType {type}"),
    };

    private static void Grow<T>(ref T[] array, ReadOnlySpan<int> codes)
    {
        var most = 0;
        foreach (var code in codes) most = Math.Max(most, code);
        if (most >= array.Length) Array.Resize(ref array, Math.Max(most + 1, array.Length * 2));
    }

    private class Flat<T>(KqlType type) : DistinctValues
    {
        private T[] _values = [];
        private bool[] _nulls = [];
        private bool _hasNulls;

        protected ReadOnlySpan<T> Values => _values;

        public override void Set(Column values, ReadOnlySpan<int> codes)
        {
            var reader = ((Column<T>)values).Read();
            Grow(ref _values, codes);
            Grow(ref _nulls, codes);
            for (var i = 0; i < codes.Length; i++)
            {
                // What stands in for a null must be the default, which reads as false and adds nothing.
                _nulls[codes[i]] = reader.IsNull(i);
                _hasNulls |= _nulls[codes[i]];
                if (!_nulls[codes[i]]) _values[codes[i]] = reader[i];
            }
        }

        public override Column Of(ICoded rows, ChunkBuffers? buffers)
        {
            var codes = rows.Codes;
            var values = ChunkBuffers.Take<T>(buffers, codes.Length);
            Gathering.Pick(_values, codes, values);
            bool[]? nulls = null;
            if (_hasNulls) Gathering.Pick(_nulls, codes, nulls = ChunkBuffers.Take<bool>(buffers, codes.Length));
            return new FlatColumn<T>(type, values, nulls, 0, codes.Length);
        }
    }

    private sealed class Truths() : Flat<bool>(KqlType.Bool)
    {
        public override void Test(ICoded rows, Span<ulong> mask) => RowMask.Of(rows.Codes, Values, mask);
    }

    private sealed class Coded<T>(KqlType type) : DistinctValues
        where T : class
    {
        private T?[] _values = [];
        private Pool<T>? _pool;

        public override void Set(Column values, ReadOnlySpan<int> codes)
        {
            var reader = ((Column<T>)values).Read();
            Grow(ref _values, codes);
            for (var i = 0; i < codes.Length; i++) _values[codes[i]] = reader[i];
        }

        public override Column Of(ICoded rows, ChunkBuffers? buffers)
        {
            // The pool stays the same until it has to grow: what others know of its codes stays true.
            if (_pool is null || !ReferenceEquals(_pool.Values, _values)) _pool = new Pool<T>(_values, _values.Length, isUnique: false);
            return rows.WithPool(type, _pool);
        }
    }
}

using System.Runtime.InteropServices;
using AksInsights.Kql.Columns;
using AksInsights.Kql.Functions.Scalar;
using AksInsights.Kql.Types;

namespace AksInsights.Kql.Functions.Aggregates;

/// <summary>Hashes of values, the same in every run, for estimates of how many there are. Values of up to 64 bits never collide.</summary>
internal sealed class ValueHashes : ValueKeys
{
    private object? _pool;
    private long[] _hashOfCode = [];
    private bool[] _known = [];
    private long[] _numbers = [];
    private long[] _hashes = [];
    private bool[] _nulls = [];

    public override long Bytes => (_hashOfCode.Length * 9L) + (_hashes.Length * 24L);

    public override Func<long, long> Adopt(ValueKeys other) => key => key;

    public override ReadOnlySpan<long> Of(Column column)
    {
        if (_hashes.Length < column.Length) _hashes = new long[column.Length];
        switch (column)
        {
            case CodedColumn<string> texts when texts.Pool.Count <= Math.Max(1 << 16, column.Length * 4):
                HashCodes(texts, OfText);
                break;
            case CodedColumn<object> values when values.Pool.Count <= Math.Max(1 << 16, column.Length * 4):
                HashCodes(values, OfDynamic);
                break;
            case Column<string> texts:
                HashRows(texts, OfText);
                break;
            case Column<object> values:
                HashRows(values, OfDynamic);
                break;
            case Column<Guid> ids:
                HashRows(ids, id => OfBytes(MemoryMarshal.AsBytes(new ReadOnlySpan<Guid>(in id))));
                break;
            case Column<decimal> decimals:
                HashRows(decimals, OfDecimal);
                break;
            default:
                var numbers = OrderedBits.Of(column, ref _numbers);
                for (var row = 0; row < numbers.Length; row++) _hashes[row] = Mix(numbers[row]);
                break;
        }

        return _hashes.AsSpan(0, column.Length);
    }

    public override ReadOnlySpan<bool> NullsOf(Column column)
    {
        if (!column.MayHaveNulls) return [];
        if (_nulls.Length < column.Length) _nulls = new bool[column.Length];
        if (column is Column<object> values)
        {
            var reader = values.Read();
            for (var row = 0; row < column.Length; row++) _nulls[row] = reader.IsNull(row);
            return _nulls.AsSpan(0, column.Length);
        }

        return column switch
        {
            Column<Guid> ids => ids.FlattenNulls(),
            Column<decimal> decimals => decimals.FlattenNulls(),
            Column<string> => [],
            _ => OrderedBits.NullsOf(column),
        };
    }

    // A bijection, so that different numbers have different hashes (the finalizer of MurmurHash3).
    private static long Mix(long number)
    {
        var hash = (ulong)number;
        hash = (hash ^ (hash >> 33)) * 0xFF51AFD7ED558CCD;
        hash = (hash ^ (hash >> 33)) * 0xC4CEB9FE1A85EC53;
        return (long)(hash ^ (hash >> 33));
    }

    private static long OfBytes(ReadOnlySpan<byte> bytes) => (long)XxHash64.Of(bytes);

    private static long OfText(string text) => OfBytes(MemoryMarshal.AsBytes(text.AsSpan()));

    // Dividing by a one with many zeros removes trailing zeros: 1.0 and 1.00 are one value.
    private static long OfDecimal(decimal value)
    {
        Span<int> bits = stackalloc int[4];
        decimal.GetBits(value / 1.0000000000000000000000000000m, bits);
        return OfBytes(MemoryMarshal.AsBytes(bits));
    }

    private static long OfDynamic(object value) => value switch
    {
        string text => OfText(text),
        long number => Mix(OrderedBits.FromReal(number)),
        double number => Mix(OrderedBits.FromReal(number)),
        _ => OfText(DynamicText.Format(value)),
    };

    private void HashRows<T>(Column<T> column, Func<T, long> hash)
    {
        var values = column.Read();
        for (var row = 0; row < column.Length; row++)
        {
            if (!values.IsNull(row)) _hashes[row] = hash(values[row]);
        }
    }

    private void HashCodes<T>(CodedColumn<T> column, Func<T, long> hash)
        where T : notnull
    {
        if (!ReferenceEquals(_pool, column.Pool))
        {
            _pool = column.Pool;
            _hashOfCode = new long[column.Pool.Count];
            _known = new bool[column.Pool.Count];
        }

        var codes = column.Codes;
        for (var row = 0; row < codes.Length; row++)
        {
            var code = codes[row];
            if (!_known[code] && column.Pool.Values[code] is { } value)
            {
                _hashOfCode[code] = hash(value);
                _known[code] = true;
            }

            _hashes[row] = _hashOfCode[code];
        }
    }
}

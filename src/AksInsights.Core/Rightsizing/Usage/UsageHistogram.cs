using System.Buffers;

namespace AksInsights.Core.Rightsizing.Usage;

/// <summary>How many samples fell into each of <see cref="LogBuckets"/>. Immutable; held in the compact form that is also stored.</summary>
/// <remarks>
/// The form is the byte 1, then for every bucket that is not empty, in order, the distance from the one before (from 0 for the first) and the count, both as
/// numbers of seven bits a byte, lowest first, with the top bit set on all but the last byte. A day of one pod takes some 50 bytes.
/// </remarks>
public sealed class UsageHistogram
{
    private const byte Version = 1;

    private readonly byte[] _bytes;

    private UsageHistogram(byte[] bytes) => _bytes = bytes;

    /// <summary>A histogram without samples.</summary>
    public static UsageHistogram Empty { get; } = new([Version]);

    /// <summary>The stored form; not to be changed.</summary>
    public ReadOnlyMemory<byte> Bytes => _bytes;

    /// <summary>How many samples there are. Cost: O(buckets).</summary>
    public long Samples
    {
        get
        {
            var samples = 0L;
            foreach (var (_, count) in this) samples += count;
            return samples;
        }
    }

    /// <summary>Counts samples.</summary>
    /// <param name="amounts">Nanocores or bytes; what is no finite number is a gap and left out.</param>
    public static UsageHistogram Of(ReadOnlySpan<double> amounts)
    {
        var counts = ArrayPool<long>.Shared.Rent(LogBuckets.Count);
        Array.Clear(counts);
        foreach (var amount in amounts)
        {
            if (double.IsFinite(amount)) counts[LogBuckets.Of(amount)]++;
        }

        var writer = new ArrayBufferWriter<byte>(128);
        writer.Write([Version]);
        var before = 0;
        for (var bucket = 0; bucket < LogBuckets.Count; bucket++) Append(writer, ref before, bucket, counts[bucket]);
        ArrayPool<long>.Shared.Return(counts);
        return new UsageHistogram(writer.WrittenSpan.ToArray());
    }

    /// <summary>Takes buckets with their counts, in any order; the same bucket may come twice.</summary>
    /// <exception cref="InvalidDataException">There is no such bucket, or a count is less than nothing.</exception>
    public static UsageHistogram Of(IEnumerable<(long Bucket, long Count)> buckets)
    {
        var counts = new SortedDictionary<int, long>();
        foreach (var (bucket, count) in buckets)
        {
            if (bucket is < 0 or >= LogBuckets.Count) throw new InvalidDataException($"There is no usage bucket {bucket}; they are 0 to {LogBuckets.Count - 1}.");
            if (count < 0) throw new InvalidDataException($"The usage bucket {bucket} holds {count} samples.");
            counts[(int)bucket] = counts.GetValueOrDefault((int)bucket) + count;
        }

        var writer = new ArrayBufferWriter<byte>(128);
        writer.Write([Version]);
        var before = 0;
        foreach (var (bucket, count) in counts) Append(writer, ref before, bucket, count);
        return new UsageHistogram(writer.WrittenSpan.ToArray());
    }

    /// <summary>Reads the stored form, and keeps the array.</summary>
    /// <exception cref="InvalidDataException">The bytes are not of this form.</exception>
    public static UsageHistogram Read(byte[] bytes)
    {
        if (bytes.Length == 0 || bytes[0] != Version) throw new InvalidDataException("A stored histogram does not begin with a version that is known.");
        var histogram = new UsageHistogram(bytes);
        foreach (var (bucket, count) in histogram)
        {
            if (bucket >= LogBuckets.Count || count < 0) throw new InvalidDataException($"A stored histogram has {count} samples in bucket {bucket}.");
        }

        return histogram;
    }

    /// <summary>Goes through the buckets that are not empty, lowest first.</summary>
    public Enumerator GetEnumerator() => new(_bytes);

    private static void Append(ArrayBufferWriter<byte> writer, ref int before, int bucket, long count)
    {
        if (count == 0) return;
        AppendNumber(writer, bucket - before);
        AppendNumber(writer, count);
        before = bucket;
    }

    private static void AppendNumber(ArrayBufferWriter<byte> writer, long number)
    {
        var span = writer.GetSpan(10);
        var length = 0;
        for (; number >= 0x80; number >>= 7) span[length++] = (byte)((number & 0x7F) | 0x80);
        span[length++] = (byte)number;
        writer.Advance(length);
    }

    /// <summary>Walks over the buckets of a histogram.</summary>
    public struct Enumerator
    {
        private readonly byte[] _bytes;
        private int _at;
        private int _bucket;

        internal Enumerator(byte[] bytes)
        {
            _bytes = bytes;
            _at = 1;
        }

        /// <summary>The bucket and its count.</summary>
        public (int Bucket, long Count) Current { get; private set; }

        /// <summary>Goes on to the next bucket.</summary>
        /// <exception cref="InvalidDataException">The bytes end within a number, or a number is too large.</exception>
        public bool MoveNext()
        {
            if (_at >= _bytes.Length) return false;
            var gap = Number();
            if (gap > LogBuckets.Count) throw new InvalidDataException($"A stored histogram skips {gap} buckets.");
            _bucket += (int)gap;
            Current = (_bucket, Number());
            return true;
        }

        private long Number()
        {
            var number = 0L;
            for (var shift = 0; shift < 63; shift += 7)
            {
                if (_at >= _bytes.Length) throw new InvalidDataException("A stored histogram ends within a number.");
                var next = _bytes[_at++];
                number |= (long)(next & 0x7F) << shift;
                if (next < 0x80) return number;
            }

            throw new InvalidDataException("A stored histogram has a number of more than 63 bits.");
        }
    }
}

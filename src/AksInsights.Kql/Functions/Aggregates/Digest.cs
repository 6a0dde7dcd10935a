using AksInsights.Kql.Types;

namespace AksInsights.Kql.Functions.Aggregates;

/// <summary>The distribution of a set of values: each different value with its weight, neighbours joined when there are too many.</summary>
/// <remarks>
/// Exact up to 1000 different values. Beyond, neighbours are joined while their share of the ranks is small, smallest near both ends, so that ranks
/// err by less than 0.2 % in the middle; the least and the greatest value are always kept.
/// Source: T. Dunning and O. Ertl, «Computing extremely accurate quantiles using t-digests», 2019, scale function k1.
/// </remarks>
internal sealed class Digest
{
    private const int MostValues = 1000;

    private readonly long[] _numbers;
    private readonly long[] _weights;

    private Digest(KqlType type, long[] numbers, long[] weights)
    {
        Type = type;
        _numbers = numbers;
        _weights = weights;
        foreach (var weight in weights) Total += weight;
    }

    /// <summary>The type of the values: long, real, datetime or timespan.</summary>
    public KqlType Type { get; }

    /// <summary>The sum of the weights.</summary>
    public long Total { get; }

    /// <summary>The digest of values, as <see cref="OrderedBits"/> numbers, with their positive weights. Sorts the arrays.</summary>
    public static Digest? Create(KqlType type, long[] numbers, long[] weights)
    {
        if (numbers.Length == 0) return null;
        Array.Sort(numbers, weights);
        var last = 0;
        for (var i = 1; i < numbers.Length; i++)
        {
            if (numbers[i] == numbers[last])
            {
                weights[last] += weights[i];
                continue;
            }

            last++;
            (numbers[last], weights[last]) = (numbers[i], weights[i]);
        }

        var digest = new Digest(type, numbers[..(last + 1)], weights[..(last + 1)]);
        return digest._numbers.Length > MostValues ? digest.Joined() : digest;
    }

    /// <summary>The digest of several; null without any.</summary>
    /// <exception cref="KqlException">They are of different types.</exception>
    public static Digest? Merge(IReadOnlyCollection<Digest> digests)
    {
        if (digests.Count == 0) return null;
        var type = digests.First().Type;
        if (digests.Any(d => d.Type != type))
            throw KqlException.BadArgument("tdigest values of different types cannot be merged. Make them from values of one type.");
        return Create(type, [.. digests.SelectMany(d => d._numbers)], [.. digests.SelectMany(d => d._weights)]);
    }

    /// <summary>The number of the value at a percentile, by nearest rank.</summary>
    public long At(double percentile)
    {
        var left = NearestRank.Rank(percentile, Total);
        var index = 0;
        while (left > _weights[index] && index < _weights.Length - 1) left -= _weights[index++];
        return _numbers[index];
    }

    /// <summary>The weight of the values that do not exceed a number.</summary>
    public long RankOf(long number)
    {
        var rank = 0L;
        for (var i = 0; i < _numbers.Length && _numbers[i] <= number; i++) rank += _weights[i];
        return rank;
    }

    /// <summary>The digest as an array: <c>[[type], [values], [weights]]</c>; times are ticks.</summary>
    public DynamicArray ToDynamic()
    {
        object? Value(long number) => Type == KqlType.Real ? (object)OrderedBits.ToReal(number) : number;
        return new DynamicArray(
        [
            new DynamicArray([Type.Name()]),
            new DynamicArray(Array.ConvertAll(_numbers, Value)),
            new DynamicArray(Array.ConvertAll(_weights, w => (object?)w)),
        ]);
    }

    /// <summary>The digest of an array made by <see cref="ToDynamic"/>; null for any other value.</summary>
    public static Digest? Read(object? value)
    {
        if (value is not DynamicArray { Count: 3 } array || array[0] is not DynamicArray { Count: 1 } head || head[0] is not string name) return null;
        if (!KqlTypes.TryParse(name, out var type) || array[1] is not DynamicArray values || array[2] is not DynamicArray weights) return null;
        if (type is not (KqlType.Long or KqlType.Real or KqlType.DateTime or KqlType.TimeSpan)) return null;
        if (values.Count != weights.Count || !weights.All(w => w is long and > 0)) return null;
        if (!values.All(v => type == KqlType.Real ? v is double or long : v is long)) return null;
        var numbers = values.Select(v => v is long whole && type != KqlType.Real ? whole : OrderedBits.FromReal(DynamicEquality.ToReal(v!)));
        return Create(type, [.. numbers], [.. weights.Select(w => (long)w!)]);
    }

    // Joins neighbours as long as the joined one spans at most one step of the scale.
    private Digest Joined()
    {
        var numbers = new List<long> { _numbers[0] };
        var weights = new List<long> { _weights[0] };
        double before = _weights[0];
        var limit = before;
        for (var i = 1; i < _numbers.Length; i++)
        {
            var end = before + weights[^1] + _weights[i];
            if (numbers.Count > 1 && i < _numbers.Length - 1 && end <= limit)
            {
                numbers[^1] = Mean(numbers[^1], weights[^1], _numbers[i], _weights[i]);
                weights[^1] += _weights[i];
                continue;
            }

            if (numbers.Count > 1) before += weights[^1];
            limit = Unscale(Scale(before / Total) + 1) * Total;
            numbers.Add(_numbers[i]);
            weights.Add(_weights[i]);
        }

        return new Digest(Type, [.. numbers], [.. weights]);
    }

    private static double Scale(double share) => MostValues / (2 * Math.PI) * Math.Asin((2 * share) - 1);

    private static double Unscale(double place) => (Math.Sin(Math.Min(place * 2 * Math.PI / MostValues, Math.PI / 2)) + 1) / 2;

    private long Mean(long first, long firstWeight, long second, long secondWeight)
    {
        if (Type != KqlType.Real) return (long)((((Int128)first * firstWeight) + ((Int128)second * secondWeight)) / (firstWeight + secondWeight));
        var (low, high) = (OrderedBits.ToReal(first), OrderedBits.ToReal(second));
        var mean = low + ((high - low) * ((double)secondWeight / (firstWeight + secondWeight)));

        // Infinities and NaN have no mean with others; the joined value stays at one of them.
        return double.IsNaN(mean) ? second : OrderedBits.FromReal(mean);
    }
}

namespace AksInsights.Kql.Types;

/// <summary>When two dynamic values are the same: numbers by value whatever their type, arrays item by item, bags name by name in any order.</summary>
/// <remarks>Values of different kinds differ: text <c>"1"</c> is not the number 1. Null is the same as null, and NaN as NaN.</remarks>
internal sealed class DynamicEquality : IEqualityComparer<object?>
{
    private DynamicEquality()
    {
    }

    /// <summary>The one comparer.</summary>
    public static DynamicEquality Instance { get; } = new();

    /// <inheritdoc/>
    public new bool Equals(object? x, object? y) => (x, y) switch
    {
        (null, null) => true,
        (null, _) or (_, null) => false,
        (long a, long b) => a == b,
        (string a, string b) => string.Equals(a, b, StringComparison.Ordinal),
        (DynamicArray a, DynamicArray b) => AreSame(a, b),
        (DynamicBag a, DynamicBag b) => AreSame(a, b),
        _ => IsNumber(x) ? IsNumber(y) && CompareNumbers(x, y) == 0 : x.Equals(y),
    };

    /// <inheritdoc/>
    public int GetHashCode(object? obj) => obj switch
    {
        null => 0,
        string text => string.GetHashCode(text, StringComparison.Ordinal),
        DynamicArray array => HashItems(array),
        DynamicBag bag => HashItems(bag),
        _ => IsNumber(obj) ? HashNumber(ToReal(obj)) : obj.GetHashCode(),
    };

    /// <summary>Whether a value is a whole number, a real or a decimal.</summary>
    public static bool IsNumber(object? value) => value is long or double or decimal;

    /// <summary>Orders two numbers by value; NaN comes first.</summary>
    public static int CompareNumbers(object left, object right) => (left, right) switch
    {
        (long a, long b) => a.CompareTo(b),
        (long a, double b) => CompareMixed(a, b),
        (double a, long b) => -CompareMixed(b, a),
        (decimal a, decimal b) => a.CompareTo(b),
        (decimal a, long b) => a.CompareTo(b),
        (long a, decimal b) => ((decimal)a).CompareTo(b),
        _ => ToReal(left).CompareTo(ToReal(right)),
    };

    /// <summary>A number as a real.</summary>
    public static double ToReal(object number) => number switch
    {
        long whole => whole,
        double real => real,
        decimal exact => (double)exact,
        _ => throw new InvalidOperationException($"{number.GetType().Name} is no number."),
    };

    // The cast of the long may round, so that where the reals agree the whole numbers decide.
    private static int CompareMixed(long whole, double real)
    {
        var order = ((double)whole).CompareTo(real);
        return order != 0 || Math.Abs(real) >= 9223372036854775808d ? order : whole.CompareTo((long)real);
    }

    private static bool AreSame(DynamicArray left, DynamicArray right)
    {
        if (left.Count != right.Count) return false;
        for (var i = 0; i < left.Count; i++)
        {
            if (!Instance.Equals(left[i], right[i])) return false;
        }

        return true;
    }

    private static bool AreSame(DynamicBag left, DynamicBag right)
    {
        if (left.Count != right.Count) return false;
        foreach (var (name, item) in left)
        {
            if (!right.TryGetValue(name, out var other) || !Instance.Equals(item, other)) return false;
        }

        return true;
    }

    private static int HashItems(DynamicArray array)
    {
        var hash = default(HashCode);
        foreach (var item in array) hash.Add(Instance.GetHashCode(item));
        return hash.ToHashCode();
    }

    // A sum, because the order of names does not count.
    private static int HashItems(DynamicBag bag)
    {
        var hash = bag.Count;
        foreach (var (name, item) in bag)
            hash = unchecked(hash + HashCode.Combine(string.GetHashCode(name, StringComparison.Ordinal), Instance.GetHashCode(item)));
        return hash;
    }

    // Minus zero is zero.
    private static int HashNumber(double number) => (number == 0 ? 0d : number).GetHashCode();
}

namespace AksInsights.Kql.Columns;

/// <summary>The values that the codes of a <see cref="CodedColumn{T}"/> stand for. What is computed once per distinct value is computed here.</summary>
public sealed class Pool<T>
    where T : notnull
{
    private readonly Lazy<Dictionary<T, int>> _codes;

    /// <summary>Wraps the values; the pool owns the arrays from now on.</summary>
    /// <param name="values">The values by code; may be longer than <paramref name="count"/>.</param>
    /// <param name="count">The number of codes.</param>
    /// <param name="isUnique">True when no two codes have the same value and every code below <paramref name="count"/> is filled.</param>
    public Pool(T?[] values, int count, bool isUnique)
    {
        Values = values;
        Count = count;
        IsUnique = isUnique;
        _codes = new Lazy<Dictionary<T, int>>(Index);
    }

    /// <summary>The values by code. Text is never null; a dynamic may be.</summary>
    public T?[] Values { get; }

    /// <summary>The number of codes.</summary>
    public int Count { get; }

    /// <summary>True when equal values have equal codes and all values are filled, so that codes may be compared instead of values.</summary>
    public bool IsUnique { get; }

    /// <summary>The code of a value, or -1. Only for unique pools. Cost: O(1) after a first call of O(n).</summary>
    public int Find(T value)
    {
        if (!IsUnique) throw new InvalidOperationException("Only a pool of distinct values can be searched.");
        return _codes.Value.TryGetValue(value, out var code) ? code : -1;
    }

    private Dictionary<T, int> Index()
    {
        var index = new Dictionary<T, int>(Count);
        for (var code = 0; code < Count; code++)
        {
            if (Values[code] is { } value) index[value] = code;
        }

        return index;
    }
}

using System.Collections;
using System.Diagnostics.CodeAnalysis;

namespace AksInsights.Kql.Types;

/// <summary>
/// What a dynamic cell may hold: <c>null</c>, <c>bool</c>, <c>long</c>, <c>double</c>, <c>decimal</c>, <c>string</c>, <c>DateTime</c> (UTC),
/// <c>TimeSpan</c>, <c>Guid</c>, <see cref="DynamicArray"/> or <see cref="DynamicBag"/>; nothing else.
/// </summary>
public static class DynamicValue
{
    /// <summary>True for an array or a property bag.</summary>
    public static bool IsContainer([NotNullWhen(true)] object? value) => value is DynamicArray or DynamicBag;
}

/// <summary>An array of dynamic values. Immutable: nobody writes to the wrapped list after it is handed over.</summary>
public sealed class DynamicArray : IReadOnlyList<object?>
{
    private readonly object?[] _items;

    /// <summary>Wraps the items; the array now owns them.</summary>
    public DynamicArray(object?[] items) => _items = items;

    /// <summary>The array without items.</summary>
    public static DynamicArray Empty { get; } = new([]);

    /// <inheritdoc/>
    public int Count => _items.Length;

    /// <inheritdoc/>
    public object? this[int index] => _items[index];

    /// <summary>The items as a span, without copying.</summary>
    public ReadOnlySpan<object?> Span => _items;

    /// <inheritdoc/>
    public IEnumerator<object?> GetEnumerator() => ((IEnumerable<object?>)_items).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => _items.GetEnumerator();
}

/// <summary>A property bag: names with dynamic values, in the order in which they were first written. Immutable once shared.</summary>
public sealed class DynamicBag : IEnumerable<KeyValuePair<string, object?>>
{
    private readonly OrderedDictionary<string, object?> _items;

    /// <summary>Makes an empty bag to be filled by its maker and then not changed any more.</summary>
    public DynamicBag(int capacity = 0) => _items = new OrderedDictionary<string, object?>(capacity, StringComparer.Ordinal);

    /// <summary>The number of properties.</summary>
    public int Count => _items.Count;

    /// <summary>The names, in order.</summary>
    public IReadOnlyList<string> Keys => _items.Keys;

    /// <summary>The value of a name. Setting is for the maker of the bag only. Getting an absent name throws.</summary>
    public object? this[string key]
    {
        get => _items[key];
        set => _items[key] = value;
    }

    /// <summary>Looks a name up; names are compared by code point. Cost: O(1).</summary>
    public bool TryGetValue(string key, out object? value) => _items.TryGetValue(key, out value);

    /// <inheritdoc/>
    public IEnumerator<KeyValuePair<string, object?>> GetEnumerator() => _items.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => _items.GetEnumerator();
}

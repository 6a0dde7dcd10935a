using System.Diagnostics.CodeAnalysis;
using AksInsights.Kql.Types;

namespace AksInsights.Kql.Functions.Aggregates;

/// <summary>When two dynamic values are one member of a set: scalars of one type with one value, arrays and bags with the same JSON text.</summary>
internal sealed class ItemEquality : IEqualityComparer<object>
{
    public static ItemEquality Comparer { get; } = new();

    public new bool Equals(object? x, object? y) => (x, y) switch
    {
        (DynamicArray or DynamicBag, DynamicArray or DynamicBag) => DynamicText.Format(x) == DynamicText.Format(y),
        _ => object.Equals(x, y),
    };

    public int GetHashCode([DisallowNull] object obj) =>
        DynamicValue.IsContainer(obj) ? DynamicText.Format(obj).GetHashCode(StringComparison.Ordinal) : obj.GetHashCode();
}

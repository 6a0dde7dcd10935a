using AksInsights.Kql.Types;

namespace AksInsights.Kql.Functions.Operators;

/// <summary>target[index] and target.member on dynamic values: what is not there is null; a negative index counts from the end.</summary>
internal static class DynamicAccess
{
    private static readonly ScalarKernel ByName = Map.OfMaybe<object, string, object>((target, key) => Wrap(Get(target, key)));
    private static readonly ScalarKernel ByIndex = Map.OfMaybe<object, long, object>((target, index) => Wrap(Get(target, index)));
    private static readonly ScalarKernel ByValue = Map.OfMaybe<object, object, object>((target, index) => Wrap(index switch
    {
        string key => Get(target, key),
        long position => Get(target, position),
        double position => Get(target, (long)position),
        _ => null,
    }));

    /// <summary>The kernel for an index of a type.</summary>
    public static ScalarKernel Kernel(KqlType indexType) => indexType switch
    {
        KqlType.String => ByName,
        KqlType.Int or KqlType.Long => ByIndex,
        _ => ByValue,
    };

    private static Maybe<object> Wrap(object? value) => value is null ? Maybe<object>.Null : new Maybe<object>(value, true);

    private static object? Get(object target, string key) => target is DynamicBag bag && bag.TryGetValue(key, out var value) ? value : null;

    private static object? Get(object target, long index)
    {
        if (target is not DynamicArray array) return null;
        var position = index < 0 ? array.Count + index : index;
        return position >= 0 && position < array.Count ? array[(int)position] : null;
    }
}

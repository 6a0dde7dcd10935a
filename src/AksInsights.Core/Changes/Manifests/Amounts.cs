using AksInsights.Core.Quantities;
using AksInsights.Core.Rightsizing;

namespace AksInsights.Core.Changes.Manifests;

/// <summary>Compares amounts as they are written with amounts as they are meant.</summary>
internal static class Amounts
{
    /// <summary>Whether two texts are the same amount; two missing ones are, and a text that is no amount equals none.</summary>
    public static bool AreEqual(ResourceField field, string? one, string? other) =>
        one is null || other is null ? one is null && other is null : Smallest(field, one) is { } amount && amount == Smallest(field, other);

    /// <summary>Whether a text is an amount.</summary>
    public static bool IsAmount(ResourceField field, string text) => Smallest(field, text) is not null;

    /// <summary>Whether a field counts CPU and not memory.</summary>
    public static bool IsCpu(ResourceField field) => field is ResourceField.CpuRequest or ResourceField.CpuLimit;

    /// <summary>An amount in nanocores or bytes; null for what is no amount.</summary>
    public static long? Smallest(ResourceField field, string text) => IsCpu(field)
        ? CpuQuantity.TryParse(text, out var cpu) ? cpu.Nanocores : null
        : MemoryQuantity.TryParse(text, out var memory) ? memory.Bytes : null;

    /// <summary>The name of a field as a path: <c>requests.cpu</c>.</summary>
    public static string Name(ResourceField field) => string.Join('.', AmountPlace.PathOf(field));
}

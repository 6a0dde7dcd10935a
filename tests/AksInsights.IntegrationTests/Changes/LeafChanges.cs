using System.Text.Json;
using AksInsights.Core.Changes.Manifests;
using AksInsights.Core.Rightsizing;

namespace AksInsights.IntegrationTests.Changes;

/// <summary>The single values in which two readings of a YAML text differ.</summary>
internal sealed class LeafChanges
{
    private static readonly string[] Amount = ["/requests/cpu", "/limits/cpu", "/requests/memory", "/limits/memory"];

    private readonly List<(string Path, string? Before, string? After)> _changes = [];

    /// <summary>Adds the differences of two readings; null for a file that is not there.</summary>
    public void Add(string file, JsonElement? before, JsonElement? after)
    {
        var (old, now) = (Leaves(before), Leaves(after));
        foreach (var path in old.Keys.Union(now.Keys))
        {
            if (old.GetValueOrDefault(path) is var was && now.GetValueOrDefault(path) is var becomes && was != becomes) _changes.Add((file + path, was, becomes));
        }
    }

    /// <summary>What is no amount, and no mapping or name that had to be made for one.</summary>
    public IReadOnlyList<string> Strange => [.. _changes.Where(c => FieldOf(c.Path) is null && !IsScaffold(c)).Select(c => $"{c.Path}: {c.Before} -> {c.After}")];

    /// <summary>The changed amounts; null for one that is gone.</summary>
    public IReadOnlyList<(ResourceField Field, string? To)> AmountsAfter => [.. _changes.Where(c => FieldOf(c.Path) is not null).Select(c => (FieldOf(c.Path)!.Value, c.After is "null" ? null : c.After))];

    /// <summary>Whether two lists of amounts are the same ones, however written.</summary>
    public static bool AreSame(IReadOnlyList<(ResourceField Field, string? To)> one, IReadOnlyList<(ResourceField Field, string? To)> other)
    {
        static IEnumerable<string> Of(IReadOnlyList<(ResourceField Field, string? To)> amounts) =>
            amounts.Select(a => $"{Amounts.IsCpu(a.Field)} {(a.To is null ? "none" : Amounts.Smallest(a.Field, a.To))}").Order(StringComparer.Ordinal);
        return Of(one).SequenceEqual(Of(other));
    }

    // The value of an operation or a parameter has no field in its own path; whether it is CPU or memory its text says.
    private static ResourceField? FieldOf(string path)
    {
        if (path.EndsWith("/value", StringComparison.Ordinal)) return ResourceField.CpuRequest;
        var at = Array.FindIndex(Amount, a => path.EndsWith(a, StringComparison.Ordinal));
        return at < 0 ? null : new[] { ResourceField.CpuRequest, ResourceField.CpuLimit, ResourceField.MemoryRequest, ResourceField.MemoryLimit }[at];
    }

    private static bool IsScaffold((string Path, string? Before, string? After) change)
    {
        var key = change.Path[(change.Path.LastIndexOf('/') + 1)..];
        if (key is "resources" or "res" or "requests" or "limits") return change.Before is null or "{}" or "null" && change.After is null or "{}";
        var isNewPatch = change.Path.Contains("aksinsights-", StringComparison.Ordinal) || change.After?.StartsWith("aksinsights-", StringComparison.Ordinal) == true;
        return change.Before is null && (isNewPatch || (key == "name" && change.Path.Contains("/containers/", StringComparison.Ordinal)));
    }

    private static Dictionary<string, string> Leaves(JsonElement? root)
    {
        var leaves = new Dictionary<string, string>(StringComparer.Ordinal);
        if (root is { } some) Add(some, "", leaves);
        return leaves;
    }

    private static void Add(JsonElement element, string path, Dictionary<string, string> leaves)
    {
        if (element.ValueKind == JsonValueKind.Object && element.EnumerateObject().Any())
        {
            foreach (var member in element.EnumerateObject()) Add(member.Value, $"{path}/{member.Name}", leaves);
        }
        else if (element.ValueKind == JsonValueKind.Array && element.GetArrayLength() > 0)
        {
            foreach (var (item, i) in element.EnumerateArray().Select((item, i) => (item, i))) Add(item, $"{path}/{i}", leaves);
        }
        else
        {
            leaves.Add(path, element.ValueKind == JsonValueKind.String ? element.GetString()! : element.GetRawText());
        }
    }
}

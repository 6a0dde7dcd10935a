using System.Text.Json;
using System.Text.Json.Serialization;
using AksInsights.Core.Rightsizing;

namespace AksInsights.Core.Changes.Proposals;

/// <summary>A comment in the text of a pull request that nobody sees: what it proposes, so that a later run knows what people said no to.</summary>
/// <param name="Key">What the change is about.</param>
/// <param name="Fingerprint">The hash of the amounts.</param>
/// <param name="Amounts">The amounts by container and field, as <c>shop/Deployment/web/app requests.cpu</c>; <c>none</c> for one that goes. Empty when they did not fit.</param>
internal sealed record PullMarker(string Key, string Fingerprint, IReadOnlyDictionary<string, string> Amounts)
{
    private const string Open = "<!-- aksinsights:1 ";
    private const string Close = " -->";
    private const string None = "none";

    /// <summary>By how much an amount may differ from one that was turned down and still be the same proposal.</summary>
    public const double Near = 0.2;

    /// <summary>The marker of a change.</summary>
    public static PullMarker Of(ChangeSet set) => new(set.Key, set.Fingerprint, set.Containers
        .SelectMany(c => c.Values.Select(v => (Name: $"{NameOf(c.Recommendation.Container)} {Manifests.Amounts.Name(v.Field)}", Amount: v.To ?? None)))
        .GroupBy(a => a.Name, StringComparer.Ordinal).ToDictionary(g => g.Key, g => g.Last().Amount, StringComparer.Ordinal));

    /// <summary>The marker in a text; null when there is none that can be read.</summary>
    public static PullMarker? Of(string body)
    {
        var start = body.LastIndexOf(Open, StringComparison.Ordinal);
        var end = start < 0 ? -1 : body.IndexOf(Close, start, StringComparison.Ordinal);
        if (end < 0) return null;
        try
        {
            return JsonSerializer.Deserialize<PullMarker>(body.AsSpan(start + Open.Length, end - start - Open.Length), JsonSerializerOptions.Web) is { Key: not null, Fingerprint: not null, Amounts: not null } read ? read : null;
        }
        catch (JsonException)
        {
            // Somebody wrote into it: then it says nothing.
            return null;
        }
    }

    /// <summary>The comment.</summary>
    [JsonIgnore]
    public string Text => Open + JsonSerializer.Serialize(this, JsonSerializerOptions.Web) + Close;

    /// <summary>The same without the amounts, which may be many.</summary>
    [JsonIgnore]
    public PullMarker Short => this with { Amounts = new Dictionary<string, string>() };

    /// <summary>Whether another proposal is the same, or so near that somebody who turned this one down turned that one down too.</summary>
    public bool Covers(PullMarker other) =>
        Fingerprint == other.Fingerprint || (Amounts.Count > 0 && other.Amounts.Count > 0 && other.Amounts.All(a => Amounts.TryGetValue(a.Key, out var declined) && IsNear(a.Key, declined, a.Value)));

    private static bool IsNear(string name, string one, string other)
    {
        if (one == other) return true;
        var field = Enum.GetValues<ResourceField>().FirstOrDefault(f => name.EndsWith(" " + Manifests.Amounts.Name(f), StringComparison.Ordinal));
        return Manifests.Amounts.Smallest(field, one) is { } amount && Manifests.Amounts.Smallest(field, other) is { } next && Math.Abs(next - amount) <= Near * amount;
    }

    private static string NameOf(ContainerKey key) => $"{key.Namespace}/{key.WorkloadKind}/{key.Workload}/{key.Container}";
}

using System.Text.RegularExpressions;

namespace AksInsights.Core.Changes.Manifests.Helm;

/// <summary>The words that names are made of: <c>shopWeb</c>, <c>shop-web</c> and <c>shop_web</c> are the words shop and web.</summary>
internal static partial class NameTokens
{
    // Words that charts use for the one thing they deploy say nothing about which it is.
    private static readonly HashSet<string> Hollow = ["resources", "resource", "values", "value", "deployment", "statefulset", "daemonset", "container", "containers", "main", "app", "pod", "spec", "default"];

    /// <summary>The words of a name, in lower case, without those that say nothing.</summary>
    public static HashSet<string> Of(params IEnumerable<string> names) =>
        [.. names.SelectMany(n => Words().Matches(n).Select(m => m.Value.ToLowerInvariant())).Where(w => !Hollow.Contains(w))];

    [GeneratedRegex("[A-Z]?[a-z0-9]+|[A-Z]+(?![a-z])")]
    private static partial Regex Words();
}

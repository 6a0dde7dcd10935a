using System.Text.RegularExpressions;
using AksInsights.Core.Changes.Yaml;

namespace AksInsights.Core.Changes.Manifests.Kustomize;

/// <summary>Which objects a patch of a kustomization applies to.</summary>
/// <param name="Kind">A pattern of kinds; null means any.</param>
/// <param name="Name">A pattern of names; null means any.</param>
/// <param name="Namespace">A pattern of namespaces; null means any.</param>
/// <param name="HasSelector">Whether labels or annotations decide as well, which are not looked at.</param>
internal sealed record PatchTarget(string? Kind, string? Name, string? Namespace, bool HasSelector)
{
    /// <summary>The target that a kustomization writes beside the patch.</summary>
    public static PatchTarget Of(SourceMap target) => new(
        target.Text("kind"), target.Text("name"), target.Text("namespace"), target["labelSelector"] is not null || target["annotationSelector"] is not null);

    /// <summary>The object that a patch names itself.</summary>
    public static PatchTarget Named(SourceMap patch)
    {
        var metadata = patch["metadata"] as SourceMap;
        var space = metadata?.Text("namespace");
        return new PatchTarget(Exactly(patch.Text("kind")), Exactly(metadata?.Text("name")), space is null ? null : Exactly(space), false);
    }

    /// <summary>Whether it applies to an object under one of its names.</summary>
    public bool Matches(string kind, IEnumerable<string> names, string? space) =>
        Fits(Kind, kind) && names.Any(n => Fits(Name, n)) && (Namespace is null || space is null || Fits(Namespace, space));

    private static string Exactly(string? text) => Regex.Escape(text ?? "");

    private static bool Fits(string? pattern, string text)
    {
        try
        {
            return string.IsNullOrEmpty(pattern) || Regex.IsMatch(text, $"^(?:{pattern})$", RegexOptions.NonBacktracking);
        }
        catch (Exception unread) when (unread is ArgumentException or NotSupportedException)
        {
            // A pattern that only Go reads: it fits only what it says to the letter.
            return pattern == text;
        }
    }
}

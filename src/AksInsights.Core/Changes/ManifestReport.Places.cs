using AksInsights.Kql.Diagnostics;
using AksInsights.Kql.Text;

namespace AksInsights.Core.Changes;

/// <content>Why a container is not found, or not changed where it was found.</content>
internal sealed partial class ManifestReport
{
    /// <summary>AKI4020.</summary>
    public void NotDeclared(string container, string? hint) =>
        Error("AKI4020", default, $"No file declares {container}.", hint ?? "Say where it is declared, under `workloads` in `.aksinsights.yaml`.");

    /// <summary>AKI4021.</summary>
    public void Ambiguous(string container, IReadOnlyList<string> candidates, string example) =>
        Error("AKI4021", default, $"{candidates.Count} places could declare {container}: {string.Join("; ", candidates)}.", $"Say which in `.aksinsights.yaml`, such as {example}.");

    /// <summary>AKI4022.</summary>
    public void SharedByOthers(TextSpan span, IEnumerable<string> users) =>
        Error("AKI4022", span, $"What stands here is shared ({string.Join("; ", users.Order(StringComparer.Ordinal))}); a change would reach all of them.", "Give the environment a layer of its own, or name the file in `.aksinsights.yaml`.");

    /// <summary>AKI4023.</summary>
    public void NotFollowed(TextSpan span, string reason) =>
        Error("AKI4023", span, $"This patch concerns the container but is not followed: {reason}.", "Write it as a strategic merge patch that names the container.");

    /// <summary>AKI4024.</summary>
    public void NoSuchContainer(TextSpan span, string workload, string container, IEnumerable<string> names)
    {
        var known = names.Order(StringComparer.Ordinal).ToList();
        Error("AKI4024", span, $"{workload} has no container `{container}` here.", NearestNames.Sentence(container, known) ?? (known.Count == 0 ? "It lists none." : $"It lists {string.Join(", ", known.Select(n => $"`{n}`"))}."));
    }

    /// <summary>AKI4025.</summary>
    public void NoAmount(TextSpan span, string field, string text) =>
        Error("AKI4025", span, $"`{field}` is `{text}`, which is no amount: it is probably filled in later.", "Change the place it is filled in from.");

    /// <summary>AKI4026.</summary>
    public void Drifted(TextSpan span, string field, string file, string? cluster) =>
        Error("AKI4026", span, $"`{field}` is `{file}` here and {(cluster is null ? "not set" : $"`{cluster}`")} in the cluster, so the recommendation was made for something else.", "Deploy what the file says, or make a new recommendation.");

    /// <summary>AKI4027.</summary>
    public void CannotGo(TextSpan span, string field) =>
        Error("AKI4027", span, $"`{field}` should be taken out, and that is not done in this form.", "Take it out by hand, then run again.");

    /// <summary>AKI4028.</summary>
    public void MapWrong(string file, string reason) =>
        Error("AKI4028", default, $"`.aksinsights.yaml` names `{file}`, but {reason}.", "Correct `file` or `path` there.");
}

using AksInsights.Core.Changes.Manifests;
using AksInsights.Core.Queries;
using AksInsights.Core.Rightsizing;
using AksInsights.Kql.Text;

namespace AksInsights.Core.Changes;

/// <summary>Finds the one place of a repository that declares a container of a cluster.</summary>
internal sealed class ContainerSearch(ManifestInventory inventory, RepositoryMap map)
{
    /// <summary>Finds it; null, with the reasons, when there is none or more than one.</summary>
    public ContainerDeclaration? Find(Recommendation recommendation, out IReadOnlyList<FileDiagnostic> reasons)
    {
        var sought = new SoughtContainer(recommendation.Container, recommendation.Current, inventory);
        var mapped = map.Workloads.Where(w => w.Fits(sought.Key)).ToList();
        if (mapped.Find(m => m.Path is not null) is { } named) return MappedValues.Find(named, sought, out reasons);
        var found = inventory.Objects.AsParallel().AsOrdered()
            .SelectMany(o => ManifestFormats.All.Where(f => f.Recognises(o)).Take(1).SelectMany(f => f.Locate(o, sought))).ToList();
        var fitting = Narrow([.. found.Where(d => d.Object.Namespace is null || d.Object.Namespace == sought.Key.Namespace || IsRelease(d))], sought.Key, mapped);
        reasons = [];
        if (fitting is [var only]) return only;
        reasons = fitting.Count == 0 ? NotFound(sought.Key) : Ambiguous(sought.Key, fitting);
        return null;
    }

    // A release lives in one namespace and deploys to another; its format looks at that.
    private static bool IsRelease(ContainerDeclaration declaration) => declaration.Object.Kind is "HelmRelease" or "Application";

    /// <summary>Keeps the declarations that the most speaks for, in the order of what counts more.</summary>
    private List<ContainerDeclaration> Narrow(List<ContainerDeclaration> found, ContainerKey key, List<MappedWorkload> mapped)
    {
        if (mapped.Count > 0) found = [.. found.Where(d => d.Places.Any(p => mapped.Exists(m => m.File == p.File.Path)))];
        var cluster = ChangeNames.ClusterOf(key);
        if (map.Clusters.TryGetValue(cluster, out var folders)) found = [.. found.Where(d => folders.Any(f => IsIn(d.Object.Environment, f)))];
        foreach (var evidence in new Func<ContainerDeclaration, int>[]
        {
            d => d.IsNamed ? 1 : 0,
            d => d.IsGuess ? 0 : 1,
            d => HasPart(d.Object.Environment, cluster) ? 1 : 0,
            d => d.Object.Namespace == key.Namespace ? 2 : HasPart(d.Object.Environment, key.Namespace) ? 1 : 0,
            d => d.Object.Kind == key.WorkloadKind ? 1 : 0,
            // One that has the container beats one that only has the workload.
            d => d.Obstacles.Any(o => o.Diagnostic.Code == "AKI4024") ? 0 : 1,
        })
        {
            if (found.Count > 1) found = [.. found.Where(d => evidence(d) == found.Max(evidence))];
        }

        return found;
    }

    private static bool IsIn(string folder, string top) => folder == top || top.Length == 0 || folder.StartsWith(top + "/", StringComparison.Ordinal);

    private static bool HasPart(string folder, string name) => folder.Split('/').Contains(name, StringComparer.OrdinalIgnoreCase);

    private List<FileDiagnostic> NotFound(ContainerKey key)
    {
        // A file that could not be read and speaks of the workload is the likely reason.
        var unread = inventory.Unread.Concat(inventory.Folder.Files.Where(inventory.IsTemplate)).Where(f => Mentions(f.Text, key.Workload)).Distinct().ToList();
        if (unread.SelectMany(f => f.Objections).FirstOrDefault() is { } reason) return [reason];
        var report = new ManifestReport(new SourceText("", "repository"));
        report.NotDeclared(Name(key), unread.Count == 0 ? null : $"The template `{unread[0].Path}` speaks of it: say where its values are, under `workloads` in `.aksinsights.yaml`.");
        return [.. report.Found];
    }

    private static List<FileDiagnostic> Ambiguous(ContainerKey key, List<ContainerDeclaration> found)
    {
        var report = new ManifestReport(new SourceText("", "repository"));
        var first = found[0];
        var byFolder = found.Select(d => d.Object.Environment).Distinct().Count() == found.Count && first.Object.Kind is not null && !first.IsGuess;
        var example = byFolder
            ? $"`clusters: {{{ChangeNames.ClusterOf(key)}: [{first.Object.Environment}]}}`"
            : $"`workloads: [{{workload: {key.Namespace}/{key.Workload}, container: {key.Container}, file: {first.Places.Select(p => p.File.Path).FirstOrDefault(first.Object.Name)}, path: ...}}]`";
        report.Ambiguous(Name(key), [.. found.Select(d => byFolder ? $"{d.Object.Environment}: {d.Where}" : d.Where)], example);
        return [.. report.Found];
    }

    private static string Name(ContainerKey key) => $"the container `{key.Container}` of {key.WorkloadKind} {key.Namespace}/{key.Workload}";

    private static bool Mentions(string text, string name)
    {
        for (var at = text.IndexOf(name, StringComparison.Ordinal); at >= 0; at = text.IndexOf(name, at + 1, StringComparison.Ordinal))
        {
            var (before, after) = (at == 0 ? ' ' : text[at - 1], at + name.Length == text.Length ? ' ' : text[at + name.Length]);
            if (!char.IsAsciiLetterOrDigit(before) && before != '-' && !char.IsAsciiLetterOrDigit(after) && after != '-') return true;
        }

        return false;
    }
}

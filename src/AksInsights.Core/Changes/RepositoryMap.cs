using AksInsights.Core.Queries;
using AksInsights.Core.Queries.Yaml;
using AksInsights.Core.Rightsizing;
using AksInsights.Kql.Text;

namespace AksInsights.Core.Changes;

/// <summary>What a repository says about itself in <c>.aksinsights.yaml</c>: what cannot be found out from its manifests.</summary>
public sealed class RepositoryMap
{
    /// <summary>A repository that says nothing.</summary>
    public static RepositoryMap Empty { get; } = new();

    /// <summary>For each cluster, by the last part of its resource id, the folders that are deployed to it.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<string>> Clusters { get; private init; } = new Dictionary<string, IReadOnlyList<string>>();

    /// <summary>Where containers are declared.</summary>
    internal IReadOnlyList<MappedWorkload> Workloads { get; private init; } = [];

    /// <summary>Workloads that are left alone: <c>namespace/name</c>, with a star for any.</summary>
    public IReadOnlyList<string> Ignored { get; private init; } = [];

    /// <summary>Whether a workload is to be left alone.</summary>
    public bool Ignores(ContainerKey key) => Ignored.Any(i => Fits(i, key));

    /// <summary>Reads the map of a repository; empty where it has none.</summary>
    /// <param name="files">The repository.</param>
    /// <param name="mistakes">What is wrong with the map.</param>
    public static RepositoryMap In(RepositoryFiles files, out IReadOnlyList<FileDiagnostic> mistakes)
    {
        mistakes = [];
        return files[RepositoryFiles.MapName] is { } bytes ? Read(System.Text.Encoding.UTF8.GetString(bytes.Span), out mistakes) : Empty;
    }

    /// <summary>Reads the file; a mistake is reported and its line left out.</summary>
    /// <param name="text">The text of the file.</param>
    /// <param name="mistakes">What is wrong with it.</param>
    public static RepositoryMap Read(string text, out IReadOnlyList<FileDiagnostic> mistakes)
    {
        var report = new FileReport(RepositoryFiles.MapName, text);
        mistakes = report.Found;
        if (YamlTree.Read(text, report) is not { } root || YamlFields.Open(root, "The file", report) is not { } fields) return Empty;
        var clusters = new Dictionary<string, IReadOnlyList<string>>(StringComparer.OrdinalIgnoreCase);
        foreach (var entry in fields.Entries("clusters"))
        {
            var folders = entry.Value is YamlList list ? list.Items : [entry.Value];
            foreach (var wrong in folders.Where(f => f is not YamlScalar { IsNull: false })) report.WrongKind(wrong.Span, "A folder of a cluster", "a path", YamlFields.KindOf(wrong));
            clusters[entry.Key.Text] = [.. folders.OfType<YamlScalar>().Select(f => f.Text.Trim().Trim('/'))];
        }

        var map = new RepositoryMap
        {
            Clusters = clusters,
            Workloads = [.. fields.Items("workloads").Select(item => ReadWorkload(item, report)).OfType<MappedWorkload>()],
            Ignored = fields.Texts("ignore"),
        };
        fields.Finish();
        return map;
    }

    private static MappedWorkload? ReadWorkload(YamlNode item, FileReport report)
    {
        if (YamlFields.Open(item, "An item of `workloads`", report) is not { } fields) return null;
        var (name, file) = (fields.Text("workload"), fields.Text("file").Trim('/'));
        var mapped = new MappedWorkload(name, fields.OptionalText("container"), fields.OptionalText("cluster"), file, fields.OptionalText("path"), fields.PlaceOf("file"));
        fields.Finish();
        return name.Length == 0 || file.Length == 0 ? null : mapped;
    }

    internal static bool Fits(string pattern, ContainerKey key)
    {
        var parts = pattern.Split('/');
        return parts.Length == 2 && parts[0] is var space && (space == "*" || space == key.Namespace) && (parts[1] == "*" || parts[1] == key.Workload);
    }
}

/// <summary>A line of the map that says where a container is declared.</summary>
/// <param name="Workload">The workload as <c>namespace/name</c>.</param>
/// <param name="Container">The container; null means all of them.</param>
/// <param name="Cluster">The cluster, by the last part of its id; null means all of them.</param>
/// <param name="File">The file.</param>
/// <param name="Path">For values, where the mapping with requests and limits is; null when the file names its containers.</param>
/// <param name="Place">Where the map says so.</param>
internal sealed record MappedWorkload(string Workload, string? Container, string? Cluster, string File, string? Path, TextSpan Place)
{
    /// <summary>Whether it is about a container.</summary>
    public bool Fits(ContainerKey key) =>
        RepositoryMap.Fits(Workload, key)
        && (Container is null || Container == key.Container)
        && (Cluster is null || string.Equals(Cluster, ChangeNames.ClusterOf(key), StringComparison.OrdinalIgnoreCase));
}

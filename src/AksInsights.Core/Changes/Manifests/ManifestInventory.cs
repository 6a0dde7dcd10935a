using AksInsights.Core.Changes.Manifests.Helm;
using AksInsights.Core.Changes.Manifests.Kustomize;
using AksInsights.Core.Changes.Yaml;

namespace AksInsights.Core.Changes.Manifests;

/// <summary>Everything a repository deploys, and the files that could not be looked into. Cost: each file is read once.</summary>
internal sealed class ManifestInventory
{
    private readonly Dictionary<string, HashSet<string>> _valuesUsers = new(StringComparer.Ordinal);

    /// <summary>Takes stock of a repository.</summary>
    public ManifestInventory(ManifestFolder folder)
    {
        Folder = folder;
        Parallel.ForEach(folder.Files, file => _ = file.Documents);
        Charts = [.. folder.Files.Where(f => f.Name == "Chart.yaml").Select(f => f.Folder)];
        var build = new KustomizeBuild(folder);
        Objects = [.. build.Objects, .. folder.Files.Where(f => !build.Owns(f) && !IsTemplate(f)).SelectMany(Standing)];
        foreach (var application in Objects.Where(o => o.Kind == "Application"))
        {
            foreach (var path in ArgoApplication.ValueFiles(application.Layers[0].Root, this))
            {
                if (!_valuesUsers.TryGetValue(path, out var users)) _valuesUsers[path] = users = [];
                users.Add($"{application.Environment}: {application}");
            }
        }

        Objects = [.. Objects, .. folder.Files.Where(f => HelmValuesFile.IsValues(f) && !_valuesUsers.ContainsKey(f.Path)).SelectMany(ValuesOf)];
    }

    /// <summary>The files.</summary>
    public ManifestFolder Folder { get; }

    /// <summary>The folders of Helm charts.</summary>
    public IReadOnlyList<string> Charts { get; }

    /// <summary>What is deployed.</summary>
    public IReadOnlyList<DeployedObject> Objects { get; }

    /// <summary>The files that could not be read as manifests.</summary>
    public IEnumerable<ManifestFile> Unread => Folder.Files.Where(f => f.Documents.Count == 0 && f.Objections.Count > 0);

    /// <summary>The applications that take values from a file.</summary>
    public IReadOnlyCollection<string> UsersOfValues(string path) => _valuesUsers.GetValueOrDefault(path, []);

    /// <summary>Whether a file is one of the templates of a chart.</summary>
    public bool IsTemplate(ManifestFile file) => Charts.Any(c => file.Path.StartsWith(c.Length == 0 ? "templates/" : c + "/templates/", StringComparison.Ordinal));

    /// <summary>The objects that a file holds, the items of lists one by one.</summary>
    public static IEnumerable<(SourceDocument Document, SourceMap Root)> ObjectsOf(ManifestFile file) =>
        file.Documents.SelectMany(d => d.Map is { } map ? Expand(map).Select(m => (d, m)) : []);

    private static IEnumerable<SourceMap> Expand(SourceMap map) =>
        map.Text("kind")?.EndsWith("List", StringComparison.Ordinal) == true && map["items"] is SourceList items
            ? items.Items.OfType<SourceMap>().SelectMany(Expand)
            : map.Text("kind") is null ? [] : [map];

    /// <summary>Values that no object refers to. A file beside others for single environments is taken to be shared by them.</summary>
    private IEnumerable<DeployedObject> ValuesOf(ManifestFile file)
    {
        if (file.Documents is not [{ Map: { } root } document] || root.Text("kind") is not null) yield break;
        var isBase = Path.GetFileNameWithoutExtension(file.Name) == "values";
        var beside = Folder.Files.Where(f => f.Folder == file.Folder && f.Path != file.Path && f.Name.StartsWith("values", StringComparison.Ordinal)).Select(f => f.Path);
        yield return new DeployedObject
        {
            Environment = file.Folder,
            Kind = null,
            Name = file.Path,
            Namespace = null,
            Layers = [new ObjectLayer(LayerKind.Object, file, document, root) { Users = [file.Path, .. isBase ? beside : []] }],
        };
    }

    private static IEnumerable<DeployedObject> Standing(ManifestFile file)
    {
        foreach (var (document, root) in ObjectsOf(file))
        {
            var metadata = root["metadata"] as SourceMap;
            yield return new DeployedObject
            {
                Environment = file.Folder,
                Kind = root.Text("kind"),
                Name = metadata?.Text("name") ?? "",
                Namespace = metadata?.Text("namespace"),
                Layers = [new ObjectLayer(LayerKind.Object, file, document, root) { Users = [$"{file.Path}: {root.Text("kind")} {metadata?.Text("name")}"] }],
            };
        }
    }
}

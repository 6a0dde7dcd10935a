using AksInsights.Core.Changes.Yaml;

namespace AksInsights.Core.Changes.Manifests.Kustomize;

/// <summary>A kustomization: the folder it stands in and what it lists.</summary>
/// <param name="File">Its file.</param>
/// <param name="Document">The only document of the file.</param>
/// <param name="Root">What it says.</param>
internal sealed record Kustomization(ManifestFile File, SourceDocument Document, SourceMap Root)
{
    private static readonly string[] Names = ["kustomization.yaml", "kustomization.yml", "Kustomization"];

    /// <summary>The folder.</summary>
    public string Folder => File.Folder;

    /// <summary>Whether it is a part that changes what another kustomization has collected.</summary>
    public bool IsComponent => Root.Text("kind") == "Component";

    /// <summary>The kustomizations of a repository, by folder.</summary>
    public static Dictionary<string, Kustomization> FindAll(ManifestFolder folder)
    {
        var found = new Dictionary<string, Kustomization>(StringComparer.Ordinal);
        foreach (var file in folder.Files.Where(f => Names.Contains(f.Name)))
        {
            if (file.Documents is [{ Map: { } root } document]) found.TryAdd(file.Folder, new Kustomization(file, document, root));
        }

        return found;
    }

    /// <summary>What a list names, as written; what is no text is left out.</summary>
    public IEnumerable<string> Entries(params string[] keys) =>
        keys.SelectMany(key => Root[key] is SourceList list ? list.Items.OfType<SourceScalar>().Where(s => !s.IsNull).Select(s => s.Value) : []);

    /// <summary>The entries of a list that are mappings.</summary>
    public IEnumerable<SourceMap> Maps(string key) => Root[key] is SourceList list ? list.Items.OfType<SourceMap>() : [];

    /// <summary>The values of a list.</summary>
    public IEnumerable<SourceScalar> Scalars(string key) => Root[key] is SourceList list ? list.Items.OfType<SourceScalar>() : [];
}

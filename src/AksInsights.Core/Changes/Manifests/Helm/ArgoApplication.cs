using AksInsights.Core.Changes.Yaml;

namespace AksInsights.Core.Changes.Manifests.Helm;

/// <summary>An Application of Argo CD whose source is a chart: value files of the repository, values in the object, parameters, and patches.</summary>
/// <remarks>Precedence, lowest first: the chart's values, <c>valueFiles</c>, <c>values</c>, <c>valuesObject</c> (which puts <c>values</c> out of force), <c>parameters</c>.
/// Source: argoproj/argo-cd, docs/user-guide/helm.md.</remarks>
internal sealed class ArgoApplication : IManifestFormat
{
    /// <inheritdoc/>
    public string Name => "Application";

    /// <inheritdoc/>
    public bool Recognises(DeployedObject deployed) =>
        deployed.Kind == "Application" && deployed.Layers[0].Root.Text("apiVersion")?.StartsWith("argoproj.io/", StringComparison.Ordinal) == true;

    /// <inheritdoc/>
    public IEnumerable<ContainerDeclaration> Locate(DeployedObject deployed, SoughtContainer sought)
    {
        var root = deployed.Layers[0].Root;
        var space = (SourcePath.Follow(root, "spec", "destination") as SourceMap)?.Text("namespace");
        if (space is not null && space != sought.Key.Namespace) return [];
        var found = new List<ContainerDeclaration>();
        foreach (var source in Sources(root))
        {
            if (RenderedPatches.Find(this, deployed, _ => source, [], sought) is { } patched) return [patched];
            var helm = source["helm"] as SourceMap;
            var related = NameTokens.Of(helm?.Text("releaseName") ?? deployed.Name, source.Text("chart") ?? source.Text("path") ?? "");
            found.AddRange(new ValuesSearch(deployed, this, related).Find([.. Layers(deployed, source, helm, sought.Inventory)], sought));
        }

        return found;
    }

    /// <summary>The files of the repository that an application takes values from, the chart's own included.</summary>
    public static IEnumerable<string> ValueFiles(SourceMap application, ManifestInventory inventory) =>
        Sources(application).SelectMany(s => ValueFiles(s, s["helm"] as SourceMap, inventory));

    private static IEnumerable<string> ValueFiles(SourceMap source, SourceMap? helm, ManifestInventory inventory)
    {
        var folder = source.Text("path") is { } path ? ManifestFolder.Resolve("", path) : null;
        if (folder is not null && inventory.Charts.Contains(folder)) yield return $"{folder}/values.yaml";
        if (helm?["valueFiles"] is not SourceList files) yield break;
        foreach (var written in files.Items.OfType<SourceScalar>().Select(f => f.Value))
        {
            // `$ref/path` is a file of another source, whose root is taken to be this repository's; it counts if the file is there.
            var isReference = written.StartsWith('$') && written.Contains('/', StringComparison.Ordinal);
            var resolved = isReference ? ManifestFolder.Resolve("", written[(written.IndexOf('/', StringComparison.Ordinal) + 1)..]) : folder is null ? null : ManifestFolder.Resolve(folder, written);
            if (resolved is not null) yield return resolved;
        }
    }

    private static IEnumerable<SourceMap> Sources(SourceMap application)
    {
        if (SourcePath.Follow(application, "spec", "source") is SourceMap single) yield return single;
        if (SourcePath.Follow(application, "spec", "sources") is not SourceList several) yield break;
        foreach (var source in several.Items.OfType<SourceMap>()) yield return source;
    }

    private static IEnumerable<ValuesLayer> Layers(DeployedObject deployed, SourceMap source, SourceMap? helm, ManifestInventory inventory)
    {
        foreach (var file in ValueFiles(source, helm, inventory).Select(inventory.Folder.Find).OfType<ManifestFile>())
        {
            if (file.Documents is [{ Map: { } root } document]) yield return ValuesLayer.OfMap(file, document, root, inventory.UsersOfValues(file.Path));
        }

        if (helm is null) yield break;
        var layer = deployed.Layers[0];
        if (helm["valuesObject"] is SourceMap values) yield return ValuesLayer.OfMap(layer.File, layer.Document, values, layer.Users);
        else if (helm["values"] is SourceScalar text && EmbeddedText.Read(layer.Document, text, out _) is [{ Map: { } inner } document])
            yield return ValuesLayer.OfMap(layer.File, document, inner, layer.Users);
        if (helm["parameters"] is SourceList parameters) yield return ValuesLayer.OfParameters(layer.File, layer.Document, parameters, layer.Users);
    }
}

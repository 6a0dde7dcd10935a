using AksInsights.Core.Changes.Manifests.Kustomize;
using AksInsights.Core.Changes.Yaml;
using AksInsights.Core.Queries;

namespace AksInsights.Core.Changes.Manifests.Helm;

/// <summary>A HelmRelease of Flux: values in the object and in the config maps it takes them from, and patches of what the chart renders.</summary>
/// <remarks>Precedence, lowest first: <c>valuesFrom</c> in order, <c>values</c>; post-renderers see the rendered objects. Source: fluxcd/helm-controller, docs/spec/v2.</remarks>
internal sealed class FluxHelmRelease : IManifestFormat
{
    /// <inheritdoc/>
    public string Name => "HelmRelease";

    /// <inheritdoc/>
    public bool Recognises(DeployedObject deployed) =>
        deployed.Kind == "HelmRelease" && deployed.Layers[0].Root.Text("apiVersion")?.StartsWith("helm.toolkit.fluxcd.io/", StringComparison.Ordinal) == true;

    /// <inheritdoc/>
    public IEnumerable<ContainerDeclaration> Locate(DeployedObject deployed, SoughtContainer sought)
    {
        string? Said(string key) => deployed.Layers.Select(l => (SourcePath.Follow(l.Root, "spec") as SourceMap)?.Text(key)).LastOrDefault(t => t is not null);
        var space = Said("targetNamespace") ?? deployed.Namespace;
        if (space is not null && space != sought.Key.Namespace) return [];
        if (RenderedPatches.Find(this, deployed, l => l.Root, ["spec"], sought) is { } patched) return [patched];
        var related = NameTokens.Of(Said("releaseName") ?? deployed.Name);
        return Blocked(deployed, sought) ?? new ValuesSearch(deployed, this, related).Find([.. Layers(deployed, sought.Inventory)], sought);
    }

    /// <summary>A release of this name whose values are changed by operations is not followed.</summary>
    private ContainerDeclaration[]? Blocked(DeployedObject deployed, SoughtContainer sought)
    {
        var operation = deployed.Layers.FirstOrDefault(l => l.Kind == LayerKind.Operation && l.Root.Text("path")?.StartsWith("/spec/values", StringComparison.Ordinal) == true);
        if (operation is null || !NameTokens.Of(deployed.Name).Overlaps(NameTokens.Of(sought.Key.Workload))) return null;
        var report = operation.File.NewReport();
        report.NotFollowed(operation.Document.InFile(operation.Root.Span), "it is an operation on the values of a release");
        return [new ContainerDeclaration { Object = deployed, Format = this, Places = [], Where = operation.File.Path, Obstacles = report.Found }];
    }

    private static IEnumerable<ValuesLayer> Layers(DeployedObject deployed, ManifestInventory inventory)
    {
        foreach (var reference in deployed.Layers.SelectMany(l => SourcePath.Follow(l.Root, "spec", "valuesFrom") is SourceList list ? list.Items.OfType<SourceMap>() : []))
        {
            if (reference.Text("kind") != "ConfigMap") continue;
            var map = inventory.Objects.FirstOrDefault(o => o.Kind == "ConfigMap" && o.Environment == deployed.Environment && o.Name == reference.Text("name"));
            if (map?.Layers is not [var layer] || SourcePath.Follow(layer.Root, "data", reference.Text("valuesKey") ?? "values.yaml") is not SourceScalar text) continue;
            if (EmbeddedText.Read(layer.Document, text, out _) is [{ Map: { } values } document]) yield return ValuesLayer.OfMap(layer.File, document, values, layer.Users);
        }

        foreach (var layer in deployed.Layers.Where(l => l.Kind != LayerKind.Operation && l.Doubt is null))
        {
            if (SourcePath.Follow(layer.Root, "spec", "values") is SourceMap values) yield return ValuesLayer.OfMap(layer.File, layer.Document, values, layer.Users);
        }
    }
}

/// <summary>Patches in the text of a release or application that change what its chart renders: they name the container, and they come last.</summary>
internal static class RenderedPatches
{
    /// <summary>The container in such a patch; null when no patch names it.</summary>
    /// <param name="format">The format that asks.</param>
    /// <param name="deployed">The release or application.</param>
    /// <param name="within">The mapping of a layer in which the path begins.</param>
    /// <param name="path">The keys to the mapping with <c>postRenderers</c> or <c>kustomize</c>.</param>
    /// <param name="sought">The container.</param>
    public static ContainerDeclaration? Find(IManifestFormat format, DeployedObject deployed, Func<ObjectLayer, SourceMap> within, string[] path, SoughtContainer sought)
    {
        var key = sought.Key;
        if (PodTemplates.PathOf(key.WorkloadKind) is not { } pods) return null;
        var (places, obstacles) = (new List<AmountPlace>(), new List<FileDiagnostic>());
        foreach (var layer in deployed.Layers.Where(l => l.Kind != LayerKind.Operation))
        {
            var owner = SourcePath.Follow(within(layer), path) as SourceMap;
            foreach (var patch in PatchesOf(owner).SelectMany(p => KustomizePatch.Inline(layer.File, layer.Document, p)))
            {
                if (!patch.Target.Matches(key.WorkloadKind, [key.Workload], key.Namespace)) continue;
                foreach (var text in patch.Layers) Add(text, layer, places, obstacles);
            }
        }

        return places.Count == 0 && obstacles.Count == 0
            ? null
            : new ContainerDeclaration { Object = deployed, Format = format, Places = places, Where = $"{deployed.Layers[0].File.Path} ({deployed}, patches)", Obstacles = obstacles };

        void Add(ObjectLayer text, ObjectLayer layer, List<AmountPlace> places, List<FileDiagnostic> obstacles)
        {
            var found = text.Kind == LayerKind.MergePatch ? PodTemplates.Containers(text.Root, pods).FirstOrDefault(c => c.Container.Text("name") == key.Container).Container : null;
            if (found is not null && text.Doubt is null)
            {
                places.Add(new AmountPlace { File = layer.File, Document = text.Document, Cells = AmountPlace.CellsOf(found, "resources"), Users = layer.Users, CanAdd = true });
            }
            else if (found is not null || text.Root.Text("path")?.Contains("/resources", StringComparison.Ordinal) == true)
            {
                var report = layer.File.NewReport();
                report.NotFollowed(text.Document.InFile(text.Root.Span), text.Doubt ?? "it counts the containers of a rendered object");
                obstacles.AddRange(report.Found);
            }
        }
    }

    private static IEnumerable<SourceMap> PatchesOf(SourceMap? owner)
    {
        IEnumerable<SourceMap> holders = owner?["postRenderers"] is SourceList renderers ? renderers.Items.OfType<SourceMap>() : owner is null ? [] : [owner];
        return holders.SelectMany(h => SourcePath.Follow(h, "kustomize", "patches") is SourceList patches ? patches.Items.OfType<SourceMap>() : []);
    }
}

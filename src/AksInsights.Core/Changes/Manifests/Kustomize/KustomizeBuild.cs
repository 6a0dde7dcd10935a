using AksInsights.Core.Changes.Yaml;

namespace AksInsights.Core.Changes.Manifests.Kustomize;

/// <summary>Follows every kustomization that no other one takes up, as <c>kustomize build</c> would, and remembers which texts make up each object.</summary>
/// <remarks>Source: kubernetes-sigs/kustomize, the order of the built-in transformers: patches, namespace, prefix and suffix, JSON patches.</remarks>
internal sealed class KustomizeBuild
{
    private readonly ManifestFolder _folder;
    private readonly Dictionary<string, Kustomization> _kustomizations;
    private readonly HashSet<string> _files = new(StringComparer.Ordinal);
    private readonly HashSet<string> _taken = new(StringComparer.Ordinal);
    private readonly Dictionary<string, (IReadOnlyList<KustomizePatch> Early, IReadOnlyList<KustomizePatch> Late)> _patches = new(StringComparer.Ordinal);
    private readonly Dictionary<SourceMap, ObjectLayer> _layers = new(ReferenceEqualityComparer.Instance);

    /// <summary>Follows the kustomizations of a repository.</summary>
    public KustomizeBuild(ManifestFolder folder)
    {
        _folder = folder;
        _kustomizations = Kustomization.FindAll(folder);
        foreach (var kustomization in _kustomizations.Values) NoteReferences(kustomization);
        Objects = [.. _kustomizations.Values.Where(k => !k.IsComponent && !_taken.Contains(k.Folder)).OrderBy(k => k.Folder, StringComparer.Ordinal).SelectMany(Build)];
    }

    /// <summary>What is deployed by way of kustomizations.</summary>
    public IReadOnlyList<DeployedObject> Objects { get; }

    /// <summary>Whether a file belongs to a kustomization: it lists the file, or stands beside it.</summary>
    public bool Owns(ManifestFile file) => _files.Contains(file.Path) || _kustomizations.ContainsKey(file.Folder);

    private void NoteReferences(Kustomization kustomization)
    {
        foreach (var written in kustomization.Entries("resources", "bases", "components"))
        {
            if (ManifestFolder.Resolve(kustomization.Folder, written) is not { } path) continue;
            if (_kustomizations.ContainsKey(path)) _taken.Add(path);
            else _files.Add(path);
        }

        foreach (var path in KustomizePatch.Paths(kustomization)) _files.Add(path);
    }

    private IEnumerable<DeployedObject> Build(Kustomization entry)
    {
        var parts = new List<Part>();
        Collect(entry, parts, new HashSet<string>(StringComparer.Ordinal));
        foreach (var part in parts)
        {
            var user = $"{entry.Folder}: {part.Kind} {part.Names[^1]}";
            foreach (var layer in part.Layers) layer.Users.Add(user);
            yield return new DeployedObject
            {
                Environment = entry.Folder,
                Kind = part.Kind,
                Name = part.Names[^1],
                Namespace = part.Namespace,
                Layers = part.Layers,
                Overlay = new OverlayPatch(entry, part.Layers[0].Root, part.Kind, part.Names[0]),
            };
        }
    }

    private void Collect(Kustomization kustomization, List<Part> parts, HashSet<string> open)
    {
        // A circle of kustomizations cannot be built; it is left where it closes.
        if (!open.Add(kustomization.Folder)) return;
        var own = kustomization.IsComponent ? parts : [];
        foreach (var path in kustomization.Entries("resources", "bases").Select(w => ManifestFolder.Resolve(kustomization.Folder, w)).OfType<string>())
        {
            if (_kustomizations.TryGetValue(path, out var below)) Collect(below, own, open);
            else if (_folder.Find(path) is { } file) own.AddRange(ManifestInventory.ObjectsOf(file).Select(o => new Part(Layer(file, o.Document, o.Root))));
        }

        foreach (var path in kustomization.Entries("components").Select(w => ManifestFolder.Resolve(kustomization.Folder, w)).OfType<string>())
        {
            if (_kustomizations.TryGetValue(path, out var component)) Collect(component, own, open);
        }

        Transform(kustomization, own);
        if (!kustomization.IsComponent) parts.AddRange(own);
        open.Remove(kustomization.Folder);
    }

    private void Transform(Kustomization kustomization, List<Part> parts)
    {
        var (early, late) = PatchesOf(kustomization);
        foreach (var patch in early) Apply(patch, parts);
        foreach (var part in parts)
        {
            part.Namespace = kustomization.Root.Text("namespace") ?? part.Namespace;
            part.Names.Add(kustomization.Root.Text("namePrefix") + part.Names[^1] + kustomization.Root.Text("nameSuffix"));
        }

        foreach (var patch in late) Apply(patch, parts);
    }

    /// <summary>Lays a patch over the objects it names; one that names an object of a base elsewhere is all that is known of it.</summary>
    private void Apply(KustomizePatch patch, List<Part> parts)
    {
        var fitting = parts.Where(p => patch.Target.Matches(p.Kind, p.Names, p.Namespace)).ToList();
        foreach (var part in fitting) part.Layers.AddRange(patch.Layers.Select(Known));
        if (fitting.Count == 0 && patch.Layers is [{ Kind: LayerKind.MergePatch, Doubt: null } layer] && Part.IsNamed(layer.Root)) parts.Add(new Part(Known(layer)));
    }

    // A patch is read once, so that all who use it are seen to use the same text.
    private (IReadOnlyList<KustomizePatch> Early, IReadOnlyList<KustomizePatch> Late) PatchesOf(Kustomization kustomization)
    {
        if (!_patches.TryGetValue(kustomization.Folder, out var patches))
            _patches[kustomization.Folder] = patches = ([.. KustomizePatch.Early(kustomization, _folder)], [.. KustomizePatch.Late(kustomization, _folder)]);
        return patches;
    }

    // One text is one layer however many objects and environments it is laid over: its users are counted in it.
    private ObjectLayer Layer(ManifestFile file, SourceDocument document, SourceMap root) => Known(new ObjectLayer(LayerKind.Object, file, document, root));

    private ObjectLayer Known(ObjectLayer layer)
    {
        if (!_layers.TryGetValue(layer.Root, out var known)) _layers[layer.Root] = known = layer;
        return known;
    }

    /// <summary>An object on its way through the kustomizations.</summary>
    private sealed class Part(ObjectLayer layer)
    {
        public string Kind { get; } = layer.Root.Text("kind") ?? "";

        public List<string> Names { get; } = [(layer.Root["metadata"] as SourceMap)?.Text("name") ?? ""];

        public string? Namespace { get; set; } = (layer.Root["metadata"] as SourceMap)?.Text("namespace");

        public List<ObjectLayer> Layers { get; } = [layer];

        public static bool IsNamed(SourceMap root) => root.Text("kind") is not null && (root["metadata"] as SourceMap)?.Text("name") is not null;
    }
}

using AksInsights.Core.Changes.Yaml;

namespace AksInsights.Core.Changes.Manifests.Kustomize;

/// <summary>One patch of a kustomization: in the form of the object, or operations.</summary>
/// <param name="Target">What it applies to.</param>
/// <param name="Layers">The patch itself, or each of its operations.</param>
internal sealed record KustomizePatch(PatchTarget Target, IReadOnlyList<ObjectLayer> Layers)
{
    /// <summary>The patches that are applied before names are changed, in order.</summary>
    public static IEnumerable<KustomizePatch> Early(Kustomization kustomization, ManifestFolder folder) =>
        kustomization.Scalars("patchesStrategicMerge").SelectMany(entry => OfEntry(kustomization, folder, entry))
            .Concat(kustomization.Maps("patches").SelectMany(entry => OfMap(kustomization, folder, entry)));

    /// <summary>The patches that are applied after names are changed, in order.</summary>
    public static IEnumerable<KustomizePatch> Late(Kustomization kustomization, ManifestFolder folder) =>
        kustomization.Maps("patchesJson6902").SelectMany(entry => OfMap(kustomization, folder, entry));

    /// <summary>The files that the kustomization takes patches from.</summary>
    public static IEnumerable<string> Paths(Kustomization kustomization) => kustomization.Scalars("patchesStrategicMerge").Select(s => s.Value)
        .Concat(kustomization.Maps("patches").Concat(kustomization.Maps("patchesJson6902")).Select(m => m.Text("path")).OfType<string>())
        .Select(path => path.Contains('\n', StringComparison.Ordinal) ? null : ManifestFolder.Resolve(kustomization.Folder, path)).OfType<string>();

    /// <summary>The patches in the text of a mapping such as <c>{target: {...}, patch: |...}</c>, wherever it stands.</summary>
    public static IEnumerable<KustomizePatch> Inline(ManifestFile file, SourceDocument document, SourceMap entry)
    {
        var target = entry["target"] is SourceMap written ? PatchTarget.Of(written) : null;
        return entry["patch"] is SourceScalar text ? OfText(file, document, text, target) : [];
    }

    private static IEnumerable<KustomizePatch> OfMap(Kustomization kustomization, ManifestFolder folder, SourceMap entry)
    {
        var target = entry["target"] is SourceMap written ? PatchTarget.Of(written) : null;
        if (entry["patch"] is SourceScalar { IsNull: false } text) return OfText(kustomization.File, kustomization.Document, text, target);
        return entry.Text("path") is { } path ? OfFile(kustomization, folder, path, target) : [];
    }

    private static IEnumerable<KustomizePatch> OfEntry(Kustomization kustomization, ManifestFolder folder, SourceScalar entry) => entry.Value.Contains('\n', StringComparison.Ordinal)
        ? OfText(kustomization.File, kustomization.Document, entry, null)
        : OfFile(kustomization, folder, entry.Value, null);

    private static IEnumerable<KustomizePatch> OfFile(Kustomization kustomization, ManifestFolder folder, string written, PatchTarget? target) =>
        ManifestFolder.Resolve(kustomization.Folder, written) is { } path && folder.Find(path) is { } file
            ? file.Documents.SelectMany(d => OfDocument(file, d, target))
            : [];

    private static IEnumerable<KustomizePatch> OfText(ManifestFile file, SourceDocument document, SourceScalar text, PatchTarget? target)
    {
        if (EmbeddedText.Read(document, text, out var refusal) is { } documents) return documents.SelectMany(d => OfDocument(file, d, target));
        // It is read all the same, so that nobody edits below what it overrides; the copy is never edited.
        return Copy(text.Value).SelectMany(copy => OfDocument(file, document with { Root = copy }, target, refusal));
    }

    private static IEnumerable<SourceNode> Copy(string text)
    {
        try
        {
            return SourceReader.Read(text).Select(d => d.Root);
        }
        catch (YamlDotNet.Core.YamlException)
        {
            return [];
        }
    }

    private static IEnumerable<KustomizePatch> OfDocument(ManifestFile file, SourceDocument document, PatchTarget? target, string? refusal = null)
    {
        var doubt = refusal ?? (target is { HasSelector: true } ? "labels decide whether it applies" : null);
        switch (document.Root)
        {
            case SourceMap map when target is not null || (map["metadata"] as SourceMap)?.Text("name") is not null:
                yield return new KustomizePatch(target ?? PatchTarget.Named(map), [new ObjectLayer(LayerKind.MergePatch, file, document, map) { Doubt = doubt }]);
                break;
            case SourceList list when target is not null:
                yield return new KustomizePatch(target, [.. list.Items.OfType<SourceMap>().Select(op => new ObjectLayer(LayerKind.Operation, file, document, op) { Doubt = doubt })]);
                break;
            default:
                break;
        }
    }
}

using AksInsights.Core.Changes.Yaml;

namespace AksInsights.Core.Changes.Manifests.Kustomize;

/// <summary>A patch that a kustomization could get for an object whose other texts are shared with other environments.</summary>
/// <param name="Kustomization">The outermost kustomization.</param>
/// <param name="Object">The object as its base writes it.</param>
/// <param name="Kind">Its kind.</param>
/// <param name="Name">Its name in the base, which patches go by.</param>
internal sealed record OverlayPatch(Kustomization Kustomization, SourceMap Object, string Kind, string Name)
{
    /// <summary>The path of the file the patch is written into.</summary>
    public string Path => $"{(Kustomization.Folder.Length == 0 ? "" : Kustomization.Folder + "/")}{FileName}";

    private string FileName => $"aksinsights-{Kind.ToLowerInvariant()}-{Name}.yaml";

    /// <summary>The list of the kustomization that names the patch.</summary>
    public WantedMap Entry
    {
        get
        {
            // The older list is used where it is in use; a kustomization with both is applied the older one first.
            var isOld = Kustomization.Root["patchesStrategicMerge"] is SourceList && Kustomization.Root["patches"] is null;
            return isOld
                ? WantedMap.Of("patchesStrategicMerge", new WantedItems([new WantedText(FileName)]))
                : WantedMap.Of("patches", new WantedItems([WantedMap.Of("path", new WantedText(FileName))]));
        }
    }

    /// <summary>The text of the file.</summary>
    /// <param name="containers">For each container its list, its name and what it should get.</param>
    public string Text(IEnumerable<(string List, string Container, WantedMap Resources)> containers)
    {
        var metadata = new List<KeyValuePair<string, WantedNode>> { new("name", new WantedText(Name)) };
        if ((Object["metadata"] as SourceMap)?.Text("namespace") is { } space) metadata.Add(new("namespace", new WantedText(space)));
        var lists = containers.GroupBy(c => c.List).Select(g => new KeyValuePair<string, WantedNode>(
            g.Key, new WantedItems([.. g.Select(c => new WantedMap([new("name", new WantedText(c.Container)), new("resources", c.Resources)]))])));
        WantedNode pods = new WantedMap([.. lists]);
        foreach (var key in PodTemplates.PathOf(Kind)!.Reverse()) pods = WantedMap.Of(key, pods);
        var root = new WantedMap([new("apiVersion", new WantedText(Object.Text("apiVersion") ?? "v1")), new("kind", new WantedText(Kind)), new("metadata", new WantedMap(metadata)), .. ((WantedMap)pods).Entries]);
        var lines = new BlockText(2, 0, ScalarForm.Plain, ScalarForm.Plain).Lines(root, "");
        var lineBreak = TextLines.BreakAt(Kustomization.File.Text, 0);
        return string.Concat(lines.Select(line => line + lineBreak));
    }
}

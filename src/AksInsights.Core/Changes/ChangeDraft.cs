using AksInsights.Core.Changes.Manifests;
using AksInsights.Core.Changes.Manifests.Kustomize;
using AksInsights.Core.Changes.Yaml;
using AksInsights.Core.Queries;
using AksInsights.Core.Rightsizing;

namespace AksInsights.Core.Changes;

/// <summary>Amounts to write, collected for several containers, and then made into changes of files.</summary>
internal sealed class ChangeDraft
{
    private readonly List<(AmountPlace Place, ResourceField Field, WantedNode Wanted)> _amounts = [];
    private readonly List<(OverlayPatch Patch, string List, string Container, ResourceField Field, WantedNode Wanted)> _patched = [];

    /// <summary>Adds an amount at a place that is there.</summary>
    public void Set(AmountPlace place, ResourceField field, WantedNode wanted) => _amounts.Add((place, field, wanted));

    /// <summary>Adds an amount to a patch that is to be made.</summary>
    public void SetInPatch(OverlayPatch patch, string list, string container, ResourceField field, WantedNode wanted) =>
        _patched.Add((patch, list, container, field, wanted));

    /// <summary>Takes over what another draft holds.</summary>
    public void Add(ChangeDraft other)
    {
        _amounts.AddRange(other._amounts);
        _patched.AddRange(other._patched);
    }

    /// <summary>Makes the changes.</summary>
    /// <param name="folder">The files as they are.</param>
    /// <param name="objections">Takes what speaks against them.</param>
    /// <returns>The changed files; null when something speaks against one of them.</returns>
    public IReadOnlyList<FileChange>? Make(ManifestFolder folder, List<FileDiagnostic> objections)
    {
        var edits = new Dictionary<string, FileEdit>(StringComparer.Ordinal);
        var created = new List<FileChange>();
        FileEdit EditOf(ManifestFile file) => edits.TryGetValue(file.Path, out var edit) ? edit : edits[file.Path] = new FileEdit(file);

        foreach (var place in _amounts.GroupBy(a => a.Place, ReferenceEqualityComparer.Instance))
        {
            var (edit, at) = (EditOf(((AmountPlace)place.Key!).File), (AmountPlace)place.Key!);
            foreach (var (map, wanted) in Changes(at, place.Select(a => (a.Field, a.Wanted)))) edit.Add(at.Document, map, wanted);
        }

        foreach (var patch in _patched.GroupBy(p => p.Patch.Path, StringComparer.Ordinal))
        {
            var overlay = patch.First().Patch;
            if (folder.Find(overlay.Path) is { } taken)
            {
                var report = taken.NewReport();
                report.NotFollowed(default, "its kustomization does not list it");
                objections.AddRange(report.Found);
                return null;
            }

            EditOf(overlay.Kustomization.File).Add(overlay.Kustomization.Document, overlay.Kustomization.Root, overlay.Entry);
            created.Add(new FileChange(overlay.Path, null, new ManifestFile(overlay.Path, []).With(TextOf(overlay, patch.Select(p => (p.List, p.Container, p.Field, p.Wanted)))).Encode()));
        }

        var made = edits.Values.Select(e => (Edit: e, After: e.Make())).ToList();
        objections.AddRange(made.Where(m => m.After is null).SelectMany(m => m.Edit.Objections));
        return made.Exists(m => m.After is null)
            ? null
            : [.. made.Select(m => new FileChange(m.Edit.File.Path, m.Edit.File.Encode(), m.After!.Encode())).Concat(created).OrderBy(f => f.Path, StringComparer.Ordinal)];
    }

    private static IEnumerable<(SourceMap Map, WantedMap Wanted)> Changes(AmountPlace place, IEnumerable<(ResourceField Field, WantedNode Wanted)> amounts)
    {
        if (place.Introduce is { } introduce)
        {
            yield return introduce(Together(amounts));
            yield break;
        }

        foreach (var (field, wanted) in amounts)
        {
            var cell = place.Cells[field];
            yield return (cell.Owner, WantedMap.At(cell.Path, cell.MustBeText && wanted is WantedText text ? text with { MustBeText = true } : wanted));
        }
    }

    private static WantedMap Together(IEnumerable<(ResourceField Field, WantedNode Wanted)> amounts) =>
        amounts.OrderBy(a => a.Field).Select(a => WantedMap.At(AmountPlace.PathOf(a.Field), a.Wanted)).Aggregate((one, other) => one.With(other));

    private static string TextOf(OverlayPatch overlay, IEnumerable<(string List, string Container, ResourceField Field, WantedNode Wanted)> amounts) =>
        overlay.Text(amounts.GroupBy(a => (a.List, a.Container)).Select(g => (g.Key.List, g.Key.Container, Together(g.Select(a => (a.Field, a.Wanted))))));
}

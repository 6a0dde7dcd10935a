using AksInsights.Core.Changes.Yaml;
using AksInsights.Core.Queries;
using AksInsights.Kql.Text;

namespace AksInsights.Core.Changes.Manifests;

/// <summary>Changes of one file, collected and then made together, if reading the result again shows the planned changes and nothing else.</summary>
internal sealed class FileEdit(ManifestFile file)
{
    private readonly List<(SourceDocument Document, SourceMap Map, WantedMap Wanted)> _changes = [];
    private readonly ManifestReport _report = file.NewReport();

    /// <summary>The file as it is.</summary>
    public ManifestFile File { get; } = file;

    /// <summary>Why the changes cannot be made; empty when nothing speaks against them.</summary>
    public IReadOnlyList<FileDiagnostic> Objections => File.Objections.Count > 0 ? File.Objections : _report.Found;

    /// <summary>Adds a change.</summary>
    /// <param name="document">A document of the file, or one in a block of lines of it.</param>
    /// <param name="map">A mapping of the document.</param>
    /// <param name="wanted">What it should say.</param>
    public void Add(SourceDocument document, SourceMap map, WantedMap wanted)
    {
        var at = _changes.FindIndex(c => ReferenceEquals(c.Map, map));
        if (at >= 0) _changes[at] = (document, map, _changes[at].Wanted.With(wanted));
        else _changes.Add((document, map, wanted));
    }

    /// <summary>Makes the changes.</summary>
    /// <returns>The file with them; null when something speaks against it, see <see cref="Objections"/>.</returns>
    public ManifestFile? Make()
    {
        if (Objections.Count > 0) return null;
        var edits = new List<TextEdit>();
        foreach (var group in _changes.GroupBy(c => c.Document, ReferenceEqualityComparer.Instance))
        {
            var document = (SourceDocument)group.Key!;
            if (!IsFree(document, group.Select(c => (SourceNode)c.Map))) return null;
            var tree = new TreeEdit(document, _report);
            if (!group.All(c => tree.Apply(c.Map, c.Wanted))) return null;
            edits.AddRange(document.Host is { } host ? tree.Edits.Select(host.InFile) : tree.Edits);
        }

        var edited = File.With(TextEdit.Apply(File.Text, edits));
        return IsAsPlanned(edited) ? edited : null;
    }

    /// <summary>Whether no node above the changed ones is shared, and no template stands in the document.</summary>
    private bool IsFree(SourceDocument document, IEnumerable<SourceNode> changed)
    {
        for (var at = document; at is not null; at = at.Host?.Outer)
        {
            if (TemplateText.Find(at.Root) is { } template)
            {
                _report.Template(at.InFile(template.Span));
                return false;
            }

            foreach (var node in changed)
            {
                if (SourcePath.To(at.Root, node)!.FirstOrDefault(at.IsShared) is not { } shared) continue;
                _report.Shared(at.InFile(new TextSpan(shared.Start, 0)), shared.Anchor!);
                return false;
            }

            changed = at.Host is { } host ? [host.Block] : [];
        }

        return true;
    }

    private bool IsAsPlanned(ManifestFile edited)
    {
        var surprise = Surprise(edited);
        if (surprise is not null) _report.NotVerified(default, surprise);
        return surprise is null;
    }

    private string? Surprise(ManifestFile edited)
    {
        if (edited.Objections.Count > 0) return edited.Objections[0].Diagnostic.Message;
        if (edited.Documents.Count != File.Documents.Count) return "the number of documents";
        for (var i = 0; i < File.Documents.Count; i++)
        {
            if (Surprise(File.Documents[i], edited.Documents[i]) is { } place) return place;
        }

        return null;
    }

    private string? Surprise(SourceDocument before, SourceDocument after)
    {
        var planned = new PlannedLeaves();
        foreach (var change in _changes.Where(c => ReferenceEquals(c.Document, before))) planned.Add(before.Root, change.Map, change.Wanted);
        foreach (var inner in _changes.Where(c => ReferenceEquals(c.Document.Host?.Outer, before)).GroupBy(c => c.Document.Host!, ReferenceEqualityComparer.Instance))
        {
            var host = (EmbeddedText)inner.Key!;
            var pointer = new PlannedLeaves();
            var block = SourcePath.SameIn(before.Root, host.Block, after.Root) as SourceScalar;
            var documents = block is null ? null : EmbeddedText.Read(after, block, out _);
            if (documents is null) return "the text inside a block";
            foreach (var change in inner) pointer.Add(change.Document.Root, change.Map, change.Wanted);
            var old = inner.First().Document;
            if (documents.Count <= old.Index || pointer.FirstSurprise(old.Root, documents[old.Index].Root) is not null) return "the text inside a block";
            planned.AddText(before.Root, host.Block, block!.Value);
        }

        return planned.FirstSurprise(before.Root, after.Root);
    }
}

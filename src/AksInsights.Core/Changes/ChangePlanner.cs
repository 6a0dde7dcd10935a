using AksInsights.Core.Changes.Manifests;
using AksInsights.Core.Queries;
using AksInsights.Core.Rightsizing;

namespace AksInsights.Core.Changes;

/// <summary>Turns recommendations into changes of a repository's files.</summary>
public sealed class ChangePlanner
{
    private readonly ManifestFolder _folder;
    private readonly ContainerSearch _search;
    private readonly RepositoryMap _map;

    /// <summary>Takes stock of a repository. Cost: each file is read once.</summary>
    /// <param name="files">The files.</param>
    /// <param name="map">What the repository says about itself.</param>
    public ChangePlanner(RepositoryFiles files, RepositoryMap map)
    {
        _folder = new ManifestFolder(files.Paths.Where(p => p != RepositoryFiles.MapName).Select(p => new ManifestFile(p, files[p]!.Value.Span)));
        _map = map;
        _search = new ContainerSearch(new ManifestInventory(_folder), map);
    }

    /// <summary>Makes the changes that the recommendations ask for, and says why not where it cannot.</summary>
    /// <param name="recommendations">The recommendations.</param>
    /// <param name="grouping">What goes into one change.</param>
    public ChangePlan Plan(IEnumerable<Recommendation> recommendations, ChangeGrouping grouping)
    {
        var (unchanged, ignored, refused) = (new List<Recommendation>(), new List<Recommendation>(), new List<RefusedContainer>());
        var planned = new List<(ContainerChange Change, ChangeDraft Draft)>();
        foreach (var recommendation in recommendations)
        {
            if (recommendation.Changes.Count == 0) unchanged.Add(recommendation);
            else if (_map.Ignores(recommendation.Container)) ignored.Add(recommendation);
            else Plan(recommendation, planned, unchanged, refused);
        }

        var sets = planned.GroupBy(p => ChangeNames.KeyOf(p.Change.Recommendation.Container, grouping), StringComparer.Ordinal)
            .OrderBy(g => g.Key, StringComparer.Ordinal).Select(g => Make(g.Key, [.. g], refused)).OfType<ChangeSet>().ToList();
        return new ChangePlan(sets, unchanged, ignored, refused);
    }

    private void Plan(Recommendation recommendation, List<(ContainerChange Change, ChangeDraft Draft)> planned, List<Recommendation> unchanged, List<RefusedContainer> refused)
    {
        if (_search.Find(recommendation, out var reasons) is not { } declaration)
        {
            refused.Add(new RefusedContainer(recommendation, reasons));
            return;
        }

        var container = new ContainerPlanner(recommendation, declaration);
        container.Plan();
        var objections = container.Objections.ToList();
        // Made alone first: a file that one container cannot be changed in must not keep the others from being changed.
        if (objections.Count == 0) container.Draft.Make(_folder, objections);
        if (objections.Count > 0) refused.Add(new RefusedContainer(recommendation, objections));
        else if (container.Values.Count == 0) unchanged.Add(recommendation);
        else planned.Add((new ContainerChange(recommendation, declaration.Format.Name, container.Values), container.Draft));
    }

    private ChangeSet? Make(string key, IReadOnlyList<(ContainerChange Change, ChangeDraft Draft)> parts, List<RefusedContainer> refused)
    {
        var draft = new ChangeDraft();
        foreach (var part in parts) draft.Add(part.Draft);
        var objections = new List<FileDiagnostic>();
        if (draft.Make(_folder, objections) is { } files) return new ChangeSet(key, [.. parts.Select(p => p.Change)], files);
        refused.AddRange(parts.Select(p => new RefusedContainer(p.Change.Recommendation, objections)));
        return null;
    }
}

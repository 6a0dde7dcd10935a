using AksInsights.Core.Changes.Yaml;
using AksInsights.Core.Rightsizing;

namespace AksInsights.Core.Changes.Manifests.Helm;

/// <summary>Values that a chart is given, from one source; a later source overrides an earlier one.</summary>
/// <param name="File">The file.</param>
/// <param name="Document">The document.</param>
/// <param name="Users">Who is given them.</param>
/// <param name="Found">The places of amounts, each with the path of its mapping in the values.</param>
internal sealed record ValuesLayer(ManifestFile File, SourceDocument Document, IReadOnlyCollection<string> Users, IReadOnlyList<FoundAmounts> Found)
{
    /// <summary>The amounts in a mapping of values.</summary>
    public static ValuesLayer OfMap(ManifestFile file, SourceDocument document, SourceMap root, IReadOnlyCollection<string> users)
    {
        var found = new List<FoundAmounts>();
        Search(document, root, [], found);
        return new ValuesLayer(file, document, users, found);
    }

    /// <summary>The amounts in a list of <c>{name: web.resources.limits.cpu, value: 1}</c>.</summary>
    public static ValuesLayer OfParameters(ManifestFile file, SourceDocument document, SourceList parameters, IReadOnlyCollection<string> users)
    {
        var cells = new Dictionary<string, Dictionary<ResourceField, AmountCell>>(StringComparer.Ordinal);
        foreach (var parameter in parameters.Items.OfType<SourceMap>())
        {
            foreach (var field in Enum.GetValues<ResourceField>())
            {
                var end = "." + string.Join('.', AmountPlace.PathOf(field));
                if (parameter.Text("name") is not { } name || !name.EndsWith(end, StringComparison.Ordinal)) continue;
                var path = name[..^end.Length];
                if (!cells.TryGetValue(path, out var amounts)) cells[path] = amounts = [];
                amounts[field] = new AmountCell(parameter, ["value"], MustBeText: true, CanGo: false);
            }
        }

        return new ValuesLayer(file, document, users, [.. cells.Select(c => new FoundAmounts(c.Key, c.Value, null, CanAdd: false))]);
    }

    private static void Search(SourceDocument document, SourceMap map, IReadOnlyList<object> path, List<FoundAmounts> found)
    {
        foreach (var entry in map.Entries)
        {
            IReadOnlyList<object> here = [.. path, entry.Key.Value];
            var marker = Marker.Of(document, entry);
            if (marker is not null || IsAmounts(entry.Value)) found.Add(new FoundAmounts(SourcePath.Text(here), AmountPlace.CellsOf(map, entry.Key.Value), marker, CanAdd: true));
            else if (entry.Value is SourceMap below) Search(document, below, here, found);
            else if (entry.Value is SourceList list) SearchItems(document, list, here, found);
        }
    }

    private static void SearchItems(SourceDocument document, SourceList list, IReadOnlyList<object> path, List<FoundAmounts> found)
    {
        for (var i = 0; i < list.Items.Count; i++)
        {
            if (list.Items[i] is SourceMap item) Search(document, item, [.. path, i], found);
        }
    }

    private static bool IsAmounts(SourceNode node) =>
        node is SourceMap map && (HoldsAmounts(map["requests"]) || HoldsAmounts(map["limits"]));

    private static bool HoldsAmounts(SourceNode? node) => node is SourceMap map && (map["cpu"] is SourceScalar || map["memory"] is SourceScalar);
}

/// <summary>A mapping of requests and limits among values.</summary>
/// <param name="Path">Its path in the values.</param>
/// <param name="Cells">Its amounts.</param>
/// <param name="Marker">What a comment beside it says it is for; null when there is none.</param>
/// <param name="CanAdd">Whether amounts can be added.</param>
internal sealed record FoundAmounts(string Path, IReadOnlyDictionary<ResourceField, AmountCell> Cells, string? Marker, bool CanAdd);

using AksInsights.Core.Rightsizing;

namespace AksInsights.Core.Changes.Manifests.Helm;

/// <summary>Finds which of the amounts among a chart's values belong to a container: no name says so, unless a marker does.</summary>
/// <param name="Object">The object that gives the values.</param>
/// <param name="Format">The format it is in.</param>
/// <param name="Related">The words of the release, chart or folder, which a workload's name is often made of.</param>
internal sealed record ValuesSearch(DeployedObject Object, IManifestFormat Format, HashSet<string> Related)
{
    /// <summary>The amounts that a marker names for the container; without one, those that say what is in force and lie under a name that fits.</summary>
    public IEnumerable<ContainerDeclaration> Find(IReadOnlyList<ValuesLayer> layers, SoughtContainer sought)
    {
        foreach (var path in layers.SelectMany(l => l.Found).Select(f => f.Path).Distinct())
        {
            var found = layers.SelectMany(l => l.Found.Where(f => f.Path == path).Select(f => (Layer: l, Amounts: f))).ToList();
            var isNamed = found.Exists(f => f.Amounts.Marker is { } marker && Marker.Names(marker, sought.Key));
            // What is marked for another is not looked at further.
            if (!isNamed && found.Exists(f => f.Amounts.Marker is not null)) continue;
            var places = found.Select(f => new AmountPlace
            {
                File = f.Layer.File,
                Document = f.Layer.Document,
                Users = f.Layer.Users,
                Cells = f.Amounts.Cells,
                CanAdd = f.Amounts.CanAdd,
            }).ToList();
            if (!isNamed && !(IsRelated(path, sought.Key) && IsInForce(places, sought.Current))) continue;
            var where = $"{string.Join(", ", places.Select(p => p.File.Path).Distinct())} ({(Object.Kind is null ? "" : Object + ", ")}{path})";
            yield return new ContainerDeclaration { Object = Object, Format = Format, Places = places, Where = where, IsGuess = !isNamed, IsNamed = isNamed };
        }
    }

    /// <summary>Whether the words of the path are words of the workload; a path without words of its own needs a related release.</summary>
    private bool IsRelated(string path, ContainerKey key)
    {
        var own = NameTokens.Of(key.Workload, key.Container);
        var words = NameTokens.Of(path.Split('.', '[', ']'));
        words.RemoveWhere(w => w.All(char.IsAsciiDigit));
        return words.Count > 0 ? words.IsSubsetOf(own.Union(Related)) && (words.Overlaps(own) || Related.Overlaps(own)) : Related.Overlaps(own);
    }

    private static bool IsInForce(List<AmountPlace> places, ContainerResources current)
    {
        var any = false;
        foreach (var field in Enum.GetValues<ResourceField>())
        {
            var state = places.Select(p => p.State(field)).LastOrDefault(s => s.IsSaid);
            if (state is null || state.IsNone)
            {
                // Kubernetes takes a limit for the request that is not set.
                if (current[field] is not null && !IsDefault(field, current)) return false;
                continue;
            }

            if (!Amounts.AreEqual(field, state.Text, current[field])) return false;
            any = true;
        }

        return any;
    }

    private static bool IsDefault(ResourceField field, ContainerResources current) => field switch
    {
        ResourceField.CpuRequest => current.CpuRequest == current.CpuLimit,
        ResourceField.MemoryRequest => current.MemoryRequest == current.MemoryLimit,
        _ => false,
    };
}

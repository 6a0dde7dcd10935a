using AksInsights.Core.Changes.Yaml;
using AksInsights.Core.Rightsizing;
using AksInsights.Kql.Text;

namespace AksInsights.Core.Changes.Manifests;

/// <summary>Where one amount of a container is written, or would be.</summary>
/// <param name="Owner">A mapping that is there.</param>
/// <param name="Path">The keys from it to the amount.</param>
/// <param name="MustBeText">Whether a number has to be quoted there.</param>
/// <param name="CanGo">Whether the amount can be taken out there.</param>
internal sealed record AmountCell(SourceMap Owner, IReadOnlyList<string> Path, bool MustBeText = false, bool CanGo = true);

/// <summary>What a place says about an amount.</summary>
/// <param name="Node">The node that says it; null when the place says nothing.</param>
/// <param name="Text">The amount as written; null when the place takes the amount out, or says it in a way that cannot be read here.</param>
internal sealed record AmountState(SourceNode? Node, string? Text)
{
    /// <summary>Whether the place says anything.</summary>
    public bool IsSaid => Node is not null;

    /// <summary>Whether the place says that there is no amount.</summary>
    public bool IsNone => Node is SourceScalar { IsNull: true };
}

/// <summary>One place in the files that says, or could say, what a container gets. Places of one container lie over each other; the last one counts.</summary>
internal sealed class AmountPlace
{
    /// <summary>The file.</summary>
    public required ManifestFile File { get; init; }

    /// <summary>The document in it.</summary>
    public required SourceDocument Document { get; init; }

    /// <summary>The amounts it can hold.</summary>
    public required IReadOnlyDictionary<ResourceField, AmountCell> Cells { get; init; }

    /// <summary>Who else takes what is written here: objects, each in an environment. More than one means that a change here would change others.</summary>
    public required IReadOnlyCollection<string> Users { get; init; }

    /// <summary>Whether a change here would change other objects or environments.</summary>
    public bool IsShared => Users.Count > 1;

    /// <summary>Whether all of <c>resources</c> can be added here, not only what is there already.</summary>
    public bool CanAdd { get; init; }

    /// <summary>Makes the change of a place that does not name the container yet; null for one that does.</summary>
    public Func<WantedMap, (SourceMap Map, WantedMap Wanted)>? Introduce { get; init; }

    /// <summary>The place of what is there, for messages.</summary>
    public TextSpan Span => Document.InFile(Cells.Values.Select(c => c.Owner.Entries.Count > 0 ? c.Owner.Entries[0].Key.Span : c.Owner.Span).FirstOrDefault());

    /// <summary>The keys of an amount below the container.</summary>
    public static IReadOnlyList<string> PathOf(ResourceField field) => field switch
    {
        ResourceField.CpuRequest => ["requests", "cpu"],
        ResourceField.CpuLimit => ["limits", "cpu"],
        ResourceField.MemoryRequest => ["requests", "memory"],
        _ => ["limits", "memory"],
    };

    /// <summary>The four cells of a mapping of requests and limits.</summary>
    /// <param name="owner">A mapping.</param>
    /// <param name="path">The keys from it to the mapping with requests and limits, which need not be there.</param>
    public static IReadOnlyDictionary<ResourceField, AmountCell> CellsOf(SourceMap owner, params string[] path) =>
        Enum.GetValues<ResourceField>().ToDictionary(f => f, f => new AmountCell(owner, [.. path, .. PathOf(f)]));

    /// <summary>What is said here about an amount.</summary>
    public AmountState State(ResourceField field)
    {
        if (!Cells.TryGetValue(field, out var cell)) return new AmountState(null, null);
        SourceNode at = cell.Owner;
        foreach (var key in cell.Path)
        {
            // Nothing, or what cannot be looked into, speaks for all that would be below it.
            if (at is not SourceMap map) return new AmountState(at, null);
            if (map[key] is not { } next) return new AmountState(null, null);
            at = next;
        }

        return new AmountState(at, at is SourceScalar { IsNull: false } scalar ? scalar.Value : null);
    }

    /// <summary>Whether a mapping of requests and limits is there.</summary>
    public bool HasAmounts => Cells.Keys.Any(f => State(f).IsSaid);
}

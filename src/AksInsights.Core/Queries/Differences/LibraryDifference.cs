using AksInsights.Core.Findings;

namespace AksInsights.Core.Queries.Differences;

/// <summary>What differs between two states of a library. Immutable.</summary>
/// <param name="Queries">The queries that differ, by id.</param>
/// <param name="Same">How many do not.</param>
public sealed record LibraryDifference(IReadOnlyList<QueryDifference> Queries, int Same)
{
    /// <summary>Compares two states.</summary>
    /// <param name="before">The older queries.</param>
    /// <param name="after">The newer ones.</param>
    public static LibraryDifference Between(IReadOnlyList<QueryDefinition> before, IReadOnlyList<QueryDefinition> after)
    {
        var old = before.ToDictionary(q => q.Id);
        var young = after.ToDictionary(q => q.Id);
        var pairs = old.Keys.Union(young.Keys).OrderBy(id => id.Value, StringComparer.Ordinal).Select(id => Between(id, old.GetValueOrDefault(id), young.GetValueOrDefault(id))).ToList();
        return new LibraryDifference([.. pairs.OfType<QueryDifference>()], pairs.Count(p => p is null));
    }

    private static QueryDifference? Between(QueryId id, QueryDefinition? before, QueryDefinition? after)
    {
        if (before is null) return new QueryDifference(id, DifferenceKind.Added, after!.Metadata.Name, []);
        if (after is null) return new QueryDifference(id, DifferenceKind.Removed, before.Metadata.Name, []);
        var changes = QueryComparison.Changes(before, after);
        return changes.Count == 0 ? null : new QueryDifference(id, DifferenceKind.Changed, after.Metadata.Name, changes);
    }
}

/// <summary>A query that differs.</summary>
/// <param name="Query">Its id.</param>
/// <param name="Kind">Whether it is new, gone or changed.</param>
/// <param name="Name">What it is called.</param>
/// <param name="Changes">What changed in it, what it finds first; empty for one that is new or gone.</param>
public sealed record QueryDifference(QueryId Query, DifferenceKind Kind, string Name, IReadOnlyList<QueryChange> Changes)
{
    /// <summary>Whether it may find something else than before, or call it otherwise bad.</summary>
    public bool ChangesMeaning => Kind != DifferenceKind.Changed || Changes.Any(c => c.IsMeaning);
}

/// <summary>One part of a query that changed.</summary>
/// <param name="Part">The part, by the key of the <c>.yaml</c>, the name of a parameter, <c>query</c> for the text or <c>cases</c>.</param>
/// <param name="Before">What it was; null when it was not there, or is too long to be shown.</param>
/// <param name="After">What it is; null when it is no longer there, or is too long to be shown.</param>
/// <param name="IsMeaning">Whether it decides what is found and how bad it is; false for words and tests.</param>
public sealed record QueryChange(string Part, string? Before, string? After, bool IsMeaning);

/// <summary>How a query differs.</summary>
public enum DifferenceKind
{
    /// <summary>It is new.</summary>
    Added,

    /// <summary>It is gone.</summary>
    Removed,

    /// <summary>It is in both states and not the same.</summary>
    Changed,
}

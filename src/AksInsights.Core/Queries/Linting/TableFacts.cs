using System.Collections.Immutable;

namespace AksInsights.Core.Queries.Linting;

/// <summary>What is known about the columns of a table at some point of a query. Immutable.</summary>
/// <param name="Columns">The columns in order.</param>
internal sealed record TableFacts(ImmutableList<KeyValuePair<string, ColumnFacts>> Columns)
{
    /// <summary>A table of which no column is known.</summary>
    public static TableFacts Empty { get; } = new([]);

    /// <summary>The facts of a column; nothing is known of one that is not listed.</summary>
    public ColumnFacts this[string column] => Find(column) ?? ColumnFacts.Unknown;

    /// <summary>The facts of a column; null when it is not listed.</summary>
    public ColumnFacts? Find(string column) => Columns.Find(c => c.Key == column).Value;

    /// <summary>The table with a column replaced, or added at the end.</summary>
    public TableFacts With(string column, ColumnFacts facts)
    {
        var at = Columns.FindIndex(c => c.Key == column);
        return new TableFacts(at < 0 ? Columns.Add(new(column, facts)) : Columns.SetItem(at, new(column, facts)));
    }

    /// <summary>The table with some columns only.</summary>
    public TableFacts Keep(Func<string, bool> wanted) => new(Columns.RemoveAll(c => !wanted(c.Key)));

    /// <summary>The table with every column's facts changed.</summary>
    public TableFacts Select(Func<string, ColumnFacts, ColumnFacts> change) =>
        new([.. Columns.Select(c => new KeyValuePair<string, ColumnFacts>(c.Key, change(c.Key, c.Value)))]);

    /// <summary>The table in whose rows some columns are filled.</summary>
    public TableFacts Fill(ImmutableHashSet<string> filled) =>
        filled.IsEmpty ? this : Select((name, facts) => filled.Contains(name) ? facts with { IsFilled = true } : facts);

    /// <summary>The table in whose rows a column of a table of the workspace is filled.</summary>
    public TableFacts FillFrom(string origin) => Select((_, facts) => KnownColumns.Follows(facts, origin) ? facts with { IsFilled = true } : facts);

    /// <summary>The columns of both: one is filled only when it is filled on both sides.</summary>
    public TableFacts Union(TableFacts other)
    {
        var both = Select((name, facts) => Merge(facts, other.Find(name)));
        var onlyThere = other.Columns.Where(c => Find(c.Key) is null);
        return new TableFacts(both.Columns.AddRange(onlyThere.Select(c => new KeyValuePair<string, ColumnFacts>(c.Key, c.Value with { IsFilled = false, FollowsOrigin = false }))));
    }

    private static ColumnFacts Merge(ColumnFacts one, ColumnFacts? other) =>
        ColumnFacts.MadeFrom(other is null ? [one] : [one, other]) with
        {
            IsFilled = one.IsFilled && other is { IsFilled: true },
            FollowsOrigin = one.FollowsOrigin && other is { FollowsOrigin: true },
            Span = one.Span,
        };
}

using System.Collections.Immutable;
using AksInsights.Kql.Text;

namespace AksInsights.Core.Queries.Linting;

/// <summary>What the text of a query lets one know about the values of a column or expression, without any row. Immutable.</summary>
internal sealed record ColumnFacts
{
    /// <summary>Nothing is known.</summary>
    public static ColumnFacts Unknown { get; } = new();

    /// <summary>A value that is always there, such as a literal or a count.</summary>
    public static ColumnFacts Always { get; } = new() { IsFilled = true };

    /// <summary>The table columns that the value is made from, as <c>Table.Column</c>.</summary>
    public ImmutableHashSet<string> Origins { get; init; } = [];

    /// <summary>Whether the value is proven to be neither null nor empty in any row.</summary>
    public bool IsFilled { get; init; }

    /// <summary>Whether the value is filled wherever the column that it is made from is.</summary>
    public bool FollowsOrigin { get; init; }

    /// <summary>Whether the value holds a cluster's id in whatever case it was written.</summary>
    public bool IsRawClusterId { get; init; }

    /// <summary>Whether the value is a count that only grows, repeated in row after row.</summary>
    public bool IsCumulative { get; init; }

    /// <summary>Whether the value is a difference of two readings of such a count.</summary>
    public bool IsRise { get; init; }

    /// <summary>Whether the value is a list of the parts of a performance counter's instance name.</summary>
    public bool IsInstanceParts { get; init; }

    /// <summary>Whether the value depends on the window's start or end.</summary>
    public bool IsOfWindow { get; init; }

    /// <summary>The columns of the same row that are filled where this value is true.</summary>
    public ImmutableHashSet<string> FilledWhenTrue { get; init; } = [];

    /// <summary>Where the column was given its value; the empty place when it is a table's own.</summary>
    public TextSpan Span { get; init; }

    /// <summary>The facts of a value made from others: what holds for any of them, save that nothing is proven to be filled.</summary>
    public static ColumnFacts MadeFrom(IEnumerable<ColumnFacts> parts)
    {
        var made = Unknown;
        foreach (var part in parts)
        {
            made = made with
            {
                Origins = made.Origins.Union(part.Origins),
                IsRawClusterId = made.IsRawClusterId || part.IsRawClusterId,
                IsCumulative = made.IsCumulative || part.IsCumulative,
                IsRise = made.IsRise || part.IsRise,
                IsInstanceParts = made.IsInstanceParts || part.IsInstanceParts,
                IsOfWindow = made.IsOfWindow || part.IsOfWindow,
            };
        }

        // After a reset the count itself is the rise: iff(now >= before, now - before, now).
        return made.IsRise ? made with { IsCumulative = false } : made;
    }
}

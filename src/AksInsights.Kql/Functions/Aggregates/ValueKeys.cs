using AksInsights.Kql.Columns;

namespace AksInsights.Kql.Functions.Aggregates;

/// <summary>Gives equal values of a type equal 64-bit keys: what counting and collecting distinct values works on.</summary>
internal abstract class ValueKeys
{
    /// <summary>Roughly the memory held, in bytes.</summary>
    public abstract long Bytes { get; }

    /// <summary>The keys of a column's rows. Where a row is null the key means nothing.</summary>
    public abstract ReadOnlySpan<long> Of(Column column);

    /// <summary>Which rows are null; empty when none is.</summary>
    public abstract ReadOnlySpan<bool> NullsOf(Column column);

    /// <summary>A function from the keys another instance has given to the keys of the same values here.</summary>
    public abstract Func<long, long> Adopt(ValueKeys other);
}

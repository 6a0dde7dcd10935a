using AksInsights.Kql.Columns;

namespace AksInsights.Kql.Functions;

/// <summary>The state of one aggregate for all groups that one worker has met. Not thread-safe; workers' states are merged at the end.</summary>
public abstract class Aggregator
{
    /// <summary>Makes room for groups 0 to <paramref name="groups"/> - 1; new ones begin empty. Called before any row of them is added; grows by doubling.</summary>
    public abstract void Resize(int groups);

    /// <summary>Adds rows.</summary>
    /// <param name="groups">The group of each row.</param>
    /// <param name="arguments">The arguments, each as long as <paramref name="groups"/>.</param>
    public abstract void Add(ReadOnlySpan<int> groups, Column[] arguments);

    /// <summary>Adds another worker's state; <paramref name="other"/> is of the same class and is not used afterwards.</summary>
    /// <param name="other">The state to add.</param>
    /// <param name="map">For each of its groups, the group here.</param>
    public abstract void Merge(Aggregator other, ReadOnlySpan<int> map);

    /// <summary>The result for groups 0 to <paramref name="groups"/> - 1, in order. The state is not used afterwards.</summary>
    public abstract Column Finish(int groups);

    /// <summary>Whether the result tells the order in which rows were added. Then each worker adds one run of the rows, and later workers are merged into earlier ones.</summary>
    public virtual bool DependsOnOrder => false;

    /// <summary>Roughly the memory held, in bytes.</summary>
    public abstract long Bytes { get; }
}

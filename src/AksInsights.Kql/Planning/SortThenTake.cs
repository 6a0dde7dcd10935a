using AksInsights.Kql.Binding;

namespace AksInsights.Kql.Planning;

/// <summary>A take right after a sort (and projections) becomes the sort's limit.</summary>
internal sealed class SortThenTake : PlanRewrite
{
    protected override BoundTabular Rewrite(BoundTabular node)
    {
        node = RewriteInputs(node);
        if (node is not BoundTake { Sample: false } take) return node;
        return Limit(take.Input, take.Count) ?? node;
    }

    private static BoundTabular? Limit(BoundTabular input, BoundScalar count) => input switch
    {
        BoundSort { Limit: null } sort => new BoundSort(sort.Input, sort.Keys, count),
        BoundProject project => Limit(project.Input, count) is { } inner ? project.WithInputs([inner]) : null,
        _ => null,
    };
}

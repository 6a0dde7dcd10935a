using AksInsights.Kql.Binding;

namespace AksInsights.Kql.Planning;

/// <summary>Rewrites bound queries so that they read and compute less. The list of rewrites is the whole of it.</summary>
internal static class Planner
{
    private static readonly IReadOnlyList<PlanRewrite> Rewrites =
    [
        // Conjunctions are taken apart first, so that each part can be moved by itself.
        new PushFilters(),

        // A sort that feeds a take keeps only the first rows.
        new SortThenTake(),

        // Last, because moved filters no longer need columns computed in between.
        new PruneColumns(),
    ];

    public static QueryPlan Plan(BoundQuery query)
    {
        foreach (var rewrite in Rewrites) query = rewrite.Apply(query);
        return new QueryPlan(query, PlannedReads.Of(query));
    }

    /// <summary>The plan as bound, and after each rewrite that changed it.</summary>
    public static string Explain(BoundQuery query)
    {
        var text = PlanText.Of(query);
        var steps = new List<string> { $"-- bound\n{text}" };
        foreach (var rewrite in Rewrites)
        {
            query = rewrite.Apply(query);
            var next = PlanText.Of(query);
            if (next != text) steps.Add($"-- {rewrite.GetType().Name}\n{next}");
            text = next;
        }

        return string.Join("\n", steps);
    }
}

/// <summary>A plan ready to run.</summary>
/// <param name="Query">The rewritten query.</param>
/// <param name="Reads">The columns read, by table.</param>
internal sealed record QueryPlan(BoundQuery Query, IReadOnlyDictionary<string, IReadOnlyCollection<string>> Reads);

/// <summary>One rewrite of a whole query.</summary>
internal abstract class PlanRewrite
{
    public virtual BoundQuery Apply(BoundQuery query)
    {
        foreach (var shared in query.Shared) shared.Plan = Rewrite(shared.Plan);
        return query with { Results = query.Results.Select(Rewrite).ToArray() };
    }

    protected abstract BoundTabular Rewrite(BoundTabular node);

    protected BoundTabular RewriteInputs(BoundTabular node)
    {
        if (node.Inputs.Count == 0) return node;
        var inputs = node.Inputs.Select(Rewrite).ToArray();
        return inputs.SequenceEqual(node.Inputs, ReferenceEqualityComparer.Instance) ? node : node.WithInputs(inputs);
    }
}

/// <summary>The tables and columns a plan reads.</summary>
internal static class PlannedReads
{
    public static IReadOnlyDictionary<string, IReadOnlyCollection<string>> Of(BoundQuery query)
    {
        var reads = new Dictionary<string, IReadOnlyCollection<string>>(StringComparer.Ordinal);
        foreach (var scan in PlanNodes.All(query).OfType<BoundScan>())
        {
            var known = reads.GetValueOrDefault(scan.Table.Name) as HashSet<string> ?? new HashSet<string>(StringComparer.Ordinal);
            known.UnionWith(scan.Columns);
            reads[scan.Table.Name] = known;
        }

        return reads;
    }
}

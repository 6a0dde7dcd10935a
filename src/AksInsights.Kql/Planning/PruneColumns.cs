using AksInsights.Kql.Binding;

namespace AksInsights.Kql.Planning;

/// <summary>Leaves out columns that nothing above reads: they are not loaded, computed or aggregated.</summary>
internal sealed class PruneColumns : PlanRewrite
{
    private readonly Dictionary<SharedTable, HashSet<int>> _sharedReads = [];

    public override BoundQuery Apply(BoundQuery query)
    {
        // A rewrite object serves many queries: what it remembers is of one.
        var pruner = new PruneColumns();
        return pruner.Prune(query);
    }

    protected override BoundTabular Rewrite(BoundTabular node) => Prune(node, [.. node.Output]);

    private BoundQuery Prune(BoundQuery query)
    {
        var results = query.Results.Select(Rewrite).ToArray();

        // A shared table can read only those written before it, so the last ones know their readers first.
        foreach (var shared in query.Shared.Reverse())
        {
            var reads = _sharedReads.GetValueOrDefault(shared) ?? [];
            shared.Plan = Keep(shared.Plan, reads);
        }

        return query with { Results = results };
    }

    // The output of a shared plan keeps its columns and order, because its users go by position; only what makes them may shrink.
    private BoundTabular Keep(BoundTabular plan, HashSet<int> reads)
    {
        var wanted = new HashSet<ColumnVariable>(reads.Select(i => plan.Output[i]));
        var pruned = Prune(plan, wanted);
        var given = new HashSet<ColumnVariable>(pruned.Output);
        if (plan.Output.All(given.Contains)) return pruned;
        var missing = plan.Output.Where(c => !given.Contains(c)).Select(c => new BoundAssignment(c, new BoundConstant(c.Type, null))).ToArray();
        return new BoundProject(pruned, missing, plan.Output);
    }

    private BoundTabular Prune(BoundTabular node, HashSet<ColumnVariable> wanted)
    {
        MarkShared(node);
        switch (node)
        {
            case BoundScan scan:
                return PruneScan(scan, wanted);
            case BoundShared shared:
                NoteShared(shared, wanted);
                return shared;
            case BoundProject project:
                return PruneProject(project, wanted);
            case BoundSummarize summarize:
                return PruneSummarize(summarize, wanted);
            case BoundJoin join:
                return PruneJoin(join, wanted);
            case BoundUnion union:
                return PruneUnion(union, wanted);
            case BoundWindow window:
                var needed = With(wanted, window.Assignments.Select(a => a.Value));
                foreach (var own in window.Assignments) needed.Remove(own.Column);
                var input = Prune(window.Input, needed);
                return new BoundWindow(input, window.Assignments, [.. input.Output, .. window.Assignments.Select(a => a.Column)]);
            case BoundFilter or BoundSort or BoundTake or BoundSerialize:
                return node.WithInputs([Prune(node.Inputs[0], With(wanted, PlanNodes.Expressions(node)))]);
            default:
                // Operators that look at whole rows: their inputs keep all their columns.
                return node.Inputs.Count == 0 ? node : node.WithInputs(node.Inputs.Select(i => Prune(i, [.. i.Output])).ToArray());
        }
    }

    private void MarkShared(BoundTabular node)
    {
        foreach (var table in PlanNodes.ExpressionTables(node).OfType<BoundShared>()) NoteShared(table, [table.Output[0]]);
        var subquery = node switch
        {
            BoundPartition partition => partition.Subquery,
            BoundMvApply apply => apply.Subquery,
            _ => null,
        };
        if (subquery is null) return;

        // A subquery that runs per row or per part stays as it was bound, and so do the shared tables it reads.
        foreach (var inner in PlanNodes.Descendants(subquery))
        {
            if (inner is BoundShared shared) NoteShared(shared, [.. shared.Output]);
        }
    }

    private void NoteShared(BoundShared shared, HashSet<ColumnVariable> wanted)
    {
        if (!_sharedReads.TryGetValue(shared.Shared, out var reads)) _sharedReads[shared.Shared] = reads = [];
        for (var i = 0; i < shared.Output.Count; i++)
        {
            if (wanted.Contains(shared.Output[i])) reads.Add(i);
        }
    }

    private static HashSet<ColumnVariable> With(IEnumerable<ColumnVariable> wanted, IEnumerable<BoundScalar> expressions)
    {
        var result = new HashSet<ColumnVariable>(wanted);
        foreach (var expression in expressions) expression.CollectColumns(result);
        return result;
    }

    private static BoundScan PruneScan(BoundScan scan, HashSet<ColumnVariable> wanted)
    {
        var kept = Enumerable.Range(0, scan.Output.Count).Where(i => wanted.Contains(scan.Output[i])).ToArray();
        return kept.Length == scan.Output.Count
            ? scan
            : new BoundScan(scan.Table, kept.Select(i => scan.Columns[i]).ToArray(), kept.Select(i => scan.Output[i]).ToArray());
    }

    private BoundProject PruneProject(BoundProject project, HashSet<ColumnVariable> wanted)
    {
        var output = project.Output.Where(wanted.Contains).ToArray();
        var assignments = project.Assignments.Where(a => wanted.Contains(a.Column)).ToArray();
        var own = new HashSet<ColumnVariable>(assignments.Select(a => a.Column));
        var needed = With(output.Where(c => !own.Contains(c)), assignments.Select(a => a.Value));
        return new BoundProject(Prune(project.Input, needed), assignments, output);
    }

    private BoundSummarize PruneSummarize(BoundSummarize summarize, HashSet<ColumnVariable> wanted)
    {
        var aggregates = summarize.Aggregates.Select(a => PruneAggregate(a, wanted)).OfType<BoundAggregate>().ToArray();
        var needed = With([], summarize.Groups.Select(g => g.Value).Concat(aggregates.SelectMany(a => a.Arguments)));
        var output = summarize.Output.Where(wanted.Contains).ToArray();
        return new BoundSummarize(Prune(summarize.Input, needed), summarize.Groups, aggregates, output);
    }

    private static BoundAggregate? PruneAggregate(BoundAggregate aggregate, HashSet<ColumnVariable> wanted)
    {
        if (!aggregate.Columns.Any(wanted.Contains)) return null;
        if (aggregate.Kind is AggregateKind.Plain or AggregateKind.Percentiles) return aggregate;

        // The first argument of arg_max decides; it stays even where it is not read.
        var first = aggregate.Kind == AggregateKind.TakeAny ? -1 : 0;
        var kept = Enumerable.Range(0, aggregate.Columns.Count).Where(i => i == first || wanted.Contains(aggregate.Columns[i])).ToArray();
        return aggregate with
        {
            Columns = kept.Select(i => aggregate.Columns[i]).ToArray(),
            Arguments = kept.Select(i => aggregate.Arguments[i]).ToArray(),
        };
    }

    private BoundJoin PruneJoin(BoundJoin join, HashSet<ColumnVariable> wanted)
    {
        var left = Prune(join.Left, With(wanted, join.LeftKeys));
        var right = Prune(join.Right, With(wanted, join.RightKeys));
        return new BoundJoin(left, right, join.Kind, join.LeftKeys, join.RightKeys, join.Output.Where(wanted.Contains).ToArray());
    }

    private BoundUnion PruneUnion(BoundUnion union, HashSet<ColumnVariable> wanted)
    {
        var kept = Enumerable.Range(0, union.Output.Count).Where(i => wanted.Contains(union.Output[i])).ToArray();
        var tables = union.Tables.Select(t =>
        {
            var columns = kept.Select(i => t.Output[i]).ToArray();
            return (BoundTabular)new BoundProject(Prune(t, [.. columns]), [], columns);
        });
        return new BoundUnion(tables.ToArray(), kept.Select(i => union.Output[i]).ToArray());
    }
}

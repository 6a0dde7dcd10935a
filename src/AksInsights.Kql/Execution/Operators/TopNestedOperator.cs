using AksInsights.Kql.Binding;
using AksInsights.Kql.Columns;
using AksInsights.Kql.Execution.Expressions;

namespace AksInsights.Kql.Execution.Operators;

/// <summary>top-nested: groups the rows level by level and keeps the best groups of each group of the level before.</summary>
/// <remarks>
/// Source: learn.microsoft.com/kusto/query/top-nested-operator. Rows outside the best are the rest of their group. A level with <c>others</c> gives one
/// record for the rest; deeper levels do not divide a rest any more: they show it under their own <c>others</c>, or leave their columns empty.
/// A rest that no level shows is dropped.
/// </remarks>
internal static class TopNestedOperator
{
    public static Relation Execute(BoundTopNested node, RunContext context)
    {
        var input = Executor.Execute(node.Input, context);
        if (input.RowCount == 0) return Executor.Empty(node.Output);
        context.Memory.Reserve(input.RowCount * 8L * node.Levels.Count);
        var branches = new List<Branch> { new(null, null, null, false, false) };
        var branchOf = new int[input.RowCount];
        foreach (var level in node.Levels)
        {
            context.Cancellation.ThrowIfCancellationRequested();
            branches = new TopNestedLevelRun(level, input, context).Divide(branches, branchOf);
        }

        var builders = node.Output.Select(c => ColumnBuilder.Create(c.Type)).ToArray();
        var count = 0;
        foreach (var branch in branches.Where(b => !b.IsRest || b.IsShown))
        {
            count++;
            var column = builders.Length;
            for (var at = branch; at.Parent is not null; at = at.Parent)
            {
                builders[--column].AddBoxed(at.Value);
                builders[--column].AddBoxed(at.Key);
            }
        }

        return new Relation(node.Output, builders.Select(b => new Cells(b.Build())).ToArray(), count);
    }
}

/// <summary>A group of a level, or the rest of one, under its parent.</summary>
/// <param name="Parent">The group of the level before; null for all rows.</param>
/// <param name="Key">The boxed key; null in a rest that is not shown.</param>
/// <param name="Value">The boxed aggregate.</param>
/// <param name="IsRest">Whether it holds rows that are not among the best of some level.</param>
/// <param name="IsShown">Of a rest: whether some level shows it.</param>
internal sealed record Branch(Branch? Parent, object? Key, object? Value, bool IsRest, bool IsShown);

/// <summary>One level of top-nested in a run.</summary>
internal sealed class TopNestedLevelRun(BoundNestedLevel level, Relation input, RunContext context)
{
    private readonly Layout _layout = new(input.Columns);

    /// <summary>Divides each branch into the groups of this level.</summary>
    /// <param name="parents">The branches so far.</param>
    /// <param name="branchOf">The branch of each row; changed to the new ones.</param>
    public List<Branch> Divide(List<Branch> parents, int[] branchOf)
    {
        var keyColumn = Executor.Evaluate(level.Key, _layout, input.ToChunk(), context);
        var keys = ColumnKeys.Create(level.Key.Type);
        var ids = new int[input.RowCount];
        keys.Encode(keyColumn, ids);

        // A rest is one group whatever its keys.
        var pairs = new LongTable();
        var groupOf = new int[ids.Length];
        for (var row = 0; row < ids.Length; row++)
            groupOf[row] = pairs.GetOrAdd(((long)branchOf[row] << 32) | (parents[branchOf[row]].IsRest ? 0u : (uint)ids[row]));
        var groups = pairs.Keys.ToArray();
        var values = Aggregate(groupOf, groups.Length);
        var rankOf = Ranks(values);
        var limit = level.Count is null ? int.MaxValue : (long)(EvaluatorFactory.Constant(level.Count, context) ?? 0L);
        var best = groups.Select((g, i) => (Group: i, Parent: (int)(g >> 32))).Where(g => !parents[g.Parent].IsRest)
            .GroupBy(g => g.Parent).ToDictionary(g => g.Key, g => g.Select(x => x.Group).OrderBy(x => rankOf[x]).Take((int)Math.Clamp(limit, 0, int.MaxValue)).ToArray());
        return Build(parents, branchOf, groupOf, groups, best, keys.Values(), values);
    }

    private List<Branch> Build(
        List<Branch> parents, int[] branchOf, int[] groupOf, long[] groups, Dictionary<int, int[]> best, Column keyValues, Column values)
    {
        var branches = new List<Branch>();
        var branchOfGroup = new int[groups.Length];
        Array.Fill(branchOfGroup, -1);
        for (var parent = 0; parent < parents.Count; parent++)
        {
            foreach (var group in best.GetValueOrDefault(parent) ?? [])
            {
                branchOfGroup[group] = branches.Count;
                branches.Add(new Branch(parents[parent], keyValues.Box((int)(uint)groups[group]), values.Box(group), false, false));
            }
        }

        // What is left of each parent is its rest.
        var restOf = new Dictionary<int, int>();
        var restRows = new int[branchOf.Length];
        for (var row = 0; row < restRows.Length; row++)
        {
            restRows[row] = -1;
            if (branchOfGroup[groupOf[row]] >= 0) continue;
            if (!restOf.TryGetValue(branchOf[row], out var rest)) restOf[branchOf[row]] = rest = restOf.Count;
            restRows[row] = rest;
        }

        var first = branches.Count;
        branches.AddRange(Rests(parents, restOf, restRows));
        for (var row = 0; row < branchOf.Length; row++) branchOf[row] = restRows[row] >= 0 ? first + restRows[row] : branchOfGroup[groupOf[row]];
        return branches;
    }

    private IEnumerable<Branch> Rests(List<Branch> parents, Dictionary<int, int> restOf, int[] restRows)
    {
        if (level.Others is null) return restOf.Select(r => new Branch(parents[r.Key], null, null, true, parents[r.Key].IsShown));
        var values = Aggregate(restRows, restOf.Count);
        var key = EvaluatorFactory.Constant(level.Others, context);
        return restOf.Select(r => new Branch(parents[r.Key], key, values.Box(r.Value), true, true)).ToArray();
    }

    /// <summary>The level's value per group; rows of group -1 are left out.</summary>
    private Column Aggregate(int[] groupOf, int count)
    {
        if (count == 0) return ColumnBuilder.Create(level.ValueColumn.Type).Build();
        var rows = Enumerable.Range(0, groupOf.Length).Where(r => groupOf[r] >= 0).ToArray();
        var kept = Array.ConvertAll(rows, r => groupOf[r]);
        var chunk = input.ToChunk();
        var columns = new List<ColumnVariable>();
        var cells = new List<Cells>();
        foreach (var aggregate in level.Aggregates)
        {
            var arguments = aggregate.Arguments.Select(a => Executor.Evaluate(a, _layout, chunk, context).Gather(rows)).ToArray();
            var state = aggregate.Create?.Invoke() ?? throw new InvalidOperationException($"Aggregate {aggregate.Name} has no state.");
            state.Resize(count);
            state.Add(kept, arguments);
            columns.Add(aggregate.Columns[0]);
            cells.Add(new Cells(state.Finish(count)));
        }

        return Executor.Evaluate(level.Value, new Layout(columns), new Chunk([.. cells], count), context);
    }

    /// <summary>The place of each group among all groups of the level.</summary>
    private int[] Ranks(Column values)
    {
        var slot = new ColumnVariable("value", values.Type);
        var keys = SortKeys.Of(values, new BoundSortKey(new BoundColumn(slot), level.Descending, !level.Descending)).ToArray();
        var order = Enumerable.Range(0, values.Length).ToArray();
        Array.Sort(order, (a, b) =>
        {
            foreach (var key in keys)
            {
                var compared = key[a].CompareTo(key[b]);
                if (compared != 0) return compared;
            }

            return a.CompareTo(b);
        });
        var ranks = new int[order.Length];
        for (var i = 0; i < order.Length; i++) ranks[order[i]] = i;
        return ranks;
    }
}

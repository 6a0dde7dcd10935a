using AksInsights.Kql.Binding;

namespace AksInsights.Kql.Planning;

/// <summary>Takes conjunctions apart and moves each part towards the source, below what computes columns it does not read.</summary>
internal sealed class PushFilters : PlanRewrite
{
    protected override BoundTabular Rewrite(BoundTabular node)
    {
        if (node is not BoundFilter filter) return RewriteInputs(node);
        var parts = new List<BoundScalar>();
        Split(filter.Predicate, parts);
        var input = filter.Input;
        while (input is BoundFilter inner)
        {
            var before = new List<BoundScalar>();
            Split(inner.Predicate, before);
            parts.InsertRange(0, before);
            input = inner.Input;
        }

        return Place(input, parts);
    }

    private static void Split(BoundScalar predicate, List<BoundScalar> parts)
    {
        if (predicate is BoundLogic { IsAnd: true } and)
        {
            foreach (var term in and.Terms) Split(term, parts);
            return;
        }

        parts.Add(predicate);
    }

    private BoundTabular Place(BoundTabular input, List<BoundScalar> parts)
    {
        if (input is BoundProject project)
        {
            var computed = project.Assignments.ToDictionary(a => a.Column, a => a.Value);
            var movable = parts.Where(p => CanMove(p, computed)).ToArray();
            if (movable.Length > 0)
            {
                // A part may read renamed columns: below the project they have their old names.
                var below = movable.Select(p => p.Substitute(computed)).ToList();
                var moved = project.WithInputs([Place(project.Input, below)]);
                return Filter(moved, parts.Except(movable));
            }
        }

        if (input is BoundJoin { Kind: JoinKind.InnerUnique or JoinKind.Inner or JoinKind.LeftOuter or JoinKind.LeftSemi or JoinKind.LeftAnti } join
            && parts.Where(p => Reads(p, join.Left)).ToArray() is { Length: > 0 } ofLeft)
        {
            // Of innerunique the reference promises it: a filter on the left decides which of the rows with one key is taken.
            var filtered = join.WithInputs([Place(join.Left, [.. ofLeft]), Rewrite(join.Right)]);
            return Filter(filtered, parts.Except(ofLeft));
        }

        if (input is BoundSort { Limit: null } or BoundSerialize) return input.WithInputs([Place(input.Inputs[0], parts)]);
        return Filter(RewriteInputs(input), parts);
    }

    // Only columns passed on or renamed: a computed one would be computed twice.
    private static bool CanMove(BoundScalar part, Dictionary<ColumnVariable, BoundScalar> computed)
    {
        if (part.IsRandom()) return false;
        var columns = new HashSet<ColumnVariable>();
        part.CollectColumns(columns);
        return columns.All(c => !computed.TryGetValue(c, out var value) || value is BoundColumn);
    }

    private static bool Reads(BoundScalar part, BoundTabular table)
    {
        if (part.IsRandom()) return false;
        var columns = new HashSet<ColumnVariable>();
        part.CollectColumns(columns);
        return columns.Count > 0 && columns.All(table.Output.Contains);
    }

    private static BoundTabular Filter(BoundTabular input, IEnumerable<BoundScalar> parts)
    {
        // Cheap tests first: comparing codes or numbers leaves fewer rows to what looks into texts.
        foreach (var part in parts.OrderBy(Cost)) input = new BoundFilter(input, part);
        return input;
    }

    private static int Cost(BoundScalar part) => part switch
    {
        BoundCall { Name: "==" } => 0,
        BoundCall { Name: "!=" or "<" or "<=" or ">" or ">=" or "in" } => 1,
        BoundCall => 2,
        _ => 3,
    };
}

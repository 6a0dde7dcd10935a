using AksInsights.Kql.Binding;
using AksInsights.Kql.Columns;
using AksInsights.Kql.Execution.Expressions;

namespace AksInsights.Kql.Execution.Operators;

/// <summary>Keeps the rows for which the predicate is true.</summary>
internal sealed class FilterStep(BoundFilter filter, Layout layout, RunContext context) : ChunkStep
{
    private readonly Evaluator _predicate = EvaluatorFactory.Create(filter.Predicate, layout, context);

    public override Chunk Apply(Chunk chunk)
    {
        var column = (Column<bool>)_predicate.Evaluate(chunk);
        var values = column.Flatten();
        var nulls = column.FlattenNulls();
        var rows = new int[chunk.Length];
        var kept = 0;
        for (var i = 0; i < values.Length; i++)
        {
            // Written without a branch on the data: the row number is stored always and counted only when kept.
            rows[kept] = i;
            kept += values[i] && (nulls.IsEmpty || !nulls[i]) ? 1 : 0;
        }

        if (kept == chunk.Length) return chunk;
        Array.Resize(ref rows, kept);
        return chunk.Select(rows);
    }
}

/// <summary>Computes columns; columns that are only passed on keep their cells as they are.</summary>
internal sealed class ProjectStep : ChunkStep
{
    private readonly Evaluator?[] _evaluators;
    private readonly int[] _slots;

    public ProjectStep(BoundProject project, Layout layout, RunContext context)
    {
        var computed = project.Assignments.ToDictionary(a => a.Column, a => a.Value);
        _evaluators = new Evaluator?[project.Output.Count];
        _slots = new int[project.Output.Count];
        for (var i = 0; i < _slots.Length; i++)
        {
            var column = project.Output[i];
            var value = computed.GetValueOrDefault(column);
            if (value is null) _slots[i] = layout.SlotOf(column);
            else if (value is BoundColumn source) _slots[i] = layout.SlotOf(source.Column);
            else _evaluators[i] = EvaluatorFactory.Create(value, layout, context);
        }
    }

    public override Chunk Apply(Chunk chunk)
    {
        var cells = new Cells[_slots.Length];
        for (var i = 0; i < cells.Length; i++)
            cells[i] = _evaluators[i] is { } evaluator ? new Cells(evaluator.Evaluate(chunk)) : chunk.Cells[_slots[i]];
        return new Chunk(cells, chunk.Length);
    }
}

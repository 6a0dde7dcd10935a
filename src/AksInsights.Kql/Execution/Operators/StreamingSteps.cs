using AksInsights.Kql.Binding;
using AksInsights.Kql.Columns;
using AksInsights.Kql.Execution.Expressions;
using AksInsights.Kql.Functions;

namespace AksInsights.Kql.Execution.Operators;

/// <summary>Keeps the rows for which all predicates are true.</summary>
/// <remarks>
/// Predicates that cost next to nothing a row are tested on all rows of the chunk, one bit a row; the others only on the rows that are left, in turn.
/// </remarks>
internal sealed class FilterStep : ChunkStep
{
    private readonly Evaluator[] _quick;
    private readonly Evaluator[] _slow;
    private readonly ChunkBuffers? _buffers;
    private ulong[] _mask = [];
    private ulong[] _other = [];

    public FilterStep(IReadOnlyList<BoundScalar> predicates, Layout layout, RunContext context, ChunkBuffers? buffers)
    {
        _quick = EvaluatorFactory.Many(predicates.Where(IsQuick).ToArray(), layout, context, buffers);
        _slow = EvaluatorFactory.Many(predicates.Where(p => !IsQuick(p)).ToArray(), layout, context, buffers, isByRow: true);
        _buffers = buffers;
    }

    public override Chunk Apply(Chunk chunk)
    {
        if (_quick.Length > 0) chunk = Keep(chunk, _quick);
        for (var i = 0; i < _slow.Length && chunk.Length > 0; i++) chunk = Keep(chunk, _slow.AsSpan(i, 1));
        return chunk;
    }

    private Chunk Keep(Chunk chunk, ReadOnlySpan<Evaluator> tests)
    {
        var words = RowMask.Words(chunk.Length);
        if (_mask.Length < words) (_mask, _other) = (new ulong[words], new ulong[words]);
        var mask = _mask.AsSpan(0, words);
        tests[0].Test(chunk, mask);
        foreach (var test in tests[1..])
        {
            if (RowMask.IsEmpty(mask)) break;
            test.Test(chunk, _other.AsSpan(0, words));
            RowMask.And(mask, _other.AsSpan(0, words));
        }

        var kept = RowMask.Count(mask);
        if (kept == chunk.Length) return chunk;
        var rows = ChunkBuffers.Take<int>(_buffers, kept + RowMask.Slack);
        RowMask.Write(mask, rows);
        return chunk.Select(new RowSelection(rows, kept, _buffers));
    }

    private static bool IsQuick(BoundScalar predicate) => predicate switch
    {
        BoundLogic logic => logic.Terms.All(IsQuick),
        BoundInSubquery member => member.Value is BoundColumn,
        BoundCall call => call.Kernel is IRowTest { IsQuick: true } && call.Arguments.All(a => a is BoundColumn or BoundConstant or BoundSubqueryValue),
        _ => false,
    };
}

/// <summary>Computes columns; columns that are only passed on keep their cells as they are.</summary>
internal sealed class ProjectStep : ChunkStep
{
    private readonly Evaluator?[] _evaluators;
    private readonly int[] _slots;

    public ProjectStep(BoundProject project, Layout layout, RunContext context, ChunkBuffers? buffers)
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
            else _evaluators[i] = EvaluatorFactory.Create(value, layout, context, buffers, isByRow: true);
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

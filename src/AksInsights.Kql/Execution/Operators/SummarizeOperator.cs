using AksInsights.Kql.Binding;
using AksInsights.Kql.Columns;
using AksInsights.Kql.Execution.Expressions;
using AksInsights.Kql.Functions;
using AksInsights.Kql.Functions.Aggregates;
using AksInsights.Kql.Types;

namespace AksInsights.Kql.Execution.Operators;

/// <summary>Groups and aggregates: every worker has groups and states of its own, merged at the end.</summary>
internal static class SummarizeOperator
{
    public static Relation Execute(BoundSummarize node, RunContext context)
    {
        // Row-picking aggregates keep row numbers; they need the rows to stand somewhere.
        var picksRows = node.Aggregates.Any(a => a.Kind is AggregateKind.ArgMax or AggregateKind.ArgMin or AggregateKind.TakeAny);
        Relation? picked = null;
        var input = node.Input;
        if (picksRows)
        {
            picked = Executor.Execute(input, context);
            var slot = new InputSlot(false);
            context.Inputs[slot] = picked;
            input = new BoundInput(slot, picked.Columns);
        }

        var isOrdered = node.Aggregates.Any(a => a.Create?.Invoke() is { DependsOnOrder: true });
        var pipeline = Pipeline.Create(input, context);
        var workers = pipeline.Run(
            buffers => new Worker(node, pipeline.Layout, context, buffers),
            (worker, chunk, _, firstRow) => worker.Add(chunk, firstRow),
            isOrdered,
            keepsChunks: false);
        var result = workers[0];
        for (var i = 1; i < workers.Count; i++) result.Merge(workers[i]);
        return result.Finish(node, picked, context);
    }

    private sealed class Worker
    {
        private readonly GroupKeys _keys;
        private readonly Evaluator[] _keyEvaluators;
        private readonly Slot[] _slots;
        private readonly RunContext _context;
        private int _capacity;
        private long _reserved;
        private int[] _groups = [];

        public Worker(BoundSummarize node, Layout layout, RunContext context, ChunkBuffers? buffers)
        {
            _context = context;
            _keys = new GroupKeys(node.Groups.Select(g => g.Column.Type).ToArray());
            _keyEvaluators = EvaluatorFactory.Many(node.Groups.Select(g => g.Value).ToArray(), layout, context, buffers, isByRow: true);
            _slots = node.Aggregates.Select(a => new Slot(a, layout, context, buffers)).ToArray();
        }

        public void Add(Chunk chunk, int firstRow)
        {
            if (chunk.Length == 0) return;
            if (_groups.Length < chunk.Length) _groups = new int[Math.Max(chunk.Length, RunContext.ChunkRows)];
            var groups = _groups.AsSpan(0, chunk.Length);
            _keys.Encode(Array.ConvertAll(_keyEvaluators, e => e.Evaluate(chunk)), groups);
            Resize(_keys.Count);
            foreach (var slot in _slots) slot.Add(groups, chunk, firstRow);
            Account();
        }

        public void Merge(Worker other)
        {
            if (other._keys.Count == 0) return;
            var map = _keys.Merge(other._keys);
            Resize(_keys.Count);
            other.Resize(other._keys.Count);
            for (var i = 0; i < _slots.Length; i++) _slots[i].State.Merge(other._slots[i].State, map);
        }

        public Relation Finish(BoundSummarize node, Relation? picked, RunContext context)
        {
            var count = _keys.Count;
            Resize(count);
            var columns = node.Groups.Select(g => g.Column).ToList();
            var cells = _keys.Values().Select(c => new Cells(c)).ToList();
            foreach (var slot in _slots)
            {
                columns.AddRange(slot.Aggregate.Columns);
                cells.AddRange(slot.Finish(count, picked));
            }

            context.Memory.Release(_reserved);
            return new Relation(columns, [.. cells], count).Project(node.Output);
        }

        private void Resize(int groups)
        {
            if (groups <= _capacity) return;
            _capacity = Math.Max(groups, _capacity * 2);
            foreach (var slot in _slots) slot.State.Resize(_capacity);
        }

        private void Account()
        {
            var bytes = _keys.Bytes + _slots.Sum(s => s.State.Bytes);
            if (bytes - _reserved < 1 << 16) return;
            _context.Memory.Reserve(bytes - _reserved);
            _reserved = bytes;
        }
    }

    /// <summary>An aggregate with its arguments and state, on one worker.</summary>
    private sealed class Slot
    {
        private readonly Evaluator[] _arguments;
        private readonly ChunkBuffers? _buffers;

        public Slot(BoundAggregate aggregate, Layout layout, RunContext context, ChunkBuffers? buffers)
        {
            Aggregate = aggregate;
            _buffers = buffers;
            var picks = aggregate.Kind is AggregateKind.ArgMax or AggregateKind.ArgMin;
            var inputs = aggregate.Kind == AggregateKind.TakeAny ? [] : picks ? aggregate.Arguments.Take(1) : aggregate.Arguments;
            _arguments = EvaluatorFactory.Many(inputs.ToArray(), layout, context, buffers, isByRow: true);
            State = aggregate.Create is { } create
                ? create()
                : throw new InvalidOperationException($"Aggregate {aggregate.Name} has no state.");
        }

        public BoundAggregate Aggregate { get; }

        public Aggregator State { get; }

        public void Add(ReadOnlySpan<int> groups, Chunk chunk, int firstRow)
        {
            if (Aggregate.Kind is AggregateKind.Plain or AggregateKind.Percentiles)
            {
                State.Add(groups, Array.ConvertAll(_arguments, a => a.Evaluate(chunk)));
                return;
            }

            var rows = ChunkBuffers.Take<long>(_buffers, chunk.Length);
            for (var i = 0; i < chunk.Length; i++) rows[i] = firstRow + i;
            var rowIds = new FlatColumn<long>(KqlType.Long, rows, null, 0, chunk.Length);
            State.Add(groups, _arguments.Length == 0 ? [Constants.Create(KqlType.Long, 0L, chunk.Length), rowIds] : [_arguments[0].Evaluate(chunk), rowIds]);
        }

        public IEnumerable<Cells> Finish(int groups, Relation? picked)
        {
            switch (Aggregate.Kind)
            {
                case AggregateKind.Plain:
                    return [new Cells(State.Finish(groups))];
                case AggregateKind.Percentiles:
                    return ((PercentileAggregator)State).Finish(groups, [.. Aggregate.Percentiles]).Select(c => new Cells(c)).ToArray();
                default:
                    var winners = ((Column<long>)State.Finish(groups)).Flatten();
                    var rows = new int[groups];
                    for (var i = 0; i < rows.Length; i++) rows[i] = (int)winners[i];
                    var selection = new RowSelection(rows);
                    var layout = new Layout(picked!.Columns);
                    // The key of arg_max is the first payload: every picked value is a column of the input.
                    var payload = Aggregate.Arguments;
                    return payload.Select(a => picked.Cells[layout.SlotOf(((BoundColumn)a).Column)].Select(selection)).ToArray();
            }
        }
    }
}

using AksInsights.Kql.Binding;
using AksInsights.Kql.Columns;
using AksInsights.Kql.Execution.Expressions;
using AksInsights.Kql.Types;

namespace AksInsights.Kql.Execution.Operators;

/// <summary>scan: walks over the rows in order and matches each against the steps, last step first.</summary>
/// <remarks>
/// Source: learn.microsoft.com/kusto/query/scan-operator. A step's state holds the latest record of every step up to it. A row that fits a step
/// while the step before has a state takes that state over; else, if the step has a state itself or is the first, it continues that sequence.
/// An <c>optional</c> step (which the documentation does not describe) may be passed over.
/// </remarks>
internal static class ScanOperator
{
    public static Relation Execute(BoundSteps node, RunContext context)
    {
        var input = Executor.Execute(node.Input, context);
        if (input.RowCount == 0) return Executor.Empty(node.Output);
        var output = new ScanOutput(node);
        var defaults = node.Variables.Select(v => EvaluatorFactory.Constant(v.Default, context)).ToArray();
        var steps = node.Steps.Select(s => new ScanStepRunner(s, node, input, defaults, context)).ToArray();
        foreach (var rows in Partitions(node, input, context))
        {
            var sequence = new ScanSequences(steps, output);
            foreach (var row in rows)
            {
                if ((row & 255) == 0) context.Cancellation.ThrowIfCancellationRequested();
                sequence.Add(row);
            }

            sequence.Finish();
        }

        context.Memory.Reserve(output.Bytes);
        return output.ToRelation(input);
    }

    private static IEnumerable<IEnumerable<int>> Partitions(BoundSteps node, Relation input, RunContext context)
    {
        if (node.PartitionBy.Count == 0) return [Enumerable.Range(0, input.RowCount)];
        var keys = new GroupKeys(node.PartitionBy.Select(p => p.Type).ToArray());
        var groups = new int[input.RowCount];
        var layout = new Layout(input.Columns);
        keys.Encode(node.PartitionBy.Select(p => Executor.Evaluate(p, layout, input.ToChunk(), context)).ToArray(), groups);
        return Enumerable.Range(0, groups.Length).GroupBy(row => groups[row]);
    }
}

/// <summary>A step made ready for a run.</summary>
internal sealed class ScanStepRunner
{
    private readonly ScanCondition _condition;
    private readonly ScanExpression?[] _assignments;
    private readonly object?[] _defaults;

    public ScanStepRunner(BoundStep step, BoundSteps node, Relation input, object?[] defaults, RunContext context)
    {
        Output = step.Output;
        IsOptional = step.IsOptional;
        _defaults = defaults;
        _condition = new ScanCondition(step.Condition, node, input, defaults, context);
        _assignments = step.Assignments.Select(a => a is null ? null : new ScanExpression(a, node, input, defaults, context)).ToArray();
    }

    public StepOutput Output { get; }

    public bool IsOptional { get; }

    public bool Matches(int row, ScanRecord?[] records) => _condition.Holds(row, records);

    public ScanRecord Extend(int row, ScanRecord?[] records)
    {
        var values = new object?[_assignments.Length];
        for (var i = 0; i < values.Length; i++) values[i] = _assignments[i] is { } assignment ? assignment.Evaluate(row, records) : _defaults[i];
        return new ScanRecord(row, values);
    }
}

/// <summary>The sequences under way in one partition: at most one per step.</summary>
internal sealed class ScanSequences(ScanStepRunner[] steps, ScanOutput output)
{
    private readonly Sequence?[] _active = new Sequence?[steps.Length];
    private long _nextMatch;

    public void Add(int row)
    {
        for (var step = steps.Length - 1; step >= 0; step--)
        {
            if (!Promote(step, row)) Continue(step, row);
        }
    }

    /// <summary>Gives the last records that still wait for a successor, in the order of their rows.</summary>
    public void Finish()
    {
        foreach (var (record, match) in _active.Select(s => (s?.Waiting, s?.Match ?? 0)).Where(w => w.Waiting is not null).OrderBy(w => w.Waiting!.Row))
            output.Add(record!, match);
    }

    // The row fits this step after the step before it.
    private bool Promote(int step, int row)
    {
        var before = Before(step);
        if (before < 0 || _active[before] is not { } sequence || !steps[step].Matches(row, sequence.Records)) return false;
        Release(_active[step]);
        Release(sequence);
        _active[before] = null;
        _active[step] = sequence;
        Take(step, row, sequence);
        return true;
    }

    // The row fits this step once more, or begins a sequence at the first one.
    private void Continue(int step, int row)
    {
        var sequence = _active[step];
        if (sequence is null && !CanBegin(step)) return;
        var records = sequence?.Records ?? new ScanRecord?[steps.Length];
        if (!steps[step].Matches(row, records)) return;
        _active[step] = sequence ??= new Sequence(records, _nextMatch++);
        Take(step, row, sequence);
    }

    private void Take(int step, int row, Sequence sequence)
    {
        var record = steps[step].Extend(row, sequence.Records);
        sequence.Records[step] = record;
        if (steps[step].Output == StepOutput.All) output.Add(record, sequence.Match);
        else if (steps[step].Output == StepOutput.Last) sequence.Waiting = record;
    }

    private void Release(Sequence? sequence)
    {
        if (sequence?.Waiting is not { } record) return;
        output.Add(record, sequence.Match);
        sequence.Waiting = null;
    }

    private int Before(int step)
    {
        for (var before = step - 1; before >= 0; before--)
        {
            if (_active[before] is not null) return before;
            if (!steps[before].IsOptional) return -1;
        }

        return -1;
    }

    private bool CanBegin(int step) => Array.TrueForAll(steps[..step], s => s.IsOptional);

    private sealed class Sequence(ScanRecord?[] records, long match)
    {
        public ScanRecord?[] Records { get; } = records;

        public long Match { get; } = match;

        /// <summary>The last record of a step with <c>output=last</c>: given when the run of matches ends.</summary>
        public ScanRecord? Waiting { get; set; }
    }
}

/// <summary>Collects the rows that steps give.</summary>
internal sealed class ScanOutput(BoundSteps node)
{
    private readonly List<int> _rows = [];
    private readonly ColumnBuilder[] _variables = node.Variables.Select(v => ColumnBuilder.Create(v.Column.Type)).ToArray();
    private readonly ColumnBuilder<long> _matches = new(KqlType.Long);

    public long Bytes => _rows.Count * (12L + (16L * _variables.Length));

    public void Add(ScanRecord record, long match)
    {
        _rows.Add(record.Row);
        for (var i = 0; i < _variables.Length; i++) _variables[i].AddBoxed(record.Variables[i]);
        _matches.Add(match);
    }

    public Relation ToRelation(Relation input)
    {
        var selected = input.Select([.. _rows]);
        var columns = selected.Columns.Concat(node.Variables.Select(v => v.Column)).ToList();
        var cells = selected.Cells.Concat(_variables.Select(v => new Cells(v.Build()))).ToList();
        if (node.MatchId is { } matchId)
        {
            columns.Add(matchId);
            cells.Add(new Cells(_matches.Build()));
        }

        return new Relation(columns, [.. cells], _rows.Count).Project(node.Output);
    }
}

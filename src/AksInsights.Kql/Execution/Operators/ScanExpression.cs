using AksInsights.Kql.Binding;
using AksInsights.Kql.Columns;
using AksInsights.Kql.Execution.Expressions;

namespace AksInsights.Kql.Execution.Operators;

/// <summary>A row as a step of scan holds it: its number in the input and the values of the declared columns.</summary>
internal sealed record ScanRecord(int Row, object?[] Variables);

/// <summary>An expression of a scan step, evaluated for one row and the state of a sequence at a time.</summary>
internal sealed class ScanExpression
{
    private readonly Evaluator _evaluator;
    private readonly Source[] _sources;
    private readonly Cells[] _cells;

    public ScanExpression(BoundScalar expression, BoundSteps node, Relation input, object?[] defaults, RunContext context)
    {
        var read = new HashSet<ColumnVariable>(ReferenceEqualityComparer.Instance as IEqualityComparer<ColumnVariable>);
        expression.CollectColumns(read);
        var columns = read.ToArray();
        _evaluator = EvaluatorFactory.Create(expression, new Layout(columns), context);
        _sources = columns.Select(c => SourceOf(c, node, input, defaults)).ToArray();
        _cells = new Cells[columns.Length];
    }

    /// <summary>The boxed value.</summary>
    /// <param name="row">The row at hand.</param>
    /// <param name="records">The latest record of each step; null where a step has none.</param>
    public object? Evaluate(int row, ScanRecord?[] records)
    {
        for (var i = 0; i < _sources.Length; i++) _cells[i] = new Cells(_sources[i].Cell(row, records));

        // A chunk keeps the array it is given, so each evaluation has its own.
        return _evaluator.Evaluate(new Chunk([.. _cells], 1)).Box(0);
    }

    private static Source SourceOf(ColumnVariable column, BoundSteps node, Relation input, object?[] defaults)
    {
        for (var i = 0; i < input.Columns.Count; i++)
        {
            if (ReferenceEquals(input.Columns[i], column)) return new Source(column, -1, input[i], -1, null);
        }

        for (var i = 0; i < node.Variables.Count; i++)
        {
            if (ReferenceEquals(node.Variables[i].Column, column)) return new Source(column, -1, null, i, defaults[i]);
        }

        for (var step = 0; step < node.Steps.Count; step++)
        {
            if (node.Steps[step].State.FirstOrDefault(s => ReferenceEquals(s.Column, column)) is not { } state) continue;
            return state.Input is { } own
                ? new Source(column, step, input[new Layout(input.Columns).SlotOf(own)], -1, null)
                : new Source(column, step, null, state.Variable, defaults[state.Variable]);
        }

        throw new InvalidOperationException($"A step of scan reads `{column.Name}`, which neither its input nor its state has.");
    }

    /// <summary>Where a column's value comes from: the row at hand (no step), or a step's record; a column of the input, or a declared one.</summary>
    private sealed record Source(ColumnVariable Variable, int Step, Column? Input, int Declared, object? Default)
    {
        public Column Cell(int row, ScanRecord?[] records)
        {
            var record = Step < 0 ? null : records[Step];
            if (Input is not null)
                return Step < 0 ? Input.Slice(row, 1) : record is null ? Constants.Create(Variable.Type, null, 1) : Input.Slice(record.Row, 1);
            return Constants.Create(Variable.Type, record is null ? Default : record.Variables[Declared], 1);
        }
    }
}

/// <summary>A step's condition: what it asks of the row alone is answered for all rows at once, the rest only where that holds.</summary>
internal sealed class ScanCondition
{
    private readonly bool[]? _alone;
    private readonly ScanExpression[] _terms;

    public ScanCondition(BoundScalar condition, BoundSteps node, Relation input, object?[] defaults, RunContext context)
    {
        var own = new HashSet<ColumnVariable>(input.Columns);
        BoundScalar[] all = condition is BoundLogic { IsAnd: true } and ? [.. and.Terms] : [condition];
        var alone = all.Where(t => ReadsOnly(t, own)).ToArray();
        if (alone.Length > 0)
        {
            var column = (Column<bool>)Executor.Evaluate(new BoundLogic(true, alone), new Layout(input.Columns), input.ToChunk(), context);
            var reader = column.Read();
            _alone = new bool[input.RowCount];
            for (var i = 0; i < _alone.Length; i++) _alone[i] = !reader.IsNull(i) && reader[i];
        }

        _terms = all.Except(alone, ReferenceEqualityComparer.Instance as IEqualityComparer<BoundScalar>)
            .Select(t => new ScanExpression(t, node, input, defaults, context)).ToArray();
    }

    public bool Holds(int row, ScanRecord?[] records) =>
        (_alone is null || _alone[row]) && Array.TrueForAll(_terms, t => t.Evaluate(row, records) is true);

    private static bool ReadsOnly(BoundScalar expression, HashSet<ColumnVariable> own)
    {
        var read = new HashSet<ColumnVariable>();
        expression.CollectColumns(read);
        return read.IsSubsetOf(own);
    }
}

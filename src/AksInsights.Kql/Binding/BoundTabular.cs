using AksInsights.Kql.Columns;
using AksInsights.Kql.Functions;
using AksInsights.Kql.Symbols;

namespace AksInsights.Kql.Binding;

/// <summary>A tabular expression: an operator with its inputs and the columns it gives, in order.</summary>
internal abstract record BoundTabular(IReadOnlyList<ColumnVariable> Output)
{
    /// <summary>The operator's name, for plans.</summary>
    public abstract string Name { get; }

    /// <summary>The inputs.</summary>
    public virtual IReadOnlyList<BoundTabular> Inputs => [];

    /// <summary>The same operator over other inputs.</summary>
    public virtual BoundTabular WithInputs(IReadOnlyList<BoundTabular> inputs) => this;

    /// <summary>Whether the order of rows is meant (after sort, top, serialize and what keeps it).</summary>
    public virtual bool IsSerialized => false;
}

/// <summary>An operator with one input.</summary>
internal abstract record BoundUnary(BoundTabular Input, IReadOnlyList<ColumnVariable> Output) : BoundTabular(Output)
{
    public override IReadOnlyList<BoundTabular> Inputs => [Input];

    public override BoundTabular WithInputs(IReadOnlyList<BoundTabular> inputs) => this with { Input = inputs[0] };

    public override bool IsSerialized => Input.IsSerialized;
}

/// <summary>A table of the provider. <paramref name="Columns"/> are its names, aligned with the output.</summary>
internal sealed record BoundScan(TableSymbol Table, IReadOnlyList<string> Columns, IReadOnlyList<ColumnVariable> Output) : BoundTabular(Output)
{
    public override string Name => $"scan {Table.Name}";
}

/// <summary>Rows written in the query.</summary>
internal sealed record BoundRows(int RowCount, IReadOnlyList<Column> Data, IReadOnlyList<ColumnVariable> Output) : BoundTabular(Output)
{
    public override string Name => "rows";
}

/// <summary><c>range</c>: values from one to another, inclusive.</summary>
internal sealed record BoundRange(BoundScalar From, BoundScalar To, BoundScalar Step, IReadOnlyList<ColumnVariable> Output) : BoundTabular(Output)
{
    public override string Name => "range";

    public override bool IsSerialized => true;
}

/// <summary>A subquery used several times: computed once per run, read under fresh columns at each use.</summary>
internal sealed record BoundShared(SharedTable Shared, IReadOnlyList<ColumnVariable> Output) : BoundTabular(Output)
{
    public override string Name => $"shared {Shared.Name}";

    public override bool IsSerialized => Shared.Plan.IsSerialized;
}

/// <summary>What <see cref="BoundShared"/> nodes share. The plan is replaced as the planner rewrites it.</summary>
internal sealed class SharedTable(string name, BoundTabular plan)
{
    public string Name { get; } = name;

    public BoundTabular Plan { get; set; } = plan;
}

/// <summary>The rows of the enclosing operator, inside partition and mv-apply.</summary>
internal sealed record BoundInput(InputSlot Slot, IReadOnlyList<ColumnVariable> Output) : BoundTabular(Output)
{
    public override string Name => "input";

    public override bool IsSerialized => Slot.IsSerialized;
}

/// <summary>Identifies the input of one subquery.</summary>
internal sealed class InputSlot(bool isSerialized)
{
    public bool IsSerialized { get; } = isSerialized;
}

/// <summary>Keeps the rows for which the predicate is true; null reads as false.</summary>
internal sealed record BoundFilter(BoundTabular Input, BoundScalar Predicate) : BoundUnary(Input, Input.Output)
{
    public override string Name => "where";

    public override BoundTabular WithInputs(IReadOnlyList<BoundTabular> inputs) => new BoundFilter(inputs[0], Predicate);
}

/// <summary>A column with the expression that computes it.</summary>
internal sealed record BoundAssignment(ColumnVariable Column, BoundScalar Value);

/// <summary>extend, project and all their kin: computes columns from the input row and gives the columns of the output.</summary>
internal sealed record BoundProject(BoundTabular Input, IReadOnlyList<BoundAssignment> Assignments, IReadOnlyList<ColumnVariable> Output)
    : BoundUnary(Input, Output)
{
    public override string Name => "project";
}

/// <summary>Adds columns of window functions: each sees all rows in their order.</summary>
internal sealed record BoundWindow(BoundTabular Input, IReadOnlyList<BoundAssignment> Assignments, IReadOnlyList<ColumnVariable> Output)
    : BoundUnary(Input, Output)
{
    public override string Name => "window";
}

/// <summary>An aggregate to compute per group.</summary>
/// <param name="Columns">One column for most; several for arg_max and take_any (the payload) and percentiles.</param>
internal sealed record BoundAggregate(
    string Name, AggregateKind Kind, IReadOnlyList<ColumnVariable> Columns, IReadOnlyList<BoundScalar> Arguments,
    Func<Aggregator>? Create, IReadOnlyList<double> Percentiles);

/// <summary>How an aggregate is computed.</summary>
internal enum AggregateKind
{
    /// <summary>By an <see cref="Aggregator"/>, one column.</summary>
    Plain,

    /// <summary>By the row with the largest first argument; the columns are the key and the payload.</summary>
    ArgMax,

    /// <summary>By the row with the smallest first argument.</summary>
    ArgMin,

    /// <summary>By any row of the group: the first.</summary>
    TakeAny,

    /// <summary>Several percentiles of one argument.</summary>
    Percentiles,
}

/// <summary>Groups and aggregates. Without groups: one row.</summary>
internal sealed record BoundSummarize(
    BoundTabular Input, IReadOnlyList<BoundAssignment> Groups, IReadOnlyList<BoundAggregate> Aggregates, IReadOnlyList<ColumnVariable> Output)
    : BoundUnary(Input, Output)
{
    public override string Name => Aggregates.Count == 0 ? "distinct" : "summarize";

    public override bool IsSerialized => false;
}

/// <summary>A sort key.</summary>
internal sealed record BoundSortKey(BoundScalar Value, bool Descending, bool NullsFirst);

/// <summary>Sorts, and keeps the first rows if a count is given (top).</summary>
internal sealed record BoundSort(BoundTabular Input, IReadOnlyList<BoundSortKey> Keys, BoundScalar? Limit) : BoundUnary(Input, Input.Output)
{
    public override string Name => Limit is null ? "sort" : "top";

    public override bool IsSerialized => true;

    public override BoundTabular WithInputs(IReadOnlyList<BoundTabular> inputs) => new BoundSort(inputs[0], Keys, Limit);
}

/// <summary>Keeps the first rows; with <paramref name="Sample"/> a random choice of them.</summary>
internal sealed record BoundTake(BoundTabular Input, BoundScalar Count, bool Sample) : BoundUnary(Input, Input.Output)
{
    public override string Name => Sample ? "sample" : "take";

    public override BoundTabular WithInputs(IReadOnlyList<BoundTabular> inputs) => new BoundTake(inputs[0], Count, Sample);
}

/// <summary>Marks the order of rows as meant.</summary>
internal sealed record BoundSerialize(BoundTabular Input) : BoundUnary(Input, Input.Output)
{
    public override string Name => "serialize";

    public override bool IsSerialized => true;

    public override BoundTabular WithInputs(IReadOnlyList<BoundTabular> inputs) => new BoundSerialize(inputs[0]);
}

/// <summary>The kinds of join. Lookup is a left outer or inner join whose right keys are not given.</summary>
internal enum JoinKind
{
    InnerUnique,
    Inner,
    LeftOuter,
    RightOuter,
    FullOuter,
    LeftSemi,
    LeftAnti,
    RightSemi,
    RightAnti,
}

/// <summary>A join on equal keys; the keys of both sides have the same types.</summary>
internal sealed record BoundJoin(
    BoundTabular Left, BoundTabular Right, JoinKind Kind, IReadOnlyList<BoundScalar> LeftKeys, IReadOnlyList<BoundScalar> RightKeys,
    IReadOnlyList<ColumnVariable> Output) : BoundTabular(Output)
{
    public override string Name => $"join {Kind}";

    public override IReadOnlyList<BoundTabular> Inputs => [Left, Right];

    public override BoundTabular WithInputs(IReadOnlyList<BoundTabular> inputs) => this with { Left = inputs[0], Right = inputs[1] };
}

/// <summary>Rows of several inputs, one after another. Every input gives as many columns as the output, in its order and of its types.</summary>
internal sealed record BoundUnion(IReadOnlyList<BoundTabular> Tables, IReadOnlyList<ColumnVariable> Output) : BoundTabular(Output)
{
    public override string Name => "union";

    public override IReadOnlyList<BoundTabular> Inputs => Tables;

    public override BoundTabular WithInputs(IReadOnlyList<BoundTabular> inputs) => this with { Tables = inputs };
}

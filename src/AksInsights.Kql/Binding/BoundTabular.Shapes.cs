using AksInsights.Kql.Types;

namespace AksInsights.Kql.Binding;

/// <summary>A dynamic value to expand, the column it gives and the type of its items (dynamic: as they are).</summary>
internal sealed record BoundExpansion(BoundScalar Value, ColumnVariable Column, KqlType ItemType);

/// <summary>One row per item of arrays or bags.</summary>
internal sealed record BoundMvExpand(
    BoundTabular Input, IReadOnlyList<BoundExpansion> Expansions, ColumnVariable? ItemIndex, bool BagsAsArrays, BoundScalar? Limit,
    IReadOnlyList<ColumnVariable> Output) : BoundUnary(Input, Output)
{
    public override string Name => "mv-expand";
}

/// <summary>A subquery over the expansion of each row; the row's own columns are given beside its result.</summary>
internal sealed record BoundMvApply(
    BoundTabular Input, IReadOnlyList<BoundExpansion> Expansions, BoundScalar? Limit, InputSlot Slot, IReadOnlyList<ColumnVariable> SlotColumns,
    IReadOnlyList<ColumnVariable> Repeated, BoundTabular Subquery, ColumnVariable? ItemIndex, IReadOnlyList<ColumnVariable> Output) : BoundUnary(Input, Output)
{
    public override string Name => "mv-apply";
}

/// <summary>A subquery over the rows of each distinct value.</summary>
internal sealed record BoundPartition(
    BoundTabular Input, BoundScalar By, InputSlot Slot, IReadOnlyList<ColumnVariable> SlotColumns, BoundTabular Subquery,
    IReadOnlyList<ColumnVariable> Output) : BoundUnary(Input, Output)
{
    public override string Name => "partition";

    public override bool IsSerialized => false;
}

/// <summary>One series of make-series: aggregates per bin, the value computed from them, and the value of empty bins.</summary>
internal sealed record BoundSeries(IReadOnlyList<BoundAggregate> Aggregates, BoundScalar Value, BoundScalar? Default, ColumnVariable Column);

/// <summary>One row per group with arrays over the bins of an axis.</summary>
internal sealed record BoundMakeSeries(
    BoundTabular Input, IReadOnlyList<BoundSeries> Series, BoundScalar Axis, ColumnVariable AxisColumn, BoundScalar? From, BoundScalar? To,
    BoundScalar Step, bool InclusiveTo, bool NonEmpty, IReadOnlyList<BoundAssignment> Groups, IReadOnlyList<ColumnVariable> Output)
    : BoundUnary(Input, Output)
{
    public override string Name => "make-series";

    public override bool IsSerialized => false;
}

/// <summary>An operator that works on all its rows at once in C#: parse-kv, top-nested, reduce, scan and the plugins.</summary>
/// <param name="OperatorName">Its name in plans.</param>
/// <param name="Reads">The columns it reads besides those it passes on.</param>
/// <param name="Transform">What it does with the materialised input.</param>
internal sealed record BoundTransform(
    BoundTabular Input, string OperatorName, IReadOnlyList<BoundScalar> Reads, IRowTransform Transform, IReadOnlyList<ColumnVariable> Output)
    : BoundUnary(Input, Output)
{
    public override string Name => OperatorName;
}

/// <summary>Computes a table from a table; made by the binder, run by the executor.</summary>
internal interface IRowTransform
{
    /// <summary>The output columns for the input.</summary>
    /// <param name="context">Clock, cancellation, memory.</param>
    /// <param name="rowCount">The number of input rows.</param>
    /// <param name="reads">The values of the operator's <c>Reads</c>, in order.</param>
    /// <returns>
    /// For each output row the input row it continues (-1: none), and the columns the operator computes, by variable; columns of the input that are in the
    /// output are repeated accordingly.
    /// </returns>
    TransformResult Apply(TransformContext context, int rowCount, Columns.Column[] reads);
}

/// <summary>What a transform gives: the input row of each output row (null: the same rows), and computed columns.</summary>
internal sealed record TransformResult(int RowCount, int[]? SourceRows, IReadOnlyDictionary<ColumnVariable, Columns.Column> Computed);

/// <summary>What a transform may need besides rows.</summary>
internal sealed record TransformContext(long NowTicks, Action<long> ReserveMemory, CancellationToken Cancellation);

/// <summary>Several results (fork, facet): each becomes a table of its own. Only at the end of a query.</summary>
internal sealed record BoundFork(IReadOnlyList<(string Name, BoundTabular Table)> Branches) : BoundTabular([])
{
    public override string Name => "fork";

    public override IReadOnlyList<BoundTabular> Inputs => Branches.Select(b => b.Table).ToArray();
}

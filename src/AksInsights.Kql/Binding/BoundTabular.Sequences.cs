namespace AksInsights.Kql.Binding;

/// <summary>Matches rows, in their order, against the steps of <c>scan</c>.</summary>
/// <param name="Variables">The declared columns, in order; <see cref="BoundScanVariable.Column"/> is what expressions read and the output gives.</param>
/// <param name="Steps">The steps, in order.</param>
/// <param name="PartitionBy">Each distinct value has a state of its own; empty: one state.</param>
/// <param name="MatchId">The column with the number of the match; null without <c>with_match_id</c>.</param>
internal sealed record BoundSteps(
    BoundTabular Input, IReadOnlyList<BoundScanVariable> Variables, IReadOnlyList<BoundStep> Steps, IReadOnlyList<BoundScalar> PartitionBy,
    ColumnVariable? MatchId, IReadOnlyList<ColumnVariable> Output) : BoundUnary(Input, Output)
{
    public override string Name => "scan steps";
}

/// <summary>A column that <c>scan</c> declares, with the value it has where no step assigned one.</summary>
internal sealed record BoundScanVariable(ColumnVariable Column, BoundScalar Default);

/// <summary>What a step gives when it matches several rows in a row.</summary>
internal enum StepOutput
{
    /// <summary>Every row.</summary>
    All,

    /// <summary>The last row of each run of matches.</summary>
    Last,

    /// <summary>No row.</summary>
    None,
}

/// <summary>A step of <c>scan</c>.</summary>
/// <param name="State">How expressions of this and later steps read this step's latest row: one variable per input and declared column.</param>
/// <param name="Assignments">For each declared column the value a match gives it; null: its default.</param>
internal sealed record BoundStep(
    IReadOnlyList<BoundStateColumn> State, bool IsOptional, StepOutput Output, BoundScalar Condition, IReadOnlyList<BoundScalar?> Assignments);

/// <summary>A column of a step's state: a column of the input, or the declared column of that number.</summary>
internal sealed record BoundStateColumn(ColumnVariable Column, ColumnVariable? Input, int Variable);

/// <summary>The best groups of each level within the best of the level before.</summary>
internal sealed record BoundTopNested(BoundTabular Input, IReadOnlyList<BoundNestedLevel> Levels, IReadOnlyList<ColumnVariable> Output)
    : BoundUnary(Input, Output)
{
    public override string Name => "top-nested";

    public override bool IsSerialized => false;
}

/// <summary>A level of <c>top-nested</c>.</summary>
/// <param name="Count">How many groups to keep; null: all.</param>
/// <param name="Others">The key of the record for all other rows, of the key's type; null: no such record.</param>
/// <param name="Value">What ranks the groups; reads the columns of <paramref name="Aggregates"/>.</param>
internal sealed record BoundNestedLevel(
    BoundScalar? Count, BoundScalar Key, ColumnVariable KeyColumn, BoundScalar? Others, IReadOnlyList<BoundAggregate> Aggregates, BoundScalar Value,
    ColumnVariable ValueColumn, bool Descending);

using AksInsights.Kql.Syntax;

namespace AksInsights.Kql.Binding;

/// <summary>This part: operators whose work is done elsewhere or not yet.</summary>
internal sealed partial class Binder
{
    private BoundRows BindTopNested(BoundTabular input, TopNestedOperator syntax) => Refuse(syntax.Span, input is null ? "" : "The operator `top-nested`");

    private BoundRows BindReduce(BoundTabular input, ReduceOperator syntax) => Refuse(syntax.Span, input is null ? "" : "The operator `reduce`");

    private BoundRows BindScan(BoundTabular input, ScanOperator syntax) => Refuse(syntax.Span, input is null ? "" : "The operator `scan`");

    private BoundRows BindEvaluate(BoundTabular input, EvaluateOperator syntax) => Refuse(syntax.Span, input is null ? "" : $"The plugin `{syntax.Call.Name.Text}`");
}

using AksInsights.Kql.Syntax;

namespace AksInsights.Kql.Binding;

/// <summary>This part: operators whose work is done elsewhere or not yet.</summary>
internal sealed partial class Binder
{
    private BoundRows BindReduce(BoundTabular input, ReduceOperator syntax) => Refuse(syntax.Span, input is null ? "" : "The operator `reduce`");
}

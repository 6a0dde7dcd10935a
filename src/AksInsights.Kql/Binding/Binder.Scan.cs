using AksInsights.Kql.Diagnostics;
using AksInsights.Kql.Syntax;
using AksInsights.Kql.Text;
using AksInsights.Kql.Types;

namespace AksInsights.Kql.Binding;

/// <summary>This part: scan.</summary>
internal sealed partial class Binder
{
    private BoundSteps BindScan(BoundTabular input, ScanOperator syntax)
    {
        if (syntax.OrderBy.Count > 0) input = new BoundSort(input, BindKeys(input, syntax.OrderBy), null);
        else if (!input.IsSerialized) _bag.NotSerialized(syntax.Span, "scan");
        var partitionBy = syntax.PartitionBy.Select(p => BindScalar(p, new RowContext(input.Output))).ToArray();
        var taken = new HashSet<string>(input.Output.Select(c => c.Name), StringComparer.Ordinal);
        var variables = syntax.Declarations.Select(d => BindScanVariable(d, taken)).ToArray();
        var matchId = BindMatchId(syntax, taken);
        var steps = new List<BoundStep>();
        var states = new Dictionary<string, IReadOnlyDictionary<string, ColumnVariable>>(StringComparer.Ordinal);
        foreach (var step in syntax.Steps) steps.Add(BindStep(step, input, variables, states));
        var output = input.Output.Concat(variables.Select(v => v.Column));
        return new BoundSteps(input, variables, steps, partitionBy, matchId, [.. output, .. matchId is null ? Array.Empty<ColumnVariable>() : [matchId]]);
    }

    private BoundScanVariable BindScanVariable(FunctionParameter syntax, HashSet<string> taken)
    {
        if (!taken.Add(syntax.Name.Text)) _bag.DuplicateColumn(syntax.Name.Span, syntax.Name.Text);
        var column = new ColumnVariable(syntax.Name.Text, Solid(syntax.Type));
        var value = syntax.Default is null
            ? new BoundConstant(column.Type, null)
            : Assigned(BindScalar(syntax.Default, RowContext.None), column, syntax.Default.Span);
        return new BoundScanVariable(column, value);
    }

    private ColumnVariable? BindMatchId(ScanOperator syntax, HashSet<string> taken)
    {
        ColumnVariable? matchId = null;
        foreach (var parameter in syntax.Parameters)
        {
            if (parameter.Name.Text != "with_match_id")
            {
                _bag.UnknownParameter(parameter.Name.Span, "scan", parameter.Name.Text, ["with_match_id"]);
                continue;
            }

            matchId = new ColumnVariable(TextOf(parameter.Value), KqlType.Long);
            if (!taken.Add(matchId.Name)) _bag.DuplicateColumn(parameter.Value.Span, matchId.Name);
        }

        return matchId;
    }

    private BoundStep BindStep(
        ScanStep syntax, BoundTabular input, BoundScanVariable[] variables, Dictionary<string, IReadOnlyDictionary<string, ColumnVariable>> states)
    {
        var state = input.Output.Select(c => new BoundStateColumn(new ColumnVariable(c.Name, c.Type), c, -1))
            .Concat(variables.Select((v, i) => new BoundStateColumn(new ColumnVariable(v.Column.Name, v.Column.Type), null, i))).ToArray();
        var byName = new Dictionary<string, ColumnVariable>(StringComparer.Ordinal);
        foreach (var column in state) byName.TryAdd(column.Column.Name, column.Column);
        if (!states.TryAdd(syntax.Name.Text, byName)) _bag.DuplicateName(syntax.Name.Span, syntax.Name.Text);

        // A step sees its own state and that of the steps before it.
        var rows = new RowContext([.. input.Output, .. variables.Select(v => v.Column)]) { Steps = states };
        var condition = Condition(BindScalar(syntax.Condition, rows), syntax.Condition.Span);
        var assignments = new BoundScalar?[variables.Length];
        foreach (var item in syntax.Assignments)
        {
            var place = item.Names.Count == 1 ? Array.FindIndex(variables, v => v.Column.Name == item.Names[0].Text) : -1;
            if (place >= 0) assignments[place] = Assigned(BindScalar(item.Expression, rows), variables[place].Column, item.Expression.Span);
            else _bag.UnknownColumn(item.Span, item.Names.Count == 1 ? item.Names[0].Text : "", variables.Select(v => v.Column.Name).ToArray());
        }

        return new BoundStep(state, syntax.Optional, StepOutputOf(syntax), condition, assignments);
    }

    private StepOutput StepOutputOf(ScanStep syntax)
    {
        switch (syntax.Output)
        {
            case null or "all":
                return StepOutput.All;
            case "last":
                return StepOutput.Last;
            case "none":
                return StepOutput.None;
            default:
                _bag.ParameterValue(syntax.Name.Span, "output", "all, last, none");
                return StepOutput.All;
        }
    }

    /// <summary>A value for a declared column: of its type, or a number for a number.</summary>
    private BoundScalar Assigned(BoundScalar value, ColumnVariable column, TextSpan span)
    {
        if (value.Type == column.Type || value.Type == KqlType.Error || column.Type == KqlType.Dynamic || (value.Type.IsNumeric() && column.Type.IsNumeric()))
            return Convert(value, column.Type);
        if (value is BoundConstant { Value: null }) return new BoundConstant(column.Type, null);
        _bag.ArgumentType(span, "scan", column.Name, $"a value of type `{column.Type.Name()}`", value.Type);
        return new BoundConstant(column.Type, null);
    }
}

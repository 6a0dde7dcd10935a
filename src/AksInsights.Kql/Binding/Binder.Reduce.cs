using AksInsights.Kql.Diagnostics;
using AksInsights.Kql.Execution.Transforms;
using AksInsights.Kql.Syntax;
using AksInsights.Kql.Types;

namespace AksInsights.Kql.Binding;

/// <summary>This part: reduce.</summary>
internal sealed partial class Binder
{
    private BoundTransform BindReduce(BoundTabular input, ReduceOperator syntax)
    {
        var value = BindScalar(syntax.By.Expression, new RowContext(input.Output));
        if (value.Type is not (KqlType.String or KqlType.Dynamic or KqlType.Error))
            _bag.ArgumentType(syntax.By.Span, "reduce", "by", "a text", value.Type);
        var options = ReduceOptionsOf(syntax);
        var pattern = new ColumnVariable("Pattern", KqlType.String);
        var output = input.Output.ToList();
        if (options.KeepRows) Replace(output, pattern);
        else output = [pattern, new ColumnVariable("Count", KqlType.Long), new ColumnVariable("Representative", KqlType.String)];
        return new BoundTransform(
            input, "reduce", [Convert(value, KqlType.String)], new ReduceTransform(options, options.KeepRows ? [pattern] : output), output);
    }

    private ReduceOptions ReduceOptionsOf(ReduceOperator syntax)
    {
        var options = new ReduceOptions(0.1, null, false);
        foreach (var parameter in syntax.Parameters)
        {
            if (parameter.Name.Text != "kind") _bag.UnknownParameter(parameter.Name.Span, "reduce", parameter.Name.Text, ["kind"]);
            else if (TextOf(parameter.Value) != "source") _bag.ParameterValue(parameter.Value.Span, "kind", "source");
            else options = options with { KeepRows = true };
        }

        foreach (var option in syntax.Options)
        {
            switch (option.Name.Text)
            {
                case "threshold":
                    if (ConstantOf(option.Value, "reduce", "threshold", KqlType.Real) is not double threshold) continue;
                    if (threshold is < 0 or > 1) _bag.ParameterValue(option.Value.Span, "threshold", "the numbers from 0 to 1");
                    options = options with { Threshold = threshold };
                    break;
                case "characters":
                    options = options with { Characters = ConstantOf(option.Value, "reduce", "characters", KqlType.String) as string };
                    break;
                default:
                    _bag.UnknownParameter(option.Name.Span, "reduce", option.Name.Text, ["threshold", "characters"]);
                    break;
            }
        }

        return options;
    }
}

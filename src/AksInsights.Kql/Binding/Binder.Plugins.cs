using AksInsights.Kql.Diagnostics;
using AksInsights.Kql.Execution;
using AksInsights.Kql.Execution.Transforms;
using AksInsights.Kql.Functions;
using AksInsights.Kql.Syntax;
using AksInsights.Kql.Types;

namespace AksInsights.Kql.Binding;

/// <summary>This part: evaluate, and what its plugins have in common.</summary>
internal sealed partial class Binder
{
    private BoundTabular BindEvaluate(BoundTabular input, EvaluateOperator syntax)
    {
        foreach (var parameter in syntax.Parameters.Where(p => !p.Name.Text.StartsWith("hint.", StringComparison.Ordinal)))
            _bag.UnknownParameter(parameter.Name.Span, "evaluate", parameter.Name.Text, ["hint.distribution"]);
        return syntax.Call.Name.Text switch
        {
            "bag_unpack" => BindBagUnpack(input, syntax),
            "pivot" => BindPivot(input, syntax),
            "narrow" => WithSchema(BindNarrow(input, syntax.Call), syntax),
            "rolling_percentile" => WithSchema(BindRollingPercentile(input, syntax.Call), syntax),
            "activity_counts_metrics" => WithSchema(BindActivity(input, syntax.Call, CountsMetrics), syntax),
            "activity_metrics" => WithSchema(BindActivity(input, syntax.Call, PeriodMetrics), syntax),
            "new_activity_metrics" => WithSchema(BindActivity(input, syntax.Call, CohortMetrics), syntax),
            "sliding_window_counts" => WithSchema(BindActivity(input, syntax.Call, SlidingCounts), syntax),
            "active_users_count" => WithSchema(BindActivity(input, syntax.Call, ActiveUsers), syntax),
            "ipv4_lookup" => WithSchema(BindAddressLookup(input, syntax.Call, "ipv4_is_in_range"), syntax),
            "ipv6_lookup" => WithSchema(BindAddressLookup(input, syntax.Call, "ipv6_is_in_range"), syntax),
            "activity_engagement" => WithSchema(BindActivity(input, syntax.Call, Engagement), syntax),
            "session_count" => WithSchema(BindActivity(input, syntax.Call, Sessions), syntax),
            "sequence_detect" => WithSchema(BindSequences(input, syntax.Call), syntax),
            "rows_near" => WithSchema(BindRowsNear(input, syntax.Call), syntax),
            "preview" => BindPreview(input, syntax.Call),
            "dcount_intersect" => WithSchema(BindDistinctIntersections(input, syntax.Call), syntax),
            _ => Refuse(syntax.Span, $"The plugin `{syntax.Call.Name.Text}`"),
        };
    }

    /// <summary>Checks a schema that is written behind a plugin whose columns are known anyway.</summary>
    private BoundTabular WithSchema(BoundTabular table, EvaluateOperator syntax)
    {
        if (syntax.Schema is not { } schema || syntax.SchemaStar) return table;
        var found = string.Join(", ", table.Output.Select(c => $"{c.Name}: {c.Type.Name()}"));
        var expected = string.Join(", ", schema.Select(c => $"{c.Name.Text}: {c.Type.Name()}"));
        if (found != expected) _bag.SchemaMismatch(syntax.Span, expected, found);
        return table;
    }

    /// <summary>The rows of a table while the query is bound; null after a mistake, or where the rows depend on an enclosing operator's.</summary>
    private Relation? RowsNow(BoundTabular table, EvaluateOperator syntax)
    {
        if (_bag.HasErrors) return null;
        if (_inputs.Count > 0)
        {
            _bag.NotSupported(syntax.Span, $"`{syntax.Call.Name.Text}` without a schema inside a subquery", "Write the columns behind it: `: (Name: type, ...)`.");
            return null;
        }

        try
        {
            return _early.Rows(table);
        }
        catch (KqlException failed)
        {
            _bag.CallFailed(syntax.Span, failed.Message);
        }
        catch (CallFailedException failed)
        {
            _bag.CallFailed(syntax.Span, failed.Message);
        }

        return null;
    }

    /// <summary>A plugin's argument by name, or by place where it has no name; null if it is left out.</summary>
    private static ExpressionSyntax? Argument(CallSyntax call, int place, string name) =>
        call.Arguments.FirstOrDefault(a => a.Name?.Text == name)?.Value
        ?? (place < call.Arguments.Count && call.Arguments[place].Name is null ? call.Arguments[place].Value : null);

    /// <summary>Tells of named arguments the plugin does not have, and of too few or too many.</summary>
    private bool HasArguments(CallSyntax call, int atLeast, int atMost, params string[] names)
    {
        foreach (var argument in call.Arguments)
        {
            if (argument.Name is { } name && !names.Contains(name.Text)) _bag.UnknownParameter(name.Span, call.Name.Text, name.Text, names);
        }

        if (call.Arguments.Count >= atLeast && call.Arguments.Count <= atMost) return true;
        var expected = atLeast == atMost ? $"{atLeast} arguments" : atMost == int.MaxValue ? $"at least {atLeast} arguments" : $"{atLeast} to {atMost} arguments";
        _bag.ArgumentCount(call.Span, call.Name.Text, expected, call.Arguments.Count);
        return false;
    }

    /// <summary>The value of an argument that must be a constant of a type; null (and told) if it is not.</summary>
    private object? ConstantOf(ExpressionSyntax syntax, string plugin, string name, KqlType type)
    {
        var value = BindScalar(syntax, RowContext.None);
        if (value.Type == KqlType.Error) return null;
        var fits = value.Type == type || (value.Type.IsNumeric() && type.IsNumeric());
        if (!fits) _bag.ArgumentType(syntax.Span, plugin, name, $"a value of type `{type.Name()}`", value.Type);
        else if (Convert(value, type) is BoundConstant { Value: { } constant }) return constant;
        else _bag.ConstantExpected(syntax.Span, $"`{name}` of `{plugin}`");
        return null;
    }

    private BoundTabular BindNarrow(BoundTabular input, CallSyntax call)
    {
        if (!HasArguments(call, 0, 0)) return input;
        var output = new[] { new ColumnVariable("Row", KqlType.Long), new ColumnVariable("Column", KqlType.String), new ColumnVariable("Value", KqlType.String) };
        var reads = input.Output.Select(c => Convert(new BoundColumn(c), KqlType.String)).ToArray();
        return new BoundTransform(input, "narrow", reads, new NarrowTransform(input.Output.Select(c => c.Name).ToArray(), output), output);
    }
}

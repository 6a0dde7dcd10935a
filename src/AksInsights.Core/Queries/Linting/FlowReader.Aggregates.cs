using AksInsights.Kql.Syntax;

namespace AksInsights.Core.Queries.Linting;

/// <content>What columns are called, and what aggregates make of them.</content>
internal sealed partial class FlowReader
{
    /// <summary>The columns that an expression of extend, project or by gives.</summary>
    private IEnumerable<(string Name, ColumnFacts Facts)> Named(NamedExpression column, Scope scope)
    {
        var facts = Value(column.Expression, scope) with { Span = column.Span };
        if (column.Names.Count > 0) return column.Names.Select(n => (n.Text, facts));
        return NameOf(column.Expression) is { } name ? [(name, facts)] : [];
    }

    private static string? NameOf(ExpressionSyntax expression) => expression switch
    {
        NameExpression name => name.Name.Text,
        ParenthesizedSyntax inner => NameOf(inner.Inner),
        PathSyntax { Target: NameExpression target } path => $"{target.Name.Text}_{path.Member.Text}",
        // bin(X, 1h), tolower(X) and the like keep the name of their column.
        CallSyntax { Arguments: [{ Value: NameExpression name }, ..] } => name.Name.Text,
        _ => null,
    };

    /// <summary>The columns that an aggregate gives.</summary>
    private IEnumerable<(string Name, ColumnFacts Facts)> Aggregated(NamedExpression column, Scope scope)
    {
        if (column.Expression is not CallSyntax call)
        {
            // An expression over aggregates.
            var facts = Over(column.Expression, scope) with { Span = column.Span };
            return column.Names.Select(n => (n.Text, facts));
        }

        if (call.Name.Text is "arg_max" or "arg_min" or "take_any" or "any" or "argmax" or "argmin") return Chosen(column, call, scope);
        var made = Aggregate(call, scope) with { Span = column.Span };
        var implicitName = call.Arguments is [{ Value: NameExpression name }, ..] ? $"{call.Name.Text}_{name.Name.Text}" : $"{call.Name.Text}_";
        return column.Names.Count > 0 ? column.Names.Select(n => (n.Text, made)) : [(implicitName, made)];
    }

    private IEnumerable<(string Name, ColumnFacts Facts)> Chosen(NamedExpression column, CallSyntax call, Scope scope)
    {
        var columns = new List<(string, ColumnFacts)>();
        for (var i = 0; i < call.Arguments.Count; i++)
        {
            var value = call.Arguments[i].Value;
            if (value is StarSyntax)
            {
                columns.AddRange(scope.Row.Columns.Select(c => (c.Key, c.Value with { IsCumulative = false })));
                continue;
            }

            var facts = Value(value, scope) with { IsCumulative = false, Span = value.Span };
            var name = i < column.Names.Count ? column.Names[i].Text : NameOf(value);
            if (name is not null) columns.Add((name, facts));
        }

        return columns;
    }

    private ColumnFacts Aggregate(CallSyntax call, Scope scope)
    {
        var arguments = call.Arguments.Select(a => Value(a.Value, scope)).ToList();
        var made = ColumnFacts.MadeFrom(arguments.Take(1)) with { FilledWhenTrue = [] };
        if (call.Name.Text is "sum" or "sumif" && made.IsCumulative) Sum(call, made);
        // The greatest, least or newest of a subject's counts is a count for each subject, and may be added up over subjects.
        made = made with { IsCumulative = false, IsRise = false };
        return call.Name.Text switch
        {
            "count" or "countif" or "dcount" or "dcountif" or "count_distinct" => ColumnFacts.Always,
            "max" or "min" or "avg" or "sum" or "make_set" or "make_list" => made with { IsFilled = arguments is [{ IsFilled: true }, ..] },
            _ => made with { IsFilled = false },
        };
    }

    private void Sum(CallSyntax call, ColumnFacts facts) => _flow.Add(new ValueUse(call.Span, ValueRole.Summed, call.Name.Text, facts));

    private ColumnFacts Over(ExpressionSyntax expression, Scope scope) => expression switch
    {
        ParenthesizedSyntax inner => Over(inner.Inner, scope),
        CallSyntax call when IsAggregate(call) => Aggregate(call, scope),
        CallSyntax call => ColumnFacts.MadeFrom(call.Arguments.Select(a => Over(a.Value, scope))),
        BinarySyntax binary => ColumnFacts.MadeFrom([Over(binary.Left, scope), Over(binary.Right, scope)]),
        _ => Value(expression, scope),
    };

    private static bool IsAggregate(CallSyntax call) => call.Name.Text is
        "sum" or "sumif" or "count" or "countif" or "max" or "min" or "maxif" or "minif" or "avg" or "avgif" or "dcount" or "dcountif" or "percentile" or "make_set" or "make_list" or "take_any";
}

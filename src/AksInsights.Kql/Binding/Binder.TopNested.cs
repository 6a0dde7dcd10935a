using AksInsights.Kql.Diagnostics;
using AksInsights.Kql.Syntax;
using AksInsights.Kql.Types;

namespace AksInsights.Kql.Binding;

/// <summary>This part: top-nested.</summary>
internal sealed partial class Binder
{
    private BoundTopNested BindTopNested(BoundTabular input, TopNestedOperator syntax)
    {
        var names = new ColumnNames();
        var levels = syntax.Levels.Select(l => BindLevel(input, l, names)).ToArray();
        return new BoundTopNested(input, levels, levels.SelectMany(l => new[] { l.KeyColumn, l.ValueColumn }).ToArray());
    }

    private BoundNestedLevel BindLevel(BoundTabular input, TopNestedLevel syntax, ColumnNames names)
    {
        var key = BindGroups(input, [syntax.Of], names, "top-nested")[0];
        var aggregates = new List<BoundAggregate>();
        var value = BindScalar(syntax.By.Expression, new RowContext(input.Output) { Aggregates = aggregates });
        if (value.Type == KqlType.Dynamic) _bag.DynamicKey(syntax.By.Expression.Span, "top-nested");
        var name = names.Reserve(syntax.By.Names.Count > 0 ? syntax.By.Names[0].Text : $"aggregated_{key.Column.Name}");
        var others = syntax.Others is null ? null : BindOthers(syntax.Others, key.Column.Type);
        var count = syntax.Count is null ? null : BindCount(syntax.Count);
        return new BoundNestedLevel(
            count, key.Value, key.Column, others, aggregates, value.Type == KqlType.Error ? new BoundConstant(KqlType.Long, null) : value,
            new ColumnVariable(name, Solid(value.Type)), syntax.Descending ?? true);
    }

    private BoundScalar BindOthers(ExpressionSyntax syntax, KqlType type)
    {
        var value = BindScalar(syntax, RowContext.None);
        if (value.Type == type || value.Type == KqlType.Error || (value.Type.IsNumeric() && type.IsNumeric())) return Convert(value, type);
        _bag.ArgumentType(syntax.Span, "top-nested", "others", $"a value of type `{type.Name()}`", value.Type);
        return new BoundConstant(type, null);
    }
}

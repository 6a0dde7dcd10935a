using AksInsights.Kql.Columns;
using AksInsights.Kql.Diagnostics;
using AksInsights.Kql.Syntax;
using AksInsights.Kql.Types;

namespace AksInsights.Kql.Binding;

/// <summary>This part: operators that change the shape of rows.</summary>
internal sealed partial class Binder
{
    private readonly Stack<(InputSlot Slot, IReadOnlyList<ColumnVariable> Columns)> _inputs = [];

    private BoundTabular BindSubqueryInput(SubqueryInput syntax)
    {
        if (_inputs.TryPeek(out var input)) return new BoundInput(input.Slot, input.Columns);
        return Refuse(syntax.Span, "A subquery without an enclosing operator");
    }

    /// <summary>Binds a subquery that reads the rows of an enclosing operator.</summary>
    private BoundTabular BindSubquery(ExpressionSyntax subquery, InputSlot slot, IReadOnlyList<ColumnVariable> columns)
    {
        _inputs.Push((slot, columns));
        var bound = BindTabular(subquery);
        _inputs.Pop();
        return bound;
    }

    private List<BoundExpansion> BindExpansions(BoundTabular input, IReadOnlyList<MvExpandColumn> syntax, List<ColumnVariable> output)
    {
        var rows = new RowContext(input.Output);
        var expansions = new List<BoundExpansion>();
        var names = new HashSet<string>(output.Select(c => c.Name), StringComparer.Ordinal);
        foreach (var item in syntax)
        {
            var value = BindScalar(item.Column.Expression, rows);
            if (value.Type is not (KqlType.Dynamic or KqlType.Error))
                _bag.ArgumentType(item.Column.Expression.Span, "mv-expand", "column", "a dynamic value", value.Type);
            if (value.Type != KqlType.Dynamic) value = new BoundConstant(KqlType.Dynamic, null);
            var name = item.Column.Names.Count > 0 ? item.Column.Names[0].Text : ImplicitName(item.Column.Expression) ?? Unique("Column1", names);
            names.Add(name);
            var column = new ColumnVariable(name, item.To ?? KqlType.Dynamic);
            Replace(output, column);
            expansions.Add(new BoundExpansion(value, column, item.To ?? KqlType.Dynamic));
        }

        return expansions;
    }

    private BoundMvExpand BindMvExpand(BoundTabular input, MvExpandOperator syntax)
    {
        var output = input.Output.ToList();
        var expansions = BindExpansions(input, syntax.Columns, output);
        var index = ItemIndex(syntax.Parameters, output);
        var asArrays = syntax.Parameters.Any(p => p.Name.Text is "bagexpansion" or "kind" && TextOf(p.Value) == "array");
        var limit = syntax.Limit is null ? null : BindCount(syntax.Limit);
        return new BoundMvExpand(input, expansions, index, asArrays, limit, output);
    }

    private static ColumnVariable? ItemIndex(IReadOnlyList<OperatorParameter> parameters, List<ColumnVariable> output)
    {
        if (parameters.FirstOrDefault(p => p.Name.Text == "with_itemindex") is not { } parameter) return null;
        var column = new ColumnVariable(TextOf(parameter.Value), KqlType.Long);
        output.Add(column);
        return column;
    }

    private BoundTabular BindMvApply(BoundTabular input, MvApplyOperator syntax)
    {
        var inner = input.Output.ToList();
        var expansions = BindExpansions(input, syntax.Columns, inner);
        var index = ItemIndex(syntax.Parameters, inner);
        var slot = new InputSlot(true);
        var subquery = BindSubquery(syntax.Subquery, slot, inner);

        // Columns of the row that the subquery does not give itself stand beside its result.
        var own = new HashSet<string>(subquery.Output.Select(c => c.Name), StringComparer.Ordinal);
        var expanded = new HashSet<string>(expansions.Select(e => e.Column.Name), StringComparer.Ordinal);
        var repeated = input.Output.Where(c => !own.Contains(c.Name) && !expanded.Contains(c.Name)).ToArray();
        var limit = syntax.Limit is null ? null : BindCount(syntax.Limit);
        return new BoundMvApply(input, expansions, limit, slot, inner, repeated, subquery, index, [.. repeated, .. subquery.Output]);
    }

    private BoundTabular BindPartition(BoundTabular input, PartitionOperator syntax)
    {
        var by = BindScalar(syntax.By, new RowContext(input.Output));
        if (by.Type == KqlType.Dynamic) _bag.DynamicKey(syntax.By.Span, "partition");
        var slot = new InputSlot(input.IsSerialized);
        var subquery = BindSubquery(syntax.Subquery, slot, input.Output);
        return new BoundPartition(input, by, slot, input.Output, subquery, subquery.Output);
    }

    private BoundMakeSeries BindMakeSeries(BoundTabular input, MakeSeriesOperator syntax)
    {
        var names = new ColumnNames();
        var groups = BindGroups(input, syntax.Groups, names, "make-series");
        var rows = new RowContext(input.Output);
        var axis = BindScalar(syntax.Axis.Expression, rows);
        if (axis.Type == KqlType.Int) axis = Convert(axis, KqlType.Long);
        if (axis.Type is not (KqlType.DateTime or KqlType.TimeSpan or KqlType.Long or KqlType.Real or KqlType.Error))
            _bag.ArgumentType(syntax.Axis.Span, "make-series", "on", "a datetime, timespan or number", axis.Type);
        var axisType = axis.Type;
        var series = new List<BoundSeries>();
        foreach (var item in syntax.Aggregates) series.Add(BindSeries(input, item, names, groups));
        var axisName = names.Reserve(syntax.Axis.Names.Count > 0 ? syntax.Axis.Names[0].Text : ImplicitName(syntax.Axis.Expression));
        var axisColumn = new ColumnVariable(axisName, KqlType.Dynamic);
        var from = syntax.From is null ? null : AxisValue(syntax.From, axisType);
        var to = syntax.To is null ? null : AxisValue(syntax.To, axisType);
        var step = AxisValue(syntax.Step, axisType == KqlType.DateTime ? KqlType.TimeSpan : axisType);
        var nonEmpty = syntax.Parameters.Any(p => p.Name.Text == "kind" && TextOf(p.Value) == "nonempty");
        return new BoundMakeSeries(
            input, series, axis, axisColumn, from, to, step, syntax.InRange, nonEmpty, groups,
            [.. groups.Select(g => g.Column), .. series.Select(s => s.Column), axisColumn]);
    }

    private BoundScalar AxisValue(ExpressionSyntax syntax, KqlType type)
    {
        var value = BindScalar(syntax, RowContext.None);
        if (value.Type == type || value.Type == KqlType.Error || type == KqlType.Error) return value;
        if (value.Type.IsNumeric() && type.IsNumeric()) return Convert(value, type);
        _bag.ArgumentType(syntax.Span, "make-series", "range", $"a value of type `{type.Name()}`", value.Type);
        return new BoundConstant(type, null);
    }

    private BoundSeries BindSeries(BoundTabular source, MakeSeriesAggregate item, ColumnNames names, IReadOnlyList<BoundAssignment> groups)
    {
        var aggregates = new List<BoundAggregate>();
        var value = BindScalar(item.Aggregate.Expression, new RowContext(source.Output) { Aggregates = aggregates, Groups = groups });
        var name = names.Reserve(item.Aggregate.Names.Count > 0 ? item.Aggregate.Names[0].Text : AggregateName(item.Aggregate.Expression));
        var column = new ColumnVariable(name, KqlType.Dynamic);
        var fallback = item.Default is null ? null : BindScalar(item.Default, RowContext.None);
        return new BoundSeries(aggregates, value.Type == KqlType.Error ? new BoundConstant(KqlType.Long, null) : value, fallback, column);
    }

    private BoundTabular BindFork(BoundTabular input, ForkOperator syntax)
    {
        var shared = Share("fork", input).Table;
        var branches = new List<(string, BoundTabular)>();
        for (var i = 0; i < syntax.Branches.Count; i++)
        {
            var name = syntax.Branches[i].Names.Count > 0 ? syntax.Branches[i].Names[0].Text : $"GenericResult{i}";
            branches.Add((name, BindBranch(shared, syntax.Branches[i].Expression)));
        }

        return new BoundFork(branches);
    }

    private BoundTabular BindBranch(SharedTable shared, ExpressionSyntax subquery)
    {
        // A branch reads the shared rows where another subquery reads its slot.
        var use = Use(shared);
        var slot = new InputSlot(use.IsSerialized);
        return SlotFiller.Fill(BindSubquery(subquery, slot, use.Output), slot, use);
    }

    private BoundTabular BindFacet(BoundTabular input, FacetOperator syntax)
    {
        var shared = Share("facet", input).Table;
        var branches = new List<(string, BoundTabular)>();
        foreach (var column in syntax.Columns)
        {
            var use = Use(shared);
            var names = new ColumnNames();
            var groups = BindGroups(use, [new NamedExpression(column.Span, [], column)], names, "facet");
            var count = new ColumnVariable(names.Reserve("count_"), KqlType.Long);
            branches.Add(("facet", new BoundSummarize(use, groups, [CountRows(count)], [.. groups.Select(g => g.Column), count])));
        }

        if (syntax.With is not null) branches.Add(("with", BindBranch(shared, syntax.With)));
        return new BoundFork(branches);
    }

    private BoundTabular BindInvoke(BoundTabular input, InvokeOperator syntax)
    {
        if (_scope.Find(syntax.Call.Name.Text) is not FunctionBinding { Syntax.Parameters: [{ Schema: not null }, ..] } function)
        {
            _bag.UnknownFunction(syntax.Call.Name.Span, syntax.Call.Name.Text, _scope.Names);
            return new BoundRows(0, [], []);
        }

        // The rows are the function's first argument: named so that nothing the user writes can collide.
        const string Rows = "$invoke";
        var outer = _scope;
        _scope = new Scope(outer);
        _scope.TryAdd(Rows, Share("invoke", input));
        var name = new NameSyntax(syntax.Call.Name.Span, Rows);
        var first = new ArgumentSyntax(name.Span, null, new NameExpression(name.Span, name));
        var result = CallUserTable(function, syntax.Call with { Arguments = [first, .. syntax.Call.Arguments] });
        _scope = outer;
        return result;
    }

    private static BoundRows BindGetSchema(BoundTabular input)
    {
        var columns = new[]
        {
            new ColumnVariable("ColumnName", KqlType.String), new ColumnVariable("ColumnOrdinal", KqlType.Long),
            new ColumnVariable("DataType", KqlType.String), new ColumnVariable("ColumnType", KqlType.String),
        };
        var builders = columns.Select(c => ColumnBuilder.Create(c.Type)).ToArray();
        for (var i = 0; i < input.Output.Count; i++)
        {
            builders[0].AddBoxed(input.Output[i].Name);
            builders[1].AddBoxed((long)i);
            builders[2].AddBoxed(ClrName(input.Output[i].Type));
            builders[3].AddBoxed(input.Output[i].Type.Name());
        }

        return new BoundRows(input.Output.Count, builders.Select(b => b.Build()).ToArray(), columns);
    }

    private static string ClrName(KqlType type) => type switch
    {
        KqlType.Bool => "System.SByte",
        KqlType.Int => "System.Int32",
        KqlType.Long => "System.Int64",
        KqlType.Real => "System.Double",
        KqlType.Decimal => "System.Data.SqlTypes.SqlDecimal",
        KqlType.DateTime => "System.DateTime",
        KqlType.TimeSpan => "System.TimeSpan",
        KqlType.Guid => "System.Guid",
        KqlType.String => "System.String",
        _ => "System.Object",
    };

    private BoundTabular BindAssertSchema(BoundTabular input, AssertSchemaOperator syntax)
    {
        var found = string.Join(", ", input.Output.Select(c => $"{c.Name}: {c.Type.Name()}"));
        var expected = string.Join(", ", syntax.Columns.Select(c => $"{c.Name.Text}: {c.Type.Name()}"));
        var fits = syntax.Star ? found.Contains(expected, StringComparison.Ordinal) : found == expected;
        if (!fits) _bag.SchemaMismatch(syntax.Span, expected, found);
        return input;
    }

    private BoundTabular BindTopHitters(BoundTabular input, TopHittersOperator syntax)
    {
        var name = syntax.Of.Names.Count > 0 ? syntax.Of.Names[0].Text : ImplicitName(syntax.Of.Expression);
        var names = new ColumnNames();
        var groups = BindGroups(input, [syntax.Of], names, "top-hitters");
        var weight = syntax.By is null ? null : ImplicitName(syntax.By);
        var aggregates = new List<BoundAggregate>();
        BoundScalar value;
        if (syntax.By is null)
        {
            var rows = new ColumnVariable(names.Reserve($"approximate_count_{name}"), KqlType.Long);
            aggregates.Add(CountRows(rows));
            value = new BoundColumn(rows);
        }
        else
        {
            var sum = new CallSyntax(syntax.By.Span, new NameSyntax(syntax.By.Span, "sum"), [new ArgumentSyntax(syntax.By.Span, null, syntax.By)]);
            value = BindScalar(sum, new RowContext(input.Output) { Aggregates = aggregates, Groups = groups });
        }

        var summarize = new BoundSummarize(input, groups, aggregates, [.. groups.Select(g => g.Column), .. aggregates.SelectMany(a => a.Columns)]);
        var total = new ColumnVariable(syntax.By is null ? $"approximate_count_{name}" : $"approximate_sum_{weight}", Solid(value.Type));
        var project = new BoundProject(summarize, [new BoundAssignment(total, value)], [.. groups.Select(g => g.Column), total]);
        return new BoundSort(project, [new BoundSortKey(new BoundColumn(total), true, false)], BindCount(syntax.Count));
    }
}

/// <summary>Puts a table in the place of a subquery's input.</summary>
internal static class SlotFiller
{
    public static BoundTabular Fill(BoundTabular node, InputSlot slot, BoundTabular table)
    {
        if (node is BoundInput input && ReferenceEquals(input.Slot, slot))
            return new BoundProject(table, input.Output.Zip(table.Output, (o, t) => new BoundAssignment(o, new BoundColumn(t))).Where(a => !ReferenceEquals(a.Column, ((BoundColumn)a.Value).Column)).ToArray(), input.Output);
        return node.WithInputs(node.Inputs.Select(i => Fill(i, slot, table)).ToArray());
    }
}

using AksInsights.Kql.Diagnostics;
using AksInsights.Kql.Functions;
using AksInsights.Kql.Syntax;
using AksInsights.Kql.Text;

namespace AksInsights.Kql.Binding;

/// <summary>This part: tabular expressions and the list of operators.</summary>
internal sealed partial class Binder
{
    /// <summary>Whether an expression is a table; the grammar alone cannot tell.</summary>
    private bool IsTabular(ExpressionSyntax expression) => expression switch
    {
        PipeSyntax or DataTableSyntax or SourceOperator or SubqueryInput or WildcardName or ExternalDataSyntax => true,
        ParenthesizedSyntax inner => IsTabular(inner.Inner),
        NameExpression name => _scope.Find(name.Name.Text) switch
        {
            null => _tables.ContainsKey(name.Name.Text),
            TableBinding => true,
            FunctionBinding function => function.Syntax.Parameters.Count == 0 && IsTabularFunction(function),
            _ => false,
        },
        PathSyntax path => IsDatabase(path.Target) || PatternOf(path) is not null,
        CallSyntax call => _scope.Find(call.Name.Text) switch
        {
            FunctionBinding function => IsTabularFunction(function),
            TableBinding or PatternBinding => true,
            _ => call.Name.Text is "materialize" or "table" or "view",
        },
        _ => false,
    };

    private static bool IsDatabase(ExpressionSyntax target) => target switch
    {
        CallSyntax call => call.Name.Text is "workspace" or "database" or "cluster" or "app" or "resource",
        PathSyntax path => IsDatabase(path.Target),
        _ => false,
    };

    private bool IsTabularFunction(FunctionBinding function)
    {
        if (function.Syntax.Body.OfType<ExpressionStatement>().LastOrDefault() is not { Expression: var body }) return false;
        // A function that calls itself is refused when it is expanded; here it must only not go round for ever.
        if (!_deciding.Add(function.Syntax)) return false;

        // Names of its own lets and parameters decide before outer names do.
        var outer = _scope;
        var inner = new Scope(function.Scope);
        foreach (var parameter in function.Syntax.Parameters)
            inner.TryAdd(parameter.Name.Text, parameter.Schema is null ? Broken : new TableBinding(new SharedTable(parameter.Name.Text, OneRow())));
        foreach (var let in function.Syntax.Body.OfType<LetStatement>())
        {
            _scope = inner;
            inner.TryAdd(let.Name.Text, let.Value is FunctionSyntax own ? new FunctionBinding(own, inner)
                : IsTabular(let.Value) ? new TableBinding(new SharedTable(let.Name.Text, OneRow())) : Broken);
        }

        _scope = inner;
        var result = IsTabular(body);
        _scope = outer;
        _deciding.Remove(function.Syntax);
        return result;
    }

    private BoundTabular BindTabular(ExpressionSyntax expression)
    {
        if (!Enter(expression.Span, "The query"))
        {
            Leave();
            return new BoundRows(0, [], []);
        }

        var bound = expression switch
        {
            PipeSyntax pipe => BindPipe(pipe),
            ParenthesizedSyntax inner => BindTabular(inner.Inner),
            NameExpression name => BindTable(name),
            DataTableSyntax table => BindDataTable(table),
            SourceOperator source => BindSource(source.Operator),
            SubqueryInput input => BindSubqueryInput(input),
            CallSyntax call => BindTabularCall(call),
            PathSyntax path when PatternOf(path) is { } pattern => BindPattern(pattern, path),
            PathSyntax path when IsDatabase(path.Target) => BindTable(new NameExpression(path.Member.Span, path.Member)),
            ExternalDataSyntax external => Refuse(external.Span, "`externaldata`", "The embedded engine reads no files but the workspace's."),
            MissingExpression => new BoundRows(0, [], []),
            _ => NotATable(expression),
        };
        Leave();
        return bound;
    }

    private BoundRows Refuse(TextSpan span, string what, string? help = null)
    {
        _bag.NotSupported(span, what, help);
        return new BoundRows(0, [], []);
    }

    private BoundRows NotATable(ExpressionSyntax expression)
    {
        _bag.TableExpected(expression.Span);
        return new BoundRows(0, [], []);
    }

    private BoundTabular BindTable(NameExpression name)
    {
        var text = name.Name.Text;
        switch (_scope.Find(text))
        {
            case TableBinding table:
                return Use(table.Table);
            case FunctionBinding function:
                return CallUserTable(function, new CallSyntax(name.Span, name.Name, []));
            case BoundScalar:
                return NotATable(name);
        }

        if (_tables.TryGetValue(text, out var symbol)) return Scan(symbol);
        if (text.Length > 0) _bag.UnknownTable(name.Span, text, _tables.Keys.Concat(_scope.Names));
        return new BoundRows(0, [], []);
    }

    private static BoundScan Scan(Symbols.TableSymbol table) => new(
        table, table.Columns.Select(c => c.Name).ToArray(), table.Columns.Select(c => new ColumnVariable(c.Name, c.Type)).ToArray());

    private BoundTabular BindTabularCall(CallSyntax call)
    {
        switch (_scope.Find(call.Name.Text))
        {
            case FunctionBinding function:
                return CallUserTable(function, call);
            case TableBinding table:
                return Use(table.Table);
            case PatternBinding pattern:
                return BindPattern(pattern, call);
        }

        switch (call.Name.Text)
        {
            case "materialize" when call.Arguments is [{ Value: var value }]:
                return Use(Share("materialize", BindTabular(value)).Table);
            case "table" when call.Arguments is [{ Value: LiteralSyntax { Value: string name } }, ..]:
                return BindTable(new NameExpression(call.Arguments[0].Span, new NameSyntax(call.Arguments[0].Span, name)));
            case "materialize" or "table":
                _bag.ArgumentCount(call.Span, call.Name.Text, "1 argument", call.Arguments.Count);
                return new BoundRows(0, [], []);
        }

        if (FunctionCatalog.TryFind(call.Name.Text, out _)) return NotATable(call);
        _bag.UnknownFunction(call.Name.Span, call.Name.Text, _scope.Names);
        return new BoundRows(0, [], []);
    }

    private BoundTabular CallUserTable(FunctionBinding function, CallSyntax call)
    {
        if (!Enter(call.Span, call.Name.Text))
        {
            Leave();
            return new BoundRows(0, [], []);
        }

        var result = InFunction(function, call, RowContext.None, BindTabular);
        Leave();
        return result ?? new BoundRows(0, [], []);
    }

    private BoundTabular BindPipe(PipeSyntax pipe)
    {
        var table = BindTabular(pipe.Source);
        var outer = _scope;
        foreach (var syntax in pipe.Operators) table = BindOperator(table, syntax);
        if (outer != _scope) throw new InvalidOperationException("An operator left its scope open.");
        return table;
    }

    private BoundTabular BindSource(OperatorSyntax syntax) => syntax switch
    {
        PrintOperator print => BindPrint(print),
        RangeOperator range => BindRange(range),
        UnionOperator union => BindUnion(null, union),
        FindOperator find => BindFind(find),
        SearchOperator search => BindSearch(null, search),
        EvaluateOperator evaluate => BindEvaluate(OneRow(), evaluate),
        UnsupportedOperator unsupported => Refuse(unsupported.Span, $"The operator `{unsupported.Keyword}`"),
        _ => Refuse(syntax.Span, "This operator at the head of a query"),
    };

    private BoundTabular BindOperator(BoundTabular input, OperatorSyntax syntax) => syntax switch
    {
        WhereOperator where => BindWhere(input, where),
        ExtendOperator extend => BindExtend(input, extend.Columns),
        ProjectOperator project => BindProject(input, project),
        ProjectAwayOperator away => BindProjectAway(input, away),
        ProjectRenameOperator rename => BindRename(input, rename),
        ProjectReorderOperator reorder => BindReorder(input, reorder),
        ProjectByNamesOperator byNames => BindProjectByNames(input, byNames),
        SummarizeOperator summarize => BindSummarize(input, summarize),
        DistinctOperator distinct => BindDistinct(input, distinct),
        SortOperator sort => new BoundSort(input, BindKeys(input, sort.Keys), null),
        TopOperator top => new BoundSort(input, BindKeys(input, top.Keys), BindCount(top.Count)),
        TakeOperator take => new BoundTake(input, BindCount(take.Count), false),
        SampleOperator sample => new BoundTake(input, BindCount(sample.Count), true),
        SampleDistinctOperator sample => BindSampleDistinct(input, sample),
        CountOperator count => BindCountOperator(input, count),
        SerializeOperator serialize => BindExtend(new BoundSerialize(input), serialize.Columns),
        AsOperator named => BindAs(input, named),
        JoinOperator join => BindJoin(input, join),
        UnionOperator union => BindUnion(input, union),
        RenderOperator or ConsumeOperator => input,
        _ => BindShape(input, syntax),
    };

    private BoundTabular BindShape(BoundTabular input, OperatorSyntax syntax) => syntax switch
    {
        MvExpandOperator expand => BindMvExpand(input, expand),
        MvApplyOperator apply => BindMvApply(input, apply),
        MakeSeriesOperator series => BindMakeSeries(input, series),
        PartitionOperator partition => BindPartition(input, partition),
        ParseOperator parse => BindParse(input, parse),
        ParseKvOperator parse => BindParseKv(input, parse),
        TopNestedOperator nested => BindTopNested(input, nested),
        TopHittersOperator hitters => BindTopHitters(input, hitters),
        ReduceOperator reduce => BindReduce(input, reduce),
        ScanOperator scan => BindScan(input, scan),
        EvaluateOperator evaluate => BindEvaluate(input, evaluate),
        ForkOperator fork => BindFork(input, fork),
        FacetOperator facet => BindFacet(input, facet),
        InvokeOperator invoke => BindInvoke(input, invoke),
        GetSchemaOperator => BindGetSchema(input),
        SearchOperator search => BindSearch(input, search),
        AssertSchemaOperator assert => BindAssertSchema(input, assert),
        UnsupportedOperator unsupported => Refuse(unsupported.Span, $"The operator `{unsupported.Keyword}`"),
        _ => Refuse(syntax.Span, "This operator"),
    };

    private BoundTabular BindWhere(BoundTabular input, WhereOperator syntax)
    {
        var predicate = Condition(BindScalar(syntax.Predicate, Row(input, out var windows)), syntax.Predicate.Span);
        return WithWindows(new BoundFilter(input, predicate), windows);
    }

    private static RowContext Row(BoundTabular input, out List<BoundAssignment> windows)
    {
        windows = [];
        return new RowContext(input.Output, input.IsSerialized) { Windows = windows };
    }

    /// <summary>Puts the window calls met in an operator's expressions before it; the operator does not give their columns.</summary>
    private static BoundTabular WithWindows(BoundUnary node, List<BoundAssignment> windows)
    {
        if (windows.Count == 0) return node;
        var window = new BoundWindow(node.Input, windows, [.. node.Input.Output, .. windows.Select(w => w.Column)]);
        var inner = node.WithInputs([window]);
        return new BoundProject(inner, [], node.Output);
    }
}

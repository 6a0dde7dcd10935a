using AksInsights.Kql.Syntax;
using AksInsights.Kql.Text;

namespace AksInsights.Core.Queries.Linting;

/// <content>What each operator does to the columns.</content>
internal sealed partial class FlowReader
{
    /// <summary>The columns after an operator; the scope's row is what it reads.</summary>
    private TableFacts Apply(OperatorSyntax step, Scope scope)
    {
        switch (step)
        {
            case WhereOperator where: return Where(where, scope);
            case ExtendOperator extend: return Extend(extend.Columns, scope);
            case SerializeOperator serialize: return Extend(serialize.Columns, scope);
            case ProjectOperator project: return Project(project.Columns, scope);
            case ProjectAwayOperator away: return scope.Row.Keep(name => away.Patterns.Any(p => Matches(p.Pattern, name)) == away.Keep);
            case ProjectRenameOperator rename: return Rename(rename, scope);
            case SummarizeOperator summarize: return Summarize(summarize, scope);
            case DistinctOperator distinct: return Distinct(distinct, scope);
            case MakeSeriesOperator series: return Series(series, scope);
            case JoinOperator join: return Join(join, scope);
            case UnionOperator union: return union.Tables.Select(t => Table(t, scope)).OfType<TableFacts>().Aggregate(scope.Row, (all, more) => all.Union(more));
            case MvExpandOperator expand: return Expand(expand.Columns, scope);
            case MvApplyOperator apply: return Table(apply.Subquery, scope with { Input = Expand(apply.Columns, scope) }) ?? TableFacts.Empty;
            case PartitionOperator partition: return Partition(partition, scope);
            case ParseOperator parse: return Parse(parse, scope);
            case InvokeOperator invoke: return Invoke(invoke, scope);
            case CountOperator count: return TableFacts.Empty.With(count.As?.Text ?? "Count", ColumnFacts.Always);
            case SortOperator or TopOperator or TakeOperator or SampleOperator or AsOperator or RenderOperator or ConsumeOperator or ProjectReorderOperator or AssertSchemaOperator:
                return Look(step, scope, scope.Row);
            default: return Look(step, scope, TableFacts.Empty);
        }
    }

    /// <summary>The columns of an operator that stands first.</summary>
    private TableFacts Source(OperatorSyntax step, Scope scope)
    {
        var empty = scope with { Row = TableFacts.Empty };
        switch (step)
        {
            case UnionOperator union:
                var tables = union.Tables.Select(t => Table(t, empty)).OfType<TableFacts>().ToList();
                return tables.Count == 0 ? TableFacts.Empty : tables.Skip(1).Aggregate(tables[0], (all, more) => all.Union(more));
            case PrintOperator print: return Project(print.Columns, empty);
            case FindOperator find: return Find(find, empty);
            case SearchOperator search:
                Value(search.Predicate, empty);
                return TableFacts.Empty;
            case RangeOperator range: return TableFacts.Empty.With(range.Name.Text, ColumnFacts.Always);
            default: return Look(step, empty, TableFacts.Empty);
        }
    }

    private TableFacts Find(FindOperator find, Scope scope)
    {
        foreach (var name in find.Tables?.OfType<NameExpression>() ?? [])
        {
            if (_schema.TryGetValue(name.Name.Text, out var table)) Named(name, table, BoundsTime(find.Predicate, scope));
        }

        Value(find.Predicate, scope);
        return TableFacts.Empty;
    }

    // An operator of which no more is known than what it says: its expressions are looked at, and its columns given.
    private TableFacts Look(OperatorSyntax step, Scope scope, TableFacts after)
    {
        foreach (var expression in SyntaxWalker.Children(step).SelectMany(c => c is ExpressionSyntax ? [c] : SyntaxWalker.Children(c)).OfType<ExpressionSyntax>())
        {
            if (Table(expression, scope) is null) Value(expression, scope);
        }

        return after;
    }

    private TableFacts Where(WhereOperator where, Scope scope)
    {
        Value(where.Predicate, scope);
        var table = scope.Row.Fill(Proven(where.Predicate, true, scope));
        var isCounter = Conditions.All(where.Predicate).SelectMany(c => Conditions.TextsOf(c, name => scope.Row[name].Origins.Contains("InsightsMetrics.Name"))).Any(KnownColumns.IsCumulativeMetric);
        return isCounter ? table.Select((_, facts) => facts.Origins is { Count: 1 } one && one.Contains("InsightsMetrics.Val") ? facts with { IsCumulative = true } : facts) : table;
    }

    private TableFacts Extend(IReadOnlyList<NamedExpression> columns, Scope scope)
    {
        // All expressions of one extend see the row as it was before it.
        var table = scope.Row;
        foreach (var column in columns)
        {
            foreach (var (name, facts) in Named(column, scope)) table = table.With(name, facts);
        }

        return table;
    }

    private TableFacts Project(IReadOnlyList<NamedExpression> columns, Scope scope)
    {
        var table = columns.SelectMany(c => Named(c, scope)).Aggregate(TableFacts.Empty, (all, c) => all.With(c.Name, c.Facts));
        return Forget(table);
    }

    private static TableFacts Rename(ProjectRenameOperator rename, Scope scope)
    {
        var table = scope.Row;
        foreach (var column in rename.Columns)
        {
            if (column is not { Names: [var name], Expression: NameExpression old } || table.Find(old.Name.Text) is not { } facts) continue;
            table = new TableFacts(table.Columns.RemoveAll(c => c.Key == old.Name.Text)).With(name.Text, facts);
        }

        return table;
    }

    private TableFacts Summarize(SummarizeOperator summarize, Scope scope)
    {
        var groups = Groups(summarize.Groups, "summarize", scope);
        var table = summarize.Aggregates.SelectMany(a => Aggregated(a, scope)).Aggregate(groups, (all, c) => all.With(c.Name, c.Facts));
        return Forget(table);
    }

    private TableFacts Distinct(DistinctOperator distinct, Scope scope) =>
        distinct.Columns is [{ Expression: StarSyntax }] ? scope.Row : Forget(Groups(distinct.Columns, "distinct", scope));

    private TableFacts Series(MakeSeriesOperator series, Scope scope)
    {
        var table = Groups(series.Groups, "make-series", scope);
        foreach (var aggregate in series.Aggregates) table = Aggregated(aggregate.Aggregate, scope).Aggregate(table, (all, c) => all.With(c.Name, c.Facts));
        foreach (var bound in new[] { series.From, series.To, series.Step }.OfType<ExpressionSyntax>()) Value(bound, scope);
        return Forget(Named(series.Axis, scope).Aggregate(table, (all, c) => all.With(c.Name, c.Facts)));
    }

    private TableFacts Groups(IReadOnlyList<NamedExpression> groups, string by, Scope scope)
    {
        var table = TableFacts.Empty;
        foreach (var group in groups)
        {
            foreach (var (name, facts) in Named(group, scope))
            {
                _flow.Add(new ValueUse(group.Span, ValueRole.Key, by, facts));
                table = table.With(name, facts);
            }
        }

        return table;
    }

    private TableFacts Join(JoinOperator join, Scope scope)
    {
        var right = Table(join.Right, scope with { Row = TableFacts.Empty }) ?? TableFacts.Empty;
        var kind = join.Parameters.FirstOrDefault(p => p.Name.Text == "kind")?.Value is NameExpression named ? named.Name.Text : join.IsLookup ? "leftouter" : "innerunique";
        var keys = join.Conditions.Select(KeyOf).OfType<(string Left, string Right, TextSpan Span)>().ToList();
        var left = scope.Row;
        foreach (var (leftName, rightName, span) in keys)
        {
            var both = ColumnFacts.MadeFrom([left[leftName], right[rightName]]);
            _flow.Add(new ValueUse(span, ValueRole.Key, "join", both));
            if (kind is not ("inner" or "innerunique")) continue;
            if (KnownColumns.ProvenByMatch(left[leftName], right[rightName]) is { } ofRight) right = right.FillFrom(ofRight);
            if (KnownColumns.ProvenByMatch(right[rightName], left[leftName]) is { } ofLeft) left = left.FillFrom(ofLeft);
            if (!(left[leftName].IsFilled || right[rightName].IsFilled)) continue;
            left = left.Fill([leftName]);
            right = right.Fill([rightName]);
        }

        if (kind is "leftsemi" or "leftanti" or "leftantisemi" or "anti") return left;
        if (kind is "rightsemi" or "rightanti" or "rightantisemi") return right;
        if (kind is "leftouter" or "fullouter") right = right.Select((_, facts) => facts with { IsFilled = false, FilledWhenTrue = [] });
        if (kind is "rightouter" or "fullouter") left = left.Select((_, facts) => facts with { IsFilled = false, FilledWhenTrue = [] });
        if (join.IsLookup) right = right.Keep(name => keys.TrueForAll(k => k.Right != name));
        return right.Columns.Aggregate(left, (all, c) => all.With(all.Find(c.Key) is null ? c.Key : c.Key + "1", c.Value));
    }

    private static (string Left, string Right, TextSpan Span)? KeyOf(ExpressionSyntax condition) => condition switch
    {
        NameExpression name => (name.Name.Text, name.Name.Text, name.Span),
        BinarySyntax { Left: PathSyntax left, Right: PathSyntax right } equal when left.Target is NameExpression { Name.Text: "$right" } => (right.Member.Text, left.Member.Text, equal.Span),
        BinarySyntax { Left: PathSyntax left, Right: PathSyntax right } equal => (left.Member.Text, right.Member.Text, equal.Span),
        _ => null,
    };

    private TableFacts Expand(IReadOnlyList<MvExpandColumn> columns, Scope scope)
    {
        var table = scope.Row;
        foreach (var (name, facts) in columns.SelectMany(c => Named(c.Column, scope))) table = table.With(name, facts with { IsFilled = false });
        return table;
    }

    private TableFacts Partition(PartitionOperator partition, Scope scope)
    {
        _flow.Add(new ValueUse(partition.By.Span, ValueRole.Key, "partition", Value(partition.By, scope)));
        return Table(partition.Subquery, scope with { Input = scope.Row }) ?? TableFacts.Empty;
    }

    private TableFacts Parse(ParseOperator parse, Scope scope)
    {
        var source = Value(parse.Source, scope);
        if (KnownColumns.IsInstanceName(source)) _flow.Add(new ValueUse(parse.Span, ValueRole.CountedFromStart, "parse", source));
        return parse.Pattern.Where(p => p.Column is not null)
            .Aggregate(scope.Row, (table, p) => table.With(p.Column!.Name.Text, source with { IsFilled = false, Span = p.Span }));
    }

    private TableFacts Invoke(InvokeOperator invoke, Scope scope)
    {
        if (scope.Names.GetValueOrDefault(invoke.Call.Name.Text) is not FunctionSyntax function) return TableFacts.Empty;
        const string piped = "$piped";
        var input = new ArgumentSyntax(invoke.Span, null, new NameExpression(invoke.Span, new NameSyntax(invoke.Span, piped)));
        return Call(function, invoke.Call with { Arguments = [input, .. invoke.Call.Arguments] }, scope.With(piped, scope.Row)).Table ?? TableFacts.Empty;
    }

    // What a flag proves of other columns holds as long as these stand in the same row.
    private static TableFacts Forget(TableFacts table) =>
        table.Select((_, facts) => facts.FilledWhenTrue.IsEmpty ? facts : facts with { FilledWhenTrue = facts.FilledWhenTrue.Where(name => table.Find(name) is not null).ToHashSet() is { Count: > 0 } kept ? [.. kept] : [] });

    private static bool Matches(string pattern, string name)
    {
        var pieces = pattern.Split('*');
        if (pieces.Length == 1) return pattern == name;
        return name.StartsWith(pieces[0], StringComparison.Ordinal) && name.EndsWith(pieces[^1], StringComparison.Ordinal);
    }
}

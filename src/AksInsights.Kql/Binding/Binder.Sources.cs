using AksInsights.Kql.Columns;
using AksInsights.Kql.Diagnostics;
using AksInsights.Kql.Functions;
using AksInsights.Kql.Syntax;
using AksInsights.Kql.Types;

namespace AksInsights.Kql.Binding;

/// <summary>This part: what stands at the head of a query, and what joins tables.</summary>
internal sealed partial class Binder
{
    private BoundRows BindDataTable(DataTableSyntax syntax)
    {
        var columns = syntax.Columns.Select(c => new ColumnVariable(c.Name.Text, c.Type)).ToArray();
        if (columns.Length == 0) return new BoundRows(0, [], []);
        if (syntax.Values.Count % columns.Length != 0) _bag.RowLength(syntax.Span, syntax.Values.Count, columns.Length);
        var builders = columns.Select(c => ColumnBuilder.Create(Solid(c.Type), syntax.Values.Count / columns.Length)).ToArray();
        var rows = syntax.Values.Count / columns.Length;
        for (var i = 0; i < rows * columns.Length; i++)
        {
            var value = Convert(BindScalar(syntax.Values[i], RowContext.None), columns[i % columns.Length].Type);
            if (value is not BoundConstant) _bag.ConstantExpected(syntax.Values[i].Span, "A value of datatable");
            builders[i % columns.Length].AddBoxed((value as BoundConstant)?.Value);
        }

        return new BoundRows(rows, builders.Select(b => b.Build()).ToArray(), columns);
    }

    private BoundRange BindRange(RangeOperator syntax)
    {
        var from = BindScalar(syntax.From, RowContext.None);
        var to = BindScalar(syntax.To, RowContext.None);
        var step = BindScalar(syntax.Step, RowContext.None);
        var type = from.Type;
        if (from.Type.IsNumeric() && to.Type.IsNumeric() && step.Type.IsNumeric())
        {
            // Whole numbers stay whole; what is not whole makes all three real.
            type = from.Type.IsInteger() && to.Type.IsInteger() && step.Type.IsInteger()
                ? (from.Type == KqlType.Int && to.Type == KqlType.Int && step.Type == KqlType.Int ? KqlType.Int : KqlType.Long)
                : KqlType.Real;
            (from, to, step) = (Convert(from, type), Convert(to, type), Convert(step, type));
        }
        else if (type is KqlType.DateTime or KqlType.TimeSpan && step.Type is not KqlType.TimeSpan and not KqlType.Error)
        {
            _bag.ArgumentType(syntax.Step.Span, "range", "step", "a timespan", step.Type);
        }
        else if (type is not (KqlType.DateTime or KqlType.TimeSpan or KqlType.Error) || (to.Type != type && to.Type != KqlType.Error))
        {
            _bag.OperandTypes(syntax.Span, "range", from.Type, to.Type);
        }

        return new BoundRange(from, to, step, [new ColumnVariable(syntax.Name.Text, Solid(type))]);
    }

    private BoundTabular BindJoin(BoundTabular left, JoinOperator syntax)
    {
        var right = BindTabular(syntax.Right);
        var kind = JoinKindOf(syntax);
        var leftKeys = new List<BoundScalar>();
        var rightKeys = new List<BoundScalar>();
        foreach (var condition in syntax.Conditions) BindCondition(condition, left, right, leftKeys, rightKeys);
        if (syntax.Conditions.Count == 0) _bag.JoinCondition(syntax.Span);
        var output = JoinOutput(left, right, rightKeys, kind, syntax.IsLookup, out var renames);
        BoundTabular source = renames.Count == 0 ? right : new BoundProject(right, renames, [.. right.Output, .. renames.Select(r => r.Column)]);
        return new BoundJoin(left, source, kind, leftKeys, rightKeys, output);
    }

    private JoinKind JoinKindOf(JoinOperator syntax)
    {
        var kind = syntax.IsLookup ? JoinKind.LeftOuter : JoinKind.InnerUnique;
        foreach (var parameter in syntax.Parameters)
        {
            var name = parameter.Name.Text;
            if (name.StartsWith("hint.", StringComparison.Ordinal)) continue;
            if (name != "kind")
            {
                _bag.UnknownParameter(parameter.Name.Span, syntax.IsLookup ? "lookup" : "join", name, ["kind", "hint.strategy", "hint.remote"]);
                continue;
            }

            JoinKind? known = TextOf(parameter.Value) switch
            {
                "innerunique" when !syntax.IsLookup => JoinKind.InnerUnique,
                "inner" => JoinKind.Inner,
                "leftouter" => JoinKind.LeftOuter,
                "rightouter" when !syntax.IsLookup => JoinKind.RightOuter,
                "fullouter" when !syntax.IsLookup => JoinKind.FullOuter,
                "leftsemi" when !syntax.IsLookup => JoinKind.LeftSemi,
                "leftanti" or "anti" or "leftantisemi" when !syntax.IsLookup => JoinKind.LeftAnti,
                "rightsemi" when !syntax.IsLookup => JoinKind.RightSemi,
                "rightanti" or "rightantisemi" when !syntax.IsLookup => JoinKind.RightAnti,
                _ => null,
            };
            if (known is { } value) kind = value;
            else _bag.ParameterValue(parameter.Value.Span, "kind", syntax.IsLookup ? "leftouter, inner" : "innerunique, inner, leftouter, rightouter, fullouter, leftsemi, leftanti, rightsemi, rightanti");
        }

        return kind;
    }

    private void BindCondition(ExpressionSyntax condition, BoundTabular left, BoundTabular right, List<BoundScalar> leftKeys, List<BoundScalar> rightKeys)
    {
        while (condition is ParenthesizedSyntax inner) condition = inner.Inner;
        switch (condition)
        {
            case BinarySyntax { Operator: BinaryOperator.And } both:
                BindCondition(both.Left, left, right, leftKeys, rightKeys);
                BindCondition(both.Right, left, right, leftKeys, rightKeys);
                return;
            case NameExpression name:
                var own = BindScalar(name, new RowContext(left.Output));
                var other = BindScalar(name, new RowContext(right.Output));
                AddKey(condition, own, other, leftKeys, rightKeys);
                return;
            case BinarySyntax { Operator: BinaryOperator.Equal } equal when Side(equal.Left) is { } first && Side(equal.Right) is { } second && first != second:
                var a = BindSide(equal.Left, first == "$left" ? left : right);
                var b = BindSide(equal.Right, second == "$left" ? left : right);
                AddKey(condition, first == "$left" ? a : b, first == "$left" ? b : a, leftKeys, rightKeys);
                return;
            case MissingExpression:
                return;
            default:
                _bag.JoinCondition(condition.Span);
                return;
        }
    }

    private static string? Side(ExpressionSyntax expression) => expression switch
    {
        PathSyntax { Target: NameExpression { Name.Text: "$left" or "$right" } side } => side.Name.Text,
        PathSyntax path => Side(path.Target),
        ElementSyntax element => Side(element.Target),
        ParenthesizedSyntax inner => Side(inner.Inner),
        CallSyntax { Arguments: [{ Value: var only }] } => Side(only),
        _ => null,
    };

    private BoundScalar BindSide(ExpressionSyntax expression, BoundTabular side) => expression switch
    {
        PathSyntax { Target: NameExpression { Name.Text: "$left" or "$right" } } path => BindScalar(new NameExpression(path.Member.Span, path.Member), new RowContext(side.Output)),
        PathSyntax path => Member(BindSide(path.Target, side), new BoundConstant(KqlType.String, path.Member.Text), path.Span),
        ParenthesizedSyntax inner => BindSide(inner.Inner, side),
        CallSyntax { Arguments: [{ Value: var only }] } call when FunctionCatalog.TryFind(call.Name.Text, out var entry) => Resolve(entry, [BindSide(only, side)], call.Span),
        _ => Unexpected(expression.Span, "This form"),
    };

    private void AddKey(ExpressionSyntax condition, BoundScalar left, BoundScalar right, List<BoundScalar> leftKeys, List<BoundScalar> rightKeys)
    {
        if (left.Type == KqlType.Error || right.Type == KqlType.Error) return;
        if (left.Type == KqlType.Dynamic || right.Type == KqlType.Dynamic) _bag.DynamicKey(condition.Span, "a join");
        var type = left.Type == right.Type ? left.Type : left.Type.IsNumeric() && right.Type.IsNumeric() ? CommonNumber(left.Type, right.Type) : KqlType.Error;
        if (type == KqlType.Error) _bag.JoinKeyTypes(condition.Span, left.Type, right.Type);
        else (left, right) = (Convert(left, type), Convert(right, type));
        leftKeys.Add(left);
        rightKeys.Add(right);
    }

    /// <summary>The columns of a join: those of the left, then those of the right under names that are still free.</summary>
    private static List<ColumnVariable> JoinOutput(
        BoundTabular left, BoundTabular right, IReadOnlyList<BoundScalar> rightKeys, JoinKind kind, bool isLookup, out List<BoundAssignment> renames)
    {
        renames = [];
        if (kind is JoinKind.LeftSemi or JoinKind.LeftAnti) return [.. left.Output];
        if (kind is JoinKind.RightSemi or JoinKind.RightAnti) return [.. right.Output];
        var output = left.Output.ToList();
        var taken = new HashSet<string>(left.Output.Select(c => c.Name).Concat(right.Output.Select(c => c.Name)), StringComparer.Ordinal);
        var used = new HashSet<string>(left.Output.Select(c => c.Name), StringComparer.Ordinal);
        foreach (var column in right.Output)
        {
            if (isLookup && rightKeys.Any(k => k is BoundColumn key && ReferenceEquals(key.Column, column))) continue;
            var name = used.Contains(column.Name) ? Unique(column.Name, taken) : column.Name;
            taken.Add(name);
            if (name == column.Name)
            {
                output.Add(column);
                continue;
            }

            var renamed = new ColumnVariable(name, column.Type);
            renames.Add(new BoundAssignment(renamed, new BoundColumn(column)));
            output.Add(renamed);
        }

        return output;
    }

    private BoundTabular BindUnion(BoundTabular? input, UnionOperator syntax)
    {
        var tables = new List<(string Name, BoundTabular Table)>();
        if (input is not null) tables.Add((input is BoundShared shared ? shared.Shared.Name : "", input));
        var fuzzy = syntax.Parameters.Any(p => p.Name.Text == "isfuzzy" && TextOf(p.Value) is "true" or "True");
        foreach (var item in syntax.Tables) tables.AddRange(UnionTables(item, fuzzy));
        var inner = syntax.Parameters.Any(p => p.Name.Text == "kind" && TextOf(p.Value) == "inner");
        var source = syntax.Parameters.FirstOrDefault(p => p.Name.Text == "withsource");
        foreach (var parameter in syntax.Parameters.Where(p => p.Name.Text is not ("kind" or "withsource" or "isfuzzy") && !p.Name.Text.StartsWith("hint.", StringComparison.Ordinal)))
            _bag.UnknownParameter(parameter.Name.Span, "union", parameter.Name.Text, ["kind", "withsource", "isfuzzy"]);
        return Unite(tables, inner, source is null ? null : TextOf(source.Value));
    }

    private IEnumerable<(string Name, BoundTabular Table)> UnionTables(ExpressionSyntax item, bool fuzzy)
    {
        if (item is WildcardName wildcard)
        {
            var views = _scope.Views.Where(v => Matches(v.Name, wildcard.Pattern))
                .Select(v => (v.Name, CallUserTable(v.View, new CallSyntax(wildcard.Span, new NameSyntax(wildcard.Span, v.Name), []))));
            var tables = _tables.Values.Where(t => Matches(t.Name, wildcard.Pattern)).OrderBy(t => t.Name, StringComparer.Ordinal)
                .Select(t => (t.Name, (BoundTabular)Scan(t)));
            var all = views.Concat(tables).ToArray();
            if (all.Length == 0 && !fuzzy) _bag.UnknownTable(wildcard.Span, wildcard.Pattern, _tables.Keys);
            return all;
        }

        var quiet = new Quiet(this);
        var table = BindTabular(item);

        // A fuzzy union leaves out what does not exist.
        if (fuzzy && quiet.Undo()) return [];
        return [(SourceName(item), table)];
    }

    private static string SourceName(ExpressionSyntax item) => item switch
    {
        NameExpression name => name.Name.Text,
        ParenthesizedSyntax inner => SourceName(inner.Inner),
        PipeSyntax { Operators: [.., AsOperator named] } => named.Name.Text,
        _ => "",
    };

    private static BoundTabular Unite(IReadOnlyList<(string Name, BoundTabular Table)> tables, bool inner, string? sourceColumn)
    {
        if (tables.Count == 0) return new BoundRows(0, [], []);
        var columns = UnionColumns(tables.Select(t => t.Table).ToArray(), inner);
        var output = columns.Select(c => new ColumnVariable(c.Output, c.Type)).ToList();
        if (sourceColumn is not null) output.Insert(0, new ColumnVariable(sourceColumn, KqlType.String));
        var aligned = new List<BoundTabular>();
        for (var i = 0; i < tables.Count; i++)
        {
            var assignments = new List<BoundAssignment>();
            if (sourceColumn is not null)
                assignments.Add(new BoundAssignment(new ColumnVariable(sourceColumn, KqlType.String), new BoundConstant(KqlType.String, tables[i].Name.Length > 0 ? tables[i].Name : $"union_arg{i}")));
            foreach (var column in columns)
            {
                var own = tables[i].Table.Output.FirstOrDefault(c => c.Name == column.Name && c.Type == column.Type);
                BoundScalar value = own is null ? new BoundConstant(column.Type, null) : new BoundColumn(own);
                assignments.Add(new BoundAssignment(new ColumnVariable(column.Output, column.Type), value));
            }

            aligned.Add(new BoundProject(tables[i].Table, assignments, assignments.Select(a => a.Column).ToArray()));
        }

        return new BoundUnion(aligned, output);
    }

    /// <summary>The columns of a union: one of a name and type; a name with several types is split into <c>x_long</c>, <c>x_string</c>, ...</summary>
    private static List<(string Name, KqlType Type, string Output)> UnionColumns(IReadOnlyList<BoundTabular> tables, bool inner)
    {
        var result = new List<(string Name, KqlType Type, string Output)>();
        var all = tables.SelectMany(t => t.Output).GroupBy(c => c.Name)
            .Where(name => !inner || tables.All(t => t.Output.Any(c => c.Name == name.Key)))
            .Select(name => (Name: name.Key, Types: name.Select(c => c.Type).Distinct().ToArray()))
            .ToArray();
        var taken = all.Where(c => c.Types.Length == 1).Select(c => c.Name).ToHashSet(StringComparer.Ordinal);
        foreach (var (name, types) in all)
        {
            foreach (var type in types)
            {
                var output = types.Length == 1 ? name : Unique($"{name}_{type.Name()}", taken);
                taken.Add(output);
                result.Add((name, type, output));
            }
        }

        return result;
    }

    /// <summary>Takes back the mistakes found since it was made: a table that a condition does not fit is left out, not wrong.</summary>
    private sealed class Quiet(Binder binder)
    {
        private readonly int _before = binder._bag.Count;

        public bool Undo() => binder._bag.RemoveFrom(_before);
    }
}

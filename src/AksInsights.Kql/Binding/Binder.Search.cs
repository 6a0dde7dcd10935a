using AksInsights.Kql.Diagnostics;
using AksInsights.Kql.Functions;
using AksInsights.Kql.Functions.Scalar;
using AksInsights.Kql.Syntax;
using AksInsights.Kql.Types;

namespace AksInsights.Kql.Binding;

/// <summary>This part: find and search. Sources: learn.microsoft.com/kusto/query/find-operator and search-operator.</summary>
internal sealed partial class Binder
{
    private const string SearchedTable = "$table";
    private const string Packed = "pack_";

    private BoundTabular BindSearch(BoundTabular? input, SearchOperator syntax)
    {
        var ignoreCase = syntax.Parameters.All(p => p.Name.Text != "kind" || TextOf(p.Value) != "case_sensitive");
        var tables = input is null ? SearchedTables(syntax.Tables) : [(input is BoundShared shared ? shared.Shared.Name : "", input)];
        var parts = Filtered(tables, syntax.Predicate, ignoreCase);
        if (parts.Count == 0) return Refuse(syntax.Span, "`search` without tables");
        var named = input is not null && input.Output.Any(c => c.Name == SearchedTable);
        return Unite(parts.Select(p => (p.Name, p.Table)).ToArray(), false, named ? null : SearchedTable);
    }

    private BoundTabular BindFind(FindOperator syntax)
    {
        var parts = Filtered(SearchedTables(syntax.Tables), syntax.Predicate, ignoreCase: true);
        if (parts.Count == 0) return Refuse(syntax.Span, "`find` without tables");
        var source = syntax.Parameters.FirstOrDefault(p => p.Name.Text is "withsource" or "with_source");
        var wanted = syntax.Project is { } columns ? WrittenColumns(columns, parts) : SmartColumns(parts);
        var packs = syntax.Project?.Any(c => c is not (NameExpression or ColumnDeclaration))
            ?? parts.Any(p => p.Table.Output.Any(c => wanted.All(w => w.Name != c.Name)));
        var chosen = parts.Select(p => (p.Name, (BoundTabular)Chosen(p.Table, wanted, packs, syntax))).ToArray();
        return Unite(chosen, false, source is null ? "source_" : TextOf(source.Value));
    }

    private (string Name, BoundTabular Table)[] SearchedTables(IReadOnlyList<ExpressionSyntax>? tables) => tables is null
        ? UnionTables(new WildcardName(default, "*"), true).ToArray()
        : tables.SelectMany(t => UnionTables(t, false)).ToArray();

    /// <summary>The rows of each table that meet a condition, with the columns it reads. A table that it does not fit is left out, unless it fits none.</summary>
    private List<SearchedPart> Filtered(IReadOnlyList<(string Name, BoundTabular Table)> tables, ExpressionSyntax predicate, bool ignoreCase)
    {
        var parts = new List<SearchedPart>();
        for (var i = 0; i < tables.Count; i++)
        {
            var (name, table) = tables[i];
            var quiet = new Quiet(this);
            var condition = SearchPredicate(predicate, table, ignoreCase);
            var isLastChance = parts.Count == 0 && i == tables.Count - 1;
            if (!isLastChance && quiet.Undo()) continue;
            parts.Add(new SearchedPart(name, new BoundFilter(table, condition), NamesIn(predicate)));
        }

        return parts;
    }

    private static HashSet<string> NamesIn(ExpressionSyntax predicate)
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (var node in SyntaxWalker.Descendants(predicate).OfType<NameExpression>()) names.Add(node.Name.Text);
        return names;
    }

    /// <summary>The columns of project-smart: those that all tables have, then those the condition names.</summary>
    private static List<OutputColumn> SmartColumns(IReadOnlyList<SearchedPart> parts)
    {
        var all = parts.SelectMany(p => p.Table.Output).GroupBy(c => c.Name).ToArray();
        var common = all.Where(c => c.Count() == parts.Count).ToArray();
        return common.Concat(all.Except(common).Where(c => parts[0].Read.Contains(c.Key))).Select(c => new OutputColumn(c.Key, OneType(c))).ToList();
    }

    // A column of several types is dynamic.
    private static KqlType OneType(IEnumerable<ColumnVariable> columns)
    {
        var types = columns.Select(c => c.Type).Distinct().ToArray();
        return types.Length == 1 ? types[0] : KqlType.Dynamic;
    }

    private List<OutputColumn> WrittenColumns(IReadOnlyList<SyntaxNode> columns, IReadOnlyList<SearchedPart> parts)
    {
        var wanted = new List<OutputColumn>();
        foreach (var column in columns)
        {
            if (column is ColumnDeclaration typed) wanted.Add(new OutputColumn(typed.Name.Text, typed.Type));
            if (column is not NameExpression { Name: var name }) continue;
            var known = parts.SelectMany(p => p.Table.Output).Where(c => c.Name == name.Text).ToArray();
            if (known.Length == 0) _bag.UnknownColumn(name.Span, name.Text, parts.SelectMany(p => p.Table.Output).Select(c => c.Name).Distinct().ToArray());
            else wanted.Add(new OutputColumn(name.Text, OneType(known)));
        }

        return wanted;
    }

    /// <summary>The wanted columns of one table, null where it has none such, and a bag of the others if asked for.</summary>
    private BoundProject Chosen(BoundTabular table, IReadOnlyList<OutputColumn> wanted, bool packs, FindOperator syntax)
    {
        var assignments = new List<BoundAssignment>();
        foreach (var (name, type) in wanted.Select(w => (w.Name, w.Type)))
        {
            var own = table.Output.FirstOrDefault(c => c.Name == name);
            BoundScalar value = own is null ? new BoundConstant(type, null) : Convert(new BoundColumn(own), type);
            assignments.Add(new BoundAssignment(new ColumnVariable(name, type), value));
        }

        if (packs)
        {
            var rest = table.Output.Where(c => wanted.All(w => w.Name != c.Name));
            var bag = PackColumns(rest, new CallSyntax(syntax.Span, new NameSyntax(syntax.Span, "pack"), []));
            assignments.Add(new BoundAssignment(new ColumnVariable(Packed, KqlType.Dynamic), bag));
        }

        return new BoundProject(table, assignments, assignments.Select(a => a.Column).ToArray());
    }

    /// <summary>A condition in which a bare text means «any column has it», and a star in a text any characters.</summary>
    private BoundScalar SearchPredicate(ExpressionSyntax syntax, BoundTabular table, bool ignoreCase)
    {
        switch (syntax)
        {
            case ParenthesizedSyntax inner:
                return SearchPredicate(inner.Inner, table, ignoreCase);
            case StarSyntax:
                return new BoundConstant(KqlType.Bool, true);
            case LiteralSyntax { Type: KqlType.String } term:
                return SearchTerm(new StarSyntax(syntax.Span), term, table, ignoreCase);
            case BinarySyntax { Operator: BinaryOperator.Has, OperatorSpan.Length: 1, Right: LiteralSyntax { Type: KqlType.String } term } column:
                return SearchTerm(column.Left, term, table, ignoreCase);
            case BinarySyntax { Operator: BinaryOperator.And or BinaryOperator.Or } logic:
                return new BoundLogic(
                    logic.Operator == BinaryOperator.And,
                    [SearchPredicate(logic.Left, table, ignoreCase), SearchPredicate(logic.Right, table, ignoreCase)]);
            default:
                return Condition(BindScalar(syntax, new RowContext(table.Output)), syntax.Span);
        }
    }

    private BoundScalar SearchTerm(ExpressionSyntax column, LiteralSyntax term, BoundTabular table, bool ignoreCase)
    {
        var text = (string)term.Value!;
        var inner = text.Trim('*');
        var (symbol, needle) = (text.StartsWith('*'), text.EndsWith('*'), inner.Contains('*', StringComparison.Ordinal)) switch
        {
            (_, _, true) => (BinaryOperator.MatchesRegex, (ignoreCase ? "(?i)" : "") + @"\b" + string.Join(".*", text.Split('*').Select(TextReplacing.Quote)) + @"\b"),
            (true, true, _) => (ignoreCase ? BinaryOperator.Contains : BinaryOperator.ContainsCs, inner),
            (true, _, _) => (ignoreCase ? BinaryOperator.HasSuffix : BinaryOperator.HasSuffixCs, inner),
            (_, true, _) => (ignoreCase ? BinaryOperator.HasPrefix : BinaryOperator.HasPrefixCs, inner),
            _ => (ignoreCase ? BinaryOperator.Has : BinaryOperator.HasCs, inner),
        };
        var test = new BinarySyntax(term.Span, symbol, term.Span, column, term with { Value = needle });
        var rows = new RowContext(table.Output);
        return column is StarSyntax ? AnyColumn(test, rows) : TextPredicate(test, Convert(BindScalar(column, rows), KqlType.String), new BoundConstant(KqlType.String, needle));
    }

    /// <summary>A table's rows that meet the condition, and the names the condition reads.</summary>
    private sealed record SearchedPart(string Name, BoundTabular Table, HashSet<string> Read);
}

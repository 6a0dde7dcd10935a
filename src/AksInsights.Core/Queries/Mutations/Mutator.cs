using AksInsights.Kql.Syntax;

namespace AksInsights.Core.Queries.Mutations;

/// <summary>Plants mistakes into a query, the ones that people make, each found in the syntax tree.</summary>
public static class Mutator
{
    private static readonly Dictionary<BinaryOperator, string> Flipped = new()
    {
        [BinaryOperator.Equal] = "!=",
        [BinaryOperator.NotEqual] = "==",
        [BinaryOperator.EqualIgnoreCase] = "!~",
        [BinaryOperator.NotEqualIgnoreCase] = "=~",
        [BinaryOperator.Less] = ">=",
        [BinaryOperator.LessOrEqual] = ">",
        [BinaryOperator.Greater] = "<=",
        [BinaryOperator.GreaterOrEqual] = "<",
    };

    private static readonly Dictionary<BinaryOperator, string> Moved = new()
    {
        [BinaryOperator.Less] = "<=",
        [BinaryOperator.LessOrEqual] = "<",
        [BinaryOperator.Greater] = ">=",
        [BinaryOperator.GreaterOrEqual] = ">",
    };

    private static readonly Dictionary<BinaryOperator, string> Arithmetic = new()
    {
        [BinaryOperator.Add] = "-",
        [BinaryOperator.Subtract] = "+",
        [BinaryOperator.Multiply] = "/",
        [BinaryOperator.Divide] = "*",
    };

    private static readonly Dictionary<string, string> Aggregates = new(StringComparer.Ordinal)
    {
        ["max"] = "min",
        ["min"] = "max",
        ["maxif"] = "minif",
        ["minif"] = "maxif",
        ["arg_max"] = "arg_min",
        ["arg_min"] = "arg_max",
        ["max_of"] = "min_of",
        ["min_of"] = "max_of",
        ["sum"] = "max",
        ["avg"] = "max",
        ["isempty"] = "isnotempty",
        ["isnotempty"] = "isempty",
        ["isnull"] = "isnotnull",
        ["isnotnull"] = "isnull",
    };

    // An inner join is left alone: made outer, its rows without a partner fail the next comparison with a column of the other side, so nothing is changed.
    private static readonly Dictionary<string, string> Joins = new(StringComparer.Ordinal)
    {
        ["leftouter"] = "inner",
        ["leftanti"] = "leftsemi",
        ["leftsemi"] = "leftanti",
    };

    // The window's two lines are bound by whoever runs the query.
    private const int ReservedStatements = 2;

    /// <summary>All mistakes that can be planted into a query, in the order of their places.</summary>
    /// <remarks>One that no longer compiles is found by the compiler; it is for the caller to leave it out.</remarks>
    public static IReadOnlyList<Mutation> Mutations(QueryText query)
    {
        var found = new List<Mutation>();
        foreach (var statement in query.Tree.Statements.Skip(ReservedStatements)) Walk(statement, query.Kql, found);
        return [.. found.Where(m => m.Apply(query.Kql) != query.Kql).OrderBy(m => m.Span.Start).ThenBy(m => m.Kind)];
    }

    private static void Walk(SyntaxNode node, string text, List<Mutation> found)
    {
        found.AddRange(node switch
        {
            WhereOperator where => Conjuncts(where.Predicate).Select(c => new Mutation(MutationKind.DropFilter, c.Span, "true")),
            BinarySyntax binary => Binary(binary, text),
            InSyntax or BetweenSyntax => [new Mutation(MutationKind.FlipComparison, node.Span, $"not({text.AsSpan(node.Span.Start, node.Span.Length)})")],
            LiteralSyntax literal => Literals.Neighbours(literal, text.Substring(literal.Span.Start, literal.Span.Length)),
            SummarizeOperator summarize => Groups(summarize),
            JoinOperator join => Kinds(join),
            CallSyntax call => Call(call),
            SortOperator { Keys: [.., var last] } sort => [Reversed(sort, last)],
            _ => [],
        });
        foreach (var child in SyntaxWalker.Children(node).Where(c => !IsLayout(node, c))) Walk(child, text, found);
    }

    // How many items a list may hold, which group of an expression is meant: numbers that are no thresholds.
    private static bool IsLayout(SyntaxNode parent, SyntaxNode child) => parent is CallSyntax call && call.Name.Text switch
    {
        "make_set" or "make_list" => call.Arguments.Count > 1 && ReferenceEquals(call.Arguments[1], child),
        "extract" => call.Arguments.Count > 1 && ReferenceEquals(call.Arguments[1], child),
        _ => false,
    };

    private static IEnumerable<ExpressionSyntax> Conjuncts(ExpressionSyntax condition) => condition switch
    {
        ParenthesizedSyntax inner => Conjuncts(inner.Inner),
        BinarySyntax { Operator: BinaryOperator.And } both => Conjuncts(both.Left).Concat(Conjuncts(both.Right)),
        _ => [condition],
    };

    private static IEnumerable<Mutation> Binary(BinarySyntax binary, string text)
    {
        if (Flipped.TryGetValue(binary.Operator, out var flipped)) yield return new Mutation(MutationKind.FlipComparison, binary.OperatorSpan, flipped);
        if (Moved.TryGetValue(binary.Operator, out var moved)) yield return new Mutation(MutationKind.MoveBoundary, binary.OperatorSpan, moved);
        if (Arithmetic.TryGetValue(binary.Operator, out var other)) yield return new Mutation(MutationKind.SwapArithmetic, binary.OperatorSpan, other);
        if (binary.Operator is BinaryOperator.And or BinaryOperator.Or)
        {
            var swapped = binary.Operator is BinaryOperator.And ? "or" : "and";
            yield return new Mutation(MutationKind.SwapLogic, binary.Span, $"(({Slice(binary.Left, text)}) {swapped} ({Slice(binary.Right, text)}))");
        }
        else if (flipped is null && other is null)
        {
            // has, startswith, matches regex and their kin.
            yield return new Mutation(MutationKind.FlipComparison, binary.Span, $"not({Slice(binary, text)})");
        }
    }

    private static IEnumerable<Mutation> Groups(SummarizeOperator summarize)
    {
        for (var i = 0; i < summarize.Groups.Count; i++)
        {
            var rest = summarize.Groups.Where((_, at) => at != i).ToList();
            if (rest.Count == 0 && summarize.Aggregates.Count == 0) continue;
            yield return new Mutation(MutationKind.DropGroup, summarize.Span, SyntaxPrinter.Print(summarize with { Groups = rest, HasBy = rest.Count > 0 }));
        }
    }

    private static IEnumerable<Mutation> Kinds(JoinOperator join) => join.Parameters
        .Where(p => p.Name.Text == "kind").Select(p => p.Value).OfType<NameExpression>().Where(k => Joins.ContainsKey(k.Name.Text))
        .Select(k => new Mutation(MutationKind.ChangeJoin, k.Span, Joins[k.Name.Text]));

    private static IEnumerable<Mutation> Call(CallSyntax call)
    {
        var name = call.Name.Text;
        if (Aggregates.TryGetValue(name, out var opposite)) yield return new Mutation(MutationKind.SwapAggregate, call.Name.Span, opposite);
        if (name is "countif" or "sumif") yield return Changed(MutationKind.SwapAggregate, call with { Name = call.Name with { Text = name[..^2] }, Arguments = [.. call.Arguments.SkipLast(1)] });
        if (name is "dcount") yield return Changed(MutationKind.SwapAggregate, call with { Name = call.Name with { Text = "count" }, Arguments = [] });
        if (name is "not" && call.Arguments is [var negated]) yield return new Mutation(MutationKind.FlipComparison, call.Span, $"({SyntaxPrinter.Print(negated.Value)})");
        if (name is "iff" or "iif" && call.Arguments is [var condition, var then, var otherwise]) yield return Changed(MutationKind.ChangeChoice, call with { Arguments = [condition, otherwise, then] });
        if (name is not "case") yield break;
        for (var i = 0; i + 1 < call.Arguments.Count && call.Arguments.Count > 3; i += 2)
            yield return Changed(MutationKind.ChangeChoice, call with { Arguments = [.. call.Arguments.Where((_, at) => at != i && at != i + 1)] });
    }

    private static Mutation Reversed(SortOperator sort, OrderingSyntax last) =>
        new(MutationKind.ReverseOrder, sort.Span, SyntaxPrinter.Print(sort with { Keys = [.. sort.Keys.SkipLast(1), last with { Descending = !(last.Descending ?? true) }] }));

    private static Mutation Changed(MutationKind kind, CallSyntax call) => new(kind, call.Span, SyntaxPrinter.Print(call));

    private static string Slice(SyntaxNode node, string text) => text.Substring(node.Span.Start, node.Span.Length);
}

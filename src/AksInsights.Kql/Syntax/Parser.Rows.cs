namespace AksInsights.Kql.Syntax;

internal sealed partial class Parser
{
    private WhereOperator ParseWhere(int start)
    {
        ParseParameters(IsHint);
        var predicate = ParseCondition();
        return new WhereOperator(SpanFrom(start), predicate);
    }

    private SortOperator ParseSort(int start)
    {
        ParseParameters(IsHint);
        ExpectWord("by");
        var keys = ParseOrderings();
        return new SortOperator(SpanFrom(start), keys);
    }

    private TopOperator ParseTop(int start)
    {
        ParseParameters(IsHint);
        var count = ParseExpression();
        ExpectWord("by");
        var keys = ParseOrderings();
        return new TopOperator(SpanFrom(start), count, keys);
    }

    private List<OrderingSyntax> ParseOrderings()
    {
        var keys = new List<OrderingSyntax>();
        do
            keys.Add(ParseOrdering(ParseExpression));
        while (Accept(TokenKind.Comma));
        return keys;
    }

    private OrderingSyntax ParseOrdering(Func<ExpressionSyntax> parseKey)
    {
        var start = Start;
        var key = parseKey();
        var isGranny = AtWord("granny") && PeekAt(1).Kind == TokenKind.Minus && PeekAt(2).Word is "asc" or "desc";
        if (isGranny)
        {
            Advance();
            Advance();
        }

        var descending = ReadDirection();
        bool? nullsFirst = null;
        if (AcceptWord("nulls"))
        {
            nullsFirst = AcceptWord("first");
            if (nullsFirst == false && !AcceptWord("last"))
                Error("`first` or `last`");
        }

        return new OrderingSyntax(SpanFrom(start), key, descending, nullsFirst, isGranny);
    }

    private bool? ReadDirection()
    {
        if (AcceptWord("asc"))
            return false;
        return AcceptWord("desc") ? true : null;
    }

    private CountOperator ParseCount(int start)
    {
        var name = AcceptWord("as") ? ParseName() : null;
        return new CountOperator(SpanFrom(start), name);
    }

    private ConsumeOperator ParseConsume(int start)
    {
        ParseParameters();
        return new ConsumeOperator(SpanFrom(start));
    }

    private SampleDistinctOperator ParseSampleDistinct(int start)
    {
        var count = ParseExpression();
        ExpectWord("of");
        var of = ParseExpression();
        return new SampleDistinctOperator(SpanFrom(start), count, of);
    }

    private TopHittersOperator ParseTopHitters(int start)
    {
        var count = ParseExpression();
        ExpectWord("of");
        var of = ParseNamedExpression();
        var by = AcceptWord("by") ? ParseExpression() : null;
        return new TopHittersOperator(SpanFrom(start), count, of, by);
    }

    private TopNestedOperator ParseTopNested(int start)
    {
        var levels = new List<TopNestedLevel>();
        do
        {
            // Each level after the first repeats the operator's name.
            if (levels.Count > 0 && PeekOperatorWord() is ("top-nested", var tokens))
            {
                for (var i = 0; i < tokens; i++)
                    Advance();
            }

            levels.Add(ParseTopNestedLevel());
        }
        while (Accept(TokenKind.Comma));
        return new TopNestedOperator(SpanFrom(start), levels);
    }

    private TopNestedLevel ParseTopNestedLevel()
    {
        var start = Start;
        var count = AtWord("of") ? null : ParseExpression();
        ExpectWord("of");
        var of = ParseNamedExpression();
        ExpressionSyntax? others = null;
        if (AcceptWord("with"))
        {
            ExpectWord("others");
            Expect(TokenKind.Assign, "`=`");
            others = ParseExpression();
        }

        ExpectWord("by");
        var by = ParseNamedExpression();
        var descending = ReadDirection();
        return new TopNestedLevel(SpanFrom(start), count, of, others, by, descending);
    }

    private RangeOperator ParseRange(int start)
    {
        var name = ParseName();
        ExpectWord("from");
        var from = ParseExpression();
        ExpectWord("to");
        var to = ParseExpression();
        ExpectWord("step");
        var step = ParseExpression();
        return new RangeOperator(SpanFrom(start), name, from, to, step);
    }

    private JoinOperator ParseJoin(int start, bool isLookup)
    {
        var parameters = ParseParameters();
        var right = ParseTable();
        var conditions = new List<ExpressionSyntax>();
        if (AcceptWord("on"))
        {
            do
                conditions.AddRange(Conjuncts(ParseCondition()));
            while (Accept(TokenKind.Comma));
        }
        else
        {
            Error("`on` and the columns to match", "Columns are matched as in `on Name` or `on $left.a == $right.b`.");
        }

        return new JoinOperator(SpanFrom(start), isLookup, parameters, right, conditions);
    }

    // `on a == b and c == d` means what `on a == b, c == d` means.
    private static IEnumerable<ExpressionSyntax> Conjuncts(ExpressionSyntax condition)
    {
        var conjuncts = new Stack<ExpressionSyntax>();
        while (condition is BinarySyntax { Operator: BinaryOperator.And } both)
        {
            conjuncts.Push(both.Right);
            condition = both.Left;
        }

        conjuncts.Push(condition);
        return conjuncts;
    }

    private UnionOperator ParseUnion(int start)
    {
        var parameters = ParseParameters();
        var tables = ParseTables();
        return new UnionOperator(SpanFrom(start), parameters, tables);
    }

    private List<ExpressionSyntax> ParseTables()
    {
        var tables = new List<ExpressionSyntax>();
        do
            tables.Add(ParseTable());
        while (Accept(TokenKind.Comma));
        return tables;
    }

    /// <summary>Reads a table: a name, a pattern, a path to another database, a call, or a pipe in parentheses.</summary>
    private ExpressionSyntax ParseTable() => (ExpressionSyntax?)TryParseWildcard() ?? ParsePostfix();

    private IReadOnlyList<ExpressionSyntax>? ParseTablesToSearch()
    {
        if (!(AtWord("in") && PeekAt(1).Kind == TokenKind.OpenParen))
            return null;
        Advance();
        var open = Advance();
        var tables = ParseTables();
        Close(TokenKind.CloseParen, open, "`,` or `)`");
        return tables;
    }

    private SearchOperator ParseSearch(int start)
    {
        var parameters = ParseParameters(static name => name is "kind" || IsHint(name));
        var tables = ParseTablesToSearch();
        _inSearch = true;
        var predicate = ParseCondition();
        return new SearchOperator(SpanFrom(start), parameters, tables, predicate);
    }

    private FindOperator ParseFind(int start)
    {
        var parameters = ParseParameters(static name => name is "withsource" or "with_source" or "datascope" or "isfuzzy" || IsHint(name));
        var tables = ParseTablesToSearch();
        AcceptWord("where");
        _inSearch = true;
        var predicate = ParseCondition();
        _inSearch = false;
        var isSmart = PeekOperatorName("project-smart");
        if (isSmart)
            SkipTokens(3);
        List<SyntaxNode>? project = null;
        if (!isSmart && AcceptWord("project"))
        {
            project = [];
            do
                project.Add(At(TokenKind.Identifier) && PeekAt(1).Kind == TokenKind.Colon ? ParseColumnDeclaration() : ParseExpression());
            while (Accept(TokenKind.Comma));
        }

        return new FindOperator(SpanFrom(start), parameters, tables, predicate, project, isSmart);
    }

    private bool PeekOperatorName(string name) => At(TokenKind.Identifier) && PeekOperatorWord().Word == name;

    private void SkipTokens(int count)
    {
        for (var i = 0; i < count; i++)
            Advance();
    }
}

using AksInsights.Kql.Text;
using AksInsights.Kql.Types;

namespace AksInsights.Kql.Syntax;

internal sealed partial class Parser
{
    private MvExpandOperator ParseMvExpand(int start)
    {
        var parameters = ParseParameters(IsExpansionParameter);
        var columns = ParseMvExpandColumns();
        var limit = AcceptWord("limit") ? ParseExpression() : null;
        return new MvExpandOperator(SpanFrom(start), parameters, columns, limit);
    }

    private static bool IsExpansionParameter(string name) => name is "kind" or "bagexpansion" or "with_itemindex" || IsHint(name);

    private List<MvExpandColumn> ParseMvExpandColumns()
    {
        var columns = new List<MvExpandColumn>();
        do
        {
            var start = Start;
            var column = ParseNamedExpression();
            KqlType? to = null;
            if (AcceptWord("to"))
                to = ParseSingleTypeOf();
            columns.Add(new MvExpandColumn(SpanFrom(start), column, to));
        }
        while (Accept(TokenKind.Comma));
        return columns;
    }

    private KqlType ParseSingleTypeOf()
    {
        if (!AcceptWord("typeof") || !At(TokenKind.OpenParen))
        {
            Error("`typeof(...)`");
            return KqlType.Error;
        }

        var open = Advance();
        var type = ParseType();
        Close(TokenKind.CloseParen, open, "`)`");
        return type;
    }

    private MvApplyOperator ParseMvApply(int start)
    {
        var parameters = ParseParameters(IsExpansionParameter);
        var columns = ParseMvExpandColumns();
        var limit = AcceptWord("limit") ? ParseExpression() : null;
        if (AtWord("id"))
        {
            var name = ParseName();
            var value = ParseUnary();
            parameters.Add(new OperatorParameter(SpanFrom(name.Span.Start), name, value));
        }

        ExpectWord("on");
        var subquery = ParseSubquery();
        return new MvApplyOperator(SpanFrom(start), parameters, columns, limit, subquery);
    }

    /// <summary>Reads a pipe in parentheses or braces that starts with an operator, or with a source of its own.</summary>
    private ExpressionSyntax ParseSubquery()
    {
        if (!At(TokenKind.OpenParen) && !At(TokenKind.OpenBrace))
        {
            Error("`(` and a subquery");
            return Missing();
        }

        if (!Enter())
            return Missing();
        var open = Advance();
        var (closing, shown) = open.Kind == TokenKind.OpenParen ? (TokenKind.CloseParen, "`)`") : (TokenKind.CloseBrace, "`}`");
        var start = Start;
        ExpressionSyntax subquery;
        if (AtKnownOperator() && !AtWord("print") && !AtWord("range"))
        {
            var input = new SubqueryInput(new TextSpan(start, 0));
            var first = ParseOperator();
            subquery = PrependOperator(input, first, ParsePipeTail(start, input, $"`|` or {shown}"), start);
        }
        else
        {
            subquery = ParsePipe($"`|` or {shown}");
        }

        Close(closing, open, shown);
        _nesting--;
        return subquery;
    }

    private PipeSyntax PrependOperator(SubqueryInput input, OperatorSyntax? first, ExpressionSyntax rest, int start)
    {
        var operators = new List<OperatorSyntax>();
        if (first is not null)
            operators.Add(first);
        if (rest is PipeSyntax pipe)
            operators.AddRange(pipe.Operators);
        return new PipeSyntax(SpanFrom(start), input, operators);
    }

    private MakeSeriesOperator ParseMakeSeries(int start)
    {
        var parameters = ParseParameters(static name => name is "kind" || IsHint(name));
        var aggregates = new List<MakeSeriesAggregate>();
        do
            aggregates.Add(ParseMakeSeriesAggregate());
        while (Accept(TokenKind.Comma));
        ExpectWord("on");
        var axis = ParseSeriesAxis();
        var inRange = AcceptWord("in");
        var (from, to, step) = inRange ? ParseSeriesRange() : ParseSeriesSteps();
        var groups = AcceptWord("by") ? ParseNamedExpressions() : [];
        return new MakeSeriesOperator(SpanFrom(start), parameters, aggregates, axis, from, to, step, inRange, groups);
    }

    private MakeSeriesAggregate ParseMakeSeriesAggregate()
    {
        var start = Start;
        var aggregate = ParseNamedExpression();
        ExpressionSyntax? value = null;
        if (AcceptWord("default"))
        {
            Expect(TokenKind.Assign, "`=`");
            value = ParseUnary();
        }

        return new MakeSeriesAggregate(SpanFrom(start), aggregate, value);
    }

    /// <summary>Reads the axis without taking the <c>in</c> behind it for an operator.</summary>
    private NamedExpression ParseSeriesAxis()
    {
        var start = Start;
        var names = new List<NameSyntax>();
        if (AtAssignedName())
        {
            names.Add(ParseName());
            Advance();
        }

        var expression = ParseBinary(Precedence.Additive);
        return new NamedExpression(SpanFrom(start), names, expression);
    }

    private (ExpressionSyntax? From, ExpressionSyntax? To, ExpressionSyntax Step) ParseSeriesSteps()
    {
        var from = AcceptWord("from") ? ParseExpression() : null;
        var to = AcceptWord("to") ? ParseExpression() : null;
        ExpectWord("step");
        return (from, to, ParseExpression());
    }

    private (ExpressionSyntax? From, ExpressionSyntax? To, ExpressionSyntax Step) ParseSeriesRange()
    {
        ExpectWord("range");
        if (!At(TokenKind.OpenParen))
        {
            Error("`(`");
            return (Missing(), Missing(), Missing());
        }

        var open = Advance();
        var from = ParseExpression();
        Expect(TokenKind.Comma, "`,`");
        var to = ParseExpression();
        Expect(TokenKind.Comma, "`,`");
        var step = ParseExpression();
        Close(TokenKind.CloseParen, open, "`)`");
        return (from, to, step);
    }

    private PartitionOperator ParsePartition(int start)
    {
        var parameters = ParseParameters(IsHint);
        ExpectWord("by");
        var by = ParseColumnPath();
        var subquery = ParseSubquery();
        return new PartitionOperator(SpanFrom(start), parameters, by, subquery);
    }

    /// <summary>Reads a name or path without taking the parenthesis behind it for a call.</summary>
    private ExpressionSyntax ParseColumnPath()
    {
        var start = Start;
        var name = ParseName();
        ExpressionSyntax path = new NameExpression(name.Span, name);
        while (Accept(TokenKind.Dot))
        {
            var member = ParseName();
            path = new PathSyntax(SpanFrom(start), path, member);
        }

        return path;
    }

    private ForkOperator ParseFork(int start)
    {
        var branches = new List<NamedExpression>();
        while (At(TokenKind.OpenParen) || AtAssignedName())
        {
            var branchStart = Start;
            var names = new List<NameSyntax>();
            if (AtAssignedName())
            {
                names.Add(ParseName());
                Advance();
            }

            var subquery = ParseSubquery();
            branches.Add(new NamedExpression(SpanFrom(branchStart), names, subquery));
            Accept(TokenKind.Comma);
        }

        if (branches.Count == 0)
            Error("`(` and a subquery");
        return new ForkOperator(SpanFrom(start), branches);
    }

    private FacetOperator ParseFacet(int start)
    {
        ExpectWord("by");
        var columns = ParseExpressions();
        var with = AcceptWord("with") ? ParseSubquery() : null;
        return new FacetOperator(SpanFrom(start), columns, with);
    }

    private ReduceOperator ParseReduce(int start)
    {
        var parameters = ParseParameters();
        ExpectWord("by");
        var by = ParseNamedExpression();
        var options = AcceptWord("with") ? (At(TokenKind.OpenParen) ? ParseOptions() : ParseParameters()) : [];
        return new ReduceOperator(SpanFrom(start), parameters, by, options);
    }
}

using AksInsights.Kql.Text;

namespace AksInsights.Kql.Syntax;

internal sealed partial class Parser
{
    private PatternStatement ParsePattern(int start)
    {
        var name = ParseName();
        if (!Accept(TokenKind.Assign))
            return new PatternStatement(SpanFrom(start), name, [], null, []);
        var parameters = ParseFunctionParameters();
        FunctionParameter? path = null;
        if (At(TokenKind.OpenBracket))
        {
            var open = Advance();
            path = ParseFunctionParameter();
            Close(TokenKind.CloseBracket, open, "`]`");
        }

        var cases = ParsePatternCases();
        return new PatternStatement(SpanFrom(start), name, parameters, path, cases);
    }

    private List<PatternCase> ParsePatternCases()
    {
        var cases = new List<PatternCase>();
        if (!At(TokenKind.OpenBrace))
        {
            Error("`{` and the cases");
            return cases;
        }

        var open = Advance();
        while (At(TokenKind.OpenParen))
        {
            cases.Add(ParsePatternCase());
            if (!Accept(TokenKind.Semicolon))
                break;
        }

        Close(TokenKind.CloseBrace, open, "`;` or `}`");
        return cases;
    }

    private PatternCase ParsePatternCase()
    {
        var start = Start;
        var open = Advance();
        var arguments = new List<ExpressionSyntax>();
        if (!At(TokenKind.CloseParen))
            arguments.AddRange(ParseExpressions());
        Close(TokenKind.CloseParen, open, "`,` or `)`");
        var path = Accept(TokenKind.Dot) ? ParseName() : null;
        Expect(TokenKind.Assign, "`=`");
        var body = ParsePatternBody();
        return new PatternCase(SpanFrom(start), arguments, path, body);
    }

    private FunctionSyntax ParsePatternBody()
    {
        var start = Start;
        if (!At(TokenKind.OpenBrace))
        {
            Error("`{` and a table");
            return new FunctionSyntax(new TextSpan(start, 0), [], [], false);
        }

        if (!Enter())
            return new FunctionSyntax(new TextSpan(start, 0), [], [], false);
        var open = Advance();
        var body = ParseStatements(TokenKind.CloseBrace);
        Close(TokenKind.CloseBrace, open, "`}`");
        _nesting--;
        return new FunctionSyntax(SpanFrom(start), [], body, false);
    }
}

using AksInsights.Kql.Diagnostics;
using AksInsights.Kql.Text;
using AksInsights.Kql.Types;

namespace AksInsights.Kql.Syntax;

internal sealed partial class Parser
{
    private const string StatementEnd = "`|`, `;` or the end of the query";

    private QuerySyntax ParseQuery()
    {
        var whole = new TextSpan(0, _text.Length);
        if (At(TokenKind.Dot))
        {
            _diagnostics.ManagementCommand(Current.Span);
            return new QuerySyntax(whole, []);
        }

        var statements = ParseStatements(TokenKind.End);
        if (statements.Count == 0 && !_diagnostics.HasErrors)
            _diagnostics.EmptyQuery(new TextSpan(0, 0));
        return new QuerySyntax(whole, statements);
    }

    /// <summary>Reads statements up to the end of the query, or to the brace that closes a function.</summary>
    private List<StatementSyntax> ParseStatements(TokenKind end)
    {
        var statements = new List<StatementSyntax>();
        while (!At(end) && !At(TokenKind.End))
        {
            if (Accept(TokenKind.Semicolon))
                continue;
            var before = _index;
            statements.Add(ParseStatement());
            if (!At(end) && !At(TokenKind.End) && !Accept(TokenKind.Semicolon))
            {
                Error(StatementEnd, AtClosing() ? "Nothing is open here that this could close." : null);
                if (_index == before || !AtStatementKeyword())
                    SkipStatement(end);
            }
        }

        return statements;
    }

    private void SkipStatement(TokenKind end)
    {
        while (true)
        {
            SkipBalanced();
            if (At(end) || At(TokenKind.Semicolon) || At(TokenKind.End))
                return;
            Advance();
        }
    }

    private bool AtStatementKeyword()
    {
        var next = PeekAt(1);
        return Current.Word switch
        {
            "let" => next.Kind is TokenKind.Identifier or TokenKind.OpenBracket or TokenKind.Assign,
            "set" => next.Kind == TokenKind.Identifier,
            "declare" => next.Word is "query_parameters" or "pattern",
            "alias" => next.Word == "database",
            "restrict" => next.Word == "access",
            _ => false,
        };
    }

    private StatementSyntax ParseStatement()
    {
        var start = Start;
        if (AtStatementKeyword())
        {
            var keyword = Advance().Word;
            switch (keyword)
            {
                case "let":
                    return ParseLet(start);
                case "set":
                    return ParseSet(start);
                case "declare" when AcceptWord("query_parameters"):
                    var parameters = ParseFunctionParameters();
                    return new DeclareParametersStatement(SpanFrom(start), parameters);
                case "declare" when AcceptWord("pattern"):
                    return ParsePattern(start);
                default:
                    return ParseUnsupportedStatement(start, keyword);
            }
        }

        var expression = AtSelect() ? NoStatement("A query starts with its table: `T | where ... | project ...`.")
            : AtClosing() ? NoStatement("Nothing is open here that this could close.")
            : ParsePipe(StatementEnd);
        return new ExpressionStatement(SpanFrom(start), expression);
    }

    private bool AtClosing() => Current.Kind is TokenKind.CloseParen or TokenKind.CloseBracket or TokenKind.CloseBrace;

    private MissingExpression NoStatement(string help)
    {
        Error("a table or an expression", help);
        return Missing();
    }

    /// <summary>True at the start of a query in SQL.</summary>
    private bool AtSelect() => Current.Word.Equals("select", StringComparison.OrdinalIgnoreCase)
        && PeekAt(1).Kind is TokenKind.Identifier or TokenKind.Star or TokenKind.Literal;

    private UnsupportedStatement ParseUnsupportedStatement(int start, string keyword)
    {
        SkipStatement(TokenKind.End);
        return new UnsupportedStatement(SpanFrom(start), keyword);
    }

    private LetStatement ParseLet(int start)
    {
        var name = ParseName();
        Expect(TokenKind.Assign, "`=`");
        var value = AtFunction() ? ParseFunction() : ParsePipe("`|` or `;`");
        return new LetStatement(SpanFrom(start), name, value);
    }

    private SetStatement ParseSet(int start)
    {
        var name = ParseName();
        var value = Accept(TokenKind.Assign) ? ParseUnary() : null;
        return new SetStatement(SpanFrom(start), name, value);
    }

    /// <summary>True before <c>(...) {</c> and <c>view (...) {</c>: only the brace tells a function from an expression.</summary>
    private bool AtFunction()
    {
        var at = _index;
        if (AtWord("view"))
            at++;
        if (_tokens[at].Kind != TokenKind.OpenParen)
            return false;
        var depth = 0;
        for (; at < _tokens.Count - 1; at++)
        {
            if (_tokens[at].Kind == TokenKind.OpenParen)
                depth++;
            else if (_tokens[at].Kind == TokenKind.CloseParen && --depth == 0)
                return _tokens[at + 1].Kind == TokenKind.OpenBrace;
            else if (_tokens[at].Kind == TokenKind.Semicolon)
                return false;
        }

        return false;
    }

    private ExpressionSyntax ParseFunction()
    {
        if (!Enter())
            return Missing();
        var start = Start;
        var isView = AcceptWord("view");
        var parameters = ParseFunctionParameters();
        var open = Advance();
        var body = ParseStatements(TokenKind.CloseBrace);
        Close(TokenKind.CloseBrace, open, "`}`");
        _nesting--;
        return new FunctionSyntax(SpanFrom(start), parameters, body, isView);
    }

    private List<FunctionParameter> ParseFunctionParameters()
    {
        var parameters = new List<FunctionParameter>();
        if (!At(TokenKind.OpenParen))
        {
            Error("`(`");
            return parameters;
        }

        var open = Advance();
        while (!At(TokenKind.CloseParen) && !At(TokenKind.End))
        {
            parameters.Add(ParseFunctionParameter());
            if (!Accept(TokenKind.Comma))
                break;
        }

        Close(TokenKind.CloseParen, open, "`,` or `)`");
        return parameters;
    }

    private FunctionParameter ParseFunctionParameter()
    {
        var start = Start;
        var name = ParseName();
        Expect(TokenKind.Colon, "`:` and a type");
        IReadOnlyList<ColumnDeclaration>? schema = null;
        var anySchema = false;
        var type = KqlType.Error;
        if (At(TokenKind.OpenParen))
            schema = ParseSchema(out anySchema);
        else
            type = ParseType();
        var value = Accept(TokenKind.Assign) ? ParseUnary() : null;
        return new FunctionParameter(SpanFrom(start), name, type, schema, anySchema, value);
    }
}

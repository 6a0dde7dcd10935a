using AksInsights.Kql.Text;
using AksInsights.Kql.Types;

namespace AksInsights.Kql.Syntax;

internal sealed partial class Parser
{
    private DistinctOperator ParseDistinct(int start)
    {
        ParseParameters(IsHint);
        var columns = ParseNamedExpressions();
        return new DistinctOperator(SpanFrom(start), columns);
    }

    private ProjectAwayOperator ParseProjectAway(int start, bool keep)
    {
        var patterns = new List<ColumnPattern>();
        do
        {
            if (TryParseWildcard() is { } wildcard)
            {
                patterns.Add(new ColumnPattern(wildcard.Span, wildcard.Pattern));
            }
            else
            {
                var name = ParseName();
                patterns.Add(new ColumnPattern(name.Span, name.Text));
            }
        }
        while (Accept(TokenKind.Comma));
        return new ProjectAwayOperator(SpanFrom(start), patterns, keep);
    }

    private ProjectReorderOperator ParseProjectReorder(int start)
    {
        var columns = new List<OrderingSyntax>();
        do
            columns.Add(ParseOrdering(ParseColumnOrPattern));
        while (Accept(TokenKind.Comma));
        return new ProjectReorderOperator(SpanFrom(start), columns);
    }

    private ExpressionSyntax ParseColumnOrPattern()
    {
        if (TryParseWildcard() is { } wildcard)
            return wildcard;
        var name = ParseName();
        return new NameExpression(name.Span, name);
    }

    private SerializeOperator ParseSerialize(int start)
    {
        var columns = AtPipeEnd() || At(TokenKind.Bar) ? [] : ParseNamedExpressions();
        return new SerializeOperator(SpanFrom(start), columns);
    }

    private SummarizeOperator ParseSummarize(int start)
    {
        var parameters = ParseParameters(IsHint);
        var aggregates = AtWord("by") ? [] : ParseNamedExpressions();
        var hasBy = AcceptWord("by");
        var groups = hasBy ? ParseNamedExpressions() : [];
        return new SummarizeOperator(SpanFrom(start), parameters, aggregates, groups, hasBy);
    }

    private ParseOperator ParseParse(int start, bool where)
    {
        var parameters = ParseParameters(static name => name is "kind" or "flags" || IsHint(name));
        var source = ParseExpression();
        ExpectWord("with");
        var pattern = new List<ParsePiece>();
        while (ParsePiece() is { } piece)
            pattern.Add(piece);
        if (pattern.Count == 0)
            Error("a pattern of texts, `*` and columns");
        return new ParseOperator(SpanFrom(start), where, parameters, source, pattern);
    }

    private ParsePiece? ParsePiece()
    {
        var start = Start;
        if (Accept(TokenKind.Star))
            return new ParsePiece(SpanFrom(start), null, null, true);
        if (Current is { Kind: TokenKind.Literal, Type: KqlType.String })
        {
            var text = ParseString();
            return new ParsePiece(text.Span, text, null, false);
        }

        if (!AtName())
            return null;
        var name = ParseName();
        var type = Accept(TokenKind.Colon) ? ParseType() : KqlType.String;
        var column = new ColumnDeclaration(SpanFrom(start), name, type);
        return new ParsePiece(column.Span, null, column, false);
    }

    private ParseKvOperator ParseParseKv(int start)
    {
        var source = ParseExpression();
        ExpectWord("as");
        var columns = ParseSchema(out _);
        var options = AcceptWord("with") ? ParseOptions() : [];
        return new ParseKvOperator(SpanFrom(start), source, columns, options);
    }

    /// <summary>Reads <c>(name=value, ...)</c>; a list of values becomes one parameter for each, with the same name.</summary>
    private List<OperatorParameter> ParseOptions()
    {
        var options = new List<OperatorParameter>();
        if (!At(TokenKind.OpenParen))
        {
            Error("`(`");
            return options;
        }

        var open = Advance();
        while (!At(TokenKind.CloseParen) && !At(TokenKind.End))
        {
            var isContinued = options.Count > 0 && !AtAssignedName();
            options.Add(isContinued ? ContinueOption(options[^1]) : ParseOption());
            if (!Accept(TokenKind.Comma) && !AtAssignedName())
                break;
        }

        Close(TokenKind.CloseParen, open, "`,` or `)`");
        return options;
    }

    private OperatorParameter ParseOption()
    {
        var start = Start;
        var name = ParseName();
        Expect(TokenKind.Assign, "`=`");
        var value = ParseParameterValue();
        return new OperatorParameter(SpanFrom(start), name, value);
    }

    private OperatorParameter ContinueOption(OperatorParameter before)
    {
        var start = Start;
        var value = ParseParameterValue();
        return new OperatorParameter(SpanFrom(start), before.Name with { Span = new TextSpan(start, 0) }, value);
    }

    private RenderOperator ParseRender(int start)
    {
        var kind = ParseName().Text;
        var properties = AcceptWord("with") ? ParseOptions() : ParseParameters();
        return new RenderOperator(SpanFrom(start), kind, properties);
    }

    private AsOperator ParseAs(int start)
    {
        var parameters = ParseParameters();
        var name = ParseName();
        return new AsOperator(SpanFrom(start), parameters, name);
    }

    private InvokeOperator ParseInvoke(int start)
    {
        var call = ParseRequiredCall();
        return new InvokeOperator(SpanFrom(start), call);
    }

    private EvaluateOperator ParseEvaluate(int start)
    {
        var parameters = ParseParameters();
        var call = ParseRequiredCall();
        IReadOnlyList<ColumnDeclaration>? schema = null;
        var star = false;
        if (Accept(TokenKind.Colon))
            schema = ParseSchema(out star);
        return new EvaluateOperator(SpanFrom(start), parameters, call, schema, star);
    }

    private CallSyntax ParseRequiredCall()
    {
        var start = Start;
        var expression = ParsePostfix();
        if (expression is CallSyntax call)
            return call;
        Error("`(` and the arguments of a function");
        var name = (expression as NameExpression)?.Name ?? new NameSyntax(expression.Span, string.Empty);
        return new CallSyntax(SpanFrom(start), name, []);
    }
}

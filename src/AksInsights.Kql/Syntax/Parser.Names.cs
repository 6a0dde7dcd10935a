using AksInsights.Kql.Diagnostics;
using AksInsights.Kql.Text;
using AksInsights.Kql.Types;

namespace AksInsights.Kql.Syntax;

internal sealed partial class Parser
{
    /// <summary>True before a word or <c>['name']</c>.</summary>
    private bool AtName() => At(TokenKind.Identifier) || AtQuotedName(0);

    private bool AtQuotedName(int ahead) => PeekAt(ahead).Kind == TokenKind.OpenBracket
        && PeekAt(ahead + 1) is { Kind: TokenKind.Literal, Type: KqlType.String }
        && PeekAt(ahead + 2).Kind == TokenKind.CloseBracket;

    /// <summary>Reads a name; without one, reports it and gives an empty one.</summary>
    private NameSyntax ParseName()
    {
        if (At(TokenKind.Identifier))
        {
            var token = Advance();
            return new NameSyntax(token.Span, token.Word);
        }

        if (AtQuotedName(0))
        {
            var start = Start;
            Advance();
            var text = (string)Advance().Value!;
            Advance();
            return new NameSyntax(SpanFrom(start), text);
        }

        Error("a name");
        return new NameSyntax(new TextSpan(Start, 0), string.Empty);
    }

    /// <summary>True before <c>name =</c>.</summary>
    private bool AtAssignedName() =>
        (At(TokenKind.Identifier) && PeekAt(1).Kind == TokenKind.Assign) || (AtQuotedName(0) && PeekAt(3).Kind == TokenKind.Assign);

    /// <summary>True before <c>(name, name) =</c>.</summary>
    private bool AtNameTuple()
    {
        if (!At(TokenKind.OpenParen))
            return false;
        var ahead = 1;
        while (PeekAt(ahead).Kind == TokenKind.Identifier || AtQuotedName(ahead))
        {
            ahead += PeekAt(ahead).Kind == TokenKind.Identifier ? 1 : 3;
            if (PeekAt(ahead).Kind == TokenKind.CloseParen)
                return PeekAt(ahead + 1).Kind == TokenKind.Assign;
            if (PeekAt(ahead++).Kind != TokenKind.Comma)
                return false;
        }

        return false;
    }

    private NamedExpression ParseNamedExpression()
    {
        var start = Start;
        var names = new List<NameSyntax>();
        if (AtAssignedName())
        {
            names.Add(ParseName());
            Advance();
        }
        else if (AtNameTuple())
        {
            do
            {
                Advance();
                names.Add(ParseName());
            }
            while (At(TokenKind.Comma));
            Advance();
            Advance();
        }

        var expression = ParseExpression();
        return new NamedExpression(SpanFrom(start), names, expression);
    }

    private List<NamedExpression> ParseNamedExpressions()
    {
        var list = new List<NamedExpression>();
        do
            list.Add(ParseNamedExpression());
        while (Accept(TokenKind.Comma));
        return list;
    }

    private List<ExpressionSyntax> ParseExpressions()
    {
        var list = new List<ExpressionSyntax>();
        do
            list.Add(ParseExpression());
        while (Accept(TokenKind.Comma));
        return list;
    }

    private KqlType ParseType()
    {
        if (!At(TokenKind.Identifier))
        {
            Error("a type");
            return KqlType.Error;
        }

        var token = Advance();
        if (!KqlTypes.TryParse(token.Word, out var type))
            _diagnostics.UnknownType(token.Span, token.Word);
        return type;
    }

    private ColumnDeclaration ParseColumnDeclaration()
    {
        var start = Start;
        var name = ParseName();
        Expect(TokenKind.Colon, "`:` and a type");
        var type = ParseType();
        return new ColumnDeclaration(SpanFrom(start), name, type);
    }

    /// <summary>Reads <c>(a:long, b:string)</c>; <paramref name="star"/> for a star among or instead of the columns.</summary>
    private List<ColumnDeclaration> ParseSchema(out bool star)
    {
        star = false;
        var columns = new List<ColumnDeclaration>();
        if (!At(TokenKind.OpenParen))
        {
            Error("`(`");
            return columns;
        }

        var open = Advance();
        while (!At(TokenKind.CloseParen) && !At(TokenKind.End))
        {
            if (Accept(TokenKind.Star))
                star = true;
            else
                columns.Add(ParseColumnDeclaration());
            if (!Accept(TokenKind.Comma))
                break;
        }

        Close(TokenKind.CloseParen, open, "`,` or `)`");
        return columns;
    }

    /// <summary>Reads a pattern such as <c>Kube*</c>, whose parts stand without space; null, nothing read, without a star.</summary>
    private WildcardName? TryParseWildcard()
    {
        var start = Start;
        var count = 0;
        var hasStar = false;
        while (PeekAt(count).Kind is TokenKind.Identifier or TokenKind.Star
            && (count == 0 || PeekAt(count).Span.Start == PeekAt(count - 1).Span.End))
        {
            hasStar |= PeekAt(count).Kind == TokenKind.Star;
            count++;
        }

        if (!hasStar)
            return null;
        for (; count > 0; count--)
            Advance();
        var span = SpanFrom(start);
        return new WildcardName(span, _text.Substring(span.Start, span.Length));
    }

    /// <summary>Reads parameters of an operator, <c>name=value</c> or <c>hint.name=value</c>.</summary>
    /// <param name="isParameter">Which names are parameters where columns may be named as well; null for all.</param>
    private List<OperatorParameter> ParseParameters(Func<string, bool>? isParameter = null)
    {
        var parameters = new List<OperatorParameter>();
        while (PeekParameter() is var (name, tokens) && name is not null && (isParameter is null || isParameter(name)))
        {
            var start = Start;
            var nameSpan = TextSpan.FromBounds(start, PeekAt(tokens - 1).Span.End);
            for (var i = 0; i <= tokens; i++)
                Advance();
            var value = ParseParameterValue();
            parameters.Add(new OperatorParameter(SpanFrom(start), new NameSyntax(nameSpan, name), value));
            // Some operators separate their parameters by commas, some by nothing.
            if (At(TokenKind.Comma) && PeekAt(1).Kind == TokenKind.Identifier && PeekAt(2).Kind == TokenKind.Assign
                && (isParameter is null || isParameter(PeekAt(1).Word)))
            {
                Advance();
            }
        }

        return parameters;
    }

    private (string? Name, int Tokens) PeekParameter()
    {
        if (!At(TokenKind.Identifier))
            return (null, 0);
        var tokens = 1;
        var name = Current.Word;
        while (PeekAt(tokens).Kind == TokenKind.Dot && PeekAt(tokens + 1).Kind == TokenKind.Identifier)
        {
            name += "." + PeekAt(tokens + 1).Word;
            tokens += 2;
        }

        return PeekAt(tokens).Kind == TokenKind.Assign ? (name, tokens) : (null, 0);
    }

    private static bool IsHint(string name) => name.StartsWith("hint.", StringComparison.Ordinal);

    private ExpressionSyntax ParseParameterValue()
    {
        // A word here is never the start of a call: `isfuzzy=true (T)`.
        if (At(TokenKind.Identifier))
        {
            var name = ParseName();
            return BoolLiteral(name) ?? (ExpressionSyntax)new NameExpression(name.Span, name);
        }

        return ParseUnary();
    }
}

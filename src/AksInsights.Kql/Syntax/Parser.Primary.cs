using AksInsights.Kql.Diagnostics;
using AksInsights.Kql.Text;
using AksInsights.Kql.Types;

namespace AksInsights.Kql.Syntax;

internal sealed partial class Parser
{
    private ExpressionSyntax ParsePrimary()
    {
        var token = Current;
        switch (token.Kind)
        {
            case TokenKind.Literal when token.Type == KqlType.String && !AtEndOfString():
                return ParseString();
            case TokenKind.Literal:
                Advance();
                return new LiteralSyntax(token.Span, token.Type, token.Value);
            case TokenKind.Now:
                Advance();
                return new CallSyntax(token.Span, new NameSyntax(token.Span, "now"), []);
            case TokenKind.OpenParen:
                return ParseParenthesized();
            case TokenKind.Star:
                Advance();
                return new StarSyntax(token.Span);
            case TokenKind.OpenBracket when AtQuotedName(0):
                var name = ParseName();
                return new NameExpression(name.Span, name);
            case TokenKind.Identifier when !IsReserved(token):
                return ParseWord();
            case TokenKind.BangWord when !IsReserved(token):
                Advance();
                _diagnostics.ForeignOperator(new TextSpan(token.Span.Start, 1), "!");
                var word = new NameSyntax(TextSpan.FromBounds(token.Span.Start + 1, token.Span.End), token.Word[1..]);
                return new NameExpression(word.Span, word);
            default:
                Error("an expression");
                return Missing();
        }
    }

    /// <summary>Words that stand between expressions cannot stand for a column unless they are quoted.</summary>
    private static bool IsReserved(in Token token) => token.Word == "by" || Infix.Of(token).Precedence != Precedence.None;

    private bool AtEndOfString() => PeekAt(1) is not { Kind: TokenKind.Literal, Type: KqlType.String };

    /// <summary>Reads a string; those that follow one another without anything between are one.</summary>
    private LiteralSyntax ParseString()
    {
        var start = Start;
        var parts = new List<string>();
        while (Current is { Kind: TokenKind.Literal, Type: KqlType.String })
            parts.Add((string)Advance().Value!);
        return new LiteralSyntax(SpanFrom(start), KqlType.String, string.Concat(parts));
    }

    private ExpressionSyntax ParseParenthesized()
    {
        var start = Start;
        var open = Advance();
        var inner = ParsePipe("`)`");
        Close(TokenKind.CloseParen, open, "`)`");
        return new ParenthesizedSyntax(SpanFrom(start), inner);
    }

    private ExpressionSyntax ParseWord()
    {
        var start = Start;
        var name = ParseName();
        if (!At(TokenKind.OpenParen))
            return BoolLiteral(name) ?? (ExpressionSyntax)new NameExpression(name.Span, name);
        return name.Text switch
        {
            "typeof" => ParseTypeOf(start),
            "datatable" => ParseDataTable(start),
            "externaldata" => ParseExternalData(start),
            _ => ParseCall(start, name, null),
        };
    }

    private static LiteralSyntax? BoolLiteral(NameSyntax name) => name.Text switch
    {
        "true" or "True" or "TRUE" => new LiteralSyntax(name.Span, KqlType.Bool, true),
        "false" or "False" or "FALSE" => new LiteralSyntax(name.Span, KqlType.Bool, false),
        _ => null,
    };

    private TypeOfSyntax ParseTypeOf(int start)
    {
        var open = Advance();
        var types = new List<KqlType>();
        var schema = new List<ColumnDeclaration>();
        var star = false;
        while (!At(TokenKind.CloseParen) && !At(TokenKind.End))
        {
            if (Accept(TokenKind.Star))
                star = true;
            else if (PeekAt(1).Kind == TokenKind.Colon || At(TokenKind.OpenBracket))
                schema.Add(ParseColumnDeclaration());
            else
                types.Add(ParseType());
            if (!Accept(TokenKind.Comma))
                break;
        }

        Close(TokenKind.CloseParen, open, "`,` or `)`");
        return new TypeOfSyntax(SpanFrom(start), types, schema, star);
    }

    private DataTableSyntax ParseDataTable(int start)
    {
        var columns = ParseSchema(out _);
        var values = new List<ExpressionSyntax>();
        if (!At(TokenKind.OpenBracket))
        {
            Error("`[` and the values");
            return new DataTableSyntax(SpanFrom(start), columns, values);
        }

        var open = Advance();
        while (!At(TokenKind.CloseBracket) && !At(TokenKind.End))
        {
            values.Add(ParseExpression());
            if (!Accept(TokenKind.Comma))
                break;
        }

        Close(TokenKind.CloseBracket, open, "`,` or `]`");
        return new DataTableSyntax(SpanFrom(start), columns, values);
    }

    /// <summary>Reads as much of externaldata as its shape needs; where the data lies does not matter, as it is never fetched.</summary>
    private ExternalDataSyntax ParseExternalData(int start)
    {
        var columns = ParseSchema(out _);
        SkipBracketed(TokenKind.OpenBracket, TokenKind.CloseBracket, "`[` and the addresses");
        if (AcceptWord("with"))
            SkipBracketed(TokenKind.OpenParen, TokenKind.CloseParen, "`(`");
        return new ExternalDataSyntax(SpanFrom(start), columns);
    }

    private void SkipBracketed(TokenKind opening, TokenKind closing, string expected)
    {
        if (!At(opening))
        {
            Error(expected);
            return;
        }

        var open = Advance();
        do
            SkipBalanced();
        while (Accept(TokenKind.Comma));
        Close(closing, open, expected);
    }
}

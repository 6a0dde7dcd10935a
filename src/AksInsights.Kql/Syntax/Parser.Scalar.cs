using AksInsights.Kql.Diagnostics;
using AksInsights.Kql.Text;

namespace AksInsights.Kql.Syntax;

internal sealed partial class Parser
{
    private ExpressionSyntax ParseExpression() => ParseBinary(Precedence.Or);

    private ExpressionSyntax ParseCondition()
    {
        var outer = _inCondition;
        _inCondition = true;
        var condition = ParseExpression();
        _inCondition = outer;
        return condition;
    }

    /// <summary>Reads operands joined by operators that bind at least as tightly as given; equals group from the left.</summary>
    private ExpressionSyntax ParseBinary(Precedence least)
    {
        if (!Enter())
            return Missing();
        var start = Start;
        var left = ParseUnary();
        while (CurrentInfix() is var infix && infix.Precedence >= least && infix.Precedence != Precedence.None)
        {
            var operatorSpan = Current.Span;
            Advance();
            if (infix.Binary == BinaryOperator.MatchesRegex)
                operatorSpan = ReadRegexWord(operatorSpan);
            left = infix switch
            {
                { In: { } list } => ParseIn(start, left, list),
                { IsBetween: true } => ParseBetween(start, left, infix.Negated),
                _ => ParseRight(start, left, infix, operatorSpan),
            };
        }

        _nesting--;
        return left;
    }

    private BinarySyntax ParseRight(int start, ExpressionSyntax left, Infix infix, TextSpan operatorSpan)
    {
        var right = ParseBinary(infix.Precedence + 1);
        return new BinarySyntax(SpanFrom(start), infix.Binary!.Value, operatorSpan, left, right);
    }

    private TextSpan ReadRegexWord(TextSpan matches)
    {
        var regex = Current.Span;
        if (AcceptWord("regex"))
            return TextSpan.Union(matches, regex);
        Error("`regex`");
        return matches;
    }

    /// <summary>The operator at hand; mistakes for one are reported and taken as what was meant.</summary>
    private Infix CurrentInfix()
    {
        var token = Current;
        switch (token.Kind)
        {
            case TokenKind.Assign when _inCondition:
                _diagnostics.AssignmentInCondition(token.Span);
                return new Infix(Precedence.Comparison, BinaryOperator.Equal);
            case TokenKind.Foreign when token.Value is "&&" or "||":
                _diagnostics.ForeignOperator(token.Span, (string)token.Value);
                return token.Value is "&&"
                    ? new Infix(Precedence.And, BinaryOperator.And)
                    : new Infix(Precedence.Or, BinaryOperator.Or);
            case TokenKind.Colon when _inSearch:
                return new Infix(Precedence.Comparison, BinaryOperator.Has);
            default:
                return Infix.Of(token);
        }
    }

    private InSyntax ParseIn(int start, ExpressionSyntax left, InOperator @operator)
    {
        var items = new List<ExpressionSyntax>();
        if (!At(TokenKind.OpenParen))
        {
            Error("`(` and a list of values");
            items.Add(ParseBinary(Precedence.Additive));
            return new InSyntax(SpanFrom(start), @operator, left, items);
        }

        var open = Advance();
        var outer = _inCondition;
        _inCondition = false;
        if (!At(TokenKind.CloseParen))
        {
            do
                items.Add(ParsePipe("`,` or `)`"));
            while (Accept(TokenKind.Comma) && !At(TokenKind.CloseParen));
        }

        _inCondition = outer;
        Close(TokenKind.CloseParen, open, "`,` or `)`");
        return new InSyntax(SpanFrom(start), @operator, left, items);
    }

    private BetweenSyntax ParseBetween(int start, ExpressionSyntax value, bool negated)
    {
        if (!At(TokenKind.OpenParen))
        {
            Error("`(`", "A range is written `between (low .. high)`.");
            return new BetweenSyntax(SpanFrom(start), negated, value, Missing(), Missing());
        }

        var open = Advance();
        var low = ParseExpression();
        if (!Accept(TokenKind.DotDot))
            Error("`..`", "A range is written `between (low .. high)`.");
        var high = ParseExpression();
        Close(TokenKind.CloseParen, open, "`)`");
        return new BetweenSyntax(SpanFrom(start), negated, value, low, high);
    }

    private ExpressionSyntax ParseUnary()
    {
        if (!(At(TokenKind.Minus) || At(TokenKind.Plus) || At(TokenKind.Foreign)))
            return ParsePostfix();
        if (!Enter())
            return Missing();
        var start = Start;
        var sign = Advance();
        ExpressionSyntax result;
        if (sign.Kind == TokenKind.Foreign)
        {
            _diagnostics.ForeignOperator(sign.Span, (string)sign.Value!);
            result = ParseUnary();
        }
        else
        {
            var operand = ParseUnary();
            result = new UnarySyntax(SpanFrom(start), sign.Kind == TokenKind.Minus ? UnaryOperator.Minus : UnaryOperator.Plus, operand);
        }

        _nesting--;
        return result;
    }

    private ExpressionSyntax ParsePostfix()
    {
        var start = Start;
        var target = ParsePrimary();
        while (true)
        {
            if (At(TokenKind.Dot))
            {
                Advance();
                // `bag.[name]` is `bag[name]`; `bag.['a name']` is a quoted name like any other.
                if (At(TokenKind.OpenBracket) && !AtQuotedName(0)) continue;
                var member = ParseName();
                target = At(TokenKind.OpenParen)
                    ? ParseCall(start, member, target)
                    : new PathSyntax(SpanFrom(start), target, member);
            }
            else if (At(TokenKind.OpenBracket) && target is not MissingExpression)
            {
                var open = Advance();
                var index = ParseExpression();
                Close(TokenKind.CloseBracket, open, "`]`");
                target = new ElementSyntax(SpanFrom(start), target, index);
            }
            else
            {
                return target;
            }
        }
    }

    private CallSyntax ParseCall(int start, NameSyntax name, ExpressionSyntax? target)
    {
        var open = Advance();
        var arguments = new List<ArgumentSyntax>();
        var (condition, search) = (_inCondition, _inSearch);
        _inCondition = _inSearch = false;
        if (!At(TokenKind.CloseParen))
        {
            do
                arguments.Add(ParseArgument());
            while (Accept(TokenKind.Comma));
        }

        (_inCondition, _inSearch) = (condition, search);
        Close(TokenKind.CloseParen, open, "`,` or `)`");
        return new CallSyntax(SpanFrom(start), name, arguments) { Target = target };
    }

    private ArgumentSyntax ParseArgument()
    {
        var start = Start;
        NameSyntax? name = null;
        if (AtAssignedName())
        {
            name = ParseName();
            Advance();
        }

        var value = ParsePipe("`,` or `)`");
        return new ArgumentSyntax(SpanFrom(start), name, value);
    }
}

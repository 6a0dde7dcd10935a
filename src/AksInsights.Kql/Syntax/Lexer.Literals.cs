using System.Globalization;
using AksInsights.Kql.Diagnostics;
using AksInsights.Kql.Text;
using AksInsights.Kql.Types;

namespace AksInsights.Kql.Syntax;

internal sealed partial class Lexer
{
    private void ReadNumber()
    {
        var start = _position;
        if (Peek() == '0' && Peek(1) is 'x' or 'X')
        {
            _position += 2;
            SkipWordPart();
            AddLong(start);
            return;
        }

        SkipDigits();
        // `1..5` is a range; `1.` and `1.5` are reals.
        var isReal = Peek() == '.' && Peek(1) != '.' && !IsWordStart(Peek(1));
        if (isReal)
        {
            _position++;
            SkipDigits();
        }

        if (IsExponent())
        {
            isReal = true;
            _position += 2;
            SkipDigits();
        }

        if (IsWordStart(Peek()))
            ReadUnit(start);
        else if (isReal)
            Add(TokenKind.Literal, start, double.Parse(_text.AsSpan(start, _position - start), CultureInfo.InvariantCulture), KqlType.Real);
        else
            AddLong(start);
    }

    private void SkipDigits()
    {
        while (char.IsAsciiDigit(Peek()))
            _position++;
    }

    private void SkipWordPart()
    {
        while (IsWordPart(Peek()))
            _position++;
    }

    private bool IsExponent() => Peek() is 'e' or 'E'
        && (char.IsAsciiDigit(Peek(1)) || (Peek(1) is '+' or '-' && char.IsAsciiDigit(Peek(2))));

    private void AddLong(int start)
    {
        var text = _text.AsSpan(start, _position - start);
        if (!NumberText.TryParseLong(text, out var value))
        {
            var span = TextSpan.FromBounds(start, _position);
            if (IsWholeNumber(text))
                _diagnostics.NumberTooLarge(span, text.ToString());
            else
                _diagnostics.UnreadableNumber(span, text.ToString());
        }

        Add(TokenKind.Literal, start, value, KqlType.Long);
    }

    private static bool IsWholeNumber(ReadOnlySpan<char> text)
    {
        if (!text.StartsWith("0x", StringComparison.OrdinalIgnoreCase))
            return true;
        foreach (var c in text[2..])
        {
            if (!char.IsAsciiHexDigit(c))
                return false;
        }

        return text.Length > 2;
    }

    private void ReadUnit(int start)
    {
        SkipWordPart();
        var text = _text.AsSpan(start, _position - start);
        if (TimeSpanText.TryAmount(text, out var ticks))
        {
            Add(TokenKind.Literal, start, ticks, KqlType.TimeSpan);
            return;
        }

        _diagnostics.UnreadableNumber(TextSpan.FromBounds(start, _position), text.ToString());
        Add(TokenKind.Literal, start, 0L, KqlType.Long);
    }

    /// <summary>The type of literals that a word introduces; <see cref="KqlType.Error"/> when it introduces none.</summary>
    private static KqlType LiteralType(ReadOnlySpan<char> word) => word switch
    {
        // `string(...)` is not a literal of the language.
        "string" => KqlType.Error,
        _ => KqlTypes.TryParse(word, out var type) ? type : KqlType.Error,
    };

    /// <summary>Reads <c>(...)</c> behind the name of a type; false, with nothing read, when no parenthesis follows.</summary>
    private bool TryReadTypedLiteral(int start, KqlType type)
    {
        var keywordEnd = _position;
        var open = keywordEnd;
        while (open < _text.Length && char.IsWhiteSpace(_text[open]))
            open++;
        if (open >= _text.Length || _text[open] != '(')
            return false;
        if (type == KqlType.Dynamic)
            return ReadDynamic(start, open + 1);
        var close = FindClosing(open + 1, mayHoldPipes: false);
        var isClosed = SkipClosing(close);
        var inside = _text.AsSpan(open + 1, close - open - 1).Trim();
        if (isClosed && type == KqlType.DateTime && (inside.IsEmpty || inside.SequenceEqual("now")))
        {
            Add(TokenKind.Now, start);
            return true;
        }

        object? value = null;
        if (!isClosed)
        {
            var found = close < _text.Length ? $"`{_text[close]}`" : "the end of the query";
            _diagnostics.UnclosedBracket(new TextSpan(open, 1), '(', ')', found);
        }
        else if (!TypedLiteralText.TryParse(type, inside, out value))
        {
            var span = TextSpan.FromBounds(open + 1, Math.Max(close, open + 1));
            _diagnostics.UnreadableLiteral(span, _text[start..keywordEnd], inside.ToString(), type);
        }

        Add(TokenKind.Literal, start, value, type);
        return true;
    }

    private bool ReadDynamic(int start, int inside)
    {
        if (DynamicText.TryParseLiteral(_text, inside, out var value, out var end) && end < _text.Length && _text[end] == ')')
        {
            _position = end + 1;
        }
        else
        {
            var at = Math.Min(end, _text.Length);
            SkipClosing(FindClosing(inside, mayHoldPipes: true));
            var found = at < _text.Length ? _text.Substring(at, 1) : string.Empty;
            _diagnostics.UnreadableLiteral(new TextSpan(at, found.Length), "dynamic", found, KqlType.Dynamic);
            value = null;
        }

        Add(TokenKind.Literal, start, value, KqlType.Dynamic);
        return true;
    }

    private bool SkipClosing(int close)
    {
        var isClosed = close < _text.Length && _text[close] == ')';
        _position = isClosed ? close + 1 : close;
        return isClosed;
    }

    /// <summary>
    /// The index of the parenthesis that closes a literal; quotes and nested brackets are honoured. Without one, the index of the
    /// character that ends the search: a semicolon, a pipe where none can be, another closing bracket, or the end of the text.
    /// </summary>
    private int FindClosing(int from, bool mayHoldPipes)
    {
        var depth = 0;
        var quote = '\0';
        for (var i = from; i < _text.Length; i++)
        {
            var c = _text[i];
            if (quote != '\0')
            {
                if (c == '\\')
                    i++;
                else if (c == quote || c == '\n')
                    quote = '\0';
            }
            else if (c is '"' or '\'')
            {
                quote = c;
            }
            else if (c is '(' or '[' or '{')
            {
                depth++;
            }
            else if (c is ')' or ']' or '}' && depth-- == 0)
            {
                return i;
            }
            else if (c == ';' || (c == '|' && !mayHoldPipes))
            {
                return i;
            }
        }

        return _text.Length;
    }
}

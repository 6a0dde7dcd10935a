using System.Globalization;
using System.Text;

namespace AksInsights.Kql.Types;

/// <summary>Reads JSON, or the looser notation of dynamic literals, from a text. Never throws; depth is limited.</summary>
internal ref struct DynamicReader(string text, int start, bool lenient)
{
    private const int MaxDepth = 256;
    private int _depth;

    /// <summary>The index of the next character; after a failure, the place that could not be read.</summary>
    public int Position { get; private set; } = start;

    /// <summary>Reads a value that must fill the rest of the text.</summary>
    public bool TryReadWhole(out object? value)
    {
        if (TryReadValue(out value) && Position == text.Length)
            return true;
        value = null;
        return false;
    }

    /// <summary>Reads one value and the white space around it.</summary>
    public bool TryReadValue(out object? value)
    {
        value = null;
        SkipSpace();
        if (++_depth > MaxDepth)
            return false;
        var read = Peek() switch
        {
            '{' => TryBag(out value),
            '[' => TryArray(out value),
            '"' => TryString(out value),
            '\'' or '@' or 'h' or 'H' when lenient && IsString() => TryString(out value),
            '-' or (>= '0' and <= '9') => TryNumber(out value),
            '+' or '.' when lenient => TryNumber(out value),
            _ => TryWord(out value),
        };
        _depth--;
        SkipSpace();
        return read;
    }

    private readonly char Peek(int ahead = 0) => Position + ahead < text.Length ? text[Position + ahead] : '\0';

    private bool Accept(char expected)
    {
        if (Peek() != expected)
            return false;
        Position++;
        return true;
    }

    private void SkipSpace()
    {
        while (Position < text.Length)
        {
            var c = text[Position];
            if (c is ' ' or '\t' or '\n' or '\r' || (lenient && char.IsWhiteSpace(c)))
            {
                Position++;
            }
            else if (lenient && c == '/' && Peek(1) == '/')
            {
                var end = text.AsSpan(Position).IndexOf('\n');
                Position = end < 0 ? text.Length : Position + end;
            }
            else
            {
                return;
            }
        }
    }

    private bool TryBag(out object? value)
    {
        var bag = new DynamicBag();
        value = bag;
        Position++;
        SkipSpace();
        if (Accept('}'))
            return true;
        do
        {
            SkipSpace();
            if (!(Peek() == '"' || (lenient && IsString())) || !TryString(out var name))
                return false;
            SkipSpace();
            if (!Accept(':') || !TryReadValue(out var item))
                return false;
            bag[(string)name!] = item;
        }
        while (Accept(','));

        return Accept('}');
    }

    private bool TryArray(out object? value)
    {
        value = null;
        Position++;
        SkipSpace();
        if (Accept(']'))
        {
            value = DynamicArray.Empty;
            return true;
        }

        var items = new List<object?>();
        do
        {
            if (!TryReadValue(out var item))
                return false;
            items.Add(item);
        }
        while (Accept(','));

        value = new DynamicArray([.. items]);
        return Accept(']');
    }

    /// <summary>Tells <c>'a'</c>, <c>@"a"</c> and <c>h'a'</c> from words that begin with the same letter.</summary>
    private readonly bool IsString()
    {
        var ahead = Peek() is 'h' or 'H' ? 1 : 0;
        if (Peek(ahead) == '@')
            ahead++;
        return Peek(ahead) is '"' or '\'';
    }

    private bool TryString(out object? value)
    {
        value = null;
        if (Peek() is 'h' or 'H')
            Position++;
        if (Accept('@'))
            return TryVerbatim(out value);
        var quote = text[Position];
        var start = ++Position;
        while (Position < text.Length && text[Position] != quote)
        {
            if (text[Position] == '\\')
                return TryEscapedString(start, quote, out value);
            if (text[Position] < ' ' && !lenient)
                return false;
            Position++;
        }

        value = text[start..Position];
        return Accept(quote);
    }

    private bool TryVerbatim(out object? value)
    {
        value = null;
        var quote = text[Position++];
        var result = new StringBuilder();
        while (Position < text.Length)
        {
            var c = text[Position++];
            if (c == quote && !Accept(quote))
            {
                value = result.ToString();
                return true;
            }

            result.Append(c);
        }

        return false;
    }

    private bool TryEscapedString(int start, char quote, out object? value)
    {
        value = null;
        var result = new StringBuilder().Append(text, start, Position - start);
        while (Position < text.Length && text[Position] != quote)
        {
            var c = text[Position];
            if (c != '\\')
            {
                if (c < ' ' && !lenient)
                    return false;
                result.Append(c);
                Position++;
                continue;
            }

            if (!lenient && Peek(1) is not ('"' or '\\' or '/' or 'b' or 'f' or 'n' or 'r' or 't' or 'u'))
                return false;
            var length = StringText.ReadEscape(text.AsSpan(Position), result);
            if (length == 0)
                return false;
            Position += length;
        }

        value = result.ToString();
        return Accept(quote);
    }

    private bool TryNumber(out object? value)
    {
        value = null;
        var start = Position;
        if (Peek() == '-' || (lenient && Peek() == '+'))
            Position++;
        var digits = SkipDigits();
        var wholeText = text.AsSpan(start, Position - start);
        if (!lenient && (digits == 0 || (digits > 1 && wholeText[^digits] == '0')))
            return false;
        var isWhole = true;
        if (Accept('.'))
        {
            isWhole = false;
            if (SkipDigits() == 0 && (!lenient || digits == 0))
                return false;
        }

        if (Peek() is 'e' or 'E')
        {
            isWhole = false;
            Position++;
            if (Peek() is '+' or '-')
                Position++;
            if (SkipDigits() == 0)
                return false;
        }

        if (lenient && char.IsAsciiLetter(Peek()))
            return TryUnit(start, out value);
        var number = text.AsSpan(start, Position - start);
        if (isWhole && long.TryParse(number, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var whole))
        {
            value = whole;
            return true;
        }

        var read = double.TryParse(number, NumberStyles.Float, CultureInfo.InvariantCulture, out var real);
        value = real;
        return read;
    }

    private int SkipDigits()
    {
        var start = Position;
        while (char.IsAsciiDigit(Peek()))
            Position++;
        return Position - start;
    }

    private bool TryUnit(int start, out object? value)
    {
        while (char.IsAsciiLetterOrDigit(Peek()))
            Position++;
        var read = TimeSpanText.TryParse(text.AsSpan(start, Position - start), out var ticks);
        value = new TimeSpan(ticks);
        return read;
    }

    private bool TryWord(out object? value)
    {
        value = null;
        var start = Position;
        while (char.IsAsciiLetterOrDigit(Peek()))
            Position++;
        var word = text.AsSpan(start, Position - start);
        if (word.SequenceEqual("null"))
            return true;
        var isTrue = Matches(word, "true");
        if (isTrue || Matches(word, "false"))
        {
            value = isTrue;
            return true;
        }

        if (lenient && KqlTypes.TryParse(word, out var type))
        {
            SkipSpace();
            if (Peek() == '(')
                return TryTyped(type, out value);
        }

        Position = start;
        return false;
    }

    private readonly bool Matches(ReadOnlySpan<char> word, string expected) =>
        word.Equals(expected, lenient ? StringComparison.OrdinalIgnoreCase : StringComparison.Ordinal);

    private bool TryTyped(KqlType type, out object? value)
    {
        value = null;
        var inside = ++Position;
        if (type == KqlType.Dynamic)
            return TryReadValue(out value) && Accept(')');
        var length = text.AsSpan(inside).IndexOf(')');
        if (length < 0 || !TypedLiteralText.TryParse(type, text.AsSpan(inside, length), out value))
            return false;
        Position = inside + length + 1;
        value = (type, value) switch
        {
            (KqlType.DateTime, long ticks) => new DateTime(ticks, DateTimeKind.Utc),
            (KqlType.TimeSpan, long ticks) => new TimeSpan(ticks),
            _ => value,
        };
        return true;
    }
}

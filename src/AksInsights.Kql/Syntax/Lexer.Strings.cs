using AksInsights.Kql.Diagnostics;
using AksInsights.Kql.Text;
using AksInsights.Kql.Types;

namespace AksInsights.Kql.Syntax;

internal sealed partial class Lexer
{
    /// <summary>True before <c>@"..."</c>, <c>h"..."</c> and <c>h@"..."</c>.</summary>
    private bool IsPrefixedString()
    {
        var ahead = Peek() == '@' ? 0 : 1;
        if (Peek(ahead) == '@')
            ahead++;
        return Peek(ahead) is '"' or '\'' || (ahead == 1 && IsFence(_position + 1));
    }

    private bool IsFence() => IsFence(_position);

    private bool IsFence(int at) =>
        at + 2 < _text.Length && _text[at] is '`' or '~' && _text[at + 1] == _text[at] && _text[at + 2] == _text[at];

    private void ReadString()
    {
        var start = _position;
        // The h of an obfuscated string hides it from logs; the value is the same.
        if (Peek() is 'h' or 'H')
            _position++;
        if (IsFence())
            ReadFenced(start);
        else if (Peek() == '@')
            ReadVerbatim(start);
        else
            ReadEscaped(start);
    }

    private void ReadFenced(int start)
    {
        var fence = _text.Substring(_position, 3);
        var inside = _position + 3;
        var end = _text.IndexOf(fence, inside, StringComparison.Ordinal);
        if (end < 0)
        {
            _position = _text.Length;
            _diagnostics.UnterminatedString(new TextSpan(start, 3), fence);
            end = _text.Length;
        }
        else
        {
            _position = end + 3;
        }

        Add(TokenKind.Literal, start, _text[inside..end], KqlType.String);
    }

    private void ReadVerbatim(int start)
    {
        var quote = Peek(1);
        var inside = _position + 2;
        var end = inside;
        while (end < _text.Length && _text[end] is not ('\n' or '\r'))
        {
            if (_text[end] == quote && !(end + 1 < _text.Length && _text[end + 1] == quote))
                break;
            end += _text[end] == quote ? 2 : 1;
        }

        end = Math.Min(end, _text.Length);
        Close(start, end, quote);
        var value = _text[inside..end].Replace(new string(quote, 2), quote.ToString(), StringComparison.Ordinal);
        Add(TokenKind.Literal, start, value, KqlType.String);
    }

    private void ReadEscaped(int start)
    {
        var quote = Peek();
        var inside = _position + 1;
        var end = inside;
        while (end < _text.Length && _text[end] != quote && _text[end] is not ('\n' or '\r'))
            end += _text[end] == '\\' && end + 1 < _text.Length && _text[end + 1] is not ('\n' or '\r') ? 2 : 1;
        end = Math.Min(end, _text.Length);
        Close(start, end, quote);
        var content = _text.AsSpan(inside, end - inside);
        if (!StringText.TryUnescape(content, out var value, out var bad))
        {
            var escape = content.Slice(bad, Math.Min(2, content.Length - bad)).ToString();
            _diagnostics.UnknownEscape(new TextSpan(inside + bad, escape.Length), escape);
            value = content.ToString();
        }

        Add(TokenKind.Literal, start, value, KqlType.String);
    }

    private void Close(int start, int end, char quote)
    {
        var closed = end < _text.Length && _text[end] == quote;
        _position = closed ? end + 1 : end;
        if (!closed)
            _diagnostics.UnterminatedString(TextSpan.FromBounds(start, end), quote.ToString());
    }
}

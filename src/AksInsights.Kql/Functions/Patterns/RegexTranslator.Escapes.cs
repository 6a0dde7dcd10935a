using System.Globalization;

namespace AksInsights.Kql.Functions.Patterns;

internal sealed partial class RegexTranslator
{
    private void TranslateEscape()
    {
        if (_position + 1 >= pattern.Length)
        {
            Refuse("it ends with a single backslash");
            return;
        }

        var c = Peek(1);
        switch (c)
        {
            case >= '0' and <= '9' or 'k':
                Refuse("back-references are not in the language");
                break;
            case 'b' when TryWordEnd():
                break;
            case 'd' or 'D' or 'w' or 'W' or 's' or 'S' or 'b' or 'B' or 'A' or 'z' or 'a' or 'f' or 't' or 'n' or 'r' or 'v':
                _result.Append('\\').Append(c);
                _position += 2;
                break;
            case 'p' or 'P':
                var (set, negated) = ReadUnicodeClass();
                _result.Append(negated ? "[^" : "[").Append(set).Append(']');
                break;
            case '<':
                AppendWordEnd(2, isStart: true);
                break;
            case '>':
                AppendWordEnd(2, isStart: false);
                break;
            case 'Q':
                TranslateQuoted();
                break;
            default:
                var code = ReadEscapedCharacter();
                if (Problem is null) AppendLiteral(code, 0);
                break;
        }
    }

    /// <summary>Reads <c>\b{start}</c> and its kin, the long names of <c>\&lt;</c> and <c>\&gt;</c>.</summary>
    private bool TryWordEnd()
    {
        var rest = pattern.AsSpan(_position + 2);
        if (rest.StartsWith("{start}")) AppendWordEnd(9, isStart: true);
        else if (rest.StartsWith("{end}")) AppendWordEnd(7, isStart: false);
        else return false;
        return true;
    }

    private void AppendWordEnd(int length, bool isStart)
    {
        _result.Append(isStart ? @"\b(?=\w)" : @"\b(?<=\w)");
        _position += length;
    }

    private void TranslateQuoted()
    {
        _position += 2;
        var end = pattern.IndexOf(@"\E", _position, StringComparison.Ordinal);
        var stop = end < 0 ? pattern.Length : end;
        while (_position < stop)
        {
            if (char.IsSurrogatePair(pattern, _position)) AppendLiteral(char.ConvertToUtf32(pattern, _position), 2);
            else AppendLiteral(pattern[_position], 1);
        }

        if (end >= 0) _position += 2;
    }

    /// <summary>Reads an escape that stands for one character: <c>\x41</c>, <c>\x{1F600}</c>, <c>\u0041</c>, <c>\U00000041</c>, <c>\.</c>.</summary>
    private int ReadEscapedCharacter()
    {
        var c = Peek(1);
        var digits = c switch { 'x' => 2, 'u' => 4, 'U' => 8, _ => 0 };
        if (digits > 0) return ReadHexadecimal(digits);
        if (char.IsAsciiLetterOrDigit(c))
        {
            Refuse($@"the escape `\{c}` is not in the language");
            return 0;
        }

        _position++;
        var isPair = _position + 1 < pattern.Length && char.IsSurrogatePair(pattern, _position);
        var code = isPair ? char.ConvertToUtf32(pattern, _position) : pattern[_position];
        _position += isPair ? 2 : 1;
        return code;
    }

    private int ReadHexadecimal(int digits)
    {
        var start = _position + 2;
        var end = start + digits;
        var next = end;
        if (Peek(2) == '{')
        {
            start++;
            end = Math.Max(pattern.IndexOf('}', start), start);
            next = end + 1;
        }

        var code = 0;
        if (end > pattern.Length || end == start
            || !int.TryParse(pattern.AsSpan(start, end - start), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out code)
            || code is < 0 or > 0x10FFFF or (>= 0xD800 and <= 0xDFFF))
        {
            Refuse($@"`\{Peek(1)}` must be followed by the hexadecimal number of a character, such as `\x41` or `\x{{1F600}}`");
            return 0;
        }

        _position = next;
        return code;
    }

    /// <summary>Appends a character that stands for itself, and moves on by the given length.</summary>
    private void AppendLiteral(int code, int length)
    {
        _position += length;
        if (code <= char.MaxValue) _result.Append(CultureInfo.InvariantCulture, $@"\u{code:X4}");
        // Two units of UTF-16, kept together for a repetition that may follow.
        else _result.Append("(?:").Append(char.ConvertFromUtf32(code)).Append(')');
    }

    /// <summary>Reads <c>\pL</c>, <c>\p{Greek}</c>, <c>\P{..}</c>, <c>\p{^..}</c>: what goes between the brackets of a .NET class, and whether it is negated.</summary>
    private (string Set, bool Negated) ReadUnicodeClass()
    {
        var negated = Peek(1) == 'P';
        var name = "";
        if (Peek(2) == '{')
        {
            var end = pattern.IndexOf('}', _position);
            if (end > 0) name = pattern[(_position + 3)..end];
            _position = end < 0 ? pattern.Length : end + 1;
        }
        else if (_position + 2 < pattern.Length)
        {
            name = pattern[_position + 2].ToString();
            _position += 3;
        }

        if (name.StartsWith('^'))
        {
            negated = !negated;
            name = name[1..];
        }

        if (UnicodeClasses.TryFind(name, out var set)) return (set, negated);
        Refuse($"there is no Unicode class `{name}` among those this engine knows (general categories, and the larger scripts)");
        return ("", false);
    }
}

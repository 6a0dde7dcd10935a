using System.Globalization;
using System.Text;

namespace AksInsights.Kql.Types;

/// <summary>Strings as they are written in a query: escapes and quotes.</summary>
internal static class StringText
{
    /// <summary>Writes a string as a KQL literal in double quotes.</summary>
    public static string Quote(string value)
    {
        var text = new StringBuilder(value.Length + 2).Append('"');
        foreach (var c in value)
        {
            _ = c switch
            {
                '"' => text.Append("\\\""),
                '\\' => text.Append("\\\\"),
                '\n' => text.Append("\\n"),
                '\r' => text.Append("\\r"),
                '\t' => text.Append("\\t"),
                _ when char.IsControl(c) || char.IsSurrogate(c) => text.Append(CultureInfo.InvariantCulture, $"\\u{(int)c:x4}"),
                _ => text.Append(c),
            };
        }

        return text.Append('"').ToString();
    }

    /// <summary>Replaces the escapes of a string's inside. False, with the place of the backslash, when one is unknown.</summary>
    public static bool TryUnescape(ReadOnlySpan<char> inside, out string value, out int badEscape)
    {
        badEscape = -1;
        var at = inside.IndexOf('\\');
        if (at < 0)
        {
            value = inside.ToString();
            return true;
        }

        var text = new StringBuilder(inside.Length);
        var position = 0;
        while (at >= 0)
        {
            text.Append(inside[position..(position + at)]);
            position += at;
            var length = ReadEscape(inside[position..], text);
            if (length == 0)
            {
                badEscape = position;
                value = string.Empty;
                return false;
            }

            position += length;
            at = inside[position..].IndexOf('\\');
        }

        value = text.Append(inside[position..]).ToString();
        return true;
    }

    /// <summary>Appends the character of the escape at the start of the text; the length of the escape, or 0 when it is not one.</summary>
    public static int ReadEscape(ReadOnlySpan<char> text, StringBuilder into)
    {
        if (text.Length < 2)
            return 0;
        var simple = text[1] switch
        {
            '\\' => '\\',
            '"' => '"',
            '\'' => '\'',
            '/' => '/',
            '`' => '`',
            'a' => '\a',
            'b' => '\b',
            'f' => '\f',
            'n' => '\n',
            'r' => '\r',
            't' => '\t',
            'v' => '\v',
            _ => '\0',
        };
        if (simple != '\0')
        {
            into.Append(simple);
            return 2;
        }

        return text[1] switch
        {
            'u' => ReadCodePoint(text, 2, 4, into),
            'U' => ReadCodePoint(text, 2, 8, into),
            'x' => ReadCodePoint(text, 2, 2, into),
            >= '0' and <= '7' => ReadOctal(text, into),
            _ => 0,
        };
    }

    private static int ReadCodePoint(ReadOnlySpan<char> text, int start, int digits, StringBuilder into)
    {
        if (text.Length < start + digits
            || !uint.TryParse(text.Slice(start, digits), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var code))
        {
            return 0;
        }

        // A lone surrogate is kept: two \u escapes in a row make a pair.
        if (code <= char.MaxValue)
            into.Append((char)code);
        else if (Rune.IsValid(code))
            into.Append(new Rune(code).ToString());
        else
            return 0;
        return start + digits;
    }

    private static int ReadOctal(ReadOnlySpan<char> text, StringBuilder into)
    {
        var length = 1;
        var code = 0;
        while (length < text.Length && length <= 3 && text[length] is >= '0' and <= '7')
            code = (code * 8) + (text[length++] - '0');
        into.Append((char)code);
        return length;
    }
}

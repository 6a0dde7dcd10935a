using System.Globalization;
using System.Text;

namespace AksInsights.Kql.Functions.Patterns;

/// <summary>Rewrites one regular expression of the language into .NET's notation. Used once.</summary>
internal sealed partial class RegexTranslator(string pattern)
{
    private readonly StringBuilder _result = new(pattern.Length + 16);
    private readonly Dictionary<string, int> _groupNumbers = new(StringComparer.Ordinal);
    private readonly Stack<Flags> _outer = new();
    private Flags _flags;
    private int _position;

    /// <summary>What a group may switch that the translation has to know of.</summary>
    [Flags]
    private enum Flags
    {
        None = 0,
        MultiLine = 1,
        SwapGreed = 2,
        Verbose = 4,
    }

    /// <summary>Why the pattern is refused, once it was.</summary>
    public string? Problem { get; private set; }

    /// <summary>The numbers of the named groups.</summary>
    public IReadOnlyDictionary<string, int> GroupNumbers => _groupNumbers;

    /// <summary>The number of capturing groups.</summary>
    public int GroupCount { get; private set; }

    /// <summary>Translates the whole pattern.</summary>
    public bool TryTranslate(out string translated)
    {
        while (_position < pattern.Length && Problem is null)
            TranslateNext();
        if (_outer.Count > 0)
            Refuse("a group is not closed: there is a `)` missing");
        translated = _result.ToString();
        return Problem is null;
    }

    private char Peek(int ahead = 0) => _position + ahead < pattern.Length ? pattern[_position + ahead] : '\0';

    private void Refuse(string reason) => Problem ??= $"The regular expression `{pattern}` cannot be used: {reason}.";

    private void TranslateNext()
    {
        var c = pattern[_position];
        switch (c)
        {
            case '\\': TranslateEscape(); break;
            case '[': _result.Append(TranslateClass()); break;
            case '(': OpenGroup(); break;
            case ')': CloseGroup(); break;
            case '*' or '+' or '?': TranslateRepetition(1); break;
            case '{': TranslateCount(); break;
            case '}' or ']': Copy('\\'); break;
            // .NET's own `$` also stands before a final line feed, which the language's does not.
            case '$' when !_flags.HasFlag(Flags.MultiLine):
                _result.Append(@"\z");
                _position++;
                break;
            case '#' when _flags.HasFlag(Flags.Verbose): SkipComment(); break;
            default:
                if (char.IsHighSurrogate(c) && char.IsLowSurrogate(Peek(1)))
                    AppendLiteral(char.ConvertToUtf32(c, pattern[_position + 1]), 2);
                else
                    Copy(null);
                break;
        }
    }

    private void Copy(char? prefix)
    {
        if (prefix is { } before) _result.Append(before);
        _result.Append(pattern[_position++]);
    }

    private void SkipComment()
    {
        while (_position < pattern.Length && pattern[_position] != '\n') _position++;
    }

    private void TranslateRepetition(int length)
    {
        _result.Append(pattern, _position, length);
        _position += length;
        var lazy = Peek() == '?';
        if (lazy) _position++;
        if (lazy != _flags.HasFlag(Flags.SwapGreed)) _result.Append('?');
    }

    private void TranslateCount()
    {
        var end = pattern.IndexOf('}', _position);
        var inside = end < 0 ? [] : pattern.AsSpan(_position + 1, end - _position - 1);
        if (IsCount(inside)) TranslateRepetition(inside.Length + 2);
        else Copy('\\');
    }

    private static bool IsCount(ReadOnlySpan<char> inside)
    {
        var commas = 0;
        foreach (var c in inside)
        {
            if (c == ',') commas++;
            else if (!char.IsAsciiDigit(c)) return false;
        }

        return commas <= 1 && inside.Length > 0 && inside[0] != ',';
    }

    private void OpenGroup()
    {
        _position++;
        if (Peek() != '?')
        {
            _outer.Push(_flags);
            _result.Append(CultureInfo.InvariantCulture, $"(?<{++GroupCount}>");
            return;
        }

        _position++;
        switch (Peek())
        {
            case '=' or '!':
            case '<' when Peek(1) is '=' or '!':
                Refuse("look-ahead and look-behind are not in the language; match the surroundings and take a group instead");
                break;
            case '>':
                Refuse("atomic groups `(?>...)` are not in the language");
                break;
            case 'P' when Peek(1) == '<':
                _position += 2;
                OpenNamedGroup();
                break;
            case '<':
                _position++;
                OpenNamedGroup();
                break;
            default:
                OpenFlagGroup();
                break;
        }
    }

    private void OpenNamedGroup()
    {
        var end = pattern.IndexOf('>', _position);
        var name = end < 0 ? "" : pattern[_position..end];
        if (name.Length == 0 || !name.All(c => char.IsLetterOrDigit(c) || c is '_' or '.' or '[' or ']'))
        {
            Refuse("a named group is written `(?P<name>...)`, the name of letters, digits and underscores");
            return;
        }

        _position = end + 1;
        _outer.Push(_flags);
        // .NET numbers named groups behind all others, so every group gets its number in writing.
        _result.Append(CultureInfo.InvariantCulture, $"(?<{++GroupCount}>");
        if (!_groupNumbers.TryAdd(name, GroupCount)) Refuse($"two groups have the name `{name}`");
    }

    private void OpenFlagGroup()
    {
        var start = _position;
        var flags = _flags;
        var kept = new StringBuilder();
        var on = true;
        for (; Peek() is not (':' or ')'); _position++)
        {
            var known = Peek() switch
            {
                'U' => Switch(ref flags, Flags.SwapGreed, on),
                'm' => Switch(ref flags, Flags.MultiLine, on),
                'x' => Switch(ref flags, Flags.Verbose, on),
                'i' or 's' => true,
                'u' => on,
                '-' => on,
                _ => false,
            };
            if (!known)
            {
                Refuse($"`(?{pattern[start..Math.Min(pattern.Length, _position + 1)]}` opens no group the language has");
                return;
            }

            if (Peek() is 'i' or 's' or 'm' or 'x' or '-') kept.Append(Peek());
            if (Peek() == '-') on = false;
        }

        AppendFlagGroup(flags, kept.ToString().TrimEnd('-'));
    }

    private void AppendFlagGroup(Flags flags, string kept)
    {
        var isGroup = Peek() == ':';
        _position++;
        if (isGroup)
        {
            _outer.Push(_flags);
            _result.Append("(?").Append(kept).Append(':');
        }
        else if (kept.Length > 0)
        {
            _result.Append("(?").Append(kept).Append(')');
        }

        _flags = flags;
    }

    private static bool Switch(ref Flags flags, Flags flag, bool on)
    {
        flags = on ? flags | flag : flags & ~flag;
        return true;
    }

    private void CloseGroup()
    {
        if (_outer.Count == 0)
        {
            Refuse($"the `)` at position {_position + 1} closes no group");
            return;
        }

        _flags = _outer.Pop();
        Copy(null);
    }
}

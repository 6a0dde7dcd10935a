using System.Globalization;
using System.Text;

namespace AksInsights.Kql.Functions.Patterns;

internal sealed partial class RegexTranslator
{
    /// <summary>Reads a bracketed class with its nested classes and set operations; gives a .NET expression that matches one character.</summary>
    private string TranslateClass()
    {
        _position++;
        var negated = Peek() == '^';
        if (negated) _position++;
        var union = new ClassUnion();
        var combined = "";
        var pending = "";
        for (var first = true; Problem is null; first = false)
        {
            if (_position >= pattern.Length)
            {
                Refuse("a character class is not closed: there is a `]` missing");
                break;
            }

            if (Peek() == ']' && !first)
            {
                _position++;
                break;
            }

            if (IsOperator())
            {
                combined = Combine(combined, pending, union.ToPattern());
                pending = pattern.Substring(_position, 2);
                union = new ClassUnion();
                _position += 2;
                continue;
            }

            ReadClassItem(union);
        }

        if (pending.Length == 0 && union.IsSimple) return union.ToPattern(negated);
        var whole = Combine(combined, pending, union.ToPattern());
        return negated ? $@"(?:(?!{whole})[\s\S])" : whole;
    }

    private bool IsOperator() => (Peek(), Peek(1)) is ('&', '&') or ('~', '~') || (Peek() == '-' && Peek(1) == '-' && Peek(2) != ']');

    // Each operand matches exactly one character, so a look-ahead decides about the very character that follows.
    private static string Combine(string left, string operation, string right) => operation switch
    {
        "&&" => $"(?:(?={left}){right})",
        "--" => $"(?:(?!{right}){left})",
        "~~" => $"(?:(?!{right}){left}|(?!{left}){right})",
        _ => right,
    };

    private void ReadClassItem(ClassUnion union)
    {
        if (Peek() == '[')
        {
            if (Peek(1) == ':' && TryReadNamedClass(union)) return;
            union.AddNested(TranslateClass());
            return;
        }

        if (_flags.HasFlag(Flags.Verbose) && char.IsWhiteSpace(Peek()))
        {
            _position++;
            return;
        }

        if (Peek() == '\\' && TryReadEscapedSet(union)) return;
        var low = ReadClassCharacter();
        var high = low;
        if (Peek() == '-' && Peek(1) is not (']' or '-' or '\0'))
        {
            _position++;
            high = ReadClassCharacter();
        }

        if (high < low) Refuse("a range in a character class runs backwards");
        union.AddRange(low, high);
    }

    private bool TryReadNamedClass(ClassUnion union)
    {
        var end = pattern.IndexOf(":]", _position, StringComparison.Ordinal);
        if (end < 0) return false;
        var name = pattern[(_position + 2)..end];
        var negated = name.StartsWith('^');
        var set = UnicodeClasses.FindAscii(negated ? name[1..] : name);
        if (set is null)
        {
            Refuse($"there is no class `[:{name}:]`");
            return true;
        }

        _position = end + 2;
        union.AddSet(set, negated);
        return true;
    }

    private bool TryReadEscapedSet(ClassUnion union)
    {
        var c = Peek(1);
        if (c is 'p' or 'P')
        {
            var (set, negated) = ReadUnicodeClass();
            union.AddSet(set, negated);
            return true;
        }

        if (c is not ('d' or 'D' or 'w' or 'W' or 's' or 'S')) return false;
        union.AddSet($"\\{c}", negated: false);
        _position += 2;
        return true;
    }

    private char ReadClassCharacter()
    {
        int code;
        if (Peek() == '\\')
        {
            var control = Peek(1) switch { 'a' => 7, 'b' => 8, 't' => 9, 'n' => 10, 'v' => 11, 'f' => 12, 'r' => 13, _ => 0 };
            if (control > 0)
            {
                _position += 2;
                return (char)control;
            }

            code = _position + 1 < pattern.Length ? ReadEscapedCharacter() : RefuseCutClass();
        }
        else
        {
            code = _position + 1 < pattern.Length && char.IsSurrogatePair(pattern, _position)
                ? char.ConvertToUtf32(pattern, _position)
                : pattern[_position];
            _position++;
        }

        if (code > char.MaxValue) Refuse("characters beyond U+FFFF cannot stand in a character class here; write them as alternatives");
        return (char)code;
    }

    private int RefuseCutClass()
    {
        Refuse("a character class is not closed: there is a `]` missing");
        _position = pattern.Length;
        return 0;
    }

    /// <summary>What a class matches, before operators and negation: ranges and sets, and whole classes inside it.</summary>
    private sealed class ClassUnion
    {
        private readonly StringBuilder _set = new();
        private readonly List<string> _nested = [];

        public bool IsSimple => _nested.Count == 0;

        public void AddRange(char low, char high)
        {
            _set.Append(CultureInfo.InvariantCulture, $@"\u{(int)low:X4}");
            if (high > low) _set.Append(CultureInfo.InvariantCulture, $@"-\u{(int)high:X4}");
        }

        public void AddSet(string set, bool negated)
        {
            if (negated) _nested.Add($"[^{set}]");
            else _set.Append(set);
        }

        public void AddNested(string one) => _nested.Add(one);

        public string ToPattern(bool negated = false)
        {
            if (_set.Length > 0 && IsSimple) return $"[{(negated ? "^" : "")}{_set}]";
            var alternatives = _set.Length > 0 ? _nested.Prepend($"[{_set}]") : _nested;
            return IsSimple ? "(?!)" : $"(?:{string.Join('|', alternatives)})";
        }
    }
}

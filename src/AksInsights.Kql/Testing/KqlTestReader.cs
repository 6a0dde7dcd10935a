using System.Globalization;

namespace AksInsights.Kql.Testing;

/// <summary>Reads the lines of a test file; strict, so that a mistyped case cannot pass by not being seen.</summary>
internal sealed class KqlTestReader
{
    private readonly string _name;
    private readonly string[] _lines;
    private readonly List<KqlTestCase> _cases = [];
    private readonly List<string> _problems = [];
    private readonly List<KqlTestTable> _tables = [];
    private DateTime _now = new(2026, 1, 1, 0, 0, 0, DateTimeKind.Utc);
    private int _next;

    public KqlTestReader(string name, string text)
    {
        _name = name;
        _lines = text.ReplaceLineEndings("\n").Split('\n');
    }

    public KqlTestFile Read()
    {
        while (_next < _lines.Length)
        {
            var line = _lines[_next];
            var number = ++_next;
            if (line.Length == 0 || line[0] == '#') continue;
            var word = line.Split(' ', 2)[0];
            var rest = line.Length > word.Length ? line[(word.Length + 1)..].Trim() : "";
            switch (word)
            {
                case "now":
                    ReadNow(number, rest);
                    break;
                case "table":
                    ReadTable(number, rest);
                    break;
                case "query":
                    ReadQuery(number);
                    break;
                case "expr":
                    ReadExpression(number, rest);
                    break;
                default:
                    Problem(number, $"expected `now`, `table`, `query`, `expr` or `#`, found `{word}`");
                    break;
            }
        }

        return new KqlTestFile(_name, _cases, _problems);
    }

    private void Problem(int line, string what) => _problems.Add($"{_name}:{line}: {what}");

    private void ReadNow(int number, string rest)
    {
        if (DateTime.TryParse(rest, CultureInfo.InvariantCulture, DateTimeStyles.AdjustToUniversal | DateTimeStyles.AssumeUniversal, out var now)) _now = now;
        else Problem(number, $"expected a time behind `now`, found `{rest}`");
    }

    private void ReadTable(int number, string rest)
    {
        var open = rest.IndexOf('(', StringComparison.Ordinal);
        if (open <= 0 || !rest.EndsWith(')'))
        {
            Problem(number, "expected `table Name (column: type, ...)`");
            return;
        }

        var table = new KqlTestTable(rest[..open].Trim(), rest[(open + 1)..^1], Indented().Select(Cells).ToArray());
        _tables.RemoveAll(t => t.Name == table.Name);
        _tables.Add(table);
    }

    private void ReadQuery(int number)
    {
        var query = string.Join('\n', Indented());
        if (query.Length == 0) Problem(number, "expected indented lines with the query");
        if (_next >= _lines.Length || !_lines[_next].StartsWith("expect", StringComparison.Ordinal))
        {
            Problem(number, "expected `expect` after the query");
            return;
        }

        var expect = _lines[_next++];
        if (ReadExpectation(_next, expect["expect".Length..].Trim()) is { } expected)
            _cases.Add(new KqlTestCase(number, _now, _tables.ToArray(), query, expected));
    }

    private KqlTestExpectation? ReadExpectation(int number, string how)
    {
        var words = how.Split(' ');
        if (words[0] == "error" && words.Length is 2 or 4)
            return new KqlTestExpectation.Error(words[1], words.Length == 4 ? words[3] : null);
        if (how is not ("ordered" or "unordered"))
        {
            Problem(number, $"expected `ordered`, `unordered` or `error CODE [at line:column]`, found `{how}`");
            return null;
        }

        var lines = Indented();
        if (lines.Count == 0)
        {
            Problem(number, "expected an indented line with the columns");
            return null;
        }

        return new KqlTestExpectation.Rows(SplitOutside(lines[0], ','), lines.Skip(1).Select(Cells).ToArray(), how == "ordered");
    }

    private void ReadExpression(int number, string rest)
    {
        var arrow = rest.LastIndexOf("=>", StringComparison.Ordinal);
        var colon = rest.LastIndexOf(':');
        if (arrow < 0 || colon < arrow)
        {
            Problem(number, "expected `expr EXPRESSION => VALUE: type`");
            return;
        }

        var value = rest[(arrow + 2)..colon].Trim();
        var type = rest[(colon + 1)..].Trim();
        _cases.Add(new KqlTestCase(
            number, _now, _tables.ToArray(), $"print x = {rest[..arrow].Trim()}", new KqlTestExpectation.Rows([$"x: {type}"], [[value]], true)));
    }

    private List<string> Indented()
    {
        var lines = new List<string>();
        while (_next < _lines.Length && _lines[_next].StartsWith("  ", StringComparison.Ordinal)) lines.Add(_lines[_next++][2..]);
        return lines;
    }

    private static List<string> Cells(string line) => SplitOutside(line, '|');

    /// <summary>Splits at a separator that stands outside quotes and brackets.</summary>
    private static List<string> SplitOutside(string line, char separator)
    {
        var parts = new List<string>();
        var depth = 0;
        var quote = '\0';
        var start = 0;
        for (var i = 0; i < line.Length; i++)
        {
            var c = line[i];
            if (quote != '\0')
            {
                if (c == '\\') i++;
                else if (c == quote) quote = '\0';
            }
            else if (c is '"' or '\'') quote = c;
            else if (c is '(' or '[' or '{') depth++;
            else if (c is ')' or ']' or '}') depth--;
            else if (c == separator && depth == 0)
            {
                parts.Add(line[start..i].Trim());
                start = i + 1;
            }
        }

        parts.Add(line[start..].Trim());
        return parts;
    }
}

using AksInsights.Kql.Diagnostics;
using AksInsights.Kql.Text;

namespace AksInsights.Kql.Syntax;

/// <summary>
/// Reads tokens into a tree by recursive descent. After a mistake it reports what was found and expected, skips to the next place where
/// something can start, and goes on. It never throws, and always ends: every loop consumes a token or stops.
/// </summary>
internal sealed partial class Parser
{
    /// <summary>How deep expressions may be nested in one another: the reader's own recursion.</summary>
    internal const int MaxNesting = 200;

    private readonly string _text;
    private readonly List<Token> _tokens;
    private readonly DiagnosticBag _diagnostics;
    private int _index;
    private int _nesting;
    private int _lastErrorAt = -1;
    private bool _isTooDeep;

    /// <summary>True inside a condition, where a single <c>=</c> is a mistake for <c>==</c>.</summary>
    private bool _inCondition;

    /// <summary>True inside the predicate of search, where <c>column:term</c> means has.</summary>
    private bool _inSearch;

    private Parser(string text, List<Token> tokens, DiagnosticBag diagnostics)
    {
        _text = text;
        _tokens = tokens;
        _diagnostics = diagnostics;
    }

    /// <summary>Reads a whole query.</summary>
    public static QuerySyntax Parse(string text, DiagnosticBag diagnostics)
    {
        var tokens = Lexer.Tokenize(text, diagnostics);
        return new Parser(text, tokens, diagnostics).ParseQuery();
    }

    private Token Current => _tokens[_index];

    private Token PeekAt(int ahead) => _tokens[Math.Min(_index + ahead, _tokens.Count - 1)];

    /// <summary>Where the next token starts.</summary>
    private int Start => _tokens[_index].Span.Start;

    private bool At(TokenKind kind) => _tokens[_index].Kind == kind;

    private bool AtWord(string word) => At(TokenKind.Identifier) && Current.Word == word;

    private Token Advance()
    {
        var token = Current;
        if (_index < _tokens.Count - 1)
            _index++;
        return token;
    }

    private bool Accept(TokenKind kind)
    {
        if (!At(kind))
            return false;
        Advance();
        return true;
    }

    private bool AcceptWord(string word)
    {
        if (!AtWord(word))
            return false;
        Advance();
        return true;
    }

    /// <summary>The range from a start up to the end of the last token read; empty when none was read since.</summary>
    private TextSpan SpanFrom(int start)
    {
        var end = _index == 0 ? start : _tokens[_index - 1].Span.End;
        return TextSpan.FromBounds(start, Math.Max(start, end));
    }

    private void ExpectWord(string word)
    {
        if (!AcceptWord(word))
            Error($"`{word}`");
    }

    private void Expect(TokenKind kind, string shown)
    {
        if (!Accept(kind))
            Error(shown);
    }

    /// <summary>Reads a closing bracket; without one, reports it and skips to where it may be.</summary>
    private void Close(TokenKind kind, Token open, string expected)
    {
        if (Accept(kind))
            return;
        if (At(TokenKind.End) || At(TokenKind.Semicolon))
        {
            if (_lastErrorAt != Start)
                _diagnostics.UnclosedBracket(open.Span, _text[open.Span.Start], ClosingOf(open.Kind), Describe(Current));
            _lastErrorAt = Start;
            return;
        }

        Error(expected);
        do
            SkipBalanced();
        while (!At(kind) && Accept(TokenKind.Comma));
        Accept(kind);
    }

    private static char ClosingOf(TokenKind open) => open switch
    {
        TokenKind.OpenParen => ')',
        TokenKind.OpenBracket => ']',
        _ => '}',
    };

    /// <summary>Reports what was expected here. One report a place: what follows from it is not told again.</summary>
    private void Error(string expected, string? help = null)
    {
        if (_lastErrorAt == Start)
            return;
        _lastErrorAt = Start;
        _diagnostics.UnexpectedToken(Current.Span, expected, Describe(Current), help ?? HelpForCurrent());
    }

    private string? HelpForCurrent()
    {
        if (Current.Kind == TokenKind.Identifier && _index > 0)
        {
            if (_tokens[_index - 1].Word == "not")
                return "`not` is a function: `not(...)`.";
            return Current.Word.ToLowerInvariant() switch
            {
                "is" => "Missing values are found by `isnull(...)`, `isnotnull(...)`, `isempty(...)`, `isnotempty(...)`.",
                "like" => "Parts of text are found by `contains`, `has`, `startswith`, `endswith` or `matches regex`.",
                "not" => "Operators are negated by `!`, as in `!in`, `!has`, `!between`; conditions by `not(...)`.",
                "and" or "or" when Current.Word is not ("and" or "or") => "`and` and `or` are written in small letters.",
                _ => null,
            };
        }

        return At(TokenKind.OpenBrace) ? "Placeholders of workbooks, such as `{name}`, must be replaced by values first." : null;
    }

    /// <summary>The token as it is named in a message.</summary>
    private string Describe(Token token)
    {
        if (token.Kind == TokenKind.End)
            return "the end of the query";
        var text = _text.AsSpan(token.Span.Start, token.Span.Length);
        var line = text.IndexOfAny('\r', '\n');
        var shown = Math.Min(line < 0 ? text.Length : line, 40);
        return shown < text.Length ? $"`{text[..shown]}...`" : $"`{text}`";
    }

    /// <summary>Skips to the next pipe, comma, semicolon or closing bracket that is not inside brackets opened on the way.</summary>
    private void SkipBalanced()
    {
        var depth = 0;
        while (!At(TokenKind.End))
        {
            var kind = Current.Kind;
            if (kind is TokenKind.OpenParen or TokenKind.OpenBracket or TokenKind.OpenBrace)
                depth++;
            else if (kind is TokenKind.CloseParen or TokenKind.CloseBracket or TokenKind.CloseBrace && depth-- == 0)
                break;
            else if (depth == 0 && kind is TokenKind.Bar or TokenKind.Semicolon or TokenKind.Comma)
                break;
            Advance();
        }
    }

    /// <summary>Counts a level of nesting; false, once reported, when there are too many: then nothing more is read.</summary>
    private bool Enter()
    {
        if (++_nesting <= MaxNesting)
            return true;
        if (!_isTooDeep)
            _diagnostics.TooDeep(Current.Span, MaxNesting);
        _isTooDeep = true;
        _index = _tokens.Count - 1;
        _lastErrorAt = Start;
        return false;
    }

    private MissingExpression Missing() => new(new TextSpan(Start, 0));
}

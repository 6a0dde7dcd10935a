using AksInsights.Kql.Diagnostics;
using AksInsights.Kql.Text;
using AksInsights.Kql.Types;

namespace AksInsights.Kql.Syntax;

/// <summary>Cuts a query text into tokens. What it cannot read it reports and skips; it never fails.</summary>
internal sealed partial class Lexer
{
    private readonly string _text;
    private readonly DiagnosticBag _diagnostics;
    private readonly List<Token> _tokens;
    private int _position;

    private Lexer(string text, DiagnosticBag diagnostics)
    {
        _text = text;
        _diagnostics = diagnostics;
        _tokens = new List<Token>((text.Length / 5) + 1);
    }

    /// <summary>The tokens of a text in order; the last one is always <see cref="TokenKind.End"/>.</summary>
    public static List<Token> Tokenize(string text, DiagnosticBag diagnostics)
    {
        var lexer = new Lexer(text, diagnostics);
        while (lexer.SkipTrivia())
            lexer.ReadToken();
        lexer._tokens.Add(new Token(TokenKind.End, new TextSpan(text.Length, 0)));
        return lexer._tokens;
    }

    /// <summary>True for a character that a word may start with.</summary>
    internal static bool IsWordStart(char c) => char.IsAsciiLetter(c) || c == '_' || (c > '\x7f' && char.IsLetter(c));

    /// <summary>True for a character that a word may go on with.</summary>
    internal static bool IsWordPart(char c) => IsWordStart(c) || char.IsAsciiDigit(c) || (c > '\x7f' && char.IsLetterOrDigit(c));

    private char Peek(int ahead = 0) => _position + ahead < _text.Length ? _text[_position + ahead] : '\0';

    /// <summary>Skips white space and comments; false at the end of the text.</summary>
    private bool SkipTrivia()
    {
        while (_position < _text.Length)
        {
            var c = _text[_position];
            if (c is ' ' or '\t' or '\r' or '\n' or '\f' or '\v' or '\ufeff' or '\u00a0')
                _position++;
            else if (c == '/' && Peek(1) == '/')
                SkipLine();
            else
                return true;
        }

        return false;
    }

    private void SkipLine()
    {
        var length = _text.AsSpan(_position).IndexOf('\n');
        _position = length < 0 ? _text.Length : _position + length;
    }

    private void ReadToken()
    {
        var c = _text[_position];
        if (c is '"' or '\'' || (c is '@' or 'h' or 'H' && IsPrefixedString()) || IsFence())
            ReadString();
        else if (IsWordStart(c))
            ReadWord();
        else if (char.IsAsciiDigit(c))
            ReadNumber();
        else
            ReadSign(c);
    }

    private void Add(TokenKind kind, int start, object? value = null, KqlType type = KqlType.Error) =>
        _tokens.Add(new Token(kind, TextSpan.FromBounds(start, _position), value, type));

    private void ReadWord()
    {
        var start = _position;
        while (IsWordPart(Peek()))
            _position++;
        var word = _text.AsSpan(start, _position - start);
        if (word.SequenceEqual("in") && Peek() == '~')
            _position++;
        else if (LiteralType(word) is var type && type != KqlType.Error && TryReadTypedLiteral(start, type))
            return;
        Add(TokenKind.Identifier, start, _text[start.._position]);
    }

    private void ReadSign(char c)
    {
        var start = _position;
        var (kind, length) = Sign(c, Peek(1));
        if (kind == TokenKind.Foreign && c == '!' && IsWordStart(Peek(1)))
        {
            ReadBangWord(start);
            return;
        }

        _position += length;
        if (kind != TokenKind.End)
            Add(kind, start, kind == TokenKind.Foreign ? _text.Substring(start, length) : null);
        else
            ReadUnknown(start, c);
    }

    private void ReadBangWord(int start)
    {
        _position++;
        while (IsWordPart(Peek()))
            _position++;
        if (Peek() == '~' && _text.AsSpan(start + 1, _position - start - 1).SequenceEqual("in"))
            _position++;
        var token = new Token(TokenKind.BangWord, TextSpan.FromBounds(start, _position), _text[start.._position]);
        // `!isnull(a)` is how other languages negate; `!in(a)` is an operator.
        if (Peek() == '(' && Infix.Of(token).Precedence == Precedence.None)
        {
            _position = start + 1;
            token = new Token(TokenKind.Foreign, new TextSpan(start, 1), "!");
        }

        _tokens.Add(token);
    }

    private void ReadUnknown(int start, char c)
    {
        if (c == '#')
        {
            SkipLine();
            _diagnostics.HashComment(TextSpan.FromBounds(start, start + 1));
            return;
        }

        if (c == '$' && IsWordStart(Peek()))
        {
            while (IsWordPart(Peek()))
                _position++;
            var word = _text[start.._position];
            if (word is not ("$left" or "$right"))
                _diagnostics.UnexpectedCharacter(TextSpan.FromBounds(start, _position), c);
            Add(TokenKind.Identifier, start, word);
            return;
        }

        // One message for a run of the same strange character, such as a drawn line.
        while (_position < _text.Length && _text[_position] == c)
            _position++;
        _diagnostics.UnexpectedCharacter(TextSpan.FromBounds(start, _position), c);
    }

    private static (TokenKind Kind, int Length) Sign(char c, char next) => (c, next) switch
    {
        ('(', _) => (TokenKind.OpenParen, 1),
        (')', _) => (TokenKind.CloseParen, 1),
        ('[', _) => (TokenKind.OpenBracket, 1),
        (']', _) => (TokenKind.CloseBracket, 1),
        ('{', _) => (TokenKind.OpenBrace, 1),
        ('}', _) => (TokenKind.CloseBrace, 1),
        (',', _) => (TokenKind.Comma, 1),
        (';', _) => (TokenKind.Semicolon, 1),
        (':', _) => (TokenKind.Colon, 1),
        ('.', '.') => (TokenKind.DotDot, 2),
        ('.', _) => (TokenKind.Dot, 1),
        ('|', '|') => (TokenKind.Foreign, 2),
        ('|', _) => (TokenKind.Bar, 1),
        ('&', '&') => (TokenKind.Foreign, 2),
        ('=', '=') => (TokenKind.Equal, 2),
        ('=', '~') => (TokenKind.EqualIgnoreCase, 2),
        ('=', '>') => (TokenKind.Arrow, 2),
        ('=', _) => (TokenKind.Assign, 1),
        ('!', '=') => (TokenKind.NotEqual, 2),
        ('!', '~') => (TokenKind.NotEqualIgnoreCase, 2),
        ('!', _) => (TokenKind.Foreign, 1),
        ('<', '>') => (TokenKind.NotEqual, 2),
        ('<', '=') => (TokenKind.LessOrEqual, 2),
        ('<', _) => (TokenKind.Less, 1),
        ('>', '=') => (TokenKind.GreaterOrEqual, 2),
        ('>', _) => (TokenKind.Greater, 1),
        ('+', _) => (TokenKind.Plus, 1),
        ('-', _) => (TokenKind.Minus, 1),
        ('*', _) => (TokenKind.Star, 1),
        ('/', _) => (TokenKind.Slash, 1),
        ('%', _) => (TokenKind.Percent, 1),
        _ => (TokenKind.End, 1),
    };
}

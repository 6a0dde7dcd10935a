using AksInsights.Kql.Text;
using AksInsights.Kql.Types;

namespace AksInsights.Kql.Syntax;

/// <summary>The kinds of token. Keywords are identifiers: which word is a keyword depends on where it stands.</summary>
internal enum TokenKind
{
    /// <summary>The end of the text.</summary>
    End,

    /// <summary>A word, <c>$left</c>, or <c>in~</c>; <see cref="Token.Word"/> is its text.</summary>
    Identifier,

    /// <summary>A word behind an exclamation mark, such as <c>!has</c> or <c>!in~</c>.</summary>
    BangWord,

    /// <summary>A literal with its type and value.</summary>
    Literal,

    /// <summary><c>datetime(now)</c> or <c>datetime()</c>: the current time.</summary>
    Now,

    /// <summary><c>(</c></summary>
    OpenParen,

    /// <summary><c>)</c></summary>
    CloseParen,

    /// <summary><c>[</c></summary>
    OpenBracket,

    /// <summary><c>]</c></summary>
    CloseBracket,

    /// <summary><c>{</c></summary>
    OpenBrace,

    /// <summary><c>}</c></summary>
    CloseBrace,

    /// <summary><c>,</c></summary>
    Comma,

    /// <summary><c>;</c></summary>
    Semicolon,

    /// <summary><c>:</c></summary>
    Colon,

    /// <summary><c>.</c></summary>
    Dot,

    /// <summary><c>..</c></summary>
    DotDot,

    /// <summary><c>|</c></summary>
    Bar,

    /// <summary><c>=</c></summary>
    Assign,

    /// <summary><c>=&gt;</c></summary>
    Arrow,

    /// <summary><c>==</c></summary>
    Equal,

    /// <summary><c>!=</c> or <c>&lt;&gt;</c></summary>
    NotEqual,

    /// <summary><c>=~</c></summary>
    EqualIgnoreCase,

    /// <summary><c>!~</c></summary>
    NotEqualIgnoreCase,

    /// <summary><c>&lt;</c></summary>
    Less,

    /// <summary><c>&lt;=</c></summary>
    LessOrEqual,

    /// <summary><c>&gt;</c></summary>
    Greater,

    /// <summary><c>&gt;=</c></summary>
    GreaterOrEqual,

    /// <summary><c>+</c></summary>
    Plus,

    /// <summary><c>-</c></summary>
    Minus,

    /// <summary><c>*</c></summary>
    Star,

    /// <summary><c>/</c></summary>
    Slash,

    /// <summary><c>%</c></summary>
    Percent,

    /// <summary><c>&amp;&amp;</c>, <c>||</c> or a bare <c>!</c>: operators of other languages, refused by the parser.</summary>
    Foreign,
}

/// <summary>A word, literal or sign of the text.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Span">Where it stands.</param>
/// <param name="Value">The text of a word, the value of a literal, else null.</param>
/// <param name="Type">The type of a literal.</param>
internal readonly record struct Token(TokenKind Kind, TextSpan Span, object? Value = null, KqlType Type = KqlType.Error)
{
    /// <summary>The text of a word; empty for other tokens.</summary>
    public string Word => Kind is TokenKind.Identifier or TokenKind.BangWord ? (string)Value! : string.Empty;
}

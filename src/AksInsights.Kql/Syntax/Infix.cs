namespace AksInsights.Kql.Syntax;

/// <summary>How tightly an infix operator binds; higher binds tighter.</summary>
internal enum Precedence
{
    /// <summary>Nothing: not an operator.</summary>
    None,

    /// <summary><c>or</c></summary>
    Or,

    /// <summary><c>and</c></summary>
    And,

    /// <summary>Comparisons, string operators, <c>in</c> and <c>between</c>.</summary>
    Comparison,

    /// <summary><c>+</c> and <c>-</c></summary>
    Additive,

    /// <summary><c>*</c>, <c>/</c> and <c>%</c></summary>
    Multiplicative,
}

/// <summary>An operator between two operands, as read from a token: one of binary, in, or between.</summary>
/// <param name="Precedence">How tightly it binds.</param>
/// <param name="Binary">The operator of two scalars; null for the other two forms.</param>
/// <param name="In">The operator with a list; null for the other two forms.</param>
/// <param name="Negated">True for <c>!between</c>.</param>
internal readonly record struct Infix(Precedence Precedence, BinaryOperator? Binary, InOperator? In = null, bool Negated = false)
{
    /// <summary>The operators that are words, for suggestions.</summary>
    public static IEnumerable<string> Words
    {
        get
        {
            string[] others = ["and", "or", "in", "!in", "in~", "!in~", "between", "!between", "has_any", "has_all", "matches"];
            foreach (var word in others)
                yield return word;
            foreach (var word in (string[])["has", "hasprefix", "hassuffix", "contains", "startswith", "endswith"])
            {
                yield return word;
                yield return $"!{word}";
                yield return $"{word}_cs";
                yield return $"!{word}_cs";
            }
        }
    }

    /// <summary>True for <c>between</c> and <c>!between</c>.</summary>
    public bool IsBetween => Precedence == Precedence.Comparison && Binary is null && In is null;

    /// <summary>The operator a token stands for, precedence None when it is not one.</summary>
    public static Infix Of(in Token token) => token.Kind switch
    {
        TokenKind.Identifier or TokenKind.BangWord => OfWord(token.Word),
        TokenKind.Equal => Compare(BinaryOperator.Equal),
        TokenKind.NotEqual => Compare(BinaryOperator.NotEqual),
        TokenKind.EqualIgnoreCase => Compare(BinaryOperator.EqualIgnoreCase),
        TokenKind.NotEqualIgnoreCase => Compare(BinaryOperator.NotEqualIgnoreCase),
        TokenKind.Less => Compare(BinaryOperator.Less),
        TokenKind.LessOrEqual => Compare(BinaryOperator.LessOrEqual),
        TokenKind.Greater => Compare(BinaryOperator.Greater),
        TokenKind.GreaterOrEqual => Compare(BinaryOperator.GreaterOrEqual),
        TokenKind.Plus => new(Precedence.Additive, BinaryOperator.Add),
        TokenKind.Minus => new(Precedence.Additive, BinaryOperator.Subtract),
        TokenKind.Star => new(Precedence.Multiplicative, BinaryOperator.Multiply),
        TokenKind.Slash => new(Precedence.Multiplicative, BinaryOperator.Divide),
        TokenKind.Percent => new(Precedence.Multiplicative, BinaryOperator.Modulo),
        _ => default,
    };

    /// <summary>How tightly an operator of two scalars binds.</summary>
    public static Precedence PrecedenceOf(BinaryOperator @operator) => @operator switch
    {
        BinaryOperator.Or => Precedence.Or,
        BinaryOperator.And => Precedence.And,
        BinaryOperator.Add or BinaryOperator.Subtract => Precedence.Additive,
        BinaryOperator.Multiply or BinaryOperator.Divide or BinaryOperator.Modulo => Precedence.Multiplicative,
        _ => Precedence.Comparison,
    };

    private static Infix Compare(BinaryOperator @operator) => new(Precedence.Comparison, @operator);

    private static Infix List(InOperator @operator) => new(Precedence.Comparison, null, @operator);

    private static Infix OfWord(string word) => word switch
    {
        "or" => new(Precedence.Or, BinaryOperator.Or),
        "and" => new(Precedence.And, BinaryOperator.And),
        "in" => List(InOperator.In),
        "!in" => List(InOperator.NotIn),
        "in~" => List(InOperator.InIgnoreCase),
        "!in~" => List(InOperator.NotInIgnoreCase),
        "has_any" => List(InOperator.HasAny),
        "has_all" => List(InOperator.HasAll),
        "between" => new(Precedence.Comparison, null),
        "!between" => new(Precedence.Comparison, null, null, Negated: true),
        "matches" => Compare(BinaryOperator.MatchesRegex),
        _ when OfText(word) is { } text => Compare(text),
        _ => default,
    };

    private static BinaryOperator? OfText(string word) => word switch
    {
        "has" => BinaryOperator.Has,
        "!has" => BinaryOperator.NotHas,
        "has_cs" => BinaryOperator.HasCs,
        "!has_cs" => BinaryOperator.NotHasCs,
        "hasprefix" => BinaryOperator.HasPrefix,
        "!hasprefix" => BinaryOperator.NotHasPrefix,
        "hasprefix_cs" => BinaryOperator.HasPrefixCs,
        "!hasprefix_cs" => BinaryOperator.NotHasPrefixCs,
        "hassuffix" => BinaryOperator.HasSuffix,
        "!hassuffix" => BinaryOperator.NotHasSuffix,
        "hassuffix_cs" => BinaryOperator.HasSuffixCs,
        "!hassuffix_cs" => BinaryOperator.NotHasSuffixCs,
        "contains" => BinaryOperator.Contains,
        "!contains" or "notcontains" => BinaryOperator.NotContains,
        "contains_cs" or "containscs" => BinaryOperator.ContainsCs,
        "!contains_cs" or "notcontainscs" => BinaryOperator.NotContainsCs,
        "startswith" => BinaryOperator.StartsWith,
        "!startswith" => BinaryOperator.NotStartsWith,
        "startswith_cs" => BinaryOperator.StartsWithCs,
        "!startswith_cs" => BinaryOperator.NotStartsWithCs,
        "endswith" => BinaryOperator.EndsWith,
        "!endswith" => BinaryOperator.NotEndsWith,
        "endswith_cs" => BinaryOperator.EndsWithCs,
        "!endswith_cs" => BinaryOperator.NotEndsWithCs,
        _ => null,
    };
}

using AksInsights.Kql.Text;
using AksInsights.Kql.Types;

namespace AksInsights.Kql.Syntax;

/// <summary>An expression, scalar or tabular: the grammar alone cannot always tell (<c>let x = T;</c>).</summary>
public abstract record ExpressionSyntax(TextSpan Span) : SyntaxNode(Span);

/// <summary>A literal. <paramref name="Value"/> is in the in-memory form of <see cref="KqlType"/>; null is the typed null.</summary>
public sealed record LiteralSyntax(TextSpan Span, KqlType Type, object? Value) : ExpressionSyntax(Span);

/// <summary>A name used as an expression: a column, a let, a table, <c>$left</c>, <c>$right</c>.</summary>
public sealed record NameExpression(TextSpan Span, NameSyntax Name) : ExpressionSyntax(Span);

/// <summary>A table name pattern with wildcards, such as <c>Kube*</c>, in union, find and search.</summary>
public sealed record WildcardName(TextSpan Span, string Pattern) : ExpressionSyntax(Span);

/// <summary><c>*</c>: all columns, in <c>arg_max(x, *)</c>, <c>distinct *</c>, <c>* has "x"</c>.</summary>
public sealed record StarSyntax(TextSpan Span) : ExpressionSyntax(Span);

/// <summary><c>target.member</c> or <c>target.["member"]</c> with a constant name.</summary>
public sealed record PathSyntax(TextSpan Span, ExpressionSyntax Target, NameSyntax Member) : ExpressionSyntax(Span);

/// <summary><c>target[index]</c>.</summary>
public sealed record ElementSyntax(TextSpan Span, ExpressionSyntax Target, ExpressionSyntax Index) : ExpressionSyntax(Span);

/// <summary>A call: scalar function, aggregate, tabular function or user function; <c>target.name(args)</c> has the target set.</summary>
public sealed record CallSyntax(TextSpan Span, NameSyntax Name, IReadOnlyList<ArgumentSyntax> Arguments) : ExpressionSyntax(Span)
{
    /// <summary>What the function is called on, as in <c>cluster("c").database("d")</c>; null for a plain call.</summary>
    public ExpressionSyntax? Target { get; init; }
}

/// <summary>An argument of a call, by position or as <c>name = value</c>.</summary>
public sealed record ArgumentSyntax(TextSpan Span, NameSyntax? Name, ExpressionSyntax Value) : SyntaxNode(Span);

/// <summary>An expression in parentheses; kept so that the printed query is the written one.</summary>
public sealed record ParenthesizedSyntax(TextSpan Span, ExpressionSyntax Inner) : ExpressionSyntax(Span);

/// <summary>A prefix operator.</summary>
public sealed record UnarySyntax(TextSpan Span, UnaryOperator Operator, ExpressionSyntax Operand) : ExpressionSyntax(Span);

/// <summary>An infix operator of two operands. <paramref name="OperatorSpan"/> is the operator itself.</summary>
public sealed record BinarySyntax(
    TextSpan Span, BinaryOperator Operator, TextSpan OperatorSpan, ExpressionSyntax Left, ExpressionSyntax Right) : ExpressionSyntax(Span);

/// <summary><c>left in (a, b)</c> and its kin; a single item may be a tabular expression.</summary>
public sealed record InSyntax(TextSpan Span, InOperator Operator, ExpressionSyntax Left, IReadOnlyList<ExpressionSyntax> Items)
    : ExpressionSyntax(Span);

/// <summary><c>value between (low .. high)</c>, or its negation.</summary>
public sealed record BetweenSyntax(TextSpan Span, bool Negated, ExpressionSyntax Value, ExpressionSyntax Low, ExpressionSyntax High)
    : ExpressionSyntax(Span);

/// <summary><c>typeof(long)</c>, or a schema <c>typeof(a:long, b:string)</c>; <c>typeof(*)</c> has a star.</summary>
public sealed record TypeOfSyntax(TextSpan Span, IReadOnlyList<KqlType> Types, IReadOnlyList<ColumnDeclaration> Schema, bool Star)
    : ExpressionSyntax(Span);

/// <summary>What stands where an expression is missing or could not be read; it binds to the error type.</summary>
public sealed record MissingExpression(TextSpan Span) : ExpressionSyntax(Span);

/// <summary><c>(a:long, T:(x:string)) { ... }</c>: a user function, the value of a let. <paramref name="IsView"/> for <c>view () { ... }</c>.</summary>
public sealed record FunctionSyntax(
    TextSpan Span, IReadOnlyList<FunctionParameter> Parameters, IReadOnlyList<StatementSyntax> Body, bool IsView) : ExpressionSyntax(Span);

/// <summary>A parameter: scalar (<paramref name="Schema"/> null) or tabular (schema given; empty with <paramref name="AnySchema"/> for <c>(*)</c>).</summary>
public sealed record FunctionParameter(
    TextSpan Span, NameSyntax Name, KqlType Type, IReadOnlyList<ColumnDeclaration>? Schema, bool AnySchema, ExpressionSyntax? Default)
    : SyntaxNode(Span);

/// <summary>Prefix operators.</summary>
public enum UnaryOperator
{
    /// <summary><c>-x</c></summary>
    Minus,

    /// <summary><c>+x</c></summary>
    Plus,
}

/// <summary>Infix operators of two scalar operands.</summary>
#pragma warning disable CS1591 // The names are the operators.
public enum BinaryOperator
{
    Or, And,
    Equal, NotEqual, Less, LessOrEqual, Greater, GreaterOrEqual,
    EqualIgnoreCase, NotEqualIgnoreCase,
    Add, Subtract, Multiply, Divide, Modulo,
    Has, NotHas, HasCs, NotHasCs,
    HasPrefix, NotHasPrefix, HasPrefixCs, NotHasPrefixCs,
    HasSuffix, NotHasSuffix, HasSuffixCs, NotHasSuffixCs,
    Contains, NotContains, ContainsCs, NotContainsCs,
    StartsWith, NotStartsWith, StartsWithCs, NotStartsWithCs,
    EndsWith, NotEndsWith, EndsWithCs, NotEndsWithCs,
    MatchesRegex,
}

/// <summary>Operators whose right side is a list.</summary>
public enum InOperator
{
    In, NotIn, InIgnoreCase, NotInIgnoreCase, HasAny, HasAll,
}
#pragma warning restore CS1591

using AksInsights.Kql.Text;
using AksInsights.Kql.Types;

namespace AksInsights.Kql.Syntax;

/// <summary>A node of the syntax tree. Immutable.</summary>
/// <param name="Span">The place of the node in the query text.</param>
public abstract record SyntaxNode(TextSpan Span);

/// <summary>A name as written, unquoted: <c>Pod</c>, <c>['my column']</c>, <c>$left</c>. Missing names (after an error) are empty.</summary>
public sealed record NameSyntax(TextSpan Span, string Text) : SyntaxNode(Span);

/// <summary>A column with its type: <c>Name:string</c>, in datatable, parse, function parameters and schemas.</summary>
public sealed record ColumnDeclaration(TextSpan Span, NameSyntax Name, KqlType Type) : SyntaxNode(Span);

/// <summary>A whole query: statements separated by semicolons; the last tabular ones give the results.</summary>
public sealed record QuerySyntax(TextSpan Span, IReadOnlyList<StatementSyntax> Statements) : SyntaxNode(Span);

/// <summary>A statement of a query.</summary>
public abstract record StatementSyntax(TextSpan Span) : SyntaxNode(Span);

/// <summary><c>let Name = Value;</c> where the value is a scalar or tabular expression or a <see cref="FunctionSyntax"/>.</summary>
public sealed record LetStatement(TextSpan Span, NameSyntax Name, ExpressionSyntax Value) : StatementSyntax(Span);

/// <summary>An expression that stands for itself: the query's result.</summary>
public sealed record ExpressionStatement(TextSpan Span, ExpressionSyntax Expression) : StatementSyntax(Span);

/// <summary><c>set name[=value];</c>: a request option.</summary>
public sealed record SetStatement(TextSpan Span, NameSyntax Name, ExpressionSyntax? Value) : StatementSyntax(Span);

/// <summary><c>declare query_parameters(name:type = default, ...);</c></summary>
public sealed record DeclareParametersStatement(TextSpan Span, IReadOnlyList<FunctionParameter> Parameters) : StatementSyntax(Span);

/// <summary>A statement that exists in KQL and is not supported here: <c>restrict</c>, <c>alias</c>.</summary>
public sealed record UnsupportedStatement(TextSpan Span, string Keyword) : StatementSyntax(Span);

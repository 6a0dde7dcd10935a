using AksInsights.Kql.Text;
using AksInsights.Kql.Types;

namespace AksInsights.Kql.Syntax;

/// <summary><c>mv-expand Name = Expression to typeof(T), ... limit N with_itemindex=I bagexpansion=array</c>.</summary>
public sealed record MvExpandOperator(
    TextSpan Span, IReadOnlyList<OperatorParameter> Parameters, IReadOnlyList<MvExpandColumn> Columns, ExpressionSyntax? Limit)
    : OperatorSyntax(Span);

/// <summary>A column to expand; <paramref name="To"/> is null without <c>to typeof(...)</c>.</summary>
public sealed record MvExpandColumn(TextSpan Span, NamedExpression Column, KqlType? To) : SyntaxNode(Span);

/// <summary><c>mv-apply Columns [limit N] [id Name] on ( Subquery )</c>; the subquery's source is <see cref="SubqueryInput"/>.</summary>
public sealed record MvApplyOperator(
    TextSpan Span, IReadOnlyList<OperatorParameter> Parameters, IReadOnlyList<MvExpandColumn> Columns, ExpressionSyntax? Limit,
    ExpressionSyntax Subquery) : OperatorSyntax(Span);

/// <summary><c>make-series A = agg(...) default=V, ... on Axis [from F to T] step S [by Groups]</c>, or <c>in range(F, T, S)</c> (inclusive).</summary>
public sealed record MakeSeriesOperator(
    TextSpan Span, IReadOnlyList<OperatorParameter> Parameters, IReadOnlyList<MakeSeriesAggregate> Aggregates, NamedExpression Axis,
    ExpressionSyntax? From, ExpressionSyntax? To, ExpressionSyntax Step, bool InRange, IReadOnlyList<NamedExpression> Groups)
    : OperatorSyntax(Span);

/// <summary>An aggregate of make-series with the value of empty bins.</summary>
public sealed record MakeSeriesAggregate(TextSpan Span, NamedExpression Aggregate, ExpressionSyntax? Default) : SyntaxNode(Span);

/// <summary><c>parse [kind=simple|regex|relaxed flags=...] Expression with Pattern</c>; <c>parse-where</c> when <paramref name="Where"/>.</summary>
public sealed record ParseOperator(
    TextSpan Span, bool Where, IReadOnlyList<OperatorParameter> Parameters, ExpressionSyntax Source, IReadOnlyList<ParsePiece> Pattern)
    : OperatorSyntax(Span);

/// <summary>A piece of a parse pattern: exactly one of text, column or star.</summary>
public sealed record ParsePiece(TextSpan Span, LiteralSyntax? Text, ColumnDeclaration? Column, bool Star) : SyntaxNode(Span);

/// <summary><c>parse-kv Expression as (a:long, ...) with (pair_delimiter=..., ...)</c>.</summary>
public sealed record ParseKvOperator(
    TextSpan Span, ExpressionSyntax Source, IReadOnlyList<ColumnDeclaration> Columns, IReadOnlyList<OperatorParameter> Options)
    : OperatorSyntax(Span);

/// <summary><c>partition [hint.x=y] by Column ( Subquery )</c> or <c>{ Subquery }</c>.</summary>
public sealed record PartitionOperator(
    TextSpan Span, IReadOnlyList<OperatorParameter> Parameters, ExpressionSyntax By, ExpressionSyntax Subquery) : OperatorSyntax(Span);

/// <summary><c>fork (sub) (sub) ...</c>, optionally named.</summary>
public sealed record ForkOperator(TextSpan Span, IReadOnlyList<NamedExpression> Branches) : OperatorSyntax(Span);

/// <summary><c>facet by Columns [with (sub)]</c>.</summary>
public sealed record FacetOperator(TextSpan Span, IReadOnlyList<ExpressionSyntax> Columns, ExpressionSyntax? With) : OperatorSyntax(Span);

/// <summary><c>reduce by Expression [with threshold=..., characters=...]</c>.</summary>
public sealed record ReduceOperator(
    TextSpan Span, IReadOnlyList<OperatorParameter> Parameters, NamedExpression By, IReadOnlyList<OperatorParameter> Options)
    : OperatorSyntax(Span);

/// <summary><c>scan [with_match_id=M] [order by ...] [partition by ...] [declare (...)] with (steps)</c>.</summary>
public sealed record ScanOperator(
    TextSpan Span, IReadOnlyList<OperatorParameter> Parameters, IReadOnlyList<OrderingSyntax> OrderBy,
    IReadOnlyList<ExpressionSyntax> PartitionBy, IReadOnlyList<FunctionParameter> Declarations, IReadOnlyList<ScanStep> Steps)
    : OperatorSyntax(Span);

/// <summary><c>step Name [optional] [output=all|last|none] : Condition [=> Name = Expression, ...];</c></summary>
public sealed record ScanStep(
    TextSpan Span, NameSyntax Name, bool Optional, string? Output, ExpressionSyntax Condition, IReadOnlyList<NamedExpression> Assignments)
    : SyntaxNode(Span);

/// <summary>
/// <c>find [withsource=N] [in (Tables)] where Predicate [project ...]</c>. Null tables: all tables. Project: expressions, and columns with a type
/// (<see cref="ColumnDeclaration"/>), as they are written; null where there is none.
/// </summary>
public sealed record FindOperator(
    TextSpan Span, IReadOnlyList<OperatorParameter> Parameters, IReadOnlyList<ExpressionSyntax>? Tables, ExpressionSyntax Predicate,
    IReadOnlyList<SyntaxNode>? Project, bool ProjectSmart) : OperatorSyntax(Span);

/// <summary><c>search [kind=...] [in (Tables)] Predicate</c>; bare strings and wildcards match any column.</summary>
public sealed record SearchOperator(
    TextSpan Span, IReadOnlyList<OperatorParameter> Parameters, IReadOnlyList<ExpressionSyntax>? Tables, ExpressionSyntax Predicate)
    : OperatorSyntax(Span);

/// <summary><c>assert-schema (a:long, ...)</c>.</summary>
public sealed record AssertSchemaOperator(TextSpan Span, IReadOnlyList<ColumnDeclaration> Columns, bool Star) : OperatorSyntax(Span);

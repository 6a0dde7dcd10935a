using AksInsights.Kql.Text;

namespace AksInsights.Kql.Syntax;

/// <summary>A source followed by operators: <c>T | where ... | summarize ...</c>.</summary>
/// <remarks>Operators that may stand first (print, range, union, find, search, evaluate) are the <paramref name="Source"/>, wrapped in
/// <see cref="SourceOperator"/>.</remarks>
public sealed record PipeSyntax(TextSpan Span, ExpressionSyntax Source, IReadOnlyList<OperatorSyntax> Operators) : ExpressionSyntax(Span);

/// <summary>An operator that stands at the head of a pipe and takes no input.</summary>
public sealed record SourceOperator(TextSpan Span, OperatorSyntax Operator) : ExpressionSyntax(Span);

/// <summary>A pipe without a source, inside partition, mv-apply, fork and the like: it reads the enclosing operator's rows.</summary>
public sealed record SubqueryInput(TextSpan Span) : ExpressionSyntax(Span);

/// <summary><c>datatable(a:long, b:string)[1, "x", ...]</c>: rows written in the query, row by row.</summary>
public sealed record DataTableSyntax(TextSpan Span, IReadOnlyList<ColumnDeclaration> Columns, IReadOnlyList<ExpressionSyntax> Values)
    : ExpressionSyntax(Span);

/// <summary><c>externaldata(...)[...]</c>; refused by the binder.</summary>
public sealed record ExternalDataSyntax(TextSpan Span, IReadOnlyList<ColumnDeclaration> Columns) : ExpressionSyntax(Span);

/// <summary>A tabular operator.</summary>
public abstract record OperatorSyntax(TextSpan Span) : SyntaxNode(Span);

/// <summary><c>name = value</c> between an operator's keyword and its body: <c>kind=inner</c>, <c>hint.strategy=shuffle</c>, <c>withsource=T</c>.</summary>
public sealed record OperatorParameter(TextSpan Span, NameSyntax Name, ExpressionSyntax Value) : SyntaxNode(Span);

/// <summary><c>Name = Expression</c>, <c>(A, B) = Expression</c> or just an expression (no names).</summary>
public sealed record NamedExpression(TextSpan Span, IReadOnlyList<NameSyntax> Names, ExpressionSyntax Expression) : SyntaxNode(Span);

/// <summary>A column name or a pattern with wildcards (<c>Tags_*</c>), in project-away, -keep, -reorder.</summary>
public sealed record ColumnPattern(TextSpan Span, string Pattern) : SyntaxNode(Span)
{
    /// <summary>True when the pattern holds a <c>*</c>.</summary>
    public bool HasWildcard => Pattern.Contains('*', StringComparison.Ordinal);
}

/// <summary>An ordering key. Null members were not written; the defaults differ between sort (desc) and project-reorder.</summary>
public sealed record OrderingSyntax(TextSpan Span, ExpressionSyntax Expression, bool? Descending, bool? NullsFirst, bool Granny = false)
    : SyntaxNode(Span);

/// <summary><c>where Predicate</c> (also <c>filter</c>).</summary>
public sealed record WhereOperator(TextSpan Span, ExpressionSyntax Predicate) : OperatorSyntax(Span);

/// <summary><c>extend Name = Expression, ...</c></summary>
public sealed record ExtendOperator(TextSpan Span, IReadOnlyList<NamedExpression> Columns) : OperatorSyntax(Span);

/// <summary><c>project Name = Expression, ...</c></summary>
public sealed record ProjectOperator(TextSpan Span, IReadOnlyList<NamedExpression> Columns) : OperatorSyntax(Span);

/// <summary><c>project-away Pattern, ...</c> (or <c>project-keep</c> when <paramref name="Keep"/>).</summary>
public sealed record ProjectAwayOperator(TextSpan Span, IReadOnlyList<ColumnPattern> Patterns, bool Keep) : OperatorSyntax(Span);

/// <summary><c>project-rename New = Old, ...</c></summary>
public sealed record ProjectRenameOperator(TextSpan Span, IReadOnlyList<NamedExpression> Columns) : OperatorSyntax(Span);

/// <summary><c>project-reorder Pattern [asc|desc|granny-asc|granny-desc], ...</c>; each expression is a <see cref="NameExpression"/> or <see cref="WildcardName"/>.</summary>
public sealed record ProjectReorderOperator(TextSpan Span, IReadOnlyList<OrderingSyntax> Columns) : OperatorSyntax(Span);

/// <summary><c>project-by-names expression, ...</c>: names or arrays of names, computed as constants.</summary>
public sealed record ProjectByNamesOperator(TextSpan Span, IReadOnlyList<ExpressionSyntax> Names) : OperatorSyntax(Span);

/// <summary><c>summarize Aggregates by Groups</c>. <paramref name="HasBy"/> tells <c>by</c> apart from none.</summary>
public sealed record SummarizeOperator(
    TextSpan Span, IReadOnlyList<OperatorParameter> Parameters, IReadOnlyList<NamedExpression> Aggregates,
    IReadOnlyList<NamedExpression> Groups, bool HasBy) : OperatorSyntax(Span);

/// <summary><c>distinct Column, ...</c>; a star stands as <see cref="StarSyntax"/>.</summary>
public sealed record DistinctOperator(TextSpan Span, IReadOnlyList<NamedExpression> Columns) : OperatorSyntax(Span);

/// <summary><c>sort by Key [asc|desc] [nulls first|last], ...</c> (also <c>order by</c>).</summary>
public sealed record SortOperator(TextSpan Span, IReadOnlyList<OrderingSyntax> Keys) : OperatorSyntax(Span);

/// <summary><c>top Count by Keys</c>.</summary>
public sealed record TopOperator(TextSpan Span, ExpressionSyntax Count, IReadOnlyList<OrderingSyntax> Keys) : OperatorSyntax(Span);

/// <summary><c>take Count</c> (also <c>limit</c>).</summary>
public sealed record TakeOperator(TextSpan Span, ExpressionSyntax Count) : OperatorSyntax(Span);

/// <summary><c>count</c>, optionally <c>count as Name</c>.</summary>
public sealed record CountOperator(TextSpan Span, NameSyntax? As) : OperatorSyntax(Span);

/// <summary><c>sample Count</c>.</summary>
public sealed record SampleOperator(TextSpan Span, ExpressionSyntax Count) : OperatorSyntax(Span);

/// <summary><c>sample-distinct Count of Expression</c>.</summary>
public sealed record SampleDistinctOperator(TextSpan Span, ExpressionSyntax Count, ExpressionSyntax Of) : OperatorSyntax(Span);

/// <summary><c>top-hitters Count of Expression [by Weight]</c>.</summary>
public sealed record TopHittersOperator(TextSpan Span, ExpressionSyntax Count, NamedExpression Of, ExpressionSyntax? By) : OperatorSyntax(Span);

/// <summary><c>top-nested [N] of Expression [with others = X] by Aggregate [asc|desc], ...</c></summary>
public sealed record TopNestedOperator(TextSpan Span, IReadOnlyList<TopNestedLevel> Levels) : OperatorSyntax(Span);

/// <summary>One level of top-nested.</summary>
public sealed record TopNestedLevel(
    TextSpan Span, ExpressionSyntax? Count, NamedExpression Of, ExpressionSyntax? Others, NamedExpression By, bool? Descending) : SyntaxNode(Span);

/// <summary><c>join kind=K (Right) on Conditions</c>, or <c>lookup</c> when <paramref name="IsLookup"/>.</summary>
/// <remarks>A condition is a <see cref="NameExpression"/> (same name on both sides) or <c>$left.a == $right.b</c>.</remarks>
public sealed record JoinOperator(
    TextSpan Span, bool IsLookup, IReadOnlyList<OperatorParameter> Parameters, ExpressionSyntax Right,
    IReadOnlyList<ExpressionSyntax> Conditions) : OperatorSyntax(Span);

/// <summary><c>union kind=K withsource=S isfuzzy=B T1, (T2 | ...), Pre*</c>.</summary>
public sealed record UnionOperator(TextSpan Span, IReadOnlyList<OperatorParameter> Parameters, IReadOnlyList<ExpressionSyntax> Tables)
    : OperatorSyntax(Span);

/// <summary><c>print Name = Expression, ...</c></summary>
public sealed record PrintOperator(TextSpan Span, IReadOnlyList<NamedExpression> Columns) : OperatorSyntax(Span);

/// <summary><c>range Name from A to B step C</c>.</summary>
public sealed record RangeOperator(TextSpan Span, NameSyntax Name, ExpressionSyntax From, ExpressionSyntax To, ExpressionSyntax Step)
    : OperatorSyntax(Span);

/// <summary><c>serialize [Name = Expression, ...]</c>.</summary>
public sealed record SerializeOperator(TextSpan Span, IReadOnlyList<NamedExpression> Columns) : OperatorSyntax(Span);

/// <summary><c>as Name</c>.</summary>
public sealed record AsOperator(TextSpan Span, IReadOnlyList<OperatorParameter> Parameters, NameSyntax Name) : OperatorSyntax(Span);

/// <summary><c>invoke function(args)</c>.</summary>
public sealed record InvokeOperator(TextSpan Span, CallSyntax Call) : OperatorSyntax(Span);

/// <summary><c>render Kind [with (name=value, ...)]</c>: how a person would look at the result.</summary>
public sealed record RenderOperator(TextSpan Span, string Kind, IReadOnlyList<OperatorParameter> Properties) : OperatorSyntax(Span);

/// <summary><c>getschema</c>.</summary>
public sealed record GetSchemaOperator(TextSpan Span) : OperatorSyntax(Span);

/// <summary><c>consume</c>.</summary>
public sealed record ConsumeOperator(TextSpan Span) : OperatorSyntax(Span);

/// <summary><c>evaluate plugin(args) [: (schema)]</c>; the schema may begin with a star.</summary>
public sealed record EvaluateOperator(
    TextSpan Span, IReadOnlyList<OperatorParameter> Parameters, CallSyntax Call, IReadOnlyList<ColumnDeclaration>? Schema, bool SchemaStar)
    : OperatorSyntax(Span);

/// <summary>An operator that exists in KQL and is not supported here; the binder refuses it by name.</summary>
public sealed record UnsupportedOperator(TextSpan Span, string Keyword) : OperatorSyntax(Span);

using AksInsights.Kql.Text;

namespace AksInsights.Kql.Syntax;

/// <summary><c>declare pattern Name = (a:string)[b:string] { cases };</c>: names a table for each of some texts.</summary>
/// <param name="Span">The place of the statement.</param>
/// <param name="Name">The pattern's name.</param>
/// <param name="Parameters">The parameters; empty where only the name is declared.</param>
/// <param name="Path">The parameter that is given behind a dot; null without one.</param>
/// <param name="Cases">The cases; empty where only the name is declared.</param>
public sealed record PatternStatement(
    TextSpan Span, NameSyntax Name, IReadOnlyList<FunctionParameter> Parameters, FunctionParameter? Path, IReadOnlyList<PatternCase> Cases)
    : StatementSyntax(Span);

/// <summary>A case of a pattern: <c>("USA").["New York"] = { Table }</c>; the path is null without one.</summary>
public sealed record PatternCase(TextSpan Span, IReadOnlyList<ExpressionSyntax> Arguments, NameSyntax? Path, FunctionSyntax Body) : SyntaxNode(Span);

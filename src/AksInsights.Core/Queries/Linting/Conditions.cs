using AksInsights.Kql.Syntax;
using AksInsights.Kql.Types;

namespace AksInsights.Core.Queries.Linting;

/// <summary>Takes conditions apart.</summary>
internal static class Conditions
{
    /// <summary>The conditions that must all hold: the operands of <c>and</c>.</summary>
    public static IEnumerable<ExpressionSyntax> All(ExpressionSyntax condition) => condition switch
    {
        ParenthesizedSyntax inner => All(inner.Inner),
        BinarySyntax { Operator: BinaryOperator.And } both => All(both.Left).Concat(All(both.Right)),
        _ => [condition],
    };

    /// <summary>The texts that a column is compared with, where the column is one that is asked for.</summary>
    public static IEnumerable<string> TextsOf(ExpressionSyntax condition, Func<string, bool> isAskedFor) => condition switch
    {
        BinarySyntax { Operator: BinaryOperator.Equal, Left: NameExpression name, Right: LiteralSyntax { Value: string text } } when isAskedFor(name.Name.Text) => [text],
        InSyntax { Operator: InOperator.In, Left: NameExpression name } list when isAskedFor(name.Name.Text) =>
            list.Items.OfType<LiteralSyntax>().SelectMany(Texts),
        _ => [],
    };

    /// <summary>Whether a literal is neither null nor empty, nor a list with such an item.</summary>
    public static bool IsFilled(LiteralSyntax literal) => literal.Value switch
    {
        null or "" => false,
        DynamicArray list => list.All(item => item is not (null or "")),
        _ => true,
    };

    private static IEnumerable<string> Texts(LiteralSyntax literal) =>
        literal.Value is DynamicArray list ? list.OfType<string>() : literal.Value is string text ? [text] : [];
}

using AksInsights.Kql.Syntax;

namespace AksInsights.Kql.Tests.Syntax;

public class ScalarSyntaxTests
{
    [Theory]
    [InlineData("a or b and c", "(Binary Or a (Binary And b c))")]
    [InlineData("a and b or c", "(Binary Or (Binary And a b) c)")]
    [InlineData("a == b and c < d", "(Binary And (Binary Equal a b) (Binary Less c d))")]
    [InlineData("a + b * c", "(Binary Add a (Binary Multiply b c))")]
    [InlineData("a * b + c", "(Binary Add (Binary Multiply a b) c)")]
    [InlineData("a - b - c", "(Binary Subtract (Binary Subtract a b) c)")]
    [InlineData("a + b == c % d", "(Binary Equal (Binary Add a b) (Binary Modulo c d))")]
    [InlineData("-a * b", "(Binary Multiply (Unary Minus a) b)")]
    [InlineData("a - -b", "(Binary Subtract a (Unary Minus b))")]
    [InlineData("-a.b[0]", "(Unary Minus (Element (Path a b) long:0))")]
    [InlineData("(a or b) and c", "(Binary And (Parenthesized (Binary Or a b)) c)")]
    [InlineData("a == b == c", "(Binary Equal (Binary Equal a b) c)")]
    [InlineData("a has 'x' == true", "(Binary Equal (Binary Has a string:\"x\") bool:true)")]
    [InlineData("a matches regex 'x' and b", "(Binary And (Binary MatchesRegex a string:\"x\") b)")]
    [InlineData("a in (1, 2) or b", "(Binary Or (In In a [long:1 long:2]) b)")]
    [InlineData("a between (1 + 2 .. b) and c", "(Binary And (Between a (Binary Add long:1 long:2) b) c)")]
    [InlineData("a !between (1 .. 2)", "(Between +Negated a long:1 long:2)")]
    public void OperatorsBindInTheirOrder(string expression, string expected) => Assert.Equal(expected, Dump(expression));

    [Theory]
    [InlineData("has", "Has")]
    [InlineData("!has", "NotHas")]
    [InlineData("has_cs", "HasCs")]
    [InlineData("!has_cs", "NotHasCs")]
    [InlineData("hasprefix", "HasPrefix")]
    [InlineData("!hassuffix_cs", "NotHasSuffixCs")]
    [InlineData("contains", "Contains")]
    [InlineData("notcontains", "NotContains")]
    [InlineData("!contains_cs", "NotContainsCs")]
    [InlineData("startswith_cs", "StartsWithCs")]
    [InlineData("!endswith", "NotEndsWith")]
    [InlineData("=~", "EqualIgnoreCase")]
    [InlineData("!~", "NotEqualIgnoreCase")]
    [InlineData("<>", "NotEqual")]
    [InlineData("<=", "LessOrEqual")]
    public void EveryWordOrSignIsItsOperator(string sign, string expected) => Assert.Equal($"(Binary {expected} a b)", Dump($"a {sign} b"));

    [Theory]
    [InlineData("a in~ (b)", "(In InIgnoreCase a [b])")]
    [InlineData("a !in~ (b)", "(In NotInIgnoreCase a [b])")]
    [InlineData("a !in (b)", "(In NotIn a [b])")]
    [InlineData("a has_any (b, c)", "(In HasAny a [b c])")]
    [InlineData("a has_all (b)", "(In HasAll a [b])")]
    [InlineData("a in (T | project k)", "(In In a [(Pipe T [(Project [(NamedExpression [] k)])])])")]
    public void ListsFollowTheirOperators(string expression, string expected) => Assert.Equal(expected, Dump(expression));

    [Theory]
    [InlineData("a.b.c", "(Path (Path a b) c)")]
    [InlineData("a['b'][0].c", "(Path (Element (Element a string:\"b\") long:0) c)")]
    [InlineData("a.[\"b c\"]", "(Path a b c)")]
    [InlineData("['a b']", "a b")]
    [InlineData("[\"a\"].b", "(Path a b)")]
    [InlineData("f()", "(Call f [])")]
    [InlineData("f(a, n = 1)", "(Call f [(Argument _ a) (Argument n long:1)])")]
    [InlineData("f(*)", "(Call f [(Argument _ (Star))])")]
    [InlineData("f(x)[array_length(x) - 1]",
        "(Element (Call f [(Argument _ x)]) (Binary Subtract (Call array_length [(Argument _ x)]) long:1))")]
    [InlineData("database('d').T", "(Path (Call database [(Argument _ string:\"d\")]) T)")]
    [InlineData("cluster('c').database('d').T", "(Path (Call database [(Argument _ string:\"d\")] (Call cluster [(Argument _ string:\"c\")])) T)")]
    [InlineData("typeof(long)", "(TypeOf [Long] [])")]
    [InlineData("typeof(*, a:string)", "(TypeOf [] [(ColumnDeclaration a String)] +Star)")]
    [InlineData("toscalar(T | count)", "(Call toscalar [(Argument _ (Pipe T [(Count _)]))])")]
    [InlineData("kind + type.count", "(Binary Add kind (Path type count))")]
    public void NamesPathsAndCallsAreRead(string expression, string expected) => Assert.Equal(expected, Dump(expression));

    [Theory]
    [InlineData("⟦⟦⟦a⟧ + ⟦b⟧⟧ == ⟦f(⟦⟦c⟧⟧)⟧⟧")]
    public void SpansCoverExactlyTheirText(string annotated)
    {
        var text = AnnotatedText.Parse(annotated);
        var value = Value(text.Text);
        var expressions = SyntaxWalker.Descendants(value).Prepend(value).Where(n => n is ExpressionSyntax or ArgumentSyntax);
        Assert.Equal(text.Spans, expressions.Select(n => n.Span));
    }

    [Fact]
    public void TheSpanOfAnOperatorIsTheSignItself()
    {
        var text = AnnotatedText.Parse("a ⟦matches  regex⟧ 'x'");
        Assert.Equal(Assert.Single(text.Spans), ((BinarySyntax)Value(text.Text)).OperatorSpan);
    }

    private static string Dump(string expression) => SyntaxDump.Of(Value(expression));

    private static ExpressionSyntax Value(string expression)
    {
        var tree = SyntaxTree.Parse(expression);
        Assert.Empty(tree.Diagnostics);
        return ((ExpressionStatement)Assert.Single(tree.Root.Statements)).Expression;
    }
}

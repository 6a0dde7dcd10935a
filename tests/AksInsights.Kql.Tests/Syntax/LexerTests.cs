using AksInsights.Kql.Diagnostics;
using AksInsights.Kql.Syntax;
using AksInsights.Kql.Text;
using AksInsights.Kql.Types;

namespace AksInsights.Kql.Tests.Syntax;

public class LexerTests
{
    [Theory]
    [InlineData("'it is'", "string:\"it is\"")]
    [InlineData("\"a'b\"", "string:\"a'b\"")]
    [InlineData("'a\\'b\\n\\t\\\\\\u0041\\x42\\103'", "string:\"a'b\\n\\t\\\\ABC\"")]
    [InlineData("@'c:\\d'", "string:\"c:\\\\d\"")]
    [InlineData("@\"a\"\"b\"", "string:\"a\\\"b\"")]
    [InlineData("h'secret'", "string:\"secret\"")]
    [InlineData("H@\"secret\"", "string:\"secret\"")]
    [InlineData("```a\n'b' \\d```", "string:\"a\\n'b' \\\\d\"")]
    [InlineData("~~~x ``` y~~~", "string:\"x ``` y\"")]
    [InlineData("'a' \"b\" @'c'", "string:\"abc\"")]
    [InlineData("0", "long:0")]
    [InlineData("9223372036854775807", "long:9223372036854775807")]
    [InlineData("0x1F", "long:31")]
    [InlineData("1.5", "real:1.5")]
    [InlineData("1000.", "real:1000.0")]
    [InlineData("1e5", "real:100000.0")]
    [InlineData("1.5E-3", "real:0.0015")]
    [InlineData("1d", "timespan:864000000000")]
    [InlineData("1.5h", "timespan:54000000000")]
    [InlineData("90min", "timespan:54000000000")]
    [InlineData("2sec", "timespan:20000000")]
    [InlineData("100ms", "timespan:1000000")]
    [InlineData("10microsecond", "timespan:100")]
    [InlineData("1tick", "timespan:1")]
    [InlineData("3days", "timespan:2592000000000")]
    [InlineData("true", "bool:true")]
    [InlineData("False", "bool:false")]
    [InlineData("bool(true)", "bool:true")]
    [InlineData("bool(null)", "bool:null")]
    [InlineData("int(7)", "int:7")]
    [InlineData("int (-7)", "int:-7")]
    [InlineData("long(null)", "long:null")]
    [InlineData("long(-9223372036854775808)", "long:-9223372036854775808")]
    [InlineData("real(nan)", "real:NaN")]
    [InlineData("real(-inf)", "real:-Infinity")]
    [InlineData("double(1)", "real:1.0")]
    [InlineData("decimal(1.50)", "decimal:1.50")]
    [InlineData("guid(74be27de-1e4e-49d9-b579-fe0b331d3642)", "guid:74be27de-1e4e-49d9-b579-fe0b331d3642")]
    [InlineData("datetime(0001-01-02)", "datetime:864000000000")]
    [InlineData("datetime('0001-01-01 00:00:01')", "datetime:10000000")]
    [InlineData("date(null)", "datetime:null")]
    [InlineData("timespan(1.02:03:04)", "timespan:937840000000")]
    [InlineData("time(2)", "timespan:1728000000000")]
    [InlineData("timespan(15 seconds)", "timespan:150000000")]
    [InlineData("dynamic(null)", "dynamic:null")]
    [InlineData("dynamic([1, 2.5, 'a', {\"b\": null}])", "dynamic:[1,2.5,\"a\",{\"b\":null}]")]
    [InlineData("dynamic({'a)': \"b)\"})", "dynamic:{\"a)\":\"b)\"}")]
    [InlineData("dynamic(datetime(2020-01-01))", "dynamic:\"2020-01-01T00:00:00.0000000Z\"")]
    public void LiteralsAreReadInEveryForm(string text, string expected)
    {
        var tree = SyntaxTree.Parse("print " + text);
        Assert.Empty(tree.Diagnostics);
        var literal = Assert.Single(SyntaxWalker.Descendants(tree.Root).OfType<LiteralSyntax>());
        Assert.Equal(expected, SyntaxDump.Of(literal));
        Assert.Equal(new TextSpan(6, text.Length), literal.Span);
    }

    [Theory]
    [InlineData("datetime(now)")]
    [InlineData("datetime()")]
    [InlineData("now()")]
    public void TheCurrentTimeIsACallOfNow(string text) =>
        Assert.Equal("(Query [(ExpressionStatement (Source (Print [(NamedExpression [] (Call now []))])))])", Dump("print " + text));

    [Theory]
    [InlineData("a..b", "Identifier DotDot Identifier")]
    [InlineData("1..5", "Literal DotDot Literal")]
    [InlineData("1.0..2.0", "Literal DotDot Literal")]
    [InlineData("x[0].b", "Identifier OpenBracket Literal CloseBracket Dot Identifier")]
    [InlineData("a!=b!~c=~d<>e", "Identifier NotEqual Identifier NotEqualIgnoreCase Identifier EqualIgnoreCase Identifier NotEqual Identifier")]
    [InlineData("a !in~ b", "Identifier BangWord Identifier")]
    [InlineData("in~", "Identifier")]
    [InlineData("$left.a", "Identifier Dot Identifier")]
    [InlineData("h + H", "Identifier Plus Identifier")]
    [InlineData("a-b_1", "Identifier Minus Identifier")]
    [InlineData("datetime", "Identifier")]
    [InlineData("x => y", "Identifier Arrow Identifier")]
    [InlineData("a// comment \"\n/b", "Identifier Slash Identifier")]
    public void SignsAndWordsAreCutWhereTheyEnd(string text, string kinds)
    {
        var diagnostics = new DiagnosticBag();
        var tokens = Lexer.Tokenize(text, diagnostics);
        Assert.Equal(kinds + " End", string.Join(' ', tokens.Select(t => t.Kind)));
        Assert.Equal(0, diagnostics.Count);
    }

    [Fact]
    public void WordsOfTypesAreNamesUnlessAParenthesisFollows()
    {
        var tokens = Lexer.Tokenize("time long (1)", new DiagnosticBag());
        Assert.Equal((TokenKind.Identifier, "time"), (tokens[0].Kind, tokens[0].Word));
        Assert.Equal((TokenKind.Literal, KqlType.Long, 1L), (tokens[1].Kind, tokens[1].Type, tokens[1].Value));
    }

    private static string Dump(string query) => SyntaxDump.Of(SyntaxTree.Parse(query).Root);
}

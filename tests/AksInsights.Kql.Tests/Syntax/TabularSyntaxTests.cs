using AksInsights.Kql.Diagnostics;
using AksInsights.Kql.Syntax;

namespace AksInsights.Kql.Tests.Syntax;

public class TabularSyntaxTests
{
    [Theory]
    [InlineData("where a", "(Where a)")]
    [InlineData("filter a", "(Where a)")]
    [InlineData("extend a = 1, b", "(Extend [(NamedExpression [a] long:1) (NamedExpression [] b)])")]
    [InlineData("extend (a, b) = f()", "(Extend [(NamedExpression [a b] (Call f []))])")]
    [InlineData("project ['a b'] = c", "(Project [(NamedExpression [a b] c)])")]
    [InlineData("project-away a, b*, *c*", "(ProjectAway [(ColumnPattern a) (ColumnPattern b*) (ColumnPattern *c*)])")]
    [InlineData("project-keep a", "(ProjectAway [(ColumnPattern a)] +Keep)")]
    [InlineData("project-rename a = b", "(ProjectRename [(NamedExpression [a] b)])")]
    [InlineData("project-reorder a desc, b* granny-asc", "(ProjectReorder [(Ordering a +Descending) (Ordering (WildcardName b*) -Descending +Granny)])")]
    [InlineData("project-by-names 'a'", "(ProjectByNames [string:\"a\"])")]
    [InlineData("summarize by a", "(Summarize [] [] [(NamedExpression [] a)] +HasBy)")]
    [InlineData("summarize n = count()", "(Summarize [] [(NamedExpression [n] (Call count []))] [])")]
    [InlineData("summarize hint.shufflekey = k count() by k",
        "(Summarize [(OperatorParameter hint.shufflekey k)] [(NamedExpression [] (Call count []))] [(NamedExpression [] k)] +HasBy)")]
    [InlineData("distinct *", "(Distinct [(NamedExpression [] (Star))])")]
    [InlineData("sort by a", "(Sort [(Ordering a)])")]
    [InlineData("order by a asc nulls last, b desc", "(Sort [(Ordering a -Descending -NullsFirst) (Ordering b +Descending)])")]
    [InlineData("top 5 by a", "(Top long:5 [(Ordering a)])")]
    [InlineData("take 5", "(Take long:5)")]
    [InlineData("limit n", "(Take n)")]
    [InlineData("count", "(Count _)")]
    [InlineData("count as n", "(Count n)")]
    [InlineData("sample 5", "(Sample long:5)")]
    [InlineData("sample-distinct 5 of a", "(SampleDistinct long:5 a)")]
    [InlineData("top-hitters 5 of a by b", "(TopHitters long:5 (NamedExpression [] a) b)")]
    [InlineData("top-nested 2 of a with others = 'x' by sum(b) desc, top-nested of c by d",
        "(TopNested [(TopNestedLevel long:2 (NamedExpression [] a) string:\"x\" (NamedExpression [] (Call sum [(Argument _ b)])) +Descending)"
        + " (TopNestedLevel _ (NamedExpression [] c) _ (NamedExpression [] d))])")]
    [InlineData("join kind=inner (U | where b) on a, $left.c == $right.d",
        "(Join [(OperatorParameter kind inner)] (Parenthesized (Pipe U [(Where b)])) [a (Binary Equal (Path $left c) (Path $right d))])")]
    [InlineData("join (U) on $left.a == $right.b and c",
        "(Join [] (Parenthesized U) [(Binary Equal (Path $left a) (Path $right b)) c])")]
    [InlineData("lookup U on a", "(Join +IsLookup [] U [a])")]
    [InlineData("union isfuzzy=true withsource=s (U), V*", "(Union [(OperatorParameter isfuzzy bool:true) (OperatorParameter withsource s)] [(Parenthesized U) (WildcardName V*)])")]
    [InlineData("serialize", "(Serialize [])")]
    [InlineData("as hint.materialized=true N", "(As [(OperatorParameter hint.materialized bool:true)] N)")]
    [InlineData("invoke f(1)", "(Invoke (Call f [(Argument _ long:1)]))")]
    [InlineData("render timechart", "(Render timechart [])")]
    [InlineData("render timechart with (title='t', ycolumns=a, b)",
        "(Render timechart [(OperatorParameter title string:\"t\") (OperatorParameter ycolumns a) (OperatorParameter ycolumns b)])")]
    [InlineData("getschema", "(GetSchema)")]
    [InlineData("consume", "(Consume)")]
    [InlineData("evaluate hint.x=y pivot(a) : (b:long, *)",
        "(Evaluate [(OperatorParameter hint.x y)] (Call pivot [(Argument _ a)]) [(ColumnDeclaration b Long)] +SchemaStar)")]
    [InlineData("assert-schema (a:long)", "(AssertSchema [(ColumnDeclaration a Long)])")]
    [InlineData("make-graph a --> b with N on c", "(Unsupported make-graph)")]
    public void EveryOperatorIsRead(string @operator, string expected) => Assert.Equal(expected, Operator(@operator));

    [Theory]
    [InlineData("mv-expand a", "(MvExpand [] [(MvExpandColumn (NamedExpression [] a) _)] _)")]
    [InlineData("mv-expand bagexpansion=array x = a to typeof(long), b limit 5",
        "(MvExpand [(OperatorParameter bagexpansion array)] [(MvExpandColumn (NamedExpression [x] a) Long) (MvExpandColumn (NamedExpression [] b) _)] long:5)")]
    [InlineData("mv-apply a on (where a > 1 | count)",
        "(MvApply [] [(MvExpandColumn (NamedExpression [] a) _)] _ (Pipe (SubqueryInput) [(Where (Binary Greater a long:1)) (Count _)]))")]
    [InlineData("make-series a = avg(x) default=0 on t from f to g step 1h by k",
        "(MakeSeries [] [(MakeSeriesAggregate (NamedExpression [a] (Call avg [(Argument _ x)])) long:0)] (NamedExpression [] t) f g timespan:36000000000 [(NamedExpression [] k)])")]
    [InlineData("make-series count() on t in range(f, g, 1h)",
        "(MakeSeries [] [(MakeSeriesAggregate (NamedExpression [] (Call count [])) _)] (NamedExpression [] t) f g timespan:36000000000 +InRange [])")]
    [InlineData("make-series count() on t step 1d", "(MakeSeries [] [(MakeSeriesAggregate (NamedExpression [] (Call count [])) _)] (NamedExpression [] t) _ _ timespan:864000000000 [])")]
    [InlineData("parse kind=regex flags=Ui a with * 'x' b:long c",
        "(Parse [(OperatorParameter kind regex) (OperatorParameter flags Ui)] a [(ParsePiece _ _ +Star) (ParsePiece string:\"x\" _) (ParsePiece _ (ColumnDeclaration b Long)) (ParsePiece _ (ColumnDeclaration c String))])")]
    [InlineData("parse-where a with b", "(Parse +Where [] a [(ParsePiece _ (ColumnDeclaration b String))])")]
    [InlineData("parse-kv a as (b:long) with (pair_delimiter=';')",
        "(ParseKv a [(ColumnDeclaration b Long)] [(OperatorParameter pair_delimiter string:\";\")])")]
    [InlineData("partition by a (top 1 by b)", "(Partition [] a (Pipe (SubqueryInput) [(Top long:1 [(Ordering b)])]))")]
    [InlineData("partition hint.strategy=native by a.b { U | where c }",
        "(Partition [(OperatorParameter hint.strategy native)] (Path a b) (Pipe U [(Where c)]))")]
    [InlineData("fork (count) n = (take 1)",
        "(Fork [(NamedExpression [] (Pipe (SubqueryInput) [(Count _)])) (NamedExpression [n] (Pipe (SubqueryInput) [(Take long:1)]))])")]
    [InlineData("facet by a with (take 1)", "(Facet [a] (Pipe (SubqueryInput) [(Take long:1)]))")]
    [InlineData("reduce by a with threshold=0.2", "(Reduce [] (NamedExpression [] a) [(OperatorParameter threshold real:0.2)])")]
    [InlineData("scan with_match_id=m declare (s:long=0) with (step x output=none: a > 1 => s = x.s + 1; step y optional: true;)",
        "(Scan [(OperatorParameter with_match_id m)] [] [] [(FunctionParameter s Long _ long:0)]"
        + " [(ScanStep x none (Binary Greater a long:1) [(NamedExpression [s] (Binary Add (Path x s) long:1))]) (ScanStep y +Optional _ bool:true [])])")]
    [InlineData("search in (U) 'x' and a:'y'", "(Search [] [U] (Binary And string:\"x\" (Binary Has a string:\"y\")))")]
    public void OperatorsWithShapesOfTheirOwnAreRead(string @operator, string expected) => Assert.Equal(expected, Operator(@operator));

    [Theory]
    [InlineData("print a = 1", "(ExpressionStatement (Source (Print [(NamedExpression [a] long:1)])))")]
    [InlineData("range x from 1 to 2 step 1", "(ExpressionStatement (Source (Range x long:1 long:2 long:1)))")]
    [InlineData("union A, B", "(ExpressionStatement (Source (Union [] [A B])))")]
    [InlineData("find in (A*) where b == 1 project c, d:long",
        "(ExpressionStatement (Source (Find [] [(WildcardName A*)] (Binary Equal b long:1) [c (ColumnDeclaration d Long)])))")]
    [InlineData("search 'x'", "(ExpressionStatement (Source (Search [] _ string:\"x\")))")]
    [InlineData("evaluate f()", "(ExpressionStatement (Source (Evaluate [] (Call f []) _)))")]
    [InlineData("datatable(a:long)[1, 2,]", "(ExpressionStatement (DataTable [(ColumnDeclaration a Long)] [long:1 long:2]))")]
    [InlineData("externaldata(a:long)['x'] with (b=c)", "(ExpressionStatement (ExternalData [(ColumnDeclaration a Long)]))")]
    [InlineData("(T | count)", "(ExpressionStatement (Parenthesized (Pipe T [(Count _)])))")]
    [InlineData("search | count", "(ExpressionStatement (Pipe search [(Count _)]))")]
    [InlineData("let a = 5m", "(LetStatement a timespan:3000000000)")]
    [InlineData("let f = (x:long, y:string='a', T:(*), U:(b:real)) { x }",
        "(LetStatement f (Function [(FunctionParameter x Long _ _) (FunctionParameter y String _ string:\"a\")"
        + " (FunctionParameter T Error [] +AnySchema _) (FunctionParameter U Error [(ColumnDeclaration b Real)] _)] [(ExpressionStatement x)]))")]
    [InlineData("let v = view () { let n = 1; T | take n; }",
        "(LetStatement v (Function [] [(LetStatement n long:1) (ExpressionStatement (Pipe T [(Take n)]))] +IsView))")]
    [InlineData("let p = (a) + 1", "(LetStatement p (Binary Add (Parenthesized a) long:1))")]
    [InlineData("set a", "(SetStatement a _)")]
    [InlineData("set a = true", "(SetStatement a bool:true)")]
    [InlineData("declare query_parameters(a:long = 5)", "(DeclareParametersStatement [(FunctionParameter a Long _ long:5)])")]
    [InlineData("declare pattern p = (a:string)[b:string] { ('x').['y'] = { T }; }",
        "(PatternStatement p [(FunctionParameter a String _ _)] (FunctionParameter b String _ _)"
        + " [(PatternCase [string:\"x\"] y (Function [] [(ExpressionStatement T)]))])")]
    [InlineData("declare pattern p", "(PatternStatement p [] _ [])")]
    [InlineData("restrict access to (a)", "(UnsupportedStatement restrict)")]
    public void EveryStatementIsRead(string statement, string expected)
    {
        var tree = SyntaxTree.Parse(statement + ";");
        Assert.Empty(tree.Diagnostics);
        Assert.Equal(expected, SyntaxDump.Of(Assert.Single(tree.Root.Statements)));
    }

    [Fact]
    public void CommentsAndBlankLinesMayStandAnywhere()
    {
        const string Plain = "T | where a == 1 | take 5";
        const string Commented = "// head\n\nT // source\n\n// between\n| where a // left\n  == 1\n\n| take 5 // end\n;\n// tail";
        Assert.Equal(SyntaxDump.Of(SyntaxTree.Parse(Plain).Root), SyntaxDump.Of(SyntaxTree.Parse(Commented).Root));
    }

    [Fact]
    public void SpansOfOperatorsReachFromTheirNameToTheirEnd()
    {
        var text = AnnotatedText.Parse("⟦T | ⟦where a == 1⟧\n| ⟦project-away  b⟧ // x\n| ⟦summarize count() by  c⟧⟧ ;");
        var tree = SyntaxTree.Parse(text.Text);
        Assert.Equal(text.Spans, SyntaxWalker.Descendants(tree.Root).Where(n => n is PipeSyntax or OperatorSyntax).Select(n => n.Span));
    }

    [Fact]
    public void EveryNameOfAnOperatorIsUnderstood()
    {
        foreach (var name in OperatorNames.Supported)
        {
            Assert.True(OperatorNames.IsKnown(name), name);
            var codes = SyntaxTree.Parse($"T | {name} x").Diagnostics.Select(d => d.Code);
            Assert.DoesNotContain(DiagnosticCodes.UnknownOperator, codes);
        }
    }

    private static string Operator(string text)
    {
        var tree = SyntaxTree.Parse("T | " + text);
        Assert.Empty(tree.Diagnostics);
        var pipe = (PipeSyntax)((ExpressionStatement)Assert.Single(tree.Root.Statements)).Expression;
        return SyntaxDump.Of(Assert.Single(pipe.Operators));
    }
}

using AksInsights.Kql.Diagnostics;
using AksInsights.Kql.Syntax;

namespace AksInsights.Kql.Tests.Syntax;

/// <summary>What people are told about the commonest mistakes: the whole text and the exact place.</summary>
public class SyntaxMistakeTests
{
    [Theory]
    [InlineData("T | ⟦wher⟧ a == 1", "KQL2002", "There is no operator `wher`.", "Nearest: `where`.")]
    [InlineData("T | ⟦project-awy⟧ a", "KQL2002", "There is no operator `project-awy`.", "Nearest: `project-away`.")]
    [InlineData("T | ⟦select⟧ a", "KQL2002", "There is no operator `select`.", "Columns are chosen by `project`.")]
    [InlineData("T | where a ⟦=⟧ 5", "KQL2007", "`=` gives a name to a value; it does not compare.", "Write `==`, or `=~` to ignore letter case.")]
    [InlineData("T | where a == 1 ⟦&&⟧ b", "KQL2008", "`&&` is not an operator of KQL.", "Write `and`.")]
    [InlineData("T | where ⟦!⟧isnull(a)", "KQL2008", "`!` is not an operator of KQL.", "Write `not(...)`.")]
    [InlineData("T | where ⟦!⟧a", "KQL2008", "`!` is not an operator of KQL.", "Write `not(...)`.")]
    [InlineData("T ⟦where⟧ a", "KQL2001", "Expected `|`, found `where`.", "Each operator starts with `|`: `| where ...`.")]
    [InlineData("T | where ⟦(⟧a == 1", "KQL2006", "`(` is not closed: expected `)`, found the end of the query.", null)]
    [InlineData("T | where a == 1⟦)⟧", "KQL2001", "Expected `|`, `;` or the end of the query, found `)`.", "Nothing is open here that this could close.")]
    [InlineData("let x = 5\n⟦T⟧ | take 1", "KQL2001", "Expected `|` or `;`, found `T`.",
        "If a new statement starts here, end the one before it with `;`.")]
    [InlineData("T | project a ⟦b⟧", "KQL2001", "Expected `,`, `|`, `;` or the end of the query, found `b`.", null)]
    [InlineData("T | project a, ⟦|⟧ take 5", "KQL2001", "Expected an expression, found `|`.", null)]
    [InlineData("T | summarize count(), ⟦by⟧ x", "KQL2001", "Expected an expression, found `by`.", null)]
    [InlineData("T | where a ==⟦⟧", "KQL2001", "Expected an expression, found the end of the query.", null)]
    [InlineData("T |⟦⟧", "KQL2001", "Expected an operator, found the end of the query.", null)]
    [InlineData("T | sort ⟦a⟧", "KQL2001", "Expected `by`, found `a`.", null)]
    [InlineData("T | join (U)⟦⟧", "KQL2001", "Expected `on` and the columns to match, found the end of the query.",
        "Columns are matched as in `on Name` or `on $left.a == $right.b`.")]
    [InlineData("T | where a between ⟦1⟧", "KQL2001", "Expected `(`, found `1`.", "A range is written `between (low .. high)`.")]
    [InlineData("T | where a ⟦is⟧ null", "KQL2001", "Expected `|`, `;` or the end of the query, found `is`.",
        "Missing values are found by `isnull(...)`, `isnotnull(...)`, `isempty(...)`, `isnotempty(...)`.")]
    [InlineData("T | where a ⟦contians⟧ 'x'", "KQL2001", "Expected `|`, `;` or the end of the query, found `contians`.", "Nearest: `contains`, `!contains`.")]
    [InlineData("T | where a ⟦!startwith⟧ 'x'", "KQL2001", "Expected `|`, `;` or the end of the query, found `!startwith`.", "Nearest: `!startswith`, `startswith`.")]
    [InlineData("T | where not ⟦a⟧", "KQL2001", "Expected `|`, `;` or the end of the query, found `a`.", "`not` is a function: `not(...)`.")]
    [InlineData("T | where a == ⟦{⟧name}", "KQL2001", "Expected an expression, found `{`.",
        "Placeholders of workbooks, such as `{name}`, must be replaced by values first.")]
    [InlineData("⟦select⟧ a from T", "KQL2001", "Expected a table or an expression, found `select`.",
        "A query starts with its table: `T | where ... | project ...`.")]
    [InlineData("let ⟦=⟧ 5; T", "KQL2001", "Expected a name, found `=`.", null)]
    [InlineData("datatable(a:⟦strng⟧)[1]", "KQL2004", "There is no type `strng`.", "Nearest: `string`.")]
    [InlineData("⟦.⟧show tables", "KQL2009", "A text that starts with `.` is a management command; only queries can run here.",
        "A query starts with the name of a table: `KubePodInventory | take 10`.")]
    [InlineData("⟦⟧ // nothing", "KQL2005", "There is no query here, only white space, comments or semicolons.",
        "A query starts with the name of a table: `KubePodInventory | take 10`.")]
    [InlineData("T | where a == ⟦\"abc⟧\n| take 1", "KQL1002", "The string is not closed; \" was expected before the end of the line.",
        "A string of several lines stands between ``` and ```.")]
    [InlineData("T | where a == \"⟦\\d⟧\"", "KQL1003", "`\\d` is not an escape.",
        "Double the backslash (`\\\\d`), or write a verbatim string: `@\"...\"`.")]
    [InlineData("T | take ⟦5x⟧", "KQL1004", "`5x` is neither a number nor a length of time.",
        "Units of time are d, h, m, s, ms, microsecond and tick.")]
    [InlineData("print ⟦99999999999999999999⟧", "KQL1004",
        "`99999999999999999999` is beyond what a long holds (64 bits, at most 9223372036854775807).",
        "Write it as a real (with `.0`) or as `decimal(...)`.")]
    [InlineData("print datetime(⟦tomorrow⟧)", "KQL1005",
        "`tomorrow` is not a datetime; expected a date such as 2024-05-01 or 2024-05-01T10:20:30Z, now or null.",
        "`datetime(...)` takes a constant as it stands; a computed value is converted by `todatetime(...)`.")]
    [InlineData("T | where a > datetime⟦(⟧2020-01-01 | take 5", "KQL2006", "`(` is not closed: expected `)`, found `|`.", null)]
    [InlineData("print datetime⟦(⟧", "KQL2006", "`(` is not closed: expected `)`, found the end of the query.", null)]
    [InlineData("print dynamic({\"a\":⟦}⟧)", "KQL1005", "`}` is not a dynamic; expected JSON, or null.", null)]
    [InlineData("⟦#⟧ comment\nT", "KQL1006", "`#` does not start a comment.", "Comments start with `//`.")]
    [InlineData("T | where ⟦$__timeFilter⟧(t)", "KQL1001", "The character `$` means nothing here.",
        "Only `$left` and `$right`, in the conditions of a join, start with `$`; macros of other tools must be replaced first.")]
    public void AMistakeIsReportedOnceAtItsPlace(string annotated, string code, string message, string? help)
    {
        var text = AnnotatedText.Parse(annotated);
        var found = Assert.Single(SyntaxTree.Parse(text.Text).Diagnostics);
        Assert.Equal(new Diagnostic(code, DiagnosticSeverity.Error, Assert.Single(text.Spans), message, help), found);
    }

    [Fact]
    public void ReadingGoesOnAfterEachMistake()
    {
        var text = AnnotatedText.Parse("T | ⟦wher⟧ b == 2 | where a ⟦=⟧ 1 | ⟦extnd⟧ c = f(1) | take 2; U | project a ⟦b⟧ | where ⟦)⟧");
        var found = SyntaxTree.Parse(text.Text).Diagnostics;
        Assert.Equal(text.Spans, found.Select(d => d.Span));
    }

    [Fact]
    public void WhatSurroundsAMistakeIsStillInTheTree()
    {
        var tree = SyntaxTree.Parse("let x = ; T | wher a | where b == | take 5");
        Assert.Equal("(Query [(LetStatement x (MissingExpression)) (ExpressionStatement (Pipe T [(Where (Binary Equal b (MissingExpression))) (Take long:5)]))])",
            SyntaxDump.Of(tree.Root));
    }
}

using AksInsights.Kql.Diagnostics;
using AksInsights.Kql.Text;

namespace AksInsights.Kql.Tests.Diagnostics;

public class CaretPrinterTests
{
    [Fact]
    public void APlaceIsShownWithItsLineCaretsAndHelp()
    {
        var source = new SourceText("KubeEvents\n| where Reson == \"x\"\n| take 1", "node.kql");
        var diagnostic = new Diagnostic("KQL3004", DiagnosticSeverity.Error, new TextSpan(19, 5), "There is no column `Reson`.", "Nearest: `Reason`.");
        Assert.Equal(
            "node.kql:2:9: error KQL3004: There is no column `Reson`.\n"
            + "  2 | | where Reson == \"x\"\n"
            + "              ^^^^^\n"
            + "    Nearest: `Reason`.\n",
            CaretPrinter.Print(source, diagnostic));
    }

    [Fact]
    public void TabsKeepTheCaretsUnderTheirColumns() => Assert.Equal(
        "query:1:3: warning KQL1001: m\n  1 | \t\tx\n      \t\t^\n",
        CaretPrinter.Print(new SourceText("\t\tx"), new Diagnostic("KQL1001", DiagnosticSeverity.Warning, new TextSpan(2, 1), "m")));

    [Fact]
    public void APlaceOfSeveralLinesIsMarkedToTheEndOfItsFirst() => Assert.Equal(
        "query:1:2: error C: m\n  1 | ab\n       ^\n",
        CaretPrinter.Print(new SourceText("ab\r\ncd"), new Diagnostic("C", DiagnosticSeverity.Error, new TextSpan(1, 5), "m")));

    [Fact]
    public void TheEndOfTheTextIsMarkedBehindIt() => Assert.Equal(
        "query:1:3: error C: m\n  1 | ab\n        ^\n",
        CaretPrinter.Print(new SourceText("ab"), new Diagnostic("C", DiagnosticSeverity.Error, new TextSpan(2, 0), "m")));

    [Fact]
    public void AVeryLongLineIsCutAroundThePlace()
    {
        var source = new SourceText(new string('a', 5000) + "X" + new string('b', 5000));
        var lines = CaretPrinter.Print(source, new Diagnostic("C", DiagnosticSeverity.Error, new TextSpan(5000, 1), "m")).Split('\n');
        Assert.Equal('X', lines[1][lines[2].IndexOf('^', StringComparison.Ordinal)]);
        Assert.InRange(lines[1].Length, 50, 200);
    }

    [Theory]
    [InlineData(0, 1, 1)]
    [InlineData(2, 1, 3)]
    [InlineData(3, 2, 1)]
    [InlineData(6, 4, 1)]
    [InlineData(99, 4, 2)]
    public void PositionsCountFromOne(int index, int line, int column) =>
        Assert.Equal(new LinePosition(line, column), new SourceText("ab\nc\n\nd").PositionOf(index));

    [Fact]
    public void DiagnosticsAreOrderedByPlaceAndNamedOnce()
    {
        var bag = new DiagnosticBag();
        bag.AddError("B", new TextSpan(5, 1), "later");
        bag.AddError("A", new TextSpan(1, 1), "first");
        bag.AddError("A", new TextSpan(1, 1), "again");
        bag.AddWarning("C", new TextSpan(1, 2), "second");
        Assert.Equal(["first", "second", "later"], bag.ToOrderedList().Select(d => d.Message));
    }
}

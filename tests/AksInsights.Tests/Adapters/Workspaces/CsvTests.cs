using AksInsights.Adapters.Workspaces.Recorded;
using AksInsights.Kql.Types;

namespace AksInsights.Tests.Adapters.Workspaces;

public sealed class CsvTests : IDisposable
{
    private readonly RecordedFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void APortalDownloadIsRead()
    {
        _folder.Write(
            "Perf.csv",
            "\uFEFF\"TimeGenerated [UTC]\",Computer,CounterValue\r\n"
            + "\"11/20/2026, 6:00:04.123 AM\",\"say \"\"hi\"\", a\r\nb\",12.5\r\n"
            + "\"11/20/2026, 12:30:00.000 PM\",plain,\r\n");
        var tables = _folder.Open();
        Assert.Equal(
            [TablesInTests.Ticks("2026-11-20T06:00:04.123Z"), TablesInTests.Ticks("2026-11-20T12:30:00Z")], tables.Values("Perf", "TimeGenerated"));
        Assert.Equal(["say \"hi\", a\r\nb", "plain"], tables.Values("Perf", "Computer"));
        Assert.Equal([12.5, null], tables.Values("Perf", "CounterValue"));
        Assert.Equal(0, tables.Report.ProblemCount);
    }

    [Fact]
    public void ARaggedRowIsLeftOutAndCounted()
    {
        _folder.Write("Perf.csv", "Computer,CounterValue\na,1\nb\n\nc,3,4\n\"d\n\",x\ne,5");
        var tables = _folder.Open();
        Assert.Equal(["a", "d\n", "e"], tables.Values("Perf", "Computer"));
        Assert.Equal([1.0, null, 5.0], tables.Values("Perf", "CounterValue"));
        var problems = Assert.Single(tables.Report.Files).Problems;
        Assert.Equal([(RowProblemKind.RaggedRow, null, 2L), (RowProblemKind.WrongType, "CounterValue", 1L)], tables.Problems());
        Assert.Equal([new ProblemExample(3, "1 fields", "2 fields"), new ProblemExample(5, "3 fields", "2 fields")], problems[0].Examples);
        Assert.Equal(6, problems[1].Examples[0].Line);
    }

    [Fact]
    public void BrokenQuotesAreCountedAndTheNextLineIsRead()
    {
        var tables = _folder.Write("Perf.csv", "Computer,CounterName\n\"a\"b,x\nc,y\n\"never closed,z\n").Open();
        Assert.Equal(["c"], tables.Values("Perf", "Computer"));
        var problem = Assert.Single(Assert.Single(tables.Report.Files).Problems);
        Assert.Equal((RowProblemKind.BrokenRecord, 2L), (problem.Kind, problem.Count));
        Assert.Equal([2L, 4], problem.Examples.Select(example => example.Line));
    }

    [Fact]
    public void AnotherTablesTypesAreInferredFromAllRows()
    {
        _folder.Write(
            "Custom_CL.csv",
            "When [UTC],Iso,Whole,Real,Flag,Bag,Mixed,Empty\n"
            + "\"1/2/2026, 1:00:00.000 PM\",2026-01-02T13:00:00Z,1,2,true,\"{\"\"a\"\":1}\",1,\n"
            + ",,2,2.5,False,[],x,\n");
        var columns = _folder.Open().Symbol("Custom_CL").Columns;
        Assert.Equal(
            [
                ("When", KqlType.DateTime), ("Iso", KqlType.DateTime), ("Whole", KqlType.Long), ("Real", KqlType.Real),
                ("Flag", KqlType.Bool), ("Bag", KqlType.Dynamic), ("Mixed", KqlType.String), ("Empty", KqlType.String),
            ],
            columns.Select(column => (column.Name, column.Type)));
    }

    [Fact]
    public void ANameThatTheHeaderHasTwiceCountsTheFirstTime()
    {
        var tables = _folder.Write("Perf.csv", "Computer,Computer\na,b\n").Open();
        Assert.Equal(["a"], tables.Values("Perf", "Computer"));
    }

    [Fact]
    public void AHeaderAloneIsATableWithoutRows() =>
        Assert.Equal(0, _folder.Write("Perf.csv", "Computer,CounterValue").Open().Load("Perf", "Computer").RowCount);

    [Fact]
    public void AHeaderWithBrokenQuotesIsNoTable()
    {
        var tables = _folder.Write("Perf.csv", "\"Computer\na,b").Open();
        Assert.Equal(0, tables.Load("Perf", "Computer").RowCount);
        Assert.Equal([(RowProblemKind.NotATable, null, 1L)], tables.Problems());
    }
}

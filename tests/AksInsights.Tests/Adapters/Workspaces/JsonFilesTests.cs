using AksInsights.Adapters.Workspaces.Recorded;
using AksInsights.Kql.Types;

namespace AksInsights.Tests.Adapters.Workspaces;

public sealed class JsonFilesTests : IDisposable
{
    private const string Answer = """
        {"tables":[{"name":"PrimaryResult","columns":[
          {"name":"TimeGenerated","type":"datetime"},{"name":"CounterValue","type":"real"},{"name":"Cost","type":"decimal"},{"name":"Took","type":"timespan"},
          {"name":"Id","type":"guid"},{"name":"Bag","type":"dynamic"},{"name":"Big","type":"long"},{"name":"On","type":"bool"}],
        "rows":[
          ["2026-11-20T06:00:04.1234567Z",1.5,"0.10101","1.02:03:04.5","74be27de-1e4e-49d9-b579-fe0b331d3642","{\"a\":[1]}",9223372036854775807,true],
          ["2026-11-20T06:00:05Z","NaN",null,null,null,null,null,null]
        ]}],"statistics":{}}
        """;

    private readonly RecordedFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void AnAnswerOfTheQueryApiBringsItsTypes()
    {
        var tables = _folder.Write("Result.json", Answer).Open();
        Assert.Equal(
            [KqlType.DateTime, KqlType.Real, KqlType.Decimal, KqlType.TimeSpan, KqlType.Guid, KqlType.Dynamic, KqlType.Long, KqlType.Bool],
            tables.Symbol("Result").Columns.Select(column => column.Type));
        Assert.Equal([1.5, double.NaN], tables.Values("Result", "CounterValue"));
        Assert.Equal([0.10101m, null], tables.Values("Result", "Cost"));
        Assert.Equal([new TimeSpan(1, 2, 3, 4, 500).Ticks, null], tables.Values("Result", "Took"));
        Assert.Equal([Guid.Parse("74be27de-1e4e-49d9-b579-fe0b331d3642"), null], tables.Values("Result", "Id"));
        Assert.IsType<DynamicBag>(tables.Values("Result", "Bag")[0]);
        Assert.Equal([long.MaxValue, null], tables.Values("Result", "Big"));
        Assert.Equal([true, null], tables.Values("Result", "On"));
        Assert.Equal(0, tables.Report.ProblemCount);
    }

    [Fact]
    public void AnAnswerForAKnownTableHasTheTypesOfTheSchema()
    {
        var tables = _folder.Write("Perf.json.gz", Answer).Open();
        Assert.Equal([1.5, double.NaN], tables.Values("Perf", "CounterValue"));
        Assert.Equal([long.MaxValue, null], tables.Values("Perf", "Big"));
        var unknown = tables.Report.Files[0].Problems.Where(problem => problem.Kind == RowProblemKind.UnknownColumn);
        Assert.Equal(["Cost", "Took", "Id", "Bag", "Big", "On"], unknown.Select(problem => problem.Column));
    }

    [Fact]
    public void ARowWithTooFewCellsIsLeftOut()
    {
        _folder.Write("Perf.json", """
            {"tables":[{"columns":[{"name":"Computer","type":"string"},{"name":"CounterValue","type":"real"}],
            "rows":[["a",1],
            ["b"],
            ["c",3,4],["d",4]]}]}
            """);
        var tables = _folder.Open();
        Assert.Equal(["a", "d"], tables.Values("Perf", "Computer"));
        var problem = Assert.Single(tables.Report.Files[0].Problems);
        Assert.Equal((RowProblemKind.RaggedRow, 2L), (problem.Kind, problem.Count));
        Assert.Equal([3L, 4], problem.Examples.Select(example => example.Line));
    }

    [Fact]
    public void AnArrayOfObjectsIsRead()
    {
        _folder.Write("Perf.json", """
             [ {"Computer":"a, ] }",
             "CounterValue":"1"} ,{"Computer":"b"}, 5,
            {"Computer":tru}, {"Computer":"c"}
            ]
            """);
        var tables = _folder.Open();
        Assert.Equal(["a, ] }", "b", "c"], tables.Values("Perf", "Computer"));
        Assert.Equal([1.0, null, null], tables.Values("Perf", "CounterValue"));
        var problem = Assert.Single(tables.Report.Files[0].Problems);
        Assert.Equal((RowProblemKind.BrokenRecord, 2L), (problem.Kind, problem.Count));
        Assert.Equal([2L, 3], problem.Examples.Select(example => example.Line));
    }

    [Fact]
    public void AnArrayThatIsNotClosedKeepsItsWholeElements()
    {
        var tables = _folder.Write("Perf.json", "[{\"Computer\":\"a\"},{\"Computer\":\"b\"}, {\"Comp").Open();
        Assert.Equal(["a", "b"], tables.Values("Perf", "Computer"));
        Assert.Equal([(RowProblemKind.CutOff, null, 1L)], tables.Problems());
    }

    [Theory]
    [InlineData("{\n\"a\":\n1}")]
    [InlineData("hello")]
    [InlineData("{\"tables\":5}\n{")]
    public void OtherJsonIsNoTable(string content)
    {
        var tables = _folder.Write("Perf.json", content).Open();
        tables.Load("Perf", "Computer");
        Assert.Contains(tables.Report.Files[0].Problems, problem => !problem.IsNotice);
    }

    [Fact]
    public void AnotherTablesTypesAreInferredFromAllRows()
    {
        _folder.Write("Custom_CL.jsonl", """
            {"Whole":1,"Real":1,"When":"2026-01-02T13:00:00Z","Flag":true,"Bag":{},"Late":null}
            {"Whole":-2,"Real":0.5,"When":null,"Flag":false,"Bag":"text","Text":"2026","Late":[1]}
            {"Whole":3,"Mixed":1}
            {"Mixed":"one"}
            """);
        var columns = _folder.Open().Symbol("Custom_CL").Columns;
        Assert.Equal(
            [
                ("Whole", KqlType.Long), ("Real", KqlType.Real), ("When", KqlType.DateTime), ("Flag", KqlType.Bool),
                ("Bag", KqlType.Dynamic), ("Late", KqlType.Dynamic), ("Text", KqlType.String), ("Mixed", KqlType.String),
            ],
            columns.Select(column => (column.Name, column.Type)));
    }
}

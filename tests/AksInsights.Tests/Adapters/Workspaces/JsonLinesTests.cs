using AksInsights.Kql.Types;

namespace AksInsights.Tests.Adapters.Workspaces;

public sealed class JsonLinesTests : IDisposable
{
    private readonly RecordedFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void CellsHaveTheTypesOfTheSchema()
    {
        _folder.Write("KubePVInventory.jsonl", """
            {"TimeGenerated":"2026-11-20T06:00:04.5Z","PVName":"pv1","PVCapacityBytes":1073741824,"PVTypeInfo":{"kind":"disk","zones":[1,2]}}

            """);
        var tables = _folder.Open();
        Assert.Equal([TablesInTests.Ticks("2026-11-20T06:00:04.5Z")], tables.Values("KubePVInventory", "TimeGenerated"));
        Assert.Equal(["pv1"], tables.Values("KubePVInventory", "PVName"));
        Assert.Equal([1073741824.0], tables.Values("KubePVInventory", "PVCapacityBytes"));
        var info = Assert.IsType<DynamicBag>(Assert.Single(tables.Values("KubePVInventory", "PVTypeInfo")));
        Assert.Equal("disk", info["kind"]);
        Assert.Equal(2L, Assert.IsType<DynamicArray>(info["zones"])[1]);
    }

    [Fact]
    public void AbsentAndNullCellsAreNullAndTextIsEmpty()
    {
        _folder.Write("KubeEvents.jsonl", """
            {"Name":"a","Count":3,"LastSeen":"2026-11-20T06:00:04Z"}
            {"Name":"b"}
            {"Count":null,"Name":null,"LastSeen":null}
            {"Name":"c","Count":4,"LastSeen":"2026-11-20T06:00:04Z"}
            {}
            """);
        var tables = _folder.Open();
        Assert.Equal(["a", "b", "", "c", ""], tables.Values("KubeEvents", "Name"));
        Assert.Equal([3.0, null, null, 4.0, null], tables.Values("KubeEvents", "Count"));
        var seen = (object?)TablesInTests.Ticks("2026-11-20T06:00:04Z");
        Assert.Equal([seen, null, null, seen, null], tables.Values("KubeEvents", "LastSeen"));
    }

    [Fact]
    public void ARepeatedValueIsNotTakenForOneThatIsAbsent()
    {
        _folder.Write("Perf.jsonl", """
            {"Computer":"n","CounterName":"cpu","CounterValue":1}
            {"Computer":"n","CounterName":"cpu","CounterValue":12}
            {"Computer":"n","CounterValue":12}
            {"Computer":"n","CounterName":"cpu"}
            {"CounterValue":12,"Computer":"n","CounterName":"cpu"}
            {"CounterValue":12,"Computer":"n","CounterName":"cpu2"}
            """);
        var tables = _folder.Open();
        Assert.Equal(["cpu", "cpu", "", "cpu", "cpu", "cpu2"], tables.Values("Perf", "CounterName"));
        Assert.Equal([1.0, 12.0, 12.0, null, 12.0, 12.0], tables.Values("Perf", "CounterValue"));
        Assert.Equal(["n", "n", "n", "n", "n", "n"], tables.Values("Perf", "Computer"));
    }

    [Theory]
    [InlineData("""{"Name":"plain"}""", "plain")]
    [InlineData("""{"Name":"a\"b\\c\/d\b\f\n\r\tend"}""", "a\"b\\c/d\b\f\n\r\tend")]
    [InlineData("""{"Name":"\u00fc\uD83D\uDE00"}""", "ü😀")]
    [InlineData("""{"Name":"grün 😀"}""", "grün 😀")]
    [InlineData("""{"Name":"\uD83D alone"}""", "\uFFFD alone")]
    [InlineData("""{"N\u0061me":"spelled otherwise"}""", "spelled otherwise")]
    [InlineData("""  { "Name" : "spaced" ,	"Count" : 1 }  """, "spaced")]
    [InlineData("""{"Name":5}""", "5")]
    [InlineData("""{"Name":true}""", "true")]
    [InlineData("""{"Name":{"a":"x\"y"}}""", """{"a":"x\"y"}""")]
    [InlineData("""{"Name":"first","Name":"last"}""", "last")]
    public void TextIsReadAsJsonHasIt(string line, string expected)
    {
        var tables = _folder.Write("KubeEvents.jsonl", line).Open();
        Assert.Equal([expected], tables.Values("KubeEvents", "Name"));
        Assert.Equal(0, tables.Report.ProblemCount);
    }

    [Theory]
    [InlineData("0", 0.0)]
    [InlineData("-0.5", -0.5)]
    [InlineData("12345678901234567890", 12345678901234567890.0)]
    [InlineData("0.1", 0.1)]
    [InlineData("123456.789", 123456.789)]
    [InlineData("9007199254740993", 9007199254740992.0)]
    [InlineData("1e3", 1000.0)]
    [InlineData("2.5E-3", 0.0025)]
    [InlineData("\"NaN\"", double.NaN)]
    [InlineData("\"-Infinity\"", double.NegativeInfinity)]
    [InlineData("\"12.5\"", 12.5)]
    public void RealsAreReadExactly(string json, double expected)
    {
        var tables = _folder.Write("Perf.jsonl", $"{{\"CounterValue\":{json}}}").Open();
        Assert.Equal([expected], tables.Values("Perf", "CounterValue"));
    }

    [Theory]
    [InlineData("2147483647", 2147483647L)]
    [InlineData("-2147483648", -2147483648L)]
    [InlineData("3.0", 3L)]
    [InlineData("\"7\"", 7L)]
    public void WholeNumbersAreReadWithinTheirRange(string json, long expected)
    {
        var tables = _folder.Write("KubePodInventory.jsonl", $"{{\"PodRestartCount\":{json}}}").Open();
        Assert.Equal([expected], tables.Values("KubePodInventory", "PodRestartCount"));
    }

    [Theory]
    [InlineData("2026-11-20T06:00:04Z", "2026-11-20T06:00:04Z")]
    [InlineData("2026-11-20T06:00:04.1234567Z", "2026-11-20T06:00:04.1234567Z")]
    [InlineData("2024-02-29T23:59:59.9Z", "2024-02-29T23:59:59.9Z")]
    [InlineData("2026-11-20T06:00:04", "2026-11-20T06:00:04Z")]
    [InlineData("2026-11-20T08:00:04+02:00", "2026-11-20T06:00:04Z")]
    [InlineData("2026-11-20 06:00", "2026-11-20T06:00:00Z")]
    public void DateTimesAreReadAsUtc(string text, string expected)
    {
        var tables = _folder.Write("Perf.jsonl", $"{{\"TimeGenerated\":\"{text}\"}}").Open();
        Assert.Equal([TablesInTests.Ticks(expected)], tables.Values("Perf", "TimeGenerated"));
    }

    [Fact]
    public void ADynamicTextThatHoldsJsonStandsForWhatItHolds()
    {
        _folder.Write("ContainerLogV2.jsonl", """
            {"LogMessage":"{\"level\":\"error\"}"}
            {"LogMessage":"{not json"}
            {"LogMessage":"plain \"text\""}
            {"LogMessage":17}
            {"LogMessage":null}
            {"LogMessage":{"level":"error"}}
            """);
        var values = _folder.Open().Values("ContainerLogV2", "LogMessage");
        Assert.Equal("error", Assert.IsType<DynamicBag>(values[0])["level"]);
        Assert.Equal("{not json", values[1]);
        Assert.Equal("plain \"text\"", values[2]);
        Assert.Equal(17L, values[3]);
        Assert.Null(values[4]);
        Assert.Equal("error", Assert.IsType<DynamicBag>(values[5])["level"]);
    }

    [Fact]
    public void MarksLineEndsAndEmptyLinesOfOtherSystemsAreTaken()
    {
        var tables = _folder.Write("Perf.jsonl", "\uFEFF{\"Computer\":\"a\"}\r\n\r\n   \r\n{\"Computer\":\"b\"}\r\n").Open();
        Assert.Equal(["a", "b"], tables.Values("Perf", "Computer"));
        Assert.Equal(0, tables.Report.ProblemCount);
    }

    [Fact]
    public void GzippedFilesOfSeveralMembersAreReadToTheEnd()
    {
        var member = RecordedFolder.Gzip("{\"Computer\":\"a\"}\n"u8.ToArray());
        var tables = _folder.WriteAsItIs("Perf.jsonl.gz", [.. member, .. member]).Open();
        Assert.Equal(["a", "a"], tables.Values("Perf", "Computer"));
    }

    [Fact]
    public void ADataExportNamedJsonIsReadAsLines()
    {
        var tables = _folder.Write("Perf.PT1H.json", "{\"Computer\":\"a\"}\n{\"Computer\":\"b\"}\n").Open();
        Assert.Equal(["a", "b"], tables.Values("Perf", "Computer"));
    }

    [Fact]
    public void TextIsHeldOnceForEachDistinctValue()
    {
        _folder.Write("Perf.jsonl", string.Concat(Enumerable.Range(0, 1000).Select(i => $"{{\"Computer\":\"n{i % 3}\"}}\n")));
        var column = Assert.IsType<AksInsights.Kql.Columns.CodedColumn<string>>(_folder.Open().Load("Perf", "Computer").Columns["Computer"]);
        Assert.Equal(["", "n0", "n1", "n2"], column.Pool.Values.Take(column.Pool.Count));
        Assert.True(column.Pool.IsUnique);
    }

    [Fact]
    public void TwoSpellingsOfOneTextHaveOneCode()
    {
        _folder.Write("Perf.jsonl", "{\"Computer\":\"A\"}\n{\"Computer\":\"\\u0041\"}\n");
        var column = Assert.IsType<AksInsights.Kql.Columns.CodedColumn<string>>(_folder.Open().Load("Perf", "Computer").Columns["Computer"]);
        Assert.Equal([1, 1], column.Codes.ToArray());
    }
}

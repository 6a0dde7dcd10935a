using System.Text;
using AksInsights.Adapters.Workspaces.Recorded;

namespace AksInsights.Tests.Adapters.Workspaces;

public sealed class BadRowsTests : IDisposable
{
    private readonly RecordedFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void ACellOfTheWrongTypeIsNullAndItsRowIsKept()
    {
        _folder.Write("Perf.jsonl", """
            {"Computer":"a","CounterValue":1}
            {"Computer":"b","CounterValue":"fast"}
            {"Computer":"b","CounterValue":"fast"}
            {"Computer":"c","CounterValue":{}}
            {"Computer":"d","CounterValue":2}
            """);
        var tables = _folder.Open();
        Assert.Equal([1.0, null, null, null, 2.0], tables.Values("Perf", "CounterValue"));
        Assert.Equal(["a", "b", "b", "c", "d"], tables.Values("Perf", "Computer"));
        var problem = Assert.Single(Assert.Single(tables.Report.Files).Problems);
        Assert.Equal((RowProblemKind.WrongType, "CounterValue", 3L), (problem.Kind, problem.Column, problem.Count));
        Assert.Equal(new ProblemExample(2, "`\"fast\"`", "a number"), problem.Examples[0]);
        Assert.Equal([2L, 3, 4], problem.Examples.Select(example => example.Line));
    }

    [Theory]
    [InlineData("CounterValue", "true")]
    [InlineData("CounterValue", "\"1,5\"")]
    [InlineData("SampleCount", "2147483648")]
    [InlineData("SampleCount", "1.5")]
    [InlineData("TimeGenerated", "\"2026-02-30T00:00:00Z\"")]
    [InlineData("TimeGenerated", "\"yesterday\"")]
    [InlineData("TimeGenerated", "[1]")]
    public void EveryTypeRefusesWhatIsNotOfIt(string column, string json)
    {
        var tables = _folder.Write("Perf.jsonl", $"{{\"{column}\":{json}}}").Open();
        Assert.Equal([null], tables.Values("Perf", column));
        Assert.Equal([(RowProblemKind.WrongType, column, 1L)], tables.Problems());
    }

    [Theory]
    [InlineData("{\"Computer\":\"x\"")]
    [InlineData("{\"Computer\":\"x\"}}")]
    [InlineData("{\"Computer\":\"x\",}")]
    [InlineData("{\"Computer\" \"x\"}")]
    [InlineData("{\"Computer\":\"x}")]
    [InlineData("{\"Computer\":\"\\x\"}")]
    [InlineData("{\"Computer\":\"a\tb\"}")]
    [InlineData("{\"Computer\":tru}")]
    [InlineData("{\"CounterValue\":01}")]
    [InlineData("{\"CounterValue\":1.}")]
    [InlineData("{\"CounterValue\":-}")]
    [InlineData("{\"CounterValue\":+1}")]
    [InlineData("{\"Other\":[1,2}")]
    [InlineData("{Computer:1}")]
    [InlineData("[1]")]
    [InlineData("null")]
    [InlineData("\"text\"")]
    [InlineData("x")]
    public void ALineThatIsNoJsonObjectIsLeftOutAndCounted(string line)
    {
        _folder.Write("Perf.jsonl", $"{{\"Computer\":\"a\",\"CounterValue\":1}}\n{line}\n{{\"Computer\":\"c\"}}\n");
        var tables = _folder.Open();
        Assert.Equal(["a", "c"], tables.Values("Perf", "Computer"));
        Assert.Equal([1.0, null], tables.Values("Perf", "CounterValue"));
        var problem = Assert.Single(Assert.Single(tables.Report.Files).Problems);
        Assert.Equal((RowProblemKind.BrokenRecord, 1L, 2L), (problem.Kind, problem.Count, problem.Examples[0].Line));
    }

    [Fact]
    public void LinesAreCountedAcrossBlocks()
    {
        var lines = Enumerable.Range(1, 500).Select(line => line % 100 == 7 ? "broken" : $"{{\"Computer\":\"c{line}\"}}");
        _folder.Write("Perf.jsonl.gz", string.Join('\n', lines));
        var tables = _folder.Open(new RecordedWorkspaceOptions { BlockBytes = 256, Workers = 3 });
        tables.Load("Perf", "Computer");
        var problem = Assert.Single(Assert.Single(tables.Report.Files).Problems);
        Assert.Equal([7L, 107, 207, 307, 407], problem.Examples.Select(example => example.Line));
        Assert.Equal(495, tables.Report.Files[0].Rows);
    }

    [Fact]
    public void AColumnThatTheSchemaLacksIsANoticeAndCanBeRead()
    {
        _folder.Write("Perf.jsonl", "{\"Computer\":\"a\"}\n{\"Computer\":\"b\",\"Rack\":1}\n{\"Rack\":2.5}\n");
        var tables = _folder.Open();
        Assert.Equal([null, 1.0, 2.5], tables.Values("Perf", "Rack"));
        var problem = Assert.Single(Assert.Single(tables.Report.Files).Problems);
        Assert.Equal((RowProblemKind.UnknownColumn, "Rack", 2L, 2L), (problem.Kind, problem.Column, problem.Count, problem.Examples[0].Line));
        Assert.False(tables.Report.HasProblems);
    }

    [Fact]
    public void AGzipFileThatWasCutOffKeepsItsWholeRowsAndIsNoted()
    {
        var text = string.Concat(Enumerable.Range(0, 20000).Select(i => $"{{\"Computer\":\"c{i * 7919 % 20011}\"}}\n"));
        var whole = RecordedFolder.Gzip(Encoding.UTF8.GetBytes(text));
        var tables = _folder.WriteAsItIs("Perf.jsonl.gz", whole[..(whole.Length / 2)]).Open();
        var rows = tables.Load("Perf", "Computer").RowCount;
        Assert.InRange(rows, 1, 19999);
        Assert.Equal([(RowProblemKind.CutOff, null, 1L)], tables.Problems());
    }

    [Theory]
    [InlineData("")]
    [InlineData("this is not gzip")]
    public void AFileThatIsNoGzipIsNoted(string content)
    {
        var tables = _folder.WriteAsItIs("Perf.jsonl.gz", Encoding.UTF8.GetBytes(content)).Open();
        Assert.Equal(0, tables.Load("Perf", "Computer").RowCount);
        Assert.Equal([(RowProblemKind.CutOff, null, 1L)], tables.Problems());
    }

    [Fact]
    public void AnEmptyFileIsATableWithoutRows()
    {
        var tables = _folder.Write("Perf.jsonl", "").Open();
        Assert.Equal(0, tables.Load("Perf", "Computer").RowCount);
        Assert.True(tables.IsPresent("Perf"));
        Assert.False(tables.Report.HasProblems);
    }

    [Fact]
    public void BytesThatAreNotUtf8AreReplacedAndCounted()
    {
        var tables = _folder.Write("Perf.jsonl", [.. "{\"Computer\":\"a"u8, 0xFF, .. "\"}\n"u8]).Open();
        Assert.Equal(["a\uFFFD"], tables.Values("Perf", "Computer"));
        Assert.Equal([(RowProblemKind.NotText, "Computer", 1L)], tables.Problems());
    }

    [Fact]
    public void AFileThatIsGoneWhenItIsReadIsNoted()
    {
        var tables = _folder.Write("Perf.jsonl", "{\"Computer\":\"a\"}").Open();
        File.Delete(Path.Combine(_folder.Path, "Perf.jsonl"));
        Assert.Equal(0, tables.Load("Perf", "Computer").RowCount);
        Assert.Equal([(RowProblemKind.Unreadable, null, 1L)], tables.Problems());
    }

    [Fact]
    public void AFileThatHasChangedBetweenTwoReadsIsRefused()
    {
        var tables = _folder.Write("Perf.jsonl", "{\"Computer\":\"a\"}").Open();
        tables.Load("Perf", "Computer");
        _folder.Write("Perf.jsonl", "{\"Computer\":\"a\"}\n{\"Computer\":\"b\"}");
        var refusal = Assert.Throws<RecordedWorkspaceException>(() => tables.Load("Perf", "CounterName"));
        Assert.Contains("have changed", refusal.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{\"CounterValue\":\"fast\"}")]
    [InlineData("{")]
    public void StrictReadingRefusesWhatIsBad(string line)
    {
        var tables = _folder.Write("Perf.jsonl", $"{{}}\n{line}\n").Open(new RecordedWorkspaceOptions { Strict = true });
        var refusal = Assert.Throws<RecordedWorkspaceException>(() => tables.Load("Perf", "CounterValue"));
        Assert.Equal(1, refusal.Report.ProblemCount);
        Assert.Contains("Perf.jsonl:2", refusal.Message, StringComparison.Ordinal);
        Assert.Throws<RecordedWorkspaceException>(() => tables.Load("Perf", "CounterValue"));
    }

    [Fact]
    public void StrictReadingTakesWhatIsGoodAndNotices()
    {
        var tables = _folder.Write("Perf.jsonl", "{\"CounterValue\":1,\"Rack\":1}").Open(new RecordedWorkspaceOptions { Strict = true });
        Assert.Equal([1.0], tables.Values("Perf", "CounterValue"));
    }
}

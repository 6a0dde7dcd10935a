using AksInsights.Adapters.Workspaces.Recorded;

namespace AksInsights.Tests.Adapters.Workspaces;

public sealed class PruningTests : IDisposable
{
    private readonly RecordedFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void AColumnThatIsNotAskedForIsNotDecoded()
    {
        var tables = _folder.Write("Perf.jsonl", "{\"Computer\":\"a\",\"CounterValue\":\"fast\"}").Open();
        var rows = tables.Load("Perf", "Computer");
        Assert.Equal(["Computer", "TimeGenerated"], rows.Columns.Keys.Order());
        Assert.Empty(tables.Problems());
        tables.Load("Perf", "CounterValue");
        Assert.Equal([(RowProblemKind.WrongType, "CounterValue", 1L)], tables.Problems());
    }

    [Fact]
    public void ATableThatIsNotAskedForIsNotRead()
    {
        var tables = _folder.Write("Perf.jsonl", "{}").Write("KubeEvents.jsonl", "broken").Open();
        tables.Load("Perf", "Computer");
        Assert.Equal(["Perf.jsonl"], tables.Report.Files.Select(file => file.File));
    }

    [Fact]
    public void ASecondLoadDecodesOnlyWhatIsMissingAndCountsABrokenLineOnce()
    {
        var tables = _folder.Write("Perf.jsonl", "broken\n{\"Computer\":\"a\",\"CounterValue\":1}").Open();
        var first = tables.Load("Perf", "Computer").Columns["Computer"];
        var second = tables.Load("Perf", "Computer", "CounterValue");
        Assert.Same(first, second.Columns["Computer"]);
        Assert.Equal(1.0, second.Columns["CounterValue"].Box(0));
        Assert.Equal([(RowProblemKind.BrokenRecord, null, 1L)], tables.Problems());
    }

    [Fact]
    public void NothingIsReadWhenAllIsThere()
    {
        var tables = _folder.Write("Perf.jsonl", "{\"Computer\":\"a\"}").Write("KubeEvents.jsonl", "{\"Name\":\"e\"}").Open();
        var wanted = new Dictionary<string, IReadOnlyCollection<string>>
        {
            ["Perf"] = ["Computer", "NoColumn"],
            ["KubeEvents"] = ["Name"],
            ["NoTable"] = ["x"],
        };
        tables.Prefetch(wanted, default);
        File.Delete(Path.Combine(_folder.Path, "Perf.jsonl"));
        File.Delete(Path.Combine(_folder.Path, "KubeEvents.jsonl"));
        Assert.Equal(["a"], tables.Values("Perf", "Computer"));
        Assert.Equal(["e"], tables.Values("KubeEvents", "Name"));
    }

    [Fact]
    public void RowsAreCountedWhenNoColumnIsAskedFor() =>
        Assert.Equal(3, _folder.Write("Perf.jsonl", "{}\n{}\n{}").Open().Load("Perf").RowCount);

    [Fact]
    public void AColumnThatTheFileLacksIsAllNull()
    {
        var tables = _folder.Write("Perf.jsonl", "{\"Computer\":\"a\"}\n{}").Open();
        Assert.Equal([null, null], tables.Values("Perf", "CounterValue"));
        Assert.Equal(["", ""], tables.Values("Perf", "CounterName"));
    }

    [Fact]
    public void TheNewestTimeIsThatOfAllTables()
    {
        _folder.Write("Perf.jsonl", "{\"TimeGenerated\":\"2026-11-20T06:00:00Z\"}\n{\"TimeGenerated\":\"2026-11-20T05:00:00Z\"}")
            .Write("Custom_CL.jsonl", "{\"TimeGenerated\":\"2026-11-20T07:00:00.5Z\"}\n{\"TimeGenerated\":null}")
            .Write("Other.jsonl", "{\"Time\":\"2027-11-20T07:00:00.5Z\"}");
        Assert.Equal(new DateTime(TablesInTests.Ticks("2026-11-20T07:00:00.5Z"), DateTimeKind.Utc), _folder.Open().NewestTimeGenerated(default));
    }

    [Theory]
    [InlineData("{\"TimeGenerated\":\"2026-11-20T09:00:00Z\"")]
    [InlineData("{\"TimeGenerated\":\"2026-11-20T09:00:00Z\"} x")]
    [InlineData("{\"TimeGenerated\":\"2026-13-20T09:00:00Z\"}")]
    public void ABrokenLineOrTimeIsNotTheNewest(string line)
    {
        _folder.Write("Perf.jsonl", "{\"TimeGenerated\":\"2026-11-20T06:00:00Z\"}\n" + line);
        Assert.Equal(new DateTime(2026, 11, 20, 6, 0, 0, DateTimeKind.Utc), _folder.Open().NewestTimeGenerated(default));
    }

    [Fact]
    public void TheNewestTimeIsFoundWhereverALineHasIt()
    {
        _folder.Write("Perf.jsonl", "{\"TimeGenerated\":\"2026-11-20T06:00:00Z\"}\n{\"Computer\":\"a\",\"TimeGenerated\":\"2026-11-20T08:00:00Z\"}\n")
            .Write("KubeEvents.csv", "TimeGenerated [UTC]\n2026-11-20T07:00:00Z\n");
        Assert.Equal(new DateTime(2026, 11, 20, 8, 0, 0, DateTimeKind.Utc), _folder.Open().NewestTimeGenerated(default));
    }

    [Fact]
    public void ARecordingWithoutTimesHasNoNewest() =>
        Assert.Null(_folder.Write("Perf.jsonl", "{\"Computer\":\"a\"}").Open().NewestTimeGenerated(default));

    [Fact]
    public void ACancelledLoadEnds()
    {
        var tables = _folder.Write("Perf.jsonl", "{}").Open();
        Assert.Throws<OperationCanceledException>(() => tables.Load(tables.Symbol("Perf"), ["Computer"], new CancellationToken(canceled: true)));
        Assert.Equal([""], tables.Values("Perf", "Computer"));
    }

    [Fact]
    public void ProgressEndsWithAllBytesAndRows()
    {
        var heard = new Heard();
        _folder.Write("Perf.jsonl", "{}\n{}\n").Open(new RecordedWorkspaceOptions { Progress = heard, Workers = 1 }).Load("Perf", "Computer");
        Assert.Equal(new LoadProgress("Perf", 6, 6, 2), heard.Last);
    }

    private sealed class Heard : IProgress<LoadProgress>
    {
        public LoadProgress? Last { get; private set; }

        public void Report(LoadProgress value) => Last = value;
    }
}

namespace AksInsights.Kql.Tests.Execution;

public class LimitsTests
{
    private static readonly DateTime Now = new(2026, 1, 1, 0, 0, 0, DateTimeKind.Utc);

    [Theory]
    [InlineData("range x from 1 to 50000000 step 1 | count")]
    [InlineData("range x from 1 to 60000 step 1 | summarize make_list(x) by x % 7")]
    [InlineData("let t = range x from 1 to 3000 step 1 | extend k = 1; t | join kind=inner t on k | count")]
    [InlineData("range x from 1 to 100 step 1 | mv-expand y = range(1, 5000, 1) | count")]
    public void AQueryThatNeedsMoreThanItsBudgetIsRefused(string text)
    {
        var query = Compile(text);
        var failure = Assert.Throws<KqlException>(() => query.Execute(new KqlRun { NowUtc = Now, MaxMemoryBytes = 1 << 20 }));
        Assert.Equal(KqlFailure.MemoryExceeded, failure.Failure);
        Assert.Contains("the limit is 1 MiB", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void ACancelledRunStops()
    {
        using var source = new CancellationTokenSource();
        source.Cancel();
        var query = Compile("range x from 1 to 1000 step 1 | count");
        Assert.ThrowsAny<OperationCanceledException>(() => query.Execute(new KqlRun { NowUtc = Now }, source.Token));
    }

    [Fact]
    public void RowsBeyondTheLimitAreCutAndSaid()
    {
        var result = Compile("range x from 1 to 1000 step 1").Execute(new KqlRun { NowUtc = Now, MaxRows = 10 });
        Assert.Equal(10, result.Tables[0].RowCount);
        Assert.Equal("The result has 1000 rows; the limit is 10. The rows beyond it were left out.", result.PartialReason);
    }

    [Theory]
    [InlineData("range x from 1 to 1000 step 1", 8)]
    [InlineData("range x from 1 to 1000 step 1 | extend s = strrep('é', 1000)", 8 + 2000)]
    [InlineData("range x from 1 to 1000 step 1 | extend s = tostring(x % 7), t = 1h, b = true | project s, t, b", 10)]
    [InlineData("range x from 1 to 1000 step 1 | extend d = pack_array(strrep('a', 1000), 1) | project d", 1026)]
    public void RowsBeyondTheSizeLimitAreCutAndSaid(string text, int rowBytes)
    {
        var whole = Compile(text).Execute(new KqlRun { NowUtc = Now, MaxResultBytes = 1000L * rowBytes });
        Assert.Null(whole.PartialReason);
        Assert.Equal(1000, whole.Tables[0].RowCount);
        var cut = Compile(text).Execute(new KqlRun { NowUtc = Now, MaxResultBytes = (100L * rowBytes) + rowBytes - 1 });
        Assert.Equal(100, cut.Tables[0].RowCount);
        Assert.Equal($"The result's 1000 rows are larger than the limit of {((101L * rowBytes) - 1) >> 20} MiB. The rows after the first 100 were left out.", cut.PartialReason);
    }

    [Fact]
    public void AllTablesOfAnAnswerShareTheSizeLimit()
    {
        var result = Compile("range x from 1 to 10 step 1; range y from 1 to 10 step 1").Execute(new KqlRun { NowUtc = Now, MaxResultBytes = 120 });
        Assert.Equal([10, 5], result.Tables.Select(t => t.RowCount));
    }

    [Fact]
    public void TheClockIsThatOfTheRun()
    {
        var query = Compile("let end = now(); print a = end, b = ago(1h)");
        var table = query.Execute(new KqlRun { NowUtc = Now }).Tables[0];
        Assert.Equal(Now, table[0, 0]);
        Assert.Equal(Now.AddHours(-1), table[0, 1]);
        Assert.Equal(Now.AddDays(1), query.Execute(new KqlRun { NowUtc = Now.AddDays(1) }).Tables[0][0, 0]);
    }

    private static KqlQuery Compile(string text) => new KqlEngine(EmptyTables.Samples).Compile(text);
}

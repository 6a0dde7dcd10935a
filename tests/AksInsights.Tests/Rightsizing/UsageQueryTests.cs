using System.Globalization;
using System.IO.Compression;
using AksInsights.Adapters.Storage;
using AksInsights.Adapters.Workspaces.Recorded;
using AksInsights.Core.Queries;
using AksInsights.Core.Rightsizing.Backtests;
using AksInsights.Core.Rightsizing.History;
using AksInsights.Core.Rightsizing.Usage;
using AksInsights.Kql;
using AksInsights.Kql.Results;
using AksInsights.Kql.Tests;

namespace AksInsights.Tests.Rightsizing;

/// <summary>The queries that roll usage up, and our own code, count in the same buckets.</summary>
public sealed class UsageQueryTests
{
    // The expression of the queries, read from their text so that neither can change alone.
    private static readonly string Bucket = BucketOf(File.ReadAllText(Repository.Path("queries", "rightsizing", "usage-histograms.kql")));

    [Fact]
    public void TheQueryCountsInTheBucketsOfOurOwnCode()
    {
        var random = new Random(5);
        var amounts = Enumerable.Range(0, 20_000).Select(_ => Math.Round(Math.Exp(random.NextDouble() * 30), 3)).Concat([0, 0.5, 1, 1.05, 1e7, 1 << 30]).ToArray();
        var expected = amounts.GroupBy(LogBuckets.Of).OrderBy(g => g.Key).Select(g => ((long)g.Key, g.LongCount()));
        Assert.Equal(expected, Counted(amounts));
    }

    [SharedDataFact("traces/bitbrains_rnd_aug_cpu.csv.gz", "traces/nezha_k8s.csv.gz")]
    public void QuantilesOfRealSeriesAreWithinTwoAndAHalfPercentWhoeverCounts()
    {
        foreach (var series in Read("traces/bitbrains_rnd_aug_cpu.csv.gz").Take(25).Concat(Read("traces/nezha_k8s.csv.gz").Take(40)))
        {
            var sorted = series.Values.Where(double.IsFinite).Order().ToArray();
            var own = UsageHistogram.Of(sorted);
            var asked = UsageHistogram.Of(Counted(sorted));
            Assert.Equal(own.Bytes.ToArray(), asked.Bytes.ToArray());
            var distribution = UsageDistribution.Merge([(asked, 1.0)], sorted[^1]);
            foreach (var share in new[] { 0.05, 0.25, 0.5, 0.75, 0.9, 0.95, 0.99, 0.999, 1 })
            {
                var exact = sorted[Math.Max((int)Math.Ceiling(share * sorted.Length) - 1, 0)];
                // What is next to nothing is known to a billionth of a core.
                Assert.InRange(distribution.Quantile(share), exact * 0.975, Math.Max(exact * 1.025, 1));
            }
        }
    }

    [Fact]
    public async Task TheSampleIsRolledUpOnceADay()
    {
        var tables = Assert.IsType<RecordedWorkspaceOpening.Opened>(
            RecordedWorkspaceTables.Open(Repository.Path("samples", "workspace-demo"), new RecordedWorkspaceOptions())).Tables;
        var now = new DateTimeOffset(tables.NewestTimeGenerated(default)!.Value, TimeSpan.Zero);
        var library = QueryLibrary.Load(Repository.Path("queries"), ["rightsizing/*"]);
        await using var store = await SqlFindingStore.OpenMemoryAsync(TimeProvider.System, default);
        var collector = new UsageCollector(new RecordedWorkspace(new Core.Workspaces.WorkspaceId("demo"), tables, now), library.Queries, store.Usage);
        var collected = await collector.CollectAsync(now, TimeSpan.FromDays(35), null, default);
        Assert.Empty(collected.Troubles);
        Assert.Equal(Distance(now), collected.Days.Count);
        var samples = 0L;
        await foreach (var history in store.Usage.HistoriesAsync(null, new DateOnly(2000, 1, 1), default)) samples += history.Days.Sum(d => d.Cpu.Samples.Samples);
        Assert.True(samples > 10_000, $"{samples} samples");
        Assert.Empty((await collector.CollectAsync(now, TimeSpan.FromDays(35), null, default)).Days);
    }

    private static int Distance(DateTimeOffset now) => (int)(now.UtcDateTime.Date - (now - TimeSpan.FromHours(26)).UtcDateTime.Date).TotalDays + 1;

    private static List<(long, long)> Counted(double[] amounts)
    {
        var list = string.Join(',', amounts.Select(a => a.ToString("R", CultureInfo.InvariantCulture)));
        var text = $"print v = dynamic([{list}]) | mv-expand v to typeof(real) | summarize n = count() by bucket = {Bucket.Replace("CounterValue", "v", StringComparison.Ordinal)} | order by bucket asc";
        var engine = new KqlEngine(new EmptyTables([]));
        Assert.True(engine.TryCompile(text, null, out var query, out var diagnostics), string.Join('\n', diagnostics.Select(d => d.Message)));
        var table = query!.Execute(new KqlRun { NowUtc = DateTime.UnixEpoch }, default).Tables[0];
        return [.. Enumerable.Range(0, table.RowCount).Select(row => (Number(table, row, 0), Number(table, row, 1)))];
    }

    private static long Number(ResultTable table, int row, int column) => Convert.ToInt64(table[row, column], CultureInfo.InvariantCulture);

    private static string BucketOf(string kql)
    {
        var start = kql.IndexOf("bucket = iff(CounterValue", StringComparison.Ordinal) + "bucket = ".Length;
        return kql[start..(kql.IndexOf(");", start, StringComparison.Ordinal) + 1)];
    }

    private static IReadOnlyList<UsageSeries> Read(string name)
    {
        using var reader = new StreamReader(new GZipStream(File.OpenRead(SharedData.PathOf(name)!), CompressionMode.Decompress));
        var series = UsageSeriesReader.Read(reader, out var problem);
        Assert.Null(problem);
        return series;
    }
}

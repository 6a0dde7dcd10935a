using AksInsights.Adapters.Storage;
using AksInsights.Core.Findings;
using Xunit.Abstractions;
using static AksInsights.Tests.Findings.Samples;

namespace AksInsights.Tests.Storage;

/// <summary>A large evaluation. Measured in processor time, with a wide ceiling, as machines differ and are shared; the numbers are printed.</summary>
public sealed class LoadTests(ITestOutputHelper output) : IDisposable
{
    private const int Findings = 20_000;
    private static readonly TimeSpan Ceiling = TimeSpan.FromSeconds(20);
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("aksinsights-load");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task ManyFindingsAreOpenedAndRefreshedInSeconds()
    {
        await using var store = await SqlFindingStore.OpenFileAsync(Path.Combine(_folder.FullName, "store.db"), TimeProvider.System, default);
        var seen = Enumerable.Range(0, Findings).Select(i => Seen(workload: $"w{i}")).ToArray();
        var opened = await MeasureAsync(store, 0, seen);
        var refreshed = await MeasureAsync(store, 5, seen);
        output.WriteLine($"{Findings} findings: opened in {opened.TotalSeconds:0.00} s of processor time, refreshed in {refreshed.TotalSeconds:0.00} s");
        Assert.Equal(Findings, (await store.ListAsync(new FindingFilter { Conditions = [Condition.Open] }, default)).Count);
        Assert.InRange(opened + refreshed, TimeSpan.Zero, Ceiling);
    }

    private static async Task<TimeSpan> MeasureAsync(SqlFindingStore store, double minute, Observation[] seen)
    {
        var before = Environment.CpuUsage.TotalTime;
        var id = new EvaluationId(Workspace, Query, Minute(minute));
        await store.CommitAsync(id, history => Decide(id, history, seen, Facts(minute)), default);
        return Environment.CpuUsage.TotalTime - before;
    }

    private static EvaluationCommit Decide(EvaluationId id, EvaluationHistory history, Observation[] seen, EvaluationFacts facts)
    {
        var known = history.Findings.ToDictionary(finding => finding.Fingerprint);
        var steps = Array.ConvertAll(seen, s => FindingLifecycle.Advance(known.GetValueOrDefault(s.Fingerprint), s, facts, Policy));
        var record = new EvaluationRecord { Id = id, Start = id.End, Revision = "r1", Outcome = EvaluationOutcome.Complete, RanAt = id.End, Took = TimeSpan.Zero };
        return new EvaluationCommit(record, [.. steps.Select(s => s.Finding!)], [], [], [.. steps.SelectMany(s => s.Events)], []);
    }
}

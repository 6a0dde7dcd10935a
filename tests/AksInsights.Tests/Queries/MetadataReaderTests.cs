using AksInsights.Core.Findings;
using AksInsights.Core.Queries;
using AksInsights.Core.Queries.Yaml;

namespace AksInsights.Tests.Queries;

public class MetadataReaderTests
{
    private const string Good = """
        name: Crash loop
        title: "{namespace}/{workload} restarted {restarts} times"
        description: Counts restarts.
        impact: Requests fail.
        remediation: Read the log of the last run.
        falsePositives: [a job that retries]
        status: experimental
        severity: error
        key: [cluster, namespace, workload]
        measures:
          restarts: { unit: count, threshold: minRestarts }
          share: { unit: ratio }
        evidence: [pods]
        requires: { tables: [KubePodInventory], sparse: [KubeEvents], freshness: 20m }
        schedule: { every: 5m, lookback: 2h }
        lifecycle: { for: 10m, maxFindings: 50 }
        parameters:
          minRestarts: { describe: how many, min: 1, max: 1000 }
        visualise: { kind: timeseries, value: restarts }
        sources: ["popeye:205"]
        """;

    [Fact]
    public void ReadsEveryKey()
    {
        var metadata = Read(Good, out var found);
        Assert.Empty(found);
        Assert.Equal(("Crash loop", Severity.Error, QueryStatus.Experimental), (metadata.Name, metadata.Severity, metadata.Status));
        Assert.Equal(["cluster", "namespace", "workload"], metadata.Key);
        Assert.Equal(["restarts", "share"], metadata.Measures.Keys);
        Assert.Equal(new MeasureDefinition { Unit = Unit.Count, Threshold = "minRestarts" }, metadata.Measures["restarts"]);
        Assert.Equal(TimeSpan.FromMinutes(20), metadata.Requires.Freshness);
        Assert.Equal(["KubeEvents"], metadata.Requires.Sparse);
        Assert.Equal((TimeSpan.FromMinutes(5), TimeSpan.FromHours(2)), (metadata.Schedule.Offset, metadata.Schedule.Lookback));
        Assert.Equal(new FindingRules { For = TimeSpan.FromMinutes(10), MaxFindings = 50 }, metadata.Lifecycle);
        Assert.Equal("1000", metadata.Parameters["minRestarts"].Max);
        Assert.Equal(new Visualisation { Kind = VisualisationKind.Timeseries, Value = "restarts" }, metadata.Visualise);
    }

    [Theory]
    [InlineData("severity: error", "severty: error", "AKI1002", 8, 1)]
    [InlineData("name: Crash loop", "", "AKI1003", 2, 1)]
    [InlineData("impact: Requests fail.", "name: Again", "AKI1004", 4, 1)]
    [InlineData("key: [cluster, namespace, workload]", "key: cluster", "AKI1005", 9, 6)]
    [InlineData("severity: error", "severity: eror", "AKI1006", 8, 11)]
    [InlineData("every: 5m", "every: five", "AKI1007", 15, 20)]
    [InlineData("maxFindings: 50", "maxFindings: 0", "AKI1008", 16, 37)]
    [InlineData("{restarts} times", "{restarts times", "AKI1020", 2, 42)]
    [InlineData("{restarts} times", "{restarts:apples}", "AKI1020", 2, 42)]
    [InlineData("cluster, namespace", "cluster, pod", "AKI1022", 9, 16)]
    [InlineData("cluster, namespace", "cluster, cluster", "AKI1023", 9, 16)]
    [InlineData("key: [cluster, namespace, workload]", "key: []", "AKI1003", 9, 6)]
    [InlineData("unit: ratio", "unit: rato", "AKI1006", 12, 18)]
    [InlineData("name: Crash loop", "name: \"Crash loop", "AKI1001", 1, 7)]
    public void AMistakeHasACodeAndAPlace(string good, string bad, string code, int line, int column)
    {
        Read(Good.Replace(good, bad, StringComparison.Ordinal), out var found);
        Assert.Contains((code, line, column), found.Select(f => (f.Diagnostic.Code, f.Place.Line, f.Place.Column)));
    }

    [Fact]
    public void OneReadingFindsEveryMistake()
    {
        Read(Good.Replace("severity: error", "severty: high", StringComparison.Ordinal).Replace("5m", "5", StringComparison.Ordinal), out var found);
        Assert.Equal(["AKI1002", "AKI1003", "AKI1007"], found.Select(f => f.Diagnostic.Code).Order());
    }

    [Fact]
    public void AnUnknownKeyNamesTheNearest()
    {
        Read(Good.Replace("remediation", "remedation", StringComparison.Ordinal), out var found);
        Assert.Contains(found, f => f.Diagnostic.Help == "Nearest: `remediation`.");
    }

    private static QueryMetadata Read(string text, out IReadOnlyList<FileDiagnostic> found)
    {
        var report = new FileReport("pods/crash-loop.yaml", text);
        var metadata = YamlTree.Read(text, report) is YamlMap map ? MetadataReader.Read(map, report) : null;
        found = report.Found;
        return metadata!;
    }
}

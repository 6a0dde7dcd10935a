using AksInsights.Core.Evaluation;
using AksInsights.Core.Findings;
using AksInsights.Kql.Types;

namespace AksInsights.Tests.Evaluation;

public sealed class ObservationReaderTests
{
    private const string Columns = "cluster:string namespace:string workload:string restarts:long";

    [Fact]
    public void ARowIsAnObservation()
    {
        var read = ObservationReader.Read(Plans.Plan, Results.Table(Columns, ["/S/C1", "shop", "cart", 3]));
        var seen = Assert.Single(read.Seen);
        Assert.Equal(new FindingKey([new("cluster", "/s/c1"), new("namespace", "shop"), new("workload", "cart")]), seen.Key);
        Assert.Equal(Fingerprint.Of(Plans.Plan.Query, 1, seen.Key), seen.Fingerprint);
        Assert.Equal(Severity.Error, seen.Severity);
        Assert.Equal("cart restarted", seen.Content.Title);
        Assert.Equal([new Measure("restarts", 3, "count")], seen.Content.Measures);
        Assert.Empty(read.Warnings);
        Assert.Null(read.Error);
    }

    [Fact]
    public void NoRowsAreNoObservations() => Assert.Empty(ObservationReader.Read(Plans.Plan, Results.Table(Columns)).Seen);

    [Fact]
    public void AMissingKeyColumnIsAnErrorThatNamesItAndWhatThereIs()
    {
        var read = ObservationReader.Read(Plans.Plan, Results.Table("cluster:string namespace:string Workload:string restarts:long", ["c", "n", "w", 1]));
        Assert.Empty(read.Seen);
        Assert.Contains("`workload`", read.Error, StringComparison.Ordinal);
        Assert.Contains("`Workload`", read.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void AnEmptyKeyCellIsAbsent()
    {
        var read = ObservationReader.Read(Plans.Plan, Results.Table(Columns, ["c", "", "cart", 3]));
        Assert.Null(read.Seen[0].Key["namespace"]);
    }

    [Fact]
    public void TheSeverityColumnOverridesTheDefaultAndAnUnknownOneIsSaid()
    {
        var read = ObservationReader.Read(
            Plans.Plan,
            Results.Table(Columns + " Severity:string", ["c", "n", "a", 1, "Critical"], ["c", "n", "b", 1, ""], ["c", "n", "d", 1, "bad"], ["c", "n", "e", 1, "bad"]));
        Assert.Equal([Severity.Critical, Severity.Error, Severity.Error, Severity.Error], read.Seen.Select(seen => seen.Severity));
        Assert.Contains("`bad`", Assert.Single(read.Warnings), StringComparison.Ordinal);
    }

    [Fact]
    public void RowsAboutOneSubjectBecomeTheWorstOfThem()
    {
        var read = ObservationReader.Read(
            Plans.Plan,
            Results.Table(Columns + " Severity:string", ["c", "n", "a", 1, "warning"], ["C", "n", "a", 2, "critical"], ["c", "n", "a", 3, "critical"], ["c", "n", "b", 4, "info"]));
        Assert.Equal([(Severity.Critical, 2d), (Severity.Info, 4d)], read.Seen.Select(seen => (seen.Severity, seen.Content.Measures[0].Value!.Value)));
        Assert.Contains("2 rows", Assert.Single(read.Warnings), StringComparison.Ordinal);
    }

    [Fact]
    public void AMissingMeasureOrEvidenceColumnIsSaid()
    {
        var plan = Plans.Plan with { Evidence = ["pods"] };
        var read = ObservationReader.Read(plan, Results.Table("cluster:string namespace:string workload:string", ["c", "n", "a"]));
        Assert.Equal(2, read.Warnings.Count);
        Assert.Equal([new Measure("restarts", null, "count")], read.Seen[0].Content.Measures);
    }

    [Fact]
    public void MeasuresOfEveryTypeAreNumbers()
    {
        var plan = Plans.Plan with { Measures = [.. "l r d t b n s".Split(' ').Select(name => new MeasureColumn(name, "count"))] };
        var read = ObservationReader.Read(
            plan,
            Results.Table(
                "cluster:string namespace:string workload:string l:long r:real d:datetime t:timespan b:bool n:long s:string",
                ["c", "n", "a", 7, double.NaN, DateTimeOffset.FromUnixTimeSeconds(90), TimeSpan.FromMinutes(2), true, null, "x"]));
        Assert.Equal([7, null, 90, 120, 1, null, null], read.Seen[0].Content.Measures.Select(measure => measure.Value));
    }

    [Fact]
    public void EvidenceIsJson()
    {
        var bag = new DynamicBag { ["a"] = 1L, ["b"] = new DynamicArray([null, "x\"", 0.5, true]) };
        var plan = Plans.Plan with { Evidence = ["e", "at", "text"] };
        var read = ObservationReader.Read(
            plan,
            Results.Table(Columns + " e:dynamic at:datetime text:string", ["c", "n", "a", 1, bag, DateTimeOffset.UnixEpoch.AddSeconds(1.5), "<ü>"]));
        Assert.Equal(
            ["""{"a":1,"b":[null,"x\"",0.5,true]}""", "\"1970-01-01T00:00:01.5Z\"", "\"<ü>\""], read.Seen[0].Content.Evidence.Select(item => item.Json));
    }

    [Fact]
    public void EvidenceIsBounded()
    {
        var names = Enumerable.Range(0, 25).Select(i => $"e{i}").ToArray();
        var plan = Plans.Plan with { Evidence = names };
        object?[] row = ["c", "n", "a", 1, .. names.Select((_, i) => (object?)new string('x', i == 1 ? 5000 : 10))];
        var read = ObservationReader.Read(plan, Results.Table(Columns + string.Concat(names.Select(name => $" {name}:string")), row));
        var evidence = read.Seen[0].Content.Evidence;
        Assert.Equal(20, evidence.Count);
        Assert.Equal("\"(left out: 5002 characters)\"", evidence[1].Json);
        Assert.InRange(evidence.Sum(item => item.Json.Length), 0, 4096);
    }
}

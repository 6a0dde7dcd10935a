using AksInsights.Core.Findings;
using AksInsights.Core.Queries.RowTests;

namespace AksInsights.Tests.Queries.RowTests;

public class MomentComparisonTests
{
    [Fact]
    public void EveryFindingOnceIsNoDifference() =>
        Assert.Null(Differences([Want(("workload", "cart")), Want(("workload", "web"))], [Got("web", 1), Got("cart", 1)]));

    [Fact]
    public void SilenceIsExpectedAsMuchAsAFinding()
    {
        Assert.Null(Differences([], []));
        Assert.Equal("    not expected  namespace=shop workload=cart warning restarts:3\n", Differences([], [Got("cart", 3)]));
    }

    [Fact]
    public void AVagueExpectationLeavesTheFindingToTheExactOne() =>
        Assert.Null(Differences([Want(("namespace", "shop")), Want(("workload", "cart"))], [Got("cart", 1), Got("web", 1)]));

    [Fact]
    public void AnotherMeasureIsShownBesideTheExpectedOne()
    {
        var want = Want(("workload", "cart")) with { Measures = new Dictionary<string, CellText> { ["restarts"] = new("3") } };
        Assert.Equal(
            "    expected  workload=cart restarts:3\n    got       namespace=shop workload=cart warning restarts:4\n",
            Differences([want], [Got("cart", 4)]));
    }

    [Fact]
    public void TheSameFindingTwiceIsADifference() =>
        Assert.NotNull(Differences([Want(("workload", "cart"))], [Got("cart", 1), Got("cart", 1)]));

    [Fact]
    public void ASeverityThatWasNamedMustAgree()
    {
        Assert.Null(Differences([Want(("workload", "cart")) with { Severity = Severity.Warning }], [Got("cart", 1)]));
        Assert.NotNull(Differences([Want(("workload", "cart")) with { Severity = Severity.Error }], [Got("cart", 1)]));
    }

    [Theory]
    [InlineData("cpu", "\"cpu\"", true)]
    [InlineData("cpu", "\"memory\"", false)]
    [InlineData("3", "3", true)]
    [InlineData("10m", "\"2026-01-05T10:10:00Z\"", true)]
    [InlineData("11m", "\"2026-01-05T10:10:00Z\"", false)]
    [InlineData("2026-01-05T10:10:00Z", "\"2026-01-05T10:10:00Z\"", true)]
    [InlineData("[a]", "\"[a]\"", true)]
    [InlineData(null, "null", true)]
    [InlineData(null, "\"\"", false)]
    [InlineData("x", null, false)]
    public void EvidenceThatWasNamedMustAgree(string? want, string? json, bool agrees) => Assert.Equal(agrees, Agrees(new CellText(want), json));

    [Fact]
    public void TheItemsOfASetMayComeInAnyOrder()
    {
        Assert.True(Agrees(new CellText("[\"a\",\"b\"]") { IsStructure = true }, "[\"b\",\"a\"]"));
        Assert.False(Agrees(new CellText("[\"a\"]") { IsStructure = true }, "[\"b\",\"a\"]"));
    }

    private static bool Agrees(CellText want, string? json)
    {
        var finding = Want(("workload", "cart")) with { Evidence = new Dictionary<string, CellText> { ["what"] = want } };
        var got = Got("cart", 1);
        return Differences([finding], [got with { Content = got.Content with { Evidence = json is null ? [] : [new EvidenceItem("what", json)] } }]) is null;
    }

    private static string? Differences(IReadOnlyList<ExpectedFinding> expected, IReadOnlyList<Observation> got) =>
        MomentComparison.Differences(expected, got, new DateTime(2026, 1, 5, 10, 0, 0, DateTimeKind.Utc));

    private static ExpectedFinding Want(params (string Column, string Value)[] key) =>
        new() { Key = key.ToDictionary(k => k.Column, k => new CellText(k.Value)) };

    private static Observation Got(string workload, double restarts)
    {
        var key = new FindingKey([new KeyPart("namespace", "shop"), new KeyPart("workload", workload)]);
        return new Observation(default, key, Severity.Warning, new FindingContent("", null, [new Measure("restarts", restarts, "count")], []));
    }
}

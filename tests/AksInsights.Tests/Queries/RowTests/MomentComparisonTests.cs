using AksInsights.Core.Findings;
using AksInsights.Core.Queries.RowTests;

namespace AksInsights.Tests.Queries.RowTests;

public class MomentComparisonTests
{
    [Fact]
    public void EveryFindingOnceIsNoDifference() =>
        Assert.Null(MomentComparison.Differences([Want(("workload", "cart")), Want(("workload", "web"))], [Got("web", 1), Got("cart", 1)]));

    [Fact]
    public void SilenceIsExpectedAsMuchAsAFinding()
    {
        Assert.Null(MomentComparison.Differences([], []));
        Assert.Equal("    not expected  namespace=shop workload=cart warning restarts:3\n", MomentComparison.Differences([], [Got("cart", 3)]));
    }

    [Fact]
    public void AVagueExpectationLeavesTheFindingToTheExactOne() =>
        Assert.Null(MomentComparison.Differences([Want(("namespace", "shop")), Want(("workload", "cart"))], [Got("cart", 1), Got("web", 1)]));

    [Fact]
    public void AnotherMeasureIsShownBesideTheExpectedOne()
    {
        var want = Want(("workload", "cart")) with { Measures = new Dictionary<string, CellText> { ["restarts"] = new("3") } };
        Assert.Equal(
            "    expected  workload=cart restarts:3\n    got       namespace=shop workload=cart warning restarts:4\n",
            MomentComparison.Differences([want], [Got("cart", 4)]));
    }

    [Fact]
    public void TheSameFindingTwiceIsADifference() =>
        Assert.NotNull(MomentComparison.Differences([Want(("workload", "cart"))], [Got("cart", 1), Got("cart", 1)]));

    [Fact]
    public void ASeverityThatWasNamedMustAgree()
    {
        Assert.Null(MomentComparison.Differences([Want(("workload", "cart")) with { Severity = Severity.Warning }], [Got("cart", 1)]));
        Assert.NotNull(MomentComparison.Differences([Want(("workload", "cart")) with { Severity = Severity.Error }], [Got("cart", 1)]));
    }

    private static ExpectedFinding Want(params (string Column, string Value)[] key) =>
        new() { Key = key.ToDictionary(k => k.Column, k => new CellText(k.Value)) };

    private static Observation Got(string workload, double restarts)
    {
        var key = new FindingKey([new KeyPart("namespace", "shop"), new KeyPart("workload", workload)]);
        return new Observation(default, key, Severity.Warning, new FindingContent("", null, [new Measure("restarts", restarts, "count")], []));
    }
}

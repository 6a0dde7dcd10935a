using AksInsights.Kql.Diagnostics;

namespace AksInsights.Kql.Tests.Diagnostics;

public class NearestNamesTests
{
    private static readonly string[] Columns = ["Reason", "Message", "Namespace", "Name", "ClusterId", "ClusterName"];

    [Theory]
    [InlineData("Reson", "Reason")]
    [InlineData("reason", "Reason")]
    [InlineData("Raeson", "Reason")]
    [InlineData("Mesage", "Message")]
    [InlineData("Namesp", "Namespace")]
    public void ATypingMistakeFindsTheName(string typed, string meant) => Assert.Equal(meant, NearestNames.Of(typed, Columns)[0]);

    [Fact]
    public void AStrangeNameFindsNothing() => Assert.Null(NearestNames.Sentence("Temperature", Columns));

    [Fact]
    public void NearestComesFirstAndTiesAreInNameOrder() =>
        Assert.Equal("Nearest: `ClusterId`, `ClusterName`.", NearestNames.Sentence("Cluster", Columns));
}

using AksInsights.Core.Findings;

namespace AksInsights.Tests.Findings;

public sealed class CommandNamesTests
{
    private const string Cluster = "/subscriptions/0f3b/resourceGroups/rg-shop/providers/Microsoft.ContainerService/managedClusters/aks-shop";

    [Fact]
    public void AClusterIsCalledByItsNameAndGroupAsTheCommandLineOfAzureAsksForThem() =>
        Assert.Equal([("<cluster>", "aks-shop"), ("<group>", "rg-shop"), ("<namespace>", "shop")], CommandNames.Of(new FindingKey([new("cluster", Cluster), new("namespace", "shop"), new("workload", null)])));

    [Theory]
    [InlineData("aks-shop")]
    [InlineData("/subscriptions/0f3b")]
    [InlineData("/subscriptions/0f3b/resourcegroups/rg-shop")]
    public void WhatIsNoResourceOfAGroupStaysAsItIs(string cluster) =>
        Assert.Equal([("<cluster>", cluster)], CommandNames.Of(new FindingKey([new("cluster", cluster)])));
}

namespace AksInsights.Core.Rightsizing.Policies;

/// <summary>The policies there are.</summary>
public static class PolicyTable
{
    /// <summary>All of them; the one that is used unless another one is asked for comes first.</summary>
    public static IReadOnlyList<IRightsizingPolicy> All { get; } =
        [LeastCostPolicy.Default, LeastCostPolicy.Cautious, new KrrPolicy(), new VpaPolicy(), new SourceRulePolicy()];

    /// <summary>The policy of a name; null when there is none.</summary>
    public static IRightsizingPolicy? Find(string name) => All.FirstOrDefault(p => p.Name == name);
}

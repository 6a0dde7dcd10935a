using System.Security.Cryptography;
using System.Text;
using AksInsights.Core.Rightsizing;
using AksInsights.Core.Rightsizing.Advice;
using AksInsights.Core.Rightsizing.Usage;

namespace AksInsights.Service.Api.Answers;

/// <summary>What one container should request and be limited to, and why. `aksinsights propose --recommendations` reads a list of these.</summary>
internal class RecommendationAnswer
{
    private readonly Recommendation _said;

    /// <summary>The answer about a recommendation.</summary>
    public RecommendationAnswer(Recommendation said) => _said = said;

    /// <summary>Its name, the same as long as the container and the policy are.</summary>
    public string Id => IdOf(_said);

    /// <summary>The cluster, by its resource id.</summary>
    public string Cluster => _said.Container.Cluster;

    /// <summary>The namespace.</summary>
    public string Namespace => _said.Container.Namespace;

    /// <summary>The kind of the workload.</summary>
    public string WorkloadKind => _said.Container.WorkloadKind;

    /// <summary>The workload.</summary>
    public string Workload => _said.Container.Workload;

    /// <summary>The container.</summary>
    public string Container => _said.Container.Container;

    /// <summary>The policy that proposes it.</summary>
    public string Policy => _said.Policy;

    /// <summary>What is in force.</summary>
    public AmountsAnswer Current => new(_said.Current);

    /// <summary>What is proposed.</summary>
    public AmountsAnswer Proposed => new(_said.Proposed);

    /// <summary>Why, the most important first.</summary>
    public IReadOnlyList<string> Reasons => _said.Reasons;

    /// <summary>How much to trust it.</summary>
    public ConfidenceLevel Confidence => _said.Confidence.Level;

    /// <summary>Why that is not more.</summary>
    public IReadOnlyList<string> Doubts => _said.Confidence.Doubts;

    /// <summary>The quality-of-service class of the pods now.</summary>
    public string QosBefore => _said.QosBefore.ToString();

    /// <summary>Their class once every proposal for the workload is applied.</summary>
    public string QosAfter => _said.QosAfter.ToString();

    /// <summary>How many pods run the container, on average.</summary>
    public double Replicas => _said.Replicas;

    /// <summary>What it saves in a month, for all pods; negative when it costs more.</summary>
    public decimal MonthlySaving => _said.MonthlySaving;

    /// <summary>The ISO code of the currency.</summary>
    public string Currency => _said.Currency;

    /// <summary>What can go wrong.</summary>
    public IReadOnlyList<string> Risks => _said.Risks;

    /// <summary>What was used.</summary>
    public UsageAnswer Usage => new(_said.Usage);

    /// <summary>What the policy would have done on the container's own past; left out when that is too short to tell.</summary>
    public BacktestSummary? Backtest => _said.Backtest;

    /// <summary>The name of a recommendation.</summary>
    public static string IdOf(Recommendation said)
    {
        var key = said.Container;
        var text = string.Join('\n', key.Cluster, key.Namespace, key.WorkloadKind, key.Workload, key.Container, said.Policy);
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)).AsSpan(0, 8));
    }
}

/// <summary>A recommendation with the usage that it was made from.</summary>
internal sealed class RecommendationDetail : RecommendationAnswer
{
    private readonly ContainerAdvice.Change _change;

    /// <summary>The answer about a change.</summary>
    public RecommendationDetail(ContainerAdvice.Change change)
        : base(change.Recommendation) => _change = change;

    /// <summary>How often how much was used.</summary>
    public HistogramsAnswer Histograms => new(BucketAnswer.Of(_change.Cpu), BucketAnswer.Of(_change.Memory));
}

/// <summary>Requests and limits as manifests write them; what is not set is left out.</summary>
internal sealed class AmountsAnswer
{
    private readonly ContainerResources _amounts;

    /// <summary>The answer about some amounts.</summary>
    public AmountsAnswer(ContainerResources amounts) => _amounts = amounts;

    /// <summary>The CPU request, such as `250m`.</summary>
    public string? CpuRequest => _amounts.CpuRequest?.ToString();

    /// <summary>The CPU limit.</summary>
    public string? CpuLimit => _amounts.CpuLimit?.ToString();

    /// <summary>The memory request, such as `512Mi`.</summary>
    public string? MemoryRequest => _amounts.MemoryRequest?.ToString();

    /// <summary>The memory limit.</summary>
    public string? MemoryLimit => _amounts.MemoryLimit?.ToString();

    /// <summary>The CPU request in cores.</summary>
    public double? CpuRequestCores => _amounts.CpuRequest?.Cores;

    /// <summary>The CPU limit in cores.</summary>
    public double? CpuLimitCores => _amounts.CpuLimit?.Cores;

    /// <summary>The memory request in bytes.</summary>
    public long? MemoryRequestBytes => _amounts.MemoryRequest?.Bytes;

    /// <summary>The memory limit in bytes.</summary>
    public long? MemoryLimitBytes => _amounts.MemoryLimit?.Bytes;
}

/// <summary>What the pods of a container used each.</summary>
internal sealed class UsageAnswer
{
    private readonly UsageSummary _usage;

    /// <summary>The answer about some usage.</summary>
    public UsageAnswer(UsageSummary usage) => _usage = usage;

    /// <summary>The start of the window.</summary>
    public DateTimeOffset From => _usage.From;

    /// <summary>Its end.</summary>
    public DateTimeOffset To => _usage.To;

    /// <summary>In how many hours of it there were samples.</summary>
    public int HoursSeen => _usage.HoursSeen;

    /// <summary>How many seconds samples are apart.</summary>
    public long IntervalSeconds => (long)_usage.Interval.TotalSeconds;

    /// <summary>CPU.</summary>
    public LevelsAnswer Cpu => LevelsAnswer.Of(_usage.Cpu, cpu => cpu.Cores);

    /// <summary>Memory, as working set.</summary>
    public LevelsAnswer Memory => LevelsAnswer.Of(_usage.Memory, memory => memory.Bytes);

    /// <summary>How often it was killed for memory.</summary>
    public int OomKills => _usage.OomKills;

    /// <summary>How often it restarted.</summary>
    public int Restarts => _usage.Restarts;
}

/// <summary>How much was used half of the time, nearly always, and at most: as manifests write it, and as numbers of cores or bytes.</summary>
/// <param name="Median">Not more than this for half of the time.</param>
/// <param name="P95">Not more than this for 95 % of the time.</param>
/// <param name="Max">The greatest sample.</param>
/// <param name="MedianValue">The median in cores or bytes.</param>
/// <param name="P95Value">The 95th percentile in cores or bytes.</param>
/// <param name="MaxValue">The greatest sample in cores or bytes.</param>
internal sealed record LevelsAnswer(string Median, string P95, string Max, double MedianValue, double P95Value, double MaxValue)
{
    /// <summary>The answer about some levels.</summary>
    public static LevelsAnswer Of<T>(UsageLevels<T> levels, Func<T, double> number)
        where T : struct =>
        new($"{levels.Median}", $"{levels.P95}", $"{levels.Max}", number(levels.Median), number(levels.P95), number(levels.Max));
}

/// <summary>How often how much was used.</summary>
/// <param name="CpuNanocores">CPU in nanocores.</param>
/// <param name="MemoryBytes">Memory in bytes.</param>
internal sealed record HistogramsAnswer(IReadOnlyList<BucketAnswer> CpuNanocores, IReadOnlyList<BucketAnswer> MemoryBytes);

/// <summary>A bucket of a histogram.</summary>
/// <param name="UpTo">Its greatest amount; it holds what is above that of the bucket before.</param>
/// <param name="Samples">How many samples it holds.</param>
internal sealed record BucketAnswer(double UpTo, double Samples)
{
    /// <summary>The buckets of a histogram that hold something.</summary>
    public static IReadOnlyList<BucketAnswer> Of(UsageHistogram usage)
    {
        var buckets = new List<BucketAnswer>();
        foreach (var (bucket, count) in usage) buckets.Add(new BucketAnswer(Math.Round(LogBuckets.End(bucket)), count));
        return buckets;
    }
}

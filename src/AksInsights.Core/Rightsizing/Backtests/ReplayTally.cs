using AksInsights.Core.Rightsizing.Usage;

namespace AksInsights.Core.Rightsizing.Backtests;

/// <summary>What came of a policy on one track, added up as it is replayed.</summary>
public sealed class ReplayTally
{
    // Requests that differ by less are the same to a scheduler and to a reviewer.
    private const double ShareThatIsAChange = 0.1;

    private readonly List<MemoryKill> _kills = [];
    private double? _request;

    /// <summary>How many seconds of containers were scored.</summary>
    public double Seconds { get; private set; }

    /// <summary>What was used, in nanocores or bytes times seconds.</summary>
    public double Used { get; private set; }

    /// <summary>What was requested, in the same unit.</summary>
    public double Reserved { get; private set; }

    /// <summary>What was used above the request, in the same unit.</summary>
    public double Deficit { get; private set; }

    /// <summary>The seconds in which usage was above the request.</summary>
    public double SecondsAboveRequest { get; private set; }

    /// <summary>The seconds in which usage was above the limit.</summary>
    public double SecondsAboveLimit { get; private set; }

    /// <summary>How often a memory limit was passed, at most once an hour for a pod.</summary>
    public double Episodes { get; private set; }

    /// <summary>How many decisions there were.</summary>
    public int Decisions { get; private set; }

    /// <summary>How many of them changed the request by more than 10 %.</summary>
    public int Changes { get; private set; }

    /// <summary>When memory limits were passed, in order.</summary>
    public IReadOnlyList<MemoryKill> Kills => _kills;

    /// <summary>How much more was requested than used, as a share of what was used.</summary>
    public double Slack => (Reserved - Used) / Math.Max(Used, double.Epsilon);

    /// <summary>Counts a decision.</summary>
    public void Decide(double request)
    {
        Decisions++;
        if (_request is { } before && Math.Abs(request - before) > ShareThatIsAChange * before) Changes++;
        _request = request;
    }

    /// <summary>Adds time for which a request held.</summary>
    /// <param name="seconds">How long, over all pods.</param>
    /// <param name="request">The request.</param>
    /// <param name="used">The mean usage.</param>
    /// <param name="aboveRequest">How usage exceeded the request.</param>
    /// <param name="aboveLimit">The share of the time above the limit.</param>
    public void Add(double seconds, double request, double used, Excess aboveRequest, double aboveLimit)
    {
        Seconds += seconds;
        Used += used * seconds;
        Reserved += request * seconds;
        Deficit += aboveRequest.Mean * seconds;
        SecondsAboveRequest += aboveRequest.Share * seconds;
        SecondsAboveLimit += aboveLimit * seconds;
    }

    /// <summary>Counts times the memory limit was passed.</summary>
    /// <param name="at">When.</param>
    /// <param name="limit">The limit.</param>
    /// <param name="episodes">How often.</param>
    public void Kill(DateTimeOffset at, double limit, double episodes = 1)
    {
        Episodes += episodes;
        _kills.Add(new MemoryKill(at, limit));
    }
}

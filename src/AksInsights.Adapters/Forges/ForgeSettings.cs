using AksInsights.Core.Secrets;

namespace AksInsights.Adapters.Forges;

/// <summary>How to talk to a forge.</summary>
/// <param name="Address">The address of its REST interface, with a slash at the end.</param>
/// <param name="Token">What proves who asks. Never written anywhere.</param>
/// <param name="TokenName">Where the token came from, for messages.</param>
public sealed record ForgeSettings(Uri Address, Secret Token, string TokenName)
{
    /// <summary>The time between two writes: GitHub takes 80 in a minute, and asks for a second between them.</summary>
    public TimeSpan Pause { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>How long an answer may take.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>How long to wait before a request that failed is made again, the first time; twice as long each time after.</summary>
    public TimeSpan BackOff { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>Everything but the token.</summary>
    public override string ToString() => $"{Address} with the token in {TokenName}";
}

namespace AksInsights.Adapters.Storage;

/// <summary>How long a store keeps what is over. What goes on is kept whatever its age.</summary>
/// <param name="Findings">Resolved findings with their events, and events of findings that go on. A standing judgement of people about a subject is kept.</param>
/// <param name="Evaluations">Records of evaluations, but for the newest of each query.</param>
/// <param name="Messages">Messages that were delivered or refused.</param>
public sealed record RetentionPolicy(TimeSpan Findings, TimeSpan Evaluations, TimeSpan Messages)
{
    /// <summary>What holds unless somebody says otherwise: 90 days each, and 30 for messages.</summary>
    public static RetentionPolicy Default { get; } = new(TimeSpan.FromDays(90), TimeSpan.FromDays(90), TimeSpan.FromDays(30));

    /// <summary>The shortest time there is: a resolved finding may reopen for a day, and a window may be evaluated late.</summary>
    public static TimeSpan Shortest { get; } = TimeSpan.FromDays(2);
}

/// <summary>How many rows were pruned.</summary>
public sealed record PruneReport(long Findings, long Events, long Evaluations, long Messages);

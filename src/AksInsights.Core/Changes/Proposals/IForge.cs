namespace AksInsights.Core.Changes.Proposals;

/// <summary>A forge: a host of branches that also keeps pull requests, under whatever name.</summary>
public interface IForge : IBranchHost
{
    /// <summary>How many characters the text of a pull request may have.</summary>
    int MostOfBody { get; }

    /// <summary>The branch that pull requests go to when nobody says another.</summary>
    Task<HostAnswer<string>> DefaultBranchAsync(CancellationToken cancellation);

    /// <summary>The pull requests from one branch to another in any state, the newest first.</summary>
    Task<HostAnswer<IReadOnlyList<PullRequest>>> FindPullsAsync(string branch, string target, CancellationToken cancellation);

    /// <summary>The open pull requests from branches whose names begin so.</summary>
    Task<HostAnswer<IReadOnlyList<PullRequest>>> OpenPullsAsync(string prefix, CancellationToken cancellation);

    /// <summary>Opens a pull request; <see cref="HostProblem.Overtaken"/> when there is one already.</summary>
    Task<HostAnswer<PullRequest>> OpenPullAsync(PullDraft draft, CancellationToken cancellation);

    /// <summary>Gives a pull request another title and text.</summary>
    Task<HostAnswer<PullRequest>> EditPullAsync(PullRequest pull, string title, string body, CancellationToken cancellation);
}

/// <summary>A pull request.</summary>
/// <param name="Number">Its number in the repository.</param>
/// <param name="State">Whether it is open.</param>
/// <param name="Branch">The branch it comes from.</param>
/// <param name="Title">Its title.</param>
/// <param name="Body">Its text.</param>
/// <param name="Link">Where people look at it.</param>
public sealed record PullRequest(int Number, PullState State, string Branch, string Title, string Body, string Link)
{
    /// <summary>When it was opened; null where the forge does not say.</summary>
    public DateTimeOffset? OpenedAt { get; init; }

    /// <summary>When it was merged or closed; null while it is open, and where the forge does not say.</summary>
    public DateTimeOffset? EndedAt { get; init; }
}

/// <summary>What became of a pull request.</summary>
public enum PullState
{
    /// <summary>It waits for people.</summary>
    Open,

    /// <summary>People do not want it.</summary>
    Closed,

    /// <summary>It is part of the target.</summary>
    Merged,
}

/// <summary>A pull request that is wanted.</summary>
/// <param name="Branch">The branch it comes from.</param>
/// <param name="Target">The branch it goes to.</param>
/// <param name="Title">Its title.</param>
/// <param name="Body">Its text.</param>
/// <param name="IsDraft">Whether it is marked as not ready to merge.</param>
public sealed record PullDraft(string Branch, string Target, string Title, string Body, bool IsDraft);

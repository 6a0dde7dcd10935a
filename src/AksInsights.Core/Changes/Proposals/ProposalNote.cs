namespace AksInsights.Core.Changes.Proposals;

/// <summary>What is remembered of a pull request, for dashboards: how it was when it was last looked at. Immutable.</summary>
public sealed record ProposalNote
{
    /// <summary>Where people look at it; no two pull requests have the same.</summary>
    public required string Link { get; init; }

    /// <summary>The repository, as <see cref="IBranchHost.Name"/> calls it.</summary>
    public required string Repository { get; init; }

    /// <summary>Its number in the repository.</summary>
    public required int Number { get; init; }

    /// <summary>The branch it comes from.</summary>
    public required string Branch { get; init; }

    /// <summary>The branch it goes to.</summary>
    public required string Target { get; init; }

    /// <summary>Its title.</summary>
    public required string Title { get; init; }

    /// <summary>Whether it is open.</summary>
    public required PullState State { get; init; }

    /// <summary>The name of the cluster that it is about; null when it is about several.</summary>
    public string? ClusterName { get; init; }

    /// <summary>The namespace that it is about; null when it is about several.</summary>
    public string? Namespace { get; init; }

    /// <summary>For how many containers it changes something; null when that is not known from this look at it.</summary>
    public int? Containers { get; init; }

    /// <summary>What it saves in US dollars a month, less than nothing when it costs more; null when that is not known from this look at it.</summary>
    public decimal? MonthlySaving { get; init; }

    /// <summary>When it was opened; null where the forge does not say.</summary>
    public DateTimeOffset? OpenedAt { get; init; }

    /// <summary>When it was merged or closed; null while it is open, and where the forge does not say.</summary>
    public DateTimeOffset? EndedAt { get; init; }

    /// <summary>When it was looked at.</summary>
    public required DateTimeOffset SeenAt { get; init; }
}

/// <summary>Keeps notes of pull requests.</summary>
public interface IProposalNotes
{
    /// <summary>Adds notes, or puts them in the place of older ones about the same; what a newer note does not know stays.</summary>
    Task SaveAsync(IReadOnlyList<ProposalNote> notes, CancellationToken cancellation);

    /// <summary>The notes about a repository, those opened last first.</summary>
    Task<IReadOnlyList<ProposalNote>> ListAsync(string repository, CancellationToken cancellation);
}

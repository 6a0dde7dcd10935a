namespace AksInsights.Core.Changes.Proposals;

/// <summary>Opens pull requests for changes and keeps those that are open right. Everything it needs to remember is on the forge.</summary>
/// <param name="forge">The forge.</param>
/// <param name="target">The branch that the changes are meant for.</param>
/// <param name="limits">How many there may be.</param>
public sealed class ProposalRun(IForge forge, string target, ProposalLimits limits)
{
    private const int Tries = 4;

    private readonly BranchWriter _writer = new(forge, target);
    private readonly Dictionary<string, IReadOnlyList<PullRequest>> _found = new(StringComparer.Ordinal);
    private int _open;
    private int _opened;

    /// <summary>The pull requests to the target that a run came across, as it left them, by branch.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<PullRequest>> Found => _found;

    /// <summary>The branches of ours with a pull request that was open when a run began, whatever the target.</summary>
    public IReadOnlyList<string> OpenBranches { get; private set; } = [];

    /// <summary>Proposes changes, those that save most first. However often it runs and wherever it was interrupted, there is at most one pull request for a change.</summary>
    /// <param name="sets">The changes.</param>
    /// <param name="cancellation">Gives up.</param>
    /// <returns>What became of each, in the order they were taken.</returns>
    public async Task<IReadOnlyList<(ChangeSet Set, ProposalOutcome Outcome)>> RunAsync(IEnumerable<ChangeSet> sets, CancellationToken cancellation)
    {
        var order = sets.OrderByDescending(s => s.Containers.Sum(c => c.Recommendation.MonthlySaving)).ThenBy(s => s.Key, StringComparer.Ordinal).ToList();
        var results = new List<(ChangeSet Set, ProposalOutcome Outcome)>();
        if (order.Count == 0) return results;
        var open = await forge.OpenPullsAsync(ChangeNames.BranchPrefix, cancellation).ConfigureAwait(false);
        HostProblem? stop = open.Problem;
        _open = open.Value?.Count ?? 0;
        OpenBranches = [.. (open.Value ?? []).Select(pull => pull.Branch).Distinct()];
        foreach (var set in order)
        {
            var outcome = stop is null ? await ProposeAsync(set, cancellation).ConfigureAwait(false) : new ProposalOutcome.Failed(stop);
            results.Add((set, outcome));
            // A host that is busy or gone is not asked for the rest.
            if (outcome is ProposalOutcome.Failed { Problem: (HostProblem.Busy or HostProblem.Unsure) and var problem }) stop = problem;
        }

        return results;
    }

    private async Task<ProposalOutcome> ProposeAsync(ChangeSet set, CancellationToken cancellation)
    {
        for (var i = 1; ; i++)
        {
            var (outcome, mayBeThere) = await TryAsync(set, cancellation).ConfigureAwait(false);
            if (!mayBeThere || i == Tries) return outcome;
        }
    }

    /// <summary>Proposes a change.</summary>
    /// <returns>What became of it, and whether to look again: somebody else was faster, or an answer got lost.</returns>
    private async Task<(ProposalOutcome Outcome, bool MayBeThere)> TryAsync(ChangeSet set, CancellationToken cancellation)
    {
        var found = await FindAsync(set, cancellation).ConfigureAwait(false);
        if (found.Problem is { } problem) return (new ProposalOutcome.Failed(problem), false);
        var (branch, open, declined) = (found.Value!.Branch, found.Value.Open, found.Value.Declined);
        if (open is null && declined is not null) return (new ProposalOutcome.Declined(declined), false);
        if (open is null && LimitInTheWay() is { } limit) return (new ProposalOutcome.LimitReached(limit), false);
        var written = await _writer.WriteAsync(set, branch, cancellation).ConfigureAwait(false);
        // Merged, and the branch is still there.
        for (var number = found.Value.Number; written is BranchOutcome.Spent && open is null && number < NumberedBranches.Most;)
        {
            branch = ChangeNames.BranchOf(set.Key, ++number);
            written = await _writer.WriteAsync(set, branch, cancellation).ConfigureAwait(false);
        }

        if (NotWritten(written, open) is { } outcome) return (outcome, false);
        outcome = open is null ? await OpenAsync(set, branch, cancellation).ConfigureAwait(false) : await KeepAsync(set, open, written is BranchOutcome.Written, cancellation).ConfigureAwait(false);
        return (outcome, outcome is ProposalOutcome.Failed { Problem: HostProblem.Overtaken or HostProblem.Unsure });
    }

    /// <summary>What became of a change whose branch does not have it; null when it does.</summary>
    private ProposalOutcome? NotWritten(BranchOutcome outcome, PullRequest? open) => outcome switch
    {
        BranchOutcome.Spent spent => new ProposalOutcome.Foreign(spent.Branch, $"`{target}` has what it proposed", open),
        BranchOutcome.Foreign foreign => new ProposalOutcome.Foreign(foreign.Branch, foreign.Evidence, open),
        BranchOutcome.Differs differs => new ProposalOutcome.Differs(differs.Path),
        BranchOutcome.Failed failed => new ProposalOutcome.Failed(failed.Problem),
        _ => null,
    };

    /// <summary>The pull requests of a change so far, and the branch to use.</summary>
    private async Task<HostAnswer<Past>> FindAsync(ChangeSet set, CancellationToken cancellation)
    {
        var wanted = PullMarker.Of(set);
        PullRequest? declined = null;
        int? free = null;
        for (var number = 1; number < NumberedBranches.Most; number++)
        {
            var branch = ChangeNames.BranchOf(set.Key, number);
            var answer = await forge.FindPullsAsync(branch, target, cancellation).ConfigureAwait(false);
            if (answer.Problem is { } problem) return problem;
            var pulls = _found[branch] = answer.Value!;
            if (pulls.FirstOrDefault(p => p.State == PullState.Open) is { } open) return new Past(branch, number, open, null);
            // What was merged and is proposed again was taken back by somebody.
            declined ??= pulls.FirstOrDefault(p => p.State is PullState.Closed or PullState.Merged && PullMarker.Of(p.Body)?.Covers(wanted) == true && (p.State == PullState.Closed || PullMarker.Of(p.Body)!.Fingerprint == wanted.Fingerprint));
            var isMerged = pulls.Any(p => p.State == PullState.Merged);
            if (free is null && (!isMerged || (await forge.FindBranchAsync(branch, cancellation).ConfigureAwait(false)).Problem is HostProblem.Missing)) free = number;
            if (!isMerged) break;
        }

        return new Past(ChangeNames.BranchOf(set.Key, free ?? NumberedBranches.Most), free ?? NumberedBranches.Most, null, declined);
    }

    private string? LimitInTheWay() =>
        _open >= limits.MostOpen ? $"{_open} are open, and {limits.MostOpen} is the most"
        : _opened >= limits.MostNew ? $"{_opened} were opened in this run, and {limits.MostNew} is the most"
        : null;

    private async Task<ProposalOutcome> OpenAsync(ChangeSet set, string branch, CancellationToken cancellation)
    {
        var draft = new PullDraft(branch, target, ProposalText.Title(set), ProposalText.Body(set, forge.MostOfBody), limits.AsDrafts);
        var answer = await forge.OpenPullAsync(draft, cancellation).ConfigureAwait(false);
        if (answer.Problem is { } problem) return new ProposalOutcome.Failed(problem);
        _open++;
        _opened++;
        _found[branch] = [answer.Value!, .. _found.GetValueOrDefault(branch, [])];
        return new ProposalOutcome.Opened(answer.Value!);
    }

    /// <summary>Brings an open one up to date. While it proposes the same, its text is left as it is: people may have written into it.</summary>
    private async Task<ProposalOutcome> KeepAsync(ChangeSet set, PullRequest open, bool isWritten, CancellationToken cancellation)
    {
        if (PullMarker.Of(open.Body) is not { } marker || marker.Fingerprint == set.Fingerprint)
            return isWritten ? new ProposalOutcome.Updated(open) : new ProposalOutcome.UpToDate(open);
        var answer = await forge.EditPullAsync(open, ProposalText.Title(set), ProposalText.Body(set, forge.MostOfBody), cancellation).ConfigureAwait(false);
        if (answer.Problem is { } problem) return new ProposalOutcome.Failed(problem);
        _found[open.Branch] = [answer.Value!, .. _found[open.Branch].Where(pull => pull.Number != open.Number)];
        return new ProposalOutcome.Updated(answer.Value!);
    }

    private sealed record Past(string Branch, int Number, PullRequest? Open, PullRequest? Declined);
}

/// <summary>How many pull requests there may be.</summary>
/// <param name="MostOpen">At one time.</param>
/// <param name="MostNew">Opened in one run.</param>
/// <param name="AsDrafts">Whether they are opened as not ready to merge.</param>
public sealed record ProposalLimits(int MostOpen = 10, int MostNew = 5, bool AsDrafts = false);

/// <summary>What became of a proposal: a closed set of cases.</summary>
public abstract record ProposalOutcome
{
    private ProposalOutcome()
    {
    }

    /// <summary>A pull request was opened.</summary>
    /// <param name="Pull">It.</param>
    public sealed record Opened(PullRequest Pull) : ProposalOutcome;

    /// <summary>An open one got a new commit or text.</summary>
    /// <param name="Pull">It.</param>
    public sealed record Updated(PullRequest Pull) : ProposalOutcome;

    /// <summary>An open one proposes just this.</summary>
    /// <param name="Pull">It.</param>
    public sealed record UpToDate(PullRequest Pull) : ProposalOutcome;

    /// <summary>People closed one that proposed the same or nearly so.</summary>
    /// <param name="Pull">It.</param>
    public sealed record Declined(PullRequest Pull) : ProposalOutcome;

    /// <summary>Somebody else worked on the branch; it is left as it is.</summary>
    /// <param name="Branch">The branch.</param>
    /// <param name="Evidence">How one can tell, as the end of a sentence.</param>
    /// <param name="Pull">Its open pull request; null when there is none.</param>
    public sealed record Foreign(string Branch, string Evidence, PullRequest? Pull) : ProposalOutcome;

    /// <summary>A file of the target is not the one that the change was worked out for.</summary>
    /// <param name="Path">The file.</param>
    public sealed record Differs(string Path) : ProposalOutcome;

    /// <summary>There are enough pull requests for now.</summary>
    /// <param name="Reason">How many, as the end of a sentence.</param>
    public sealed record LimitReached(string Reason) : ProposalOutcome;

    /// <summary>It could not be done.</summary>
    /// <param name="Problem">Why.</param>
    public sealed record Failed(HostProblem Problem) : ProposalOutcome;
}

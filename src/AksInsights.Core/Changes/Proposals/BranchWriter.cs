namespace AksInsights.Core.Changes.Proposals;

/// <summary>Puts a change on a branch of its own: makes the branch, adds a commit to it when the change has changed, and leaves branches alone that others worked on.</summary>
/// <param name="host">The repository.</param>
/// <param name="target">The branch that the change is meant for.</param>
public sealed class BranchWriter(IBranchHost host, string target)
{
    private const int Tries = 4;

    /// <summary>Puts a change on a branch. However often it is called and wherever it was interrupted, the branch ends with the change once.</summary>
    /// <param name="set">The change.</param>
    /// <param name="branch">The branch.</param>
    /// <param name="cancellation">Gives up.</param>
    public async Task<BranchOutcome> WriteAsync(ChangeSet set, string branch, CancellationToken cancellation)
    {
        HostProblem? last = null;
        for (var i = 0; i < Tries; i++)
        {
            var outcome = await TryAsync(set, branch, cancellation).ConfigureAwait(false);
            if (outcome is not BranchOutcome.Failed { Problem: (HostProblem.Overtaken or HostProblem.Unsure) and var problem }) return outcome;
            last = problem;
        }

        return new BranchOutcome.Failed(last!);
    }

    private async Task<BranchOutcome> TryAsync(ChangeSet set, string branch, CancellationToken cancellation)
    {
        var start = await host.FindBranchAsync(target, cancellation).ConfigureAwait(false);
        if (start.Problem is HostProblem.Missing) return new BranchOutcome.Failed(new HostProblem.Refused($"{host.Name} has no branch `{target}`.", "Name the branch that changes go to with --base."));
        if (start.Problem is { } lost) return new BranchOutcome.Failed(lost);
        var bases = new Dictionary<string, HostFile?>(StringComparer.Ordinal);
        foreach (var file in set.Files)
        {
            if (!(await host.ReadFileAsync(start.Value!, file.Path, cancellation).ConfigureAwait(false)).IsKnown(out var there, out var problem)) return new BranchOutcome.Failed(problem!);
            // The change was worked out for other bytes than the target has.
            if (OwnCommit.HashOf(there?.Content) != OwnCommit.HashOf(file.Before)) return new BranchOutcome.Differs(file.Path);
            bases[file.Path] = there;
        }

        var state = await BranchState.ReadAsync(host, branch, set.Key, cancellation).ConfigureAwait(false);
        if (state.Problem is { } unread) return new BranchOutcome.Failed(unread);
        return state.Value switch
        {
            BranchState.Foreign foreign => new BranchOutcome.Foreign(branch, foreign.Evidence),
            BranchState.Own own when await IsSpentAsync(own, start.Value!, cancellation).ConfigureAwait(false) => new BranchOutcome.Spent(branch),
            BranchState.Own own => await ContinueAsync(new CommitDraft(set, branch, own.Head, own.Head, start.Value!), own, bases, cancellation).ConfigureAwait(false),
            _ => await CommitAsync(new CommitDraft(set, branch, null, start.Value!, start.Value!), null, OnTarget(set, bases), cancellation).ConfigureAwait(false),
        };
    }

    /// <summary>Whether the target has all that the branch left behind: it was merged, in one way or another, and what comes next is a new change.</summary>
    private async Task<bool> IsSpentAsync(BranchState.Own own, string start, CancellationToken cancellation)
    {
        foreach (var (path, hash) in own.Commit.Files)
        {
            if (!(await host.ReadFileAsync(start, path, cancellation).ConfigureAwait(false)).IsKnown(out var there, out _) || OwnCommit.HashOf(there?.Content) != hash) return false;
        }

        return true;
    }

    private static List<CommitFile> OnTarget(ChangeSet set, Dictionary<string, HostFile?> bases) => [.. set.Files.Select(f => new CommitFile(f.Path, f.After, bases[f.Path]))];

    private async Task<BranchOutcome> ContinueAsync(CommitDraft draft, BranchState.Own own, Dictionary<string, HostFile?> bases, CancellationToken cancellation)
    {
        var wanted = draft.Set.Files.ToDictionary(f => f.Path, f => (ReadOnlyMemory<byte>?)f.After, StringComparer.Ordinal);
        // What an earlier commit changed and this change does not is put back to what the target has.
        foreach (var path in own.Commit.Files.Keys.Where(p => !wanted.ContainsKey(p)))
        {
            if (!(await host.ReadFileAsync(draft.Base, path, cancellation).ConfigureAwait(false)).IsKnown(out var there, out var problem)) return new BranchOutcome.Failed(problem!);
            wanted[path] = there?.Content;
        }

        var files = new List<CommitFile>();
        foreach (var (path, content) in wanted.OrderBy(w => w.Key, StringComparer.Ordinal))
        {
            if (!(await host.ReadFileAsync(own.Head, path, cancellation).ConfigureAwait(false)).IsKnown(out var there, out var problem)) return new BranchOutcome.Failed(problem!);
            if (OwnCommit.HashOf(there?.Content) != OwnCommit.HashOf(content)) files.Add(new CommitFile(path, content, there));
        }

        if (files.Count == 0) return new BranchOutcome.UpToDate(draft.Branch, own.Head);
        // Where the target has moved it is taken in, so that neighbouring lines of both do not conflict.
        return host.CanMerge && draft.Base != own.Commit.Base
            ? await CommitAsync(draft, draft.Base, OnTarget(draft.Set, bases), cancellation).ConfigureAwait(false)
            : await CommitAsync(draft, null, files, cancellation).ConfigureAwait(false);
    }

    private async Task<BranchOutcome> CommitAsync(CommitDraft draft, string? merged, IReadOnlyList<CommitFile> files, CancellationToken cancellation)
    {
        // Files that an earlier commit left and this one does not touch are still of the branch.
        var left = draft.Set.Files.Select(f => new CommitFile(f.Path, f.After, null)).Concat(files).GroupBy(f => f.Path)
            .ToDictionary(g => g.Key, g => OwnCommit.HashOf(g.Last().Content), StringComparer.Ordinal);
        var own = new OwnCommit(draft.Set.Key, draft.Set.Fingerprint, draft.Base, draft.Parent, left);
        var order = new CommitOrder(draft.Branch, draft.Head, draft.Parent, merged, own.Sign(ProposalText.CommitMessage(draft.Set)), files);
        var answer = await host.CommitAsync(order, cancellation).ConfigureAwait(false);
        return answer.Problem is { } problem ? new BranchOutcome.Failed(problem) : new BranchOutcome.Written(draft.Branch, answer.Value!, draft.Head is null);
    }

    private sealed record CommitDraft(ChangeSet Set, string Branch, string? Head, string Parent, string Base);
}

/// <summary>What became of a change and its branch: a closed set of cases.</summary>
public abstract record BranchOutcome
{
    private BranchOutcome()
    {
    }

    /// <summary>The branch has the change since now.</summary>
    /// <param name="Branch">The branch.</param>
    /// <param name="Commit">Its newest commit.</param>
    /// <param name="IsNew">Whether the branch was made.</param>
    public sealed record Written(string Branch, string Commit, bool IsNew) : BranchOutcome;

    /// <summary>The branch had it already.</summary>
    /// <param name="Branch">The branch.</param>
    /// <param name="Commit">Its newest commit.</param>
    public sealed record UpToDate(string Branch, string Commit) : BranchOutcome;

    /// <summary>Somebody else worked on the branch; it is left as it is.</summary>
    /// <param name="Branch">The branch.</param>
    /// <param name="Evidence">How one can tell, as the end of a sentence.</param>
    public sealed record Foreign(string Branch, string Evidence) : BranchOutcome;

    /// <summary>The target has what the branch proposed, and the branch is still there.</summary>
    /// <param name="Branch">The branch.</param>
    public sealed record Spent(string Branch) : BranchOutcome;

    /// <summary>A file of the target is not the one that the change was worked out for.</summary>
    /// <param name="Path">The file.</param>
    public sealed record Differs(string Path) : BranchOutcome;

    /// <summary>It could not be done.</summary>
    /// <param name="Problem">Why.</param>
    public sealed record Failed(HostProblem Problem) : BranchOutcome;
}

/// <summary>Branches of one change after another: when one was merged and is still there, the next gets a number.</summary>
public static class NumberedBranches
{
    /// <summary>How many are tried.</summary>
    public const int Most = 50;

    /// <summary>Puts a change on the first of its branches that is not spent.</summary>
    public static async Task<BranchOutcome> WriteAsync(BranchWriter writer, ChangeSet set, CancellationToken cancellation)
    {
        BranchOutcome outcome = new BranchOutcome.Spent("");
        for (var number = 1; number <= Most && outcome is BranchOutcome.Spent; number++)
            outcome = await writer.WriteAsync(set, ChangeNames.BranchOf(set.Key, number), cancellation).ConfigureAwait(false);
        return outcome;
    }
}

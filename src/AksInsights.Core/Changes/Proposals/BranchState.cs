namespace AksInsights.Core.Changes.Proposals;

/// <summary>What a branch of ours holds: a closed set of cases.</summary>
internal abstract record BranchState
{
    private BranchState()
    {
    }

    /// <summary>There is no such branch.</summary>
    public sealed record Absent : BranchState;

    /// <summary>Nothing but commits of ours, with the files as we left them.</summary>
    /// <param name="Head">The newest of them.</param>
    /// <param name="Commit">What it says about itself.</param>
    public sealed record Own(string Head, OwnCommit Commit) : BranchState;

    /// <summary>Somebody else worked on it.</summary>
    /// <param name="Evidence">How one can tell, as the end of a sentence.</param>
    public sealed record Foreign(string Evidence) : BranchState;

    /// <summary>Looks through a branch, from its newest commit to where it began. Cost: a request for each commit and for each file of the newest.</summary>
    public static async Task<HostAnswer<BranchState>> ReadAsync(IBranchHost host, string branch, string key, CancellationToken cancellation)
    {
        const int Most = 50;
        if (!(await host.FindBranchAsync(branch, cancellation).ConfigureAwait(false)).IsKnown(out var head, out var problem)) return problem!;
        if (head is null) return new Absent();
        OwnCommit? newest = null;
        var at = head;
        for (var i = 0; i < Most; i++)
        {
            var answer = await host.ReadCommitAsync(at, cancellation).ConfigureAwait(false);
            if (answer.Problem is { } unread) return unread;
            if (OwnCommit.Of(answer.Value!) is not { } own || own.Key != key) return new Foreign($"the commit {Short(at)} is not one of ours");
            newest ??= own;
            if (own.IsFirst) return await CompareAsync(host, head, newest, cancellation).ConfigureAwait(false);
            at = own.Parent;
        }

        return new Foreign($"it has more than {Most} commits");
    }

    // Somebody may have changed our commit and kept its message: what it left behind is compared.
    private static async Task<HostAnswer<BranchState>> CompareAsync(IBranchHost host, string head, OwnCommit newest, CancellationToken cancellation)
    {
        foreach (var (path, hash) in newest.Files)
        {
            if (!(await host.ReadFileAsync(head, path, cancellation).ConfigureAwait(false)).IsKnown(out var file, out var problem)) return problem!;
            if (OwnCommit.HashOf(file?.Content) != hash) return new Foreign($"`{path}` in the commit {Short(head)} is not as we left it");
        }

        return new Own(head, newest);
    }

    private static string Short(string commit) => commit[..Math.Min(10, commit.Length)];
}

namespace AksInsights.Core.Changes.Proposals;

/// <summary>A repository that branches are written to: one on this machine, or one on a forge. Nothing here moves a branch but forwards.</summary>
public interface IBranchHost
{
    /// <summary>Which repository, for people.</summary>
    string Name { get; }

    /// <summary>Whether a commit can be made that takes in what the target has become; else it only goes on top of its branch.</summary>
    bool CanMerge { get; }

    /// <summary>The newest commit of a branch; <see cref="HostProblem.Missing"/> when there is no such branch.</summary>
    Task<HostAnswer<string>> FindBranchAsync(string branch, CancellationToken cancellation);

    /// <summary>A commit's message and parents.</summary>
    Task<HostAnswer<HostCommit>> ReadCommitAsync(string commit, CancellationToken cancellation);

    /// <summary>A file as it is in a commit; <see cref="HostProblem.Missing"/> when it is not there.</summary>
    Task<HostAnswer<HostFile>> ReadFileAsync(string commit, string path, CancellationToken cancellation);

    /// <summary>
    /// Makes one commit and moves its branch to it, or makes the branch. When somebody else moved or made the branch meanwhile the answer is
    /// <see cref="HostProblem.Overtaken"/> and the branch is as they left it.
    /// </summary>
    /// <returns>The new commit.</returns>
    Task<HostAnswer<string>> CommitAsync(CommitOrder order, CancellationToken cancellation);
}

/// <summary>A commit.</summary>
/// <param name="Message">All of its message.</param>
/// <param name="Parents">The commits it was made on; the first one is that of its branch.</param>
public sealed record HostCommit(string Message, IReadOnlyList<string> Parents);

/// <summary>A file in a commit.</summary>
/// <param name="Content">Its bytes.</param>
/// <param name="Token">What the host wants to be told when the file is replaced; means nothing to others.</param>
public sealed record HostFile(ReadOnlyMemory<byte> Content, string Token);

/// <summary>A commit that is wanted.</summary>
/// <param name="Branch">The branch, without <c>refs/heads/</c>.</param>
/// <param name="Head">The newest commit of the branch, as it was last seen; null when the branch is to be made.</param>
/// <param name="Parent">The commit to build on: <paramref name="Head"/>, or where the branch is to begin.</param>
/// <param name="Merged">A commit that is taken in besides: then the files are those of this one but for the changes. Null, and always where the host cannot merge, for none.</param>
/// <param name="Message">The message.</param>
/// <param name="Files">What changes; at least one file.</param>
public sealed record CommitOrder(string Branch, string? Head, string Parent, string? Merged, string Message, IReadOnlyList<CommitFile> Files)
{
    /// <summary>The commit whose files are changed.</summary>
    public string Tree => Merged ?? Parent;

    /// <summary>The commits it is made on.</summary>
    public IReadOnlyList<string> Parents => Merged is null ? [Parent] : [Parent, Merged];
}

/// <summary>A file that a commit changes.</summary>
/// <param name="Path">Its path.</param>
/// <param name="Content">Its new bytes; null when it goes.</param>
/// <param name="Replaced">The file as it is in <see cref="CommitOrder.Tree"/>; null when it is not there.</param>
public sealed record CommitFile(string Path, ReadOnlyMemory<byte>? Content, HostFile? Replaced);

using System.Text;
using AksInsights.Core.Changes;
using AksInsights.Core.Changes.Proposals;

namespace AksInsights.Adapters.Forges;

/// <summary>A repository on this machine. Commits are made with git's own plumbing: the working folder, the index and HEAD stay as they are.</summary>
public sealed class LocalRepository : IBranchHost
{
    private const string File = "100644";
    private const string Program = "100755";

    private readonly GitProgram _git;

    private LocalRepository(string top)
    {
        Top = top;
        _git = new GitProgram(top);
    }

    /// <summary>Its top folder.</summary>
    public string Top { get; }

    /// <inheritdoc/>
    public bool CanMerge => true;

    /// <inheritdoc/>
    public string Name => Top;

    /// <summary>Opens the repository that a folder is in.</summary>
    public static async Task<HostAnswer<LocalRepository>> OpenAsync(string folder, CancellationToken cancellation)
    {
        if (!Directory.Exists(folder)) return new HostProblem.Refused($"There is no folder `{folder}`.", "Name the working folder of the repository with --repository.");
        if (await new GitProgram(folder).RunAsync(["rev-parse", "--show-toplevel"], null, null, cancellation).ConfigureAwait(false) is not { } top)
            return new HostProblem.Refused("There is no `git` on this machine.", "Install git, or take the change with --output diff.");
        if (top.ExitCode == 0) return new LocalRepository(top.Text);
        // Other words than these, as about who owns the folder, say more than we know.
        var why = top.Error.Contains("not a git repository", StringComparison.Ordinal) ? "." : $": {top.Error}";
        return new HostProblem.Refused($"`{folder}` is not in a repository of git{why}", "Name the working folder of the repository with --repository, or take the change with --output diff.");
    }

    /// <summary>The branch that is checked out; null when none is.</summary>
    public async Task<string?> CurrentBranchAsync(CancellationToken cancellation) =>
        await RunAsync(["symbolic-ref", "--quiet", "--short", "HEAD"], cancellation).ConfigureAwait(false) is { ExitCode: 0 } head ? head.Text : null;

    /// <summary>The address of the remote called origin; null when there is none.</summary>
    public async Task<string?> OriginAsync(CancellationToken cancellation) =>
        await RunAsync(["remote", "get-url", "origin"], cancellation).ConfigureAwait(false) is { ExitCode: 0 } url ? url.Text : null;

    /// <summary>The manifests of a commit. Cost: one process lists them and one reads them all.</summary>
    public async Task<HostAnswer<RepositoryFiles>> ReadAllAsync(string commit, CancellationToken cancellation)
    {
        var list = await RunAsync(["ls-tree", "-r", "-z", "--long", "--full-tree", commit], cancellation).ConfigureAwait(false);
        if (list.ExitCode != 0) return Failure(list);
        var entries = list.Text.Split('\0', StringSplitOptions.RemoveEmptyEntries).Select(TreeEntry.Of)
            .Where(e => e.Mode is File or Program && RepositoryFiles.Takes(e.Path, e.Size)).ToList();
        var input = Encoding.ASCII.GetBytes(string.Concat(entries.Select(e => e.Hash + "\n")));
        var blobs = await RunAsync(["cat-file", "--batch"], cancellation, input).ConfigureAwait(false);
        return blobs.ExitCode == 0 ? new RepositoryFiles(Split(blobs.Output, entries)) : Failure(blobs);
    }

    /// <inheritdoc/>
    public async Task<HostAnswer<string>> FindBranchAsync(string branch, CancellationToken cancellation)
    {
        foreach (var name in new[] { $"refs/heads/{branch}", $"refs/remotes/{branch}" })
        {
            if (await RunAsync(["rev-parse", "--verify", "--quiet", name + "^{commit}"], cancellation).ConfigureAwait(false) is { ExitCode: 0 } found) return found.Text;
        }

        return new HostProblem.Missing($"There is no branch `{branch}`.");
    }

    /// <inheritdoc/>
    public async Task<HostAnswer<HostCommit>> ReadCommitAsync(string commit, CancellationToken cancellation)
    {
        var read = await RunAsync(["cat-file", "commit", commit], cancellation).ConfigureAwait(false);
        if (read.ExitCode != 0) return Failure(read);
        var parts = read.Text.Split("\n\n", 2);
        return new HostCommit(parts.Length == 2 ? parts[1] : "", [.. parts[0].Split('\n').Where(l => l.StartsWith("parent ", StringComparison.Ordinal)).Select(l => l[7..])]);
    }

    /// <inheritdoc/>
    public async Task<HostAnswer<HostFile>> ReadFileAsync(string commit, string path, CancellationToken cancellation)
    {
        var list = await RunAsync(["ls-tree", "-z", "--long", "--full-tree", commit, "--", path], cancellation).ConfigureAwait(false);
        if (list.ExitCode != 0) return Failure(list);
        if (list.Output.Length == 0) return new HostProblem.Missing($"There is no `{path}`.");
        var entry = TreeEntry.Of(list.Text.TrimEnd('\0'));
        if (entry.Mode is not (File or Program)) return new HostProblem.Refused($"`{path}` is a link or a module, not a file.", null);
        var blob = await RunAsync(["cat-file", "blob", entry.Hash], cancellation).ConfigureAwait(false);
        return blob.ExitCode == 0 ? new HostFile(blob.Output, entry.Mode) : Failure(blob);
    }

    /// <inheritdoc/>
    public async Task<HostAnswer<string>> CommitAsync(CommitOrder order, CancellationToken cancellation)
    {
        var worktrees = await RunAsync(["worktree", "list", "--porcelain"], cancellation).ConfigureAwait(false);
        if (worktrees.Text.Split('\n').Contains($"branch refs/heads/{order.Branch}"))
            return new HostProblem.Refused($"The branch `{order.Branch}` is checked out; moving it would leave its folder behind.", "Check out another branch, then run again.");
        var tree = await WriteTreeAsync(order, cancellation).ConfigureAwait(false);
        if (tree.Problem is { } problem) return problem;
        var commit = await RunAsync(["commit-tree", tree.Value!, .. order.Parents.SelectMany(p => new[] { "-p", p })], cancellation, Encoding.UTF8.GetBytes(order.Message), await AuthorAsync(cancellation).ConfigureAwait(false)).ConfigureAwait(false);
        if (commit.ExitCode != 0) return Failure(commit);
        // With the old value git itself refuses when somebody was faster; only zeros mean that there must be none.
        var old = order.Head ?? new string('0', commit.Text.Length);
        var moved = await RunAsync(["update-ref", "-m", "aksinsights propose", $"refs/heads/{order.Branch}", commit.Text, old], cancellation).ConfigureAwait(false);
        if (moved.ExitCode == 0) return commit.Text;
        var now = await FindBranchAsync(order.Branch, cancellation).ConfigureAwait(false);
        return now.Value == order.Head ? Failure(moved) : new HostProblem.Overtaken($"The branch `{order.Branch}` was moved meanwhile.");
    }

    private async Task<HostAnswer<string>> WriteTreeAsync(CommitOrder order, CancellationToken cancellation)
    {
        var index = Path.Combine(Path.GetTempPath(), $"aksinsights-index-{Guid.NewGuid():N}");
        var environment = new Dictionary<string, string> { ["GIT_INDEX_FILE"] = index };
        try
        {
            var read = await RunAsync(["read-tree", order.Tree], cancellation, null, environment).ConfigureAwait(false);
            if (read.ExitCode != 0) return Failure(read);
            foreach (var file in order.Files)
            {
                var step = await StageAsync(file, environment, cancellation).ConfigureAwait(false);
                if (step.ExitCode != 0) return Failure(step);
            }

            var tree = await RunAsync(["write-tree"], cancellation, null, environment).ConfigureAwait(false);
            return tree.ExitCode == 0 ? tree.Text : Failure(tree);
        }
        finally
        {
            System.IO.File.Delete(index);
        }
    }

    private async Task<GitResult> StageAsync(CommitFile file, Dictionary<string, string> environment, CancellationToken cancellation)
    {
        if (file.Content is not { } content) return await RunAsync(["update-index", "--force-remove", "--", file.Path], cancellation, null, environment).ConfigureAwait(false);
        var blob = await RunAsync(["hash-object", "-w", "--stdin"], cancellation, content).ConfigureAwait(false);
        return blob.ExitCode != 0 ? blob : await RunAsync(["update-index", "--add", "--cacheinfo", $"{file.Replaced?.Token ?? File},{blob.Text},{file.Path}"], cancellation, null, environment).ConfigureAwait(false);
    }

    /// <summary>The commits are the user's; on a machine where git knows no name they are ours.</summary>
    private async Task<Dictionary<string, string>> AuthorAsync(CancellationToken cancellation)
    {
        if (await RunAsync(["var", "GIT_COMMITTER_IDENT"], cancellation).ConfigureAwait(false) is { ExitCode: 0 }) return [];
        return new Dictionary<string, string>
        {
            ["GIT_AUTHOR_NAME"] = "AksInsights",
            ["GIT_AUTHOR_EMAIL"] = "aksinsights@localhost",
            ["GIT_COMMITTER_NAME"] = "AksInsights",
            ["GIT_COMMITTER_EMAIL"] = "aksinsights@localhost",
        };
    }

    private async Task<GitResult> RunAsync(IEnumerable<string> arguments, CancellationToken cancellation, ReadOnlyMemory<byte>? input = null, IReadOnlyDictionary<string, string>? environment = null) =>
        await _git.RunAsync(arguments, input, environment, cancellation).ConfigureAwait(false) ?? new GitResult(127, default, "git is gone");

    private static HostProblem Failure(GitResult result) => new HostProblem.Refused($"git failed: {result.Error}", null);

    private static List<KeyValuePair<string, ReadOnlyMemory<byte>>> Split(ReadOnlyMemory<byte> batch, List<TreeEntry> entries)
    {
        var files = new List<KeyValuePair<string, ReadOnlyMemory<byte>>>();
        var at = 0;
        foreach (var entry in entries)
        {
            // Each is a line `hash blob size`, the bytes, and a line break.
            var start = at + batch.Span[at..].IndexOf((byte)'\n') + 1;
            files.Add(new(entry.Path, batch.Slice(start, (int)entry.Size)));
            at = start + (int)entry.Size + 1;
        }

        return files;
    }

    /// <summary>A line of <c>ls-tree --long</c>.</summary>
    private sealed record TreeEntry(string Mode, string Hash, long Size, string Path)
    {
        public static TreeEntry Of(string line)
        {
            var tab = line.IndexOf('\t', StringComparison.Ordinal);
            var parts = line[..tab].Split(' ', StringSplitOptions.RemoveEmptyEntries);
            return new TreeEntry(parts[0], parts[2], long.TryParse(parts[3], System.Globalization.CultureInfo.InvariantCulture, out var size) ? size : 0, line[(tab + 1)..]);
        }
    }
}

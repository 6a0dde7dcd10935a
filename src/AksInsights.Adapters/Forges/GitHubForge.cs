using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using AksInsights.Core.Changes.Proposals;

namespace AksInsights.Adapters.Forges;

/// <summary>A repository on GitHub or GitHub Enterprise. Commits go through the database of git, so that one holds several files, and refs are never forced.</summary>
public sealed class GitHubForge : IForge, ITokenHost, IDisposable
{
    private readonly ForgeHttp _http;
    private readonly string _owner;
    private readonly string _repository;
    private readonly Dictionary<string, IReadOnlyList<GitHubEntry>> _trees = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _treeOf = new(StringComparer.Ordinal);

    /// <summary>Makes a client for one repository.</summary>
    public GitHubForge(ForgeSettings settings, string owner, string repository, TimeProvider time)
    {
        (_owner, _repository) = (owner, repository);
        _http = new ForgeHttp(settings, request =>
        {
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", settings.Token.Reveal());
            request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("application/vnd.github+json"));
            request.Headers.Add("X-GitHub-Api-Version", "2022-11-28");
        }, time);
    }

    /// <inheritdoc/>
    public bool CanMerge => true;

    /// <inheritdoc/>
    public string Name => $"GitHub's {_owner}/{_repository}";

    /// <inheritdoc/>
    public int MostOfBody => 65_000;

    private string Root => $"repos/{Uri.EscapeDataString(_owner)}/{Uri.EscapeDataString(_repository)}";

    /// <inheritdoc/>
    public Task<HostAnswer<TokenStanding>> StandingAsync(CancellationToken cancellation) => TokenStandings.OfGitHubAsync(_http, Root, Name, cancellation);

    /// <inheritdoc/>
    public async Task<HostAnswer<string>> DefaultBranchAsync(CancellationToken cancellation)
    {
        var answer = await _http.GetAsync(Root, cancellation).ConfigureAwait(false);
        if (answer.Problem is HostProblem.Missing) return new HostProblem.Refused($"There is no repository {Name} that the token may see.", "Check --remote and the token's rights.");
        return answer.Problem is { } problem ? problem : answer.Value!.Root.Text("default_branch");
    }

    /// <inheritdoc/>
    public async Task<HostAnswer<string>> FindBranchAsync(string branch, CancellationToken cancellation)
    {
        var answer = await _http.GetAsync($"{Root}/git/ref/heads/{Escape(branch)}", cancellation).ConfigureAwait(false);
        return answer.Problem is { } problem ? problem : answer.Value!.Root.Member("object").Text("sha");
    }

    /// <inheritdoc/>
    public async Task<HostAnswer<HostCommit>> ReadCommitAsync(string commit, CancellationToken cancellation)
    {
        var answer = await _http.GetAsync($"{Root}/git/commits/{commit}", cancellation).ConfigureAwait(false);
        if (answer.Problem is { } problem) return problem;
        _treeOf[commit] = answer.Value!.Root.Member("tree").Text("sha");
        return new HostCommit(answer.Value.Root.Text("message"), [.. answer.Value.Root.Items("parents").Select(p => p.Text("sha"))]);
    }

    /// <inheritdoc/>
    public async Task<HostAnswer<HostFile>> ReadFileAsync(string commit, string path, CancellationToken cancellation)
    {
        var found = await FindAsync(commit, path, cancellation).ConfigureAwait(false);
        if (found.Problem is { } problem) return problem;
        if (found.Value!.Type != "blob" || found.Value.Mode == "120000") return new HostProblem.Refused($"`{path}` is a link or a folder, not a file.", null);
        var blob = await _http.GetAsync($"{Root}/git/blobs/{found.Value.Hash}", cancellation).ConfigureAwait(false);
        if (blob.Problem is { } unread) return unread;
        return new HostFile(Convert.FromBase64String(blob.Value!.Root.Text("content").Replace("\n", "", StringComparison.Ordinal)), found.Value.Mode);
    }

    /// <inheritdoc/>
    public async Task<HostAnswer<string>> CommitAsync(CommitOrder order, CancellationToken cancellation)
    {
        var below = await TreeOfAsync(order.Tree, cancellation).ConfigureAwait(false);
        if (below.Problem is { } lost) return lost;
        var tree = await WriteTreeAsync(order, below.Value!, cancellation).ConfigureAwait(false);
        if (tree.Problem is { } untreed) return untreed;
        var commit = await PostAsync("git/commits", json =>
        {
            json.WriteString("message", order.Message);
            json.WriteString("tree", tree.Value);
            json.WriteStartArray("parents");
            foreach (var parent in order.Parents) json.WriteStringValue(parent);
            json.WriteEndArray();
        }, cancellation).ConfigureAwait(false);
        if (commit.Problem is { } unmade) return unmade;
        var sha = commit.Value!.Root.Text("sha");
        var moved = await MoveAsync(order, sha, cancellation).ConfigureAwait(false);
        return moved is null ? sha : moved;
    }

    /// <inheritdoc/>
    public async Task<HostAnswer<IReadOnlyList<PullRequest>>> FindPullsAsync(string branch, string target, CancellationToken cancellation)
    {
        var head = Uri.EscapeDataString($"{_owner}:{branch}");
        return await PullsAsync($"{Root}/pulls?head={head}&base={Uri.EscapeDataString(target)}&state=all&sort=created&direction=desc&per_page=100", p => p.Branch == branch, cancellation).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public Task<HostAnswer<IReadOnlyList<PullRequest>>> OpenPullsAsync(string prefix, CancellationToken cancellation) =>
        PullsAsync($"{Root}/pulls?state=open&per_page=100", p => p.Branch.StartsWith(prefix, StringComparison.Ordinal), cancellation);

    /// <inheritdoc/>
    public async Task<HostAnswer<PullRequest>> OpenPullAsync(PullDraft draft, CancellationToken cancellation)
    {
        var answer = await _http.WriteAsync(HttpMethod.Post, $"{Root}/pulls", json =>
        {
            json.WriteString("title", draft.Title);
            json.WriteString("head", draft.Branch);
            json.WriteString("base", draft.Target);
            json.WriteString("body", draft.Body);
            json.WriteBoolean("draft", draft.IsDraft);
        }, cancellation).ConfigureAwait(false);
        if (answer.Problem is { } problem) return problem;
        if (answer.Value!.Says("already exists")) return new HostProblem.Overtaken("There is a pull request for this branch already.");
        return answer.Value.IsSuccess ? PullOf(answer.Value.Root) : Refuse("The pull request was not opened", answer.Value);
    }

    /// <inheritdoc/>
    public async Task<HostAnswer<PullRequest>> EditPullAsync(PullRequest pull, string title, string body, CancellationToken cancellation)
    {
        var answer = await _http.WriteAsync(HttpMethod.Patch, $"{Root}/pulls/{pull.Number.ToString(CultureInfo.InvariantCulture)}", json =>
        {
            json.WriteString("title", title);
            json.WriteString("body", body);
        }, cancellation).ConfigureAwait(false);
        if (answer.Problem is { } problem) return problem;
        return answer.Value!.IsSuccess ? PullOf(answer.Value.Root) : Refuse("The pull request was not changed", answer.Value);
    }

    /// <inheritdoc/>
    public void Dispose() => _http.Dispose();

    private async Task<HostProblem?> MoveAsync(CommitOrder order, string sha, CancellationToken cancellation)
    {
        var answer = order.Head is null
            ? await _http.WriteAsync(HttpMethod.Post, $"{Root}/git/refs", json =>
            {
                json.WriteString("ref", $"refs/heads/{order.Branch}");
                json.WriteString("sha", sha);
            }, cancellation).ConfigureAwait(false)
            : await _http.WriteAsync(HttpMethod.Patch, $"{Root}/git/refs/heads/{Escape(order.Branch)}", json =>
            {
                json.WriteString("sha", sha);
                // Only forwards: what somebody pushed meanwhile is not in this commit's past, and then GitHub says no.
                json.WriteBoolean("force", false);
            }, cancellation).ConfigureAwait(false);
        if (answer.Problem is { } problem) return problem;
        if (answer.Value!.IsSuccess) return null;
        var isRace = answer.Value.Says("already exists") || answer.Value.Says("fast forward") || answer.Value.Says("does not exist") || answer.Value.Status == HttpStatusCode.Conflict;
        return isRace ? new HostProblem.Overtaken($"The branch `{order.Branch}` was moved meanwhile.") : Refuse($"The branch `{order.Branch}` was not written", answer.Value);
    }

    private async Task<HostAnswer<string>> WriteTreeAsync(CommitOrder order, string parent, CancellationToken cancellation)
    {
        var entries = new List<(CommitFile File, string? Blob)>();
        foreach (var file in order.Files)
        {
            if (file.Content is not { } content)
            {
                entries.Add((file, null));
                continue;
            }

            // As a blob every byte arrives, a byte order mark too.
            var blob = await PostAsync("git/blobs", json =>
            {
                json.WriteString("content", Convert.ToBase64String(content.Span));
                json.WriteString("encoding", "base64");
            }, cancellation).ConfigureAwait(false);
            if (blob.Problem is { } problem) return problem;
            entries.Add((file, blob.Value!.Root.Text("sha")));
        }

        var tree = await PostAsync("git/trees", json =>
        {
            json.WriteString("base_tree", parent);
            json.WriteStartArray("tree");
            foreach (var (file, blob) in entries)
            {
                json.WriteStartObject();
                json.WriteString("path", file.Path);
                json.WriteString("mode", file.Replaced?.Token ?? "100644");
                json.WriteString("type", "blob");
                json.WriteString("sha", blob);
                json.WriteEndObject();
            }

            json.WriteEndArray();
        }, cancellation).ConfigureAwait(false);
        return tree.Problem is { } unmade ? unmade : tree.Value!.Root.Text("sha");
    }

    private async Task<HostAnswer<ForgeReply>> PostAsync(string what, Action<Utf8JsonWriter> body, CancellationToken cancellation)
    {
        var answer = await _http.WriteAsync(HttpMethod.Post, $"{Root}/{what}", body, cancellation).ConfigureAwait(false);
        if (answer.Problem is not null || answer.Value!.IsSuccess) return answer;
        return Refuse("The commit was not made", answer.Value);
    }

    private async Task<HostAnswer<string>> TreeOfAsync(string commit, CancellationToken cancellation)
    {
        if (!_treeOf.ContainsKey(commit) && (await ReadCommitAsync(commit, cancellation).ConfigureAwait(false)).Problem is { } problem) return problem;
        return _treeOf[commit];
    }

    /// <summary>The entry of a file, by way of its folders: a list of all files might be cut off.</summary>
    private async Task<HostAnswer<GitHubEntry>> FindAsync(string commit, string path, CancellationToken cancellation)
    {
        var tree = await TreeOfAsync(commit, cancellation).ConfigureAwait(false);
        if (tree.Problem is { } lost) return lost;
        var at = new GitHubEntry("", "040000", "tree", tree.Value!);
        foreach (var step in path.Split('/'))
        {
            if (at.Type != "tree") return new HostProblem.Missing($"There is no `{path}`.");
            var entries = await EntriesAsync(at.Hash, cancellation).ConfigureAwait(false);
            if (entries.Problem is { } problem) return problem;
            if (entries.Value!.FirstOrDefault(e => e.Name == step) is not { } next) return new HostProblem.Missing($"There is no `{path}`.");
            at = next;
        }

        return at;
    }

    private async Task<HostAnswer<IReadOnlyList<GitHubEntry>>> EntriesAsync(string tree, CancellationToken cancellation)
    {
        if (_trees.TryGetValue(tree, out var known)) return HostAnswer<IReadOnlyList<GitHubEntry>>.FromT(known);
        var answer = await _http.GetAsync($"{Root}/git/trees/{tree}", cancellation).ConfigureAwait(false);
        if (answer.Problem is { } problem) return problem;
        if (answer.Value!.Root.Member("truncated").ValueKind == JsonValueKind.True) return new HostProblem.Refused("A folder of the repository has more entries than GitHub lists.", null);
        IReadOnlyList<GitHubEntry> entries = [.. answer.Value.Root.Items("tree").Select(e => new GitHubEntry(e.Text("path"), e.Text("mode"), e.Text("type"), e.Text("sha")))];
        _trees[tree] = entries;
        return HostAnswer<IReadOnlyList<GitHubEntry>>.FromT(entries);
    }

    private async Task<HostAnswer<IReadOnlyList<PullRequest>>> PullsAsync(string path, Func<PullRequest, bool> isWanted, CancellationToken cancellation)
    {
        var answer = await _http.GetAllAsync(path, cancellation).ConfigureAwait(false);
        if (answer.Problem is { } problem) return problem;
        // A branch of the same name in a fork is somebody else's.
        var own = answer.Value!.Where(p => string.Equals(p.Member("head").Member("repo").Text("full_name"), $"{_owner}/{_repository}", StringComparison.OrdinalIgnoreCase));
        return HostAnswer<IReadOnlyList<PullRequest>>.FromT([.. own.Select(PullOf).Where(isWanted)]);
    }

    private static PullRequest PullOf(JsonElement pull)
    {
        var state = pull.Text("state") == "open" ? PullState.Open : pull.Text("merged_at").Length > 0 ? PullState.Merged : PullState.Closed;
        return new PullRequest(pull.Number("number"), state, pull.Member("head").Text("ref"), pull.Text("title"), pull.Text("body"), pull.Text("html_url"))
        {
            OpenedAt = pull.Time("created_at"),
            EndedAt = pull.Time("merged_at") ?? pull.Time("closed_at"),
        };
    }

    private static HostProblem Refuse(string what, ForgeReply reply) => new HostProblem.Refused($"{what}: {reply.Message}", null);

    private static string Escape(string path) => string.Join('/', path.Split('/').Select(Uri.EscapeDataString));

    private sealed record GitHubEntry(string Name, string Mode, string Type, string Hash);
}

using System.Globalization;
using System.Net;
using System.Text.Json;
using AksInsights.Core.Changes.Proposals;

namespace AksInsights.Adapters.Forges;

/// <summary>A project on GitLab. One request makes the commit and, with <c>start_sha</c>, its branch; each file is named with the commit that last changed it.</summary>
public sealed class GitLabForge : IForge, ITokenHost, IDisposable
{
    private readonly ForgeHttp _http;
    private readonly string _project;

    /// <summary>Makes a client for one project.</summary>
    /// <param name="settings">The address is that of the server.</param>
    /// <param name="project">The project with its groups.</param>
    /// <param name="time">The clock.</param>
    public GitLabForge(ForgeSettings settings, string project, TimeProvider time)
    {
        _project = project;
        _http = new ForgeHttp(settings, request => request.Headers.Add("PRIVATE-TOKEN", settings.Token.Reveal()), time);
    }

    /// <inheritdoc/>
    // Commits by REST have one parent here.
    public bool CanMerge => false;

    /// <inheritdoc/>
    public string Name => $"GitLab's {_project}";

    /// <inheritdoc/>
    public int MostOfBody => 100_000;

    private string Root => $"api/v4/projects/{Uri.EscapeDataString(_project)}";

    /// <inheritdoc/>
    public Task<HostAnswer<TokenStanding>> StandingAsync(CancellationToken cancellation) => TokenStandings.OfGitLabAsync(_http, Root, Name, cancellation);

    /// <inheritdoc/>
    public async Task<HostAnswer<string>> DefaultBranchAsync(CancellationToken cancellation)
    {
        var answer = await _http.GetAsync(Root, cancellation).ConfigureAwait(false);
        if (answer.Problem is HostProblem.Missing) return new HostProblem.Refused($"There is no project {Name} that the token may see.", "Check --remote and the token's rights.");
        return answer.Problem is { } problem ? problem : answer.Value!.Root.Text("default_branch");
    }

    /// <inheritdoc/>
    public async Task<HostAnswer<string>> FindBranchAsync(string branch, CancellationToken cancellation)
    {
        var answer = await _http.GetAsync($"{Root}/repository/branches/{Uri.EscapeDataString(branch)}", cancellation).ConfigureAwait(false);
        return answer.Problem is { } problem ? problem : answer.Value!.Root.Member("commit").Text("id");
    }

    /// <inheritdoc/>
    public async Task<HostAnswer<HostCommit>> ReadCommitAsync(string commit, CancellationToken cancellation)
    {
        var answer = await _http.GetAsync($"{Root}/repository/commits/{commit}", cancellation).ConfigureAwait(false);
        return answer.Problem is { } problem ? problem : new HostCommit(answer.Value!.Root.Text("message"), [.. answer.Value.Root.Items("parent_ids").Select(p => p.GetString() ?? "")]);
    }

    /// <inheritdoc/>
    public async Task<HostAnswer<HostFile>> ReadFileAsync(string commit, string path, CancellationToken cancellation)
    {
        var answer = await _http.GetAsync($"{Root}/repository/files/{Uri.EscapeDataString(path)}?ref={commit}", cancellation).ConfigureAwait(false);
        if (answer.Problem is { } problem) return problem;
        var root = answer.Value!.Root;
        return new HostFile(Convert.FromBase64String(root.Text("content")), root.Text("last_commit_id"));
    }

    /// <inheritdoc/>
    public async Task<HostAnswer<string>> CommitAsync(CommitOrder order, CancellationToken cancellation)
    {
        var answer = await _http.WriteAsync(HttpMethod.Post, $"{Root}/repository/commits", json =>
        {
            json.WriteString("branch", order.Branch);
            if (order.Head is null) json.WriteString("start_sha", order.Parent);
            json.WriteString("commit_message", order.Message);
            json.WriteStartArray("actions");
            foreach (var file in order.Files) WriteAction(json, file);
            json.WriteEndArray();
        }, cancellation).ConfigureAwait(false);
        if (answer.Problem is { } problem) return problem;
        var reply = answer.Value!;
        if (!reply.IsSuccess)
        {
            var isRace = reply.Says("already exists") || reply.Says("has changed since") || reply.Says("doesn't exist") || reply.Status is HttpStatusCode.Conflict or HttpStatusCode.PreconditionFailed;
            return isRace ? new HostProblem.Overtaken($"The branch `{order.Branch}` was moved meanwhile.") : Refuse($"The branch `{order.Branch}` was not written", reply);
        }

        // GitLab adds to whatever the branch is at. If that was somebody's new commit it is still there, and the branch is no longer ours alone.
        return reply.Root.Items("parent_ids").Select(p => p.GetString()).SequenceEqual([order.Parent])
            ? reply.Root.Text("id")
            : new HostProblem.Overtaken($"Somebody pushed to the branch `{order.Branch}` meanwhile.");
    }

    /// <inheritdoc/>
    public Task<HostAnswer<IReadOnlyList<PullRequest>>> FindPullsAsync(string branch, string target, CancellationToken cancellation) => PullsAsync(
        $"{Root}/merge_requests?source_branch={Uri.EscapeDataString(branch)}&target_branch={Uri.EscapeDataString(target)}&state=all&order_by=created_at&sort=desc&per_page=100",
        p => p.Branch == branch, cancellation);

    /// <inheritdoc/>
    public Task<HostAnswer<IReadOnlyList<PullRequest>>> OpenPullsAsync(string prefix, CancellationToken cancellation) =>
        PullsAsync($"{Root}/merge_requests?state=opened&per_page=100", p => p.Branch.StartsWith(prefix, StringComparison.Ordinal), cancellation);

    /// <inheritdoc/>
    public async Task<HostAnswer<PullRequest>> OpenPullAsync(PullDraft draft, CancellationToken cancellation)
    {
        var answer = await _http.WriteAsync(HttpMethod.Post, $"{Root}/merge_requests", json =>
        {
            json.WriteString("source_branch", draft.Branch);
            json.WriteString("target_branch", draft.Target);
            json.WriteString("title", draft.IsDraft ? "Draft: " + draft.Title : draft.Title);
            json.WriteString("description", draft.Body);
            json.WriteBoolean("remove_source_branch", true);
        }, cancellation).ConfigureAwait(false);
        if (answer.Problem is { } problem) return problem;
        if (answer.Value!.Status == HttpStatusCode.Conflict) return new HostProblem.Overtaken("There is a merge request for this branch already.");
        return answer.Value.IsSuccess ? PullOf(answer.Value.Root) : Refuse("The merge request was not opened", answer.Value);
    }

    /// <inheritdoc/>
    public async Task<HostAnswer<PullRequest>> EditPullAsync(PullRequest pull, string title, string body, CancellationToken cancellation)
    {
        var answer = await _http.WriteAsync(HttpMethod.Put, $"{Root}/merge_requests/{pull.Number.ToString(CultureInfo.InvariantCulture)}", json =>
        {
            json.WriteString("title", pull.Title.StartsWith("Draft: ", StringComparison.Ordinal) ? "Draft: " + title : title);
            json.WriteString("description", body);
        }, cancellation).ConfigureAwait(false);
        if (answer.Problem is { } problem) return problem;
        return answer.Value!.IsSuccess ? PullOf(answer.Value.Root) : Refuse("The merge request was not changed", answer.Value);
    }

    /// <inheritdoc/>
    public void Dispose() => _http.Dispose();

    private static void WriteAction(Utf8JsonWriter json, CommitFile file)
    {
        json.WriteStartObject();
        json.WriteString("action", file.Content is null ? "delete" : file.Replaced is null ? "create" : "update");
        json.WriteString("file_path", file.Path);
        if (file.Replaced is { } replaced) json.WriteString("last_commit_id", replaced.Token);
        if (file.Content is { } content)
        {
            json.WriteString("encoding", "base64");
            json.WriteString("content", Convert.ToBase64String(content.Span));
        }

        json.WriteEndObject();
    }

    private async Task<HostAnswer<IReadOnlyList<PullRequest>>> PullsAsync(string path, Func<PullRequest, bool> isWanted, CancellationToken cancellation)
    {
        var answer = await _http.GetAllAsync(path, cancellation).ConfigureAwait(false);
        if (answer.Problem is { } problem) return problem;
        // A branch of the same name in a fork is somebody else's.
        var own = answer.Value!.Where(m => m.Number("source_project_id") == m.Number("target_project_id"));
        return HostAnswer<IReadOnlyList<PullRequest>>.FromT([.. own.Select(PullOf).Where(isWanted)]);
    }

    private static PullRequest PullOf(JsonElement merge)
    {
        var state = merge.Text("state") switch
        {
            "opened" or "locked" => PullState.Open,
            "merged" => PullState.Merged,
            _ => PullState.Closed,
        };
        return new PullRequest(merge.Number("iid"), state, merge.Text("source_branch"), merge.Text("title"), merge.Text("description"), merge.Text("web_url"))
        {
            OpenedAt = merge.Time("created_at"),
            EndedAt = merge.Time("merged_at") ?? merge.Time("closed_at"),
        };
    }

    private static HostProblem Refuse(string what, ForgeReply reply) => new HostProblem.Refused($"{what}: {reply.Message}", null);
}

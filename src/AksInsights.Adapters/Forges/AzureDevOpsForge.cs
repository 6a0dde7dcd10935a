using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using AksInsights.Core.Changes.Proposals;

namespace AksInsights.Adapters.Forges;

/// <summary>A repository in Azure Repos. One push makes the commit and moves the branch, if it is still where it was seen.</summary>
public sealed class AzureDevOpsForge : IForge, ITokenHost, IDisposable
{
    private const string Version = "api-version=7.1";
    private const int Page = 100;

    private readonly ForgeHttp _http;
    private readonly string _project;
    private readonly string _repository;
    private readonly string _web;

    /// <summary>Makes a client for one repository.</summary>
    /// <param name="settings">The address is that of the organisation; a token that is a personal one or a bearer's.</param>
    /// <param name="project">The project.</param>
    /// <param name="repository">The repository.</param>
    /// <param name="time">The clock.</param>
    public AzureDevOpsForge(ForgeSettings settings, string project, string repository, TimeProvider time)
    {
        (_project, _repository) = (project, repository);
        _web = $"{settings.Address}{Uri.EscapeDataString(project)}/_git/{Uri.EscapeDataString(repository)}/pullrequest/";
        // Tokens of pipelines and of Entra are JSON web tokens and go as bearers; personal ones are passwords.
        var token = settings.Token.Reveal();
        var authorization = token.StartsWith("eyJ", StringComparison.Ordinal)
            ? new AuthenticationHeaderValue("Bearer", token)
            : new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes(":" + token)));
        _http = new ForgeHttp(settings, request =>
        {
            request.Headers.Authorization = authorization;
            request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("application/json"));
        }, time);
    }

    /// <inheritdoc/>
    // Commits by REST have one parent here.
    public bool CanMerge => false;

    /// <inheritdoc/>
    public string Name => $"Azure Repos' {_project}/{_repository}";

    /// <inheritdoc/>
    public int MostOfBody => 3_999;

    private string Root => $"{Uri.EscapeDataString(_project)}/_apis/git/repositories/{Uri.EscapeDataString(_repository)}";

    /// <inheritdoc/>
    public Task<HostAnswer<TokenStanding>> StandingAsync(CancellationToken cancellation) => TokenStandings.OfAzureDevOpsAsync(_http, $"{Root}?{Version}", Name, cancellation);

    /// <inheritdoc/>
    public async Task<HostAnswer<string>> DefaultBranchAsync(CancellationToken cancellation)
    {
        var answer = await _http.GetAsync($"{Root}?{Version}", cancellation).ConfigureAwait(false);
        if (answer.Problem is HostProblem.Missing) return new HostProblem.Refused($"There is no repository {Name} that the token may see.", "Check --remote and the token's rights.");
        return answer.Problem is { } problem ? problem : Short(answer.Value!.Root.Text("defaultBranch"));
    }

    /// <inheritdoc/>
    public async Task<HostAnswer<string>> FindBranchAsync(string branch, CancellationToken cancellation)
    {
        // The filter is the beginning of a name.
        var answer = await _http.GetAsync($"{Root}/refs?filter={Uri.EscapeDataString($"heads/{branch}")}&{Version}", cancellation).ConfigureAwait(false);
        if (answer.Problem is { } problem) return problem;
        var found = answer.Value!.Root.Items("value").Where(r => r.Text("name") == $"refs/heads/{branch}").Select(r => r.Text("objectId")).FirstOrDefault();
        return found is null ? new HostProblem.Missing($"There is no branch `{branch}`.") : found;
    }

    /// <inheritdoc/>
    public async Task<HostAnswer<HostCommit>> ReadCommitAsync(string commit, CancellationToken cancellation)
    {
        var answer = await _http.GetAsync($"{Root}/commits/{commit}?{Version}", cancellation).ConfigureAwait(false);
        return answer.Problem is { } problem ? problem : new HostCommit(answer.Value!.Root.Text("comment"), [.. answer.Value.Root.Items("parents").Select(p => p.GetString() ?? "")]);
    }

    /// <inheritdoc/>
    public async Task<HostAnswer<HostFile>> ReadFileAsync(string commit, string path, CancellationToken cancellation)
    {
        var item = await _http.GetAsync($"{Root}/items?path={Uri.EscapeDataString("/" + path)}&versionDescriptor.version={commit}&versionDescriptor.versionType=commit&$format=json&{Version}", cancellation).ConfigureAwait(false);
        if (item.Problem is { } problem) return problem;
        var root = item.Value!.Root;
        if (root.Text("gitObjectType") != "blob") return new HostProblem.Refused($"`{path}` is a folder or a module, not a file.", null);
        var blob = await _http.GetBytesAsync($"{Root}/blobs/{root.Text("objectId")}?$format=octetstream&{Version}", cancellation).ConfigureAwait(false);
        return blob.Problem is { } unread ? unread : new HostFile(blob.Value, root.Text("objectId"));
    }

    /// <inheritdoc/>
    public async Task<HostAnswer<string>> CommitAsync(CommitOrder order, CancellationToken cancellation)
    {
        var answer = await _http.WriteAsync(HttpMethod.Post, $"{Root}/pushes?{Version}", json =>
        {
            json.WriteStartArray("refUpdates");
            json.WriteStartObject();
            json.WriteString("name", $"refs/heads/{order.Branch}");
            // For a new branch this is where it begins; for one that is there it must be its newest commit.
            json.WriteString("oldObjectId", order.Head ?? order.Parent);
            json.WriteEndObject();
            json.WriteEndArray();
            json.WriteStartArray("commits");
            json.WriteStartObject();
            json.WriteString("comment", order.Message);
            json.WriteStartArray("changes");
            foreach (var file in order.Files) WriteChange(json, file);
            json.WriteEndArray();
            json.WriteEndObject();
            json.WriteEndArray();
        }, cancellation).ConfigureAwait(false);
        if (answer.Problem is { } problem) return problem;
        var reply = answer.Value!;
        if (reply.IsSuccess) return Made(reply.Root, order);
        return reply.Status == HttpStatusCode.Conflict || reply.Says("TF401028") || reply.Says("TF401035")
            ? new HostProblem.Overtaken($"The branch `{order.Branch}` was moved meanwhile.")
            : Refuse($"The branch `{order.Branch}` was not written", reply);
    }

    /// <inheritdoc/>
    public async Task<HostAnswer<IReadOnlyList<PullRequest>>> FindPullsAsync(string branch, string target, CancellationToken cancellation)
    {
        var query = $"searchCriteria.sourceRefName={Uri.EscapeDataString($"refs/heads/{branch}")}&searchCriteria.targetRefName={Uri.EscapeDataString($"refs/heads/{target}")}&searchCriteria.status=all";
        var list = await ListAsync(query, _ => true, cancellation).ConfigureAwait(false);
        if (list.Problem is { } problem) return problem;
        var pulls = new List<PullRequest>();
        // Lists cut the text of a pull request off; what one of these proposed is at its end.
        foreach (var pull in list.Value!)
        {
            var whole = await _http.GetAsync($"{Root}/pullrequests/{Number(pull.Number)}?{Version}", cancellation).ConfigureAwait(false);
            if (whole.Problem is { } unread) return unread;
            pulls.Add(PullOf(whole.Value!.Root));
        }

        return HostAnswer<IReadOnlyList<PullRequest>>.FromT([.. pulls.OrderByDescending(p => p.Number)]);
    }

    /// <inheritdoc/>
    public Task<HostAnswer<IReadOnlyList<PullRequest>>> OpenPullsAsync(string prefix, CancellationToken cancellation) =>
        ListAsync("searchCriteria.status=active", p => p.Branch.StartsWith(prefix, StringComparison.Ordinal), cancellation);

    /// <inheritdoc/>
    public async Task<HostAnswer<PullRequest>> OpenPullAsync(PullDraft draft, CancellationToken cancellation)
    {
        var answer = await _http.WriteAsync(HttpMethod.Post, $"{Root}/pullrequests?{Version}", json =>
        {
            json.WriteString("sourceRefName", $"refs/heads/{draft.Branch}");
            json.WriteString("targetRefName", $"refs/heads/{draft.Target}");
            json.WriteString("title", draft.Title);
            json.WriteString("description", draft.Body);
            json.WriteBoolean("isDraft", draft.IsDraft);
        }, cancellation).ConfigureAwait(false);
        if (answer.Problem is { } problem) return problem;
        if (answer.Value!.Status == HttpStatusCode.Conflict || answer.Value.Says("TF401179")) return new HostProblem.Overtaken("There is a pull request for this branch already.");
        return answer.Value.IsSuccess ? PullOf(answer.Value.Root) : Refuse("The pull request was not opened", answer.Value);
    }

    /// <inheritdoc/>
    public async Task<HostAnswer<PullRequest>> EditPullAsync(PullRequest pull, string title, string body, CancellationToken cancellation)
    {
        var answer = await _http.WriteAsync(HttpMethod.Patch, $"{Root}/pullrequests/{Number(pull.Number)}?{Version}", json =>
        {
            json.WriteString("title", title);
            json.WriteString("description", body);
        }, cancellation).ConfigureAwait(false);
        if (answer.Problem is { } problem) return problem;
        return answer.Value!.IsSuccess ? PullOf(answer.Value.Root) : Refuse("The pull request was not changed", answer.Value);
    }

    /// <inheritdoc/>
    public void Dispose() => _http.Dispose();

    /// <summary>A push answers with a success also when a single ref was turned down.</summary>
    private static HostAnswer<string> Made(JsonElement push, CommitOrder order)
    {
        var update = push.Items("refUpdates").FirstOrDefault();
        var commit = push.Items("commits").Select(c => c.Text("commitId")).FirstOrDefault(id => id.Length > 0) ?? update.Text("newObjectId");
        return update.Text("updateStatus") switch
        {
            "" or "succeeded" => commit,
            "staleOldObjectId" or "nonFastForward" => new HostProblem.Overtaken($"The branch `{order.Branch}` was moved meanwhile."),
            var other => new HostProblem.Refused($"The branch `{order.Branch}` was not written: {other}.", null),
        };
    }

    private static void WriteChange(Utf8JsonWriter json, CommitFile file)
    {
        json.WriteStartObject();
        json.WriteString("changeType", file.Content is null ? "delete" : file.Replaced is null ? "add" : "edit");
        json.WriteStartObject("item");
        json.WriteString("path", "/" + file.Path);
        json.WriteEndObject();
        if (file.Content is { } content)
        {
            json.WriteStartObject("newContent");
            json.WriteString("content", Convert.ToBase64String(content.Span));
            json.WriteString("contentType", "base64encoded");
            json.WriteEndObject();
        }

        json.WriteEndObject();
    }

    private async Task<HostAnswer<IReadOnlyList<PullRequest>>> ListAsync(string query, Func<PullRequest, bool> isWanted, CancellationToken cancellation)
    {
        var pulls = new List<PullRequest>();
        for (var skip = 0; ; skip += Page)
        {
            var answer = await _http.GetAsync($"{Root}/pullrequests?{query}&$top={Number(Page)}&$skip={Number(skip)}&{Version}", cancellation).ConfigureAwait(false);
            if (answer.Problem is { } problem) return problem;
            var page = answer.Value!.Root.Items("value").ToList();
            pulls.AddRange(page.Where(p => p.Member("forkSource").ValueKind != JsonValueKind.Object).Select(PullOf).Where(isWanted));
            if (page.Count < Page) return HostAnswer<IReadOnlyList<PullRequest>>.FromT(pulls);
        }
    }

    private PullRequest PullOf(JsonElement pull)
    {
        var state = pull.Text("status") switch
        {
            "active" => PullState.Open,
            "completed" => PullState.Merged,
            _ => PullState.Closed,
        };
        var number = pull.Number("pullRequestId");
        return new PullRequest(number, state, Short(pull.Text("sourceRefName")), pull.Text("title"), pull.Text("description"), _web + Number(number))
        {
            OpenedAt = pull.Time("creationDate"),
            EndedAt = pull.Time("closedDate"),
        };
    }

    private static string Short(string reference) => reference.StartsWith("refs/heads/", StringComparison.Ordinal) ? reference[11..] : reference;

    private static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);

    private static HostProblem Refuse(string what, ForgeReply reply) => new HostProblem.Refused($"{what}: {reply.Message}", null);
}

using System.Collections.Specialized;
using System.Globalization;
using System.Text;

namespace AksInsights.Tests.Forges;

/// <summary>GitLab's REST interface, version 4, for one project in two groups.</summary>
internal sealed class FakeGitLab(BareRepository repository) : FakeForge(repository)
{
    private const string Root = "/api/v4/projects/shop%2Fplatform%2Fmanifests";

    protected override FakeAnswer? Authenticate(NameValueCollection headers) =>
        headers["PRIVATE-TOKEN"] == Token || headers["Authorization"] == "Bearer " + Token ? null : FakeAnswer.Json(401, new { message = "401 Unauthorized" });

    protected override FakeAnswer Answer(FakeRequest request)
    {
        if (!request.Path.StartsWith(Root, StringComparison.Ordinal)) return Unknown(request);
        return (request.Method, request.Path[Root.Length..].Split('/', StringSplitOptions.RemoveEmptyEntries).Select(Uri.UnescapeDataString).ToArray()) switch
        {
            ("GET", []) => FakeAnswer.Json(200, new { id = 1, path_with_namespace = "shop/platform/manifests", default_branch = "main" }),
            ("GET", ["repository", "branches", var branch]) => Repository.Head(branch) is { } sha
                ? FakeAnswer.Json(200, new { name = branch, commit = new { id = sha } })
                : FakeAnswer.Json(404, new { message = "404 Branch Not Found" }),
            ("GET", ["repository", "commits", var sha]) => FakeAnswer.Json(200, CommitOf(sha)),
            ("GET", ["repository", "files", var path]) => GetFile(request, path),
            ("POST", ["repository", "commits"]) => PostCommit(request),
            ("GET", ["merge_requests"]) => GetMerges(request),
            ("POST", ["merge_requests"]) => PostMerge(request),
            ("PUT", ["merge_requests", var number]) => PutMerge(request, int.Parse(number, CultureInfo.InvariantCulture)),
            _ => Unknown(request),
        };
    }

    private static FakeAnswer Bad(string message) => FakeAnswer.Json(400, new { message });

    private object CommitOf(string sha) => new
    {
        id = sha,
        message = Repository.Git("log", "-1", "--format=%B", sha),
        parent_ids = Repository.Git("log", "-1", "--format=%P", sha).Split(' ', StringSplitOptions.RemoveEmptyEntries),
    };

    private FakeAnswer GetFile(FakeRequest request, string path)
    {
        var reference = request.Query["ref"];
        if (reference is null) return FakeAnswer.Json(400, new { error = "ref is missing, ref is empty" });
        if (Repository.Read(reference, path) is not { } content) return FakeAnswer.Json(404, new { message = "404 File Not Found" });
        return FakeAnswer.Json(200, new { file_path = path, encoding = "base64", content = Convert.ToBase64String(content), last_commit_id = LastChange(reference, path), execute_filemode = false });
    }

    private string LastChange(string commit, string path) => Repository.Git("log", "-1", "--format=%H", commit, "--", path);

    private FakeAnswer PostCommit(FakeRequest request)
    {
        Check(request, request.Json, ["branch", "commit_message", "actions"], ["start_branch", "start_sha", "start_project", "author_email", "author_name", "stats", "force"]);
        var branch = request.Json.GetProperty("branch").GetString()!;
        if (IsProtected(branch)) return FakeAnswer.Json(403, new { message = "403 Forbidden - You are not allowed to push into this branch" });
        var head = Repository.Head(branch);
        string? start = null;
        if (request.Json.TryGetProperty("start_sha", out var sha)) start = sha.GetString();
        else if (request.Json.TryGetProperty("start_branch", out var from)) start = Repository.Head(from.GetString()!);
        if (start is not null && head is not null) return Bad($"A branch called '{branch}' already exists. Switch to that branch in order to make changes");
        if ((start ?? head) is not { } parent) return Bad("You can only create or edit files when you are on a branch");
        var entries = new List<(string, string, string?)>();
        foreach (var action in request.Json.GetProperty("actions").EnumerateArray())
        {
            Check(request, action, ["action", "file_path"], ["previous_path", "content", "encoding", "last_commit_id", "execute_filemode"]);
            var (kind, path) = (action.GetProperty("action").GetString(), action.GetProperty("file_path").GetString()!);
            var there = Repository.Entry(parent, path);
            if (kind == "create" && there is not null) return Bad("A file with this name already exists");
            if (kind is "update" or "delete" && there is null) return Bad("A file with this name doesn't exist");
            if (action.TryGetProperty("last_commit_id", out var last) && last.GetString() != LastChange(parent, path))
                return Bad($"You are attempting to {kind} a file that has changed since you started editing it.");
            var text = kind == "delete" ? null : action.GetProperty("content").GetString();
            var isBase64 = action.TryGetProperty("encoding", out var encoding) && encoding.GetString() == "base64";
            entries.Add((path, there?.Mode ?? "100644", text is null ? null : Repository.WriteBlob(isBase64 ? Convert.FromBase64String(text) : Encoding.UTF8.GetBytes(text))));
        }

        var made = Repository.WriteCommit(Repository.WriteTree(parent, entries), [parent], request.Json.GetProperty("commit_message").GetString()!);
        return Repository.TryMove(branch, made, head) ? FakeAnswer.Json(201, CommitOf(made)) : Bad("Could not update branch. Please refresh and try again.");
    }

    private FakeAnswer GetMerges(FakeRequest request)
    {
        var state = request.Query["state"] ?? "all";
        var found = Pulls.Where(p => request.Query["source_branch"] is not { } source || source == p.Branch)
            .Where(p => request.Query["target_branch"] is not { } target || target == p.Target)
            .Where(p => state == "all" || StateOf(p) == state).OrderByDescending(p => p.Number).ToList();
        var page = int.Parse(request.Query["page"] ?? "1", CultureInfo.InvariantCulture);
        var size = Math.Min(PageSize, int.Parse(request.Query["per_page"] ?? "20", CultureInfo.InvariantCulture));
        var answer = FakeAnswer.Json(200, found.Skip((page - 1) * size).Take(size).Select(Of));
        return page * size < found.Count ? answer.With("Link", $"<{Url.ToString().TrimEnd('/')}{Root}/merge_requests?state={state}&per_page={size}&page={page + 1}>; rel=\"next\"") : answer;
    }

    private FakeAnswer PostMerge(FakeRequest request)
    {
        Check(request, request.Json, ["source_branch", "target_branch", "title"], ["description", "labels", "remove_source_branch", "squash", "assignee_ids", "reviewer_ids"]);
        var (branch, target) = (request.Json.GetProperty("source_branch").GetString()!, request.Json.GetProperty("target_branch").GetString()!);
        if (Pulls.Find(p => p.Branch == branch && p.Target == target && p.State == "open") is { } open)
            return FakeAnswer.Json(409, new { message = new[] { $"Another open merge request already exists for this source branch: !{open.Number}" } });
        var body = request.Json.TryGetProperty("description", out var description) ? description.GetString()! : "";
        var pull = new FakePull { Number = Pulls.Count + 1, Branch = branch, Target = target, Title = request.Json.GetProperty("title").GetString()!, Body = body };
        Pulls.Add(pull);
        return FakeAnswer.Json(201, Of(pull));
    }

    private FakeAnswer PutMerge(FakeRequest request, int number)
    {
        Check(request, request.Json, [], ["title", "description", "state_event", "labels", "target_branch"]);
        var pull = Pulls[number - 1];
        if (request.Json.TryGetProperty("title", out var title)) pull.Title = title.GetString()!;
        if (request.Json.TryGetProperty("description", out var body)) pull.Body = body.GetString()!;
        return FakeAnswer.Json(200, Of(pull));
    }

    private static string StateOf(FakePull pull) => pull.State == "open" ? "opened" : pull.State;

    private static object Of(FakePull pull) => new
    {
        iid = pull.Number,
        state = StateOf(pull),
        title = pull.Title,
        description = pull.Body,
        created_at = "2026-01-05T10:30:00.000+01:00",
        merged_at = pull.State == "merged" ? "2026-01-05T11:00:00.000+01:00" : null,
        closed_at = pull.State == "closed" ? "2026-01-05T10:00:00.000Z" : null,
        source_branch = pull.Branch,
        target_branch = pull.Target,
        source_project_id = 1,
        target_project_id = 1,
        web_url = $"https://gitlab.example/shop/platform/manifests/-/merge_requests/{pull.Number}",
    };
}

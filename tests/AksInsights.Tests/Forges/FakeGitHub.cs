using System.Collections.Specialized;
using System.Globalization;
using System.Text.RegularExpressions;

namespace AksInsights.Tests.Forges;

/// <summary>GitHub's REST interface for one repository, as its OpenAPI description says: what it takes, what it gives, and with which words it refuses.</summary>
internal sealed class FakeGitHub(BareRepository repository) : FakeForge(repository)
{
    private const string Root = "/repos/shop/manifests";

    protected override FakeAnswer? Authenticate(NameValueCollection headers)
    {
        if (headers["User-Agent"] is null) return FakeAnswer.Page(403, "Request forbidden by administrative rules.");
        return headers["Authorization"]?.ToLowerInvariant() is $"bearer {Token}" or $"token {Token}" ? null : FakeAnswer.Json(401, new { message = "Bad credentials" });
    }

    protected override FakeAnswer Answer(FakeRequest request)
    {
        if (!request.Path.StartsWith(Root, StringComparison.Ordinal)) return Unknown(request);
        var path = Uri.UnescapeDataString(request.Path[Root.Length..]);
        return (request.Method, path.Split('/', 4, StringSplitOptions.RemoveEmptyEntries)) switch
        {
            ("GET", []) => FakeAnswer.Json(200, new { full_name = "shop/manifests", default_branch = "main" }),
            ("GET", ["git", "ref", "heads", var branch]) => GetRef(branch),
            ("GET", ["git", "commits", var sha]) => GetCommit(sha),
            ("GET", ["git", "trees", var sha]) => GetTree(sha),
            ("GET", ["git", "blobs", var sha]) => GetBlob(sha),
            ("POST", ["git", "blobs"]) => PostBlob(request),
            ("POST", ["git", "trees"]) => PostTree(request),
            ("POST", ["git", "commits"]) => PostCommit(request),
            ("POST", ["git", "refs"]) => PostRef(request),
            ("PATCH", ["git", "refs", "heads", var branch]) => PatchRef(request, branch),
            ("GET", ["pulls"]) => GetPulls(request),
            ("POST", ["pulls"]) => PostPull(request),
            ("PATCH", ["pulls", var number]) => PatchPull(request, int.Parse(number, CultureInfo.InvariantCulture)),
            _ => Unknown(request),
        };
    }

    private static FakeAnswer NotFound => FakeAnswer.Json(404, new { message = "Not Found", documentation_url = "https://docs.github.com/rest", status = "404" });

    private static FakeAnswer Invalid(string message) => FakeAnswer.Json(422, new { message, documentation_url = "https://docs.github.com/rest", status = "422" });

    private FakeAnswer GetRef(string branch) =>
        Repository.Head(branch) is { } sha ? FakeAnswer.Json(200, RefOf(branch, sha)) : NotFound;

    private static object RefOf(string branch, string sha) => new { @ref = $"refs/heads/{branch}", @object = new { type = "commit", sha } };

    private FakeAnswer GetCommit(string sha)
    {
        if (!Regex.IsMatch(sha, "^[0-9a-f]{40}$")) return Invalid("The SHA parameter must be exactly 40 characters and contain only [0-9a-f].");
        return FakeAnswer.Json(200, CommitOf(sha));
    }

    private object CommitOf(string sha) => new
    {
        sha,
        tree = new { sha = Repository.Git("rev-parse", sha + "^{tree}") },
        message = Repository.Git("log", "-1", "--format=%B", sha),
        parents = Repository.Git("log", "-1", "--format=%P", sha).Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(p => new { sha = p }),
    };

    private FakeAnswer GetTree(string sha) => FakeAnswer.Json(200, new
    {
        sha,
        truncated = false,
        tree = Repository.Git("ls-tree", sha).Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(l => l.Split(' ', '\t')).Select(e => new { path = e[3], mode = e[0], type = e[1], sha = e[2] }),
    });

    private FakeAnswer GetBlob(string sha)
    {
        // Lines of 60 characters, as GitHub wraps them.
        var text = Convert.ToBase64String(Repository.Blob(sha));
        return FakeAnswer.Json(200, new { sha, encoding = "base64", content = string.Concat(text.Chunk(60).Select(c => new string(c) + "\n")) });
    }

    private FakeAnswer PostBlob(FakeRequest request)
    {
        Check(request, request.Json, ["content"], ["encoding"]);
        var content = request.Json.GetProperty("content").GetString()!;
        var isBase64 = request.Json.TryGetProperty("encoding", out var encoding) && encoding.GetString() == "base64";
        var sha = Repository.WriteBlob(isBase64 ? Convert.FromBase64String(content) : System.Text.Encoding.UTF8.GetBytes(content));
        return FakeAnswer.Json(201, new { sha, url = "" });
    }

    private FakeAnswer PostTree(FakeRequest request)
    {
        Check(request, request.Json, ["tree"], ["base_tree"]);
        var entries = new List<(string, string, string?)>();
        foreach (var entry in request.Json.GetProperty("tree").EnumerateArray())
        {
            Check(request, entry, [], ["path", "mode", "type", "sha", "content"]);
            var mode = entry.GetProperty("mode").GetString()!;
            if (mode is not ("100644" or "100755" or "040000" or "160000" or "120000")) return Invalid("Must supply a valid tree.mode");
            var blob = entry.TryGetProperty("content", out var content) ? Repository.WriteBlob(System.Text.Encoding.UTF8.GetBytes(content.GetString()!)) : entry.GetProperty("sha").GetString();
            entries.Add((entry.GetProperty("path").GetString()!, mode, blob));
        }

        var sha = Repository.WriteTree(request.Json.TryGetProperty("base_tree", out var parent) ? parent.GetString() : null, entries);
        return FakeAnswer.Json(201, new { sha, truncated = false, tree = Array.Empty<object>() });
    }

    private FakeAnswer PostCommit(FakeRequest request)
    {
        Check(request, request.Json, ["message", "tree"], ["parents", "author", "committer", "signature"]);
        var parents = request.Json.GetProperty("parents").EnumerateArray().Select(p => p.GetString()!);
        return FakeAnswer.Json(201, CommitOf(Repository.WriteCommit(request.Json.GetProperty("tree").GetString()!, parents, request.Json.GetProperty("message").GetString()!)));
    }

    private FakeAnswer PostRef(FakeRequest request)
    {
        Check(request, request.Json, ["ref", "sha"], []);
        var (name, sha) = (request.Json.GetProperty("ref").GetString()!, request.Json.GetProperty("sha").GetString()!);
        if (!name.StartsWith("refs/heads/", StringComparison.Ordinal)) return Invalid("Reference name must start with 'refs' and contain at least two slashes.");
        var branch = name[11..];
        if (IsProtected(branch)) return Invalid("Repository rule violations found\n\nCannot create ref due to creations being restricted.");
        return Repository.TryMove(branch, sha, null) ? FakeAnswer.Json(201, RefOf(branch, sha)) : Invalid("Reference already exists");
    }

    private FakeAnswer PatchRef(FakeRequest request, string branch)
    {
        Check(request, request.Json, ["sha"], ["force"]);
        var sha = request.Json.GetProperty("sha").GetString()!;
        var force = request.Json.TryGetProperty("force", out var forced) && forced.GetBoolean();
        if (Repository.Head(branch) is not { } old) return Invalid("Reference does not exist");
        if (IsProtected(branch)) return Invalid("Repository rule violations found\n\nCannot update this protected ref.");
        if (!force && !Repository.IsAncestor(old, sha)) return Invalid("Update is not a fast forward");
        return Repository.TryMove(branch, sha, old) ? FakeAnswer.Json(200, RefOf(branch, sha)) : FakeAnswer.Json(409, new { message = "Conflict" });
    }

    private FakeAnswer GetPulls(FakeRequest request)
    {
        var (head, target, state) = (request.Query["head"], request.Query["base"], request.Query["state"] ?? "open");
        if (head is not null && !head.Contains(':', StringComparison.Ordinal)) Violations.Enqueue($"{request}: `head` has no owner and would be ignored");
        var found = Pulls.Where(p => head is null || head == $"shop:{p.Branch}").Where(p => target is null || p.Target == target)
            .Where(p => state == "all" || (state == "open") == (p.State == "open")).OrderByDescending(p => p.Number).ToList();
        var page = int.Parse(request.Query["page"] ?? "1", CultureInfo.InvariantCulture);
        var size = Math.Min(PageSize, int.Parse(request.Query["per_page"] ?? "30", CultureInfo.InvariantCulture));
        var answer = FakeAnswer.Json(200, found.Skip((page - 1) * size).Take(size).Select(Of));
        return page * size < found.Count ? answer.With("Link", $"<{Url.ToString().TrimEnd('/')}{Root}/pulls?state={state}&per_page={size}&page={page + 1}>; rel=\"next\", <{Url}>; rel=\"last\"") : answer;
    }

    private FakeAnswer PostPull(FakeRequest request)
    {
        Check(request, request.Json, ["head", "base"], ["title", "head_repo", "body", "maintainer_can_modify", "draft", "issue"]);
        var (branch, target) = (request.Json.GetProperty("head").GetString()!, request.Json.GetProperty("base").GetString()!);
        object Failed(string message) => new { message = "Validation Failed", errors = new[] { new { resource = "PullRequest", code = "custom", message } }, status = "422" };
        if (Repository.Head(branch) is null) return FakeAnswer.Json(422, Failed("Head sha can't be blank"));
        if (Pulls.Exists(p => p.Branch == branch && p.Target == target && p.State == "open")) return FakeAnswer.Json(422, Failed($"A pull request already exists for shop:{branch}."));
        if (Repository.Commits(branch).Count == 0) return FakeAnswer.Json(422, Failed($"No commits between {target} and {branch}"));
        if (request.Json.GetProperty("body").GetString()!.Length > 65_536) return FakeAnswer.Json(422, Failed("body is too long (maximum is 65536 characters)"));
        var pull = new FakePull { Number = Pulls.Count + 1, Branch = branch, Target = target, Title = request.Json.GetProperty("title").GetString()!, Body = request.Json.GetProperty("body").GetString()! };
        Pulls.Add(pull);
        return FakeAnswer.Json(201, Of(pull));
    }

    private FakeAnswer PatchPull(FakeRequest request, int number)
    {
        Check(request, request.Json, [], ["title", "body", "state", "base", "maintainer_can_modify"]);
        var pull = Pulls[number - 1];
        if (request.Json.TryGetProperty("title", out var title)) pull.Title = title.GetString()!;
        if (request.Json.TryGetProperty("body", out var body)) pull.Body = body.GetString()!;
        if (request.Json.TryGetProperty("state", out var state)) pull.State = state.GetString()!;
        return FakeAnswer.Json(200, Of(pull));
    }

    private static object Of(FakePull pull) => new
    {
        number = pull.Number,
        state = pull.State == "open" ? "open" : "closed",
        created_at = "2026-01-05T09:30:00Z",
        merged_at = pull.State == "merged" ? "2026-01-05T10:00:00Z" : null,
        closed_at = pull.State != "open" ? "2026-01-05T10:00:00Z" : null,
        title = pull.Title,
        body = pull.Body,
        html_url = $"https://github.example/shop/manifests/pull/{pull.Number}",
        head = new { @ref = pull.Branch, label = $"shop:{pull.Branch}", repo = new { full_name = "shop/manifests" } },
        @base = new { @ref = pull.Target },
    };
}

using System.Collections.Specialized;
using System.Globalization;
using System.Text;
using System.Text.Json;

namespace AksInsights.Tests.Forges;

/// <summary>Azure DevOps' REST interface for one repository, as the description git 7.1 says.</summary>
internal sealed class FakeAzureDevOps(BareRepository repository) : FakeForge(repository)
{
    private const string Root = "/org/shop/_apis/git/repositories/manifests";
    private const int MostOfDescription = 4_000;

    protected override FakeAnswer? Authenticate(NameValueCollection headers) =>
        headers["Authorization"] is { } given && (given == "Basic " + Convert.ToBase64String(Encoding.UTF8.GetBytes(":" + Token)) || given == "Basic " + Convert.ToBase64String(Encoding.UTF8.GetBytes("PAT:" + Token)))
            ? null
            : FakeAnswer.Page(203, "<html>Sign in to your account</html>");

    protected override FakeAnswer Answer(FakeRequest request)
    {
        if (LocationAnswer(request) is { } location) return location;
        if (!request.Path.StartsWith(Root, StringComparison.OrdinalIgnoreCase)) return Unknown(request);
        if (request.Query["api-version"] is not "7.1" && !request.IsFromOfficialClient) Violations.Enqueue($"{request}: no api-version");
        var path = Uri.UnescapeDataString(request.Path[Root.Length..]);
        return (request.Method, path.Split('/', StringSplitOptions.RemoveEmptyEntries).Select(p => p.ToLowerInvariant()).ToArray()) switch
        {
            ("GET", []) => FakeAnswer.Json(200, new { id = "1", name = "manifests", defaultBranch = "refs/heads/main" }),
            ("GET", ["refs"]) => GetRefs(request),
            ("GET", ["commits", var sha]) => GetCommit(sha),
            ("GET", ["items"]) => GetItem(request),
            ("GET", ["blobs", var sha]) => GetBlob(request, sha),
            ("POST", ["pushes"]) => PostPush(request),
            ("GET", ["pullrequests"]) => GetPulls(request),
            ("POST", ["pullrequests"]) => PostPull(request),
            ("GET", ["pullrequests", var number]) => FakeAnswer.Json(200, Of(Pulls[int.Parse(number, CultureInfo.InvariantCulture) - 1], isWhole: true)),
            ("PATCH", ["pullrequests", var number]) => PatchPull(request, int.Parse(number, CultureInfo.InvariantCulture)),
            _ => Unknown(request),
        };
    }

    private static FakeAnswer Fault(int status, string code, string message, string key) => FakeAnswer.Json(status, new
    {
        id = "1",
        message = $"{code}: {message}",
        typeName = $"Microsoft.TeamFoundation.Git.Server.{key}, Microsoft.TeamFoundation.Git.Server",
        typeKey = key,
        errorCode = 0,
        eventId = 3000,
    });

    /// <summary>Where things are, which the official client asks before it asks for them.</summary>
    private static FakeAnswer? LocationAnswer(FakeRequest request)
    {
        static object Place(string id, string area, string name, string template) =>
            new { id, area, resourceName = name, routeTemplate = template, resourceVersion = 2, minVersion = "1.0", maxVersion = "7.2", releasedVersion = "7.1" };
        const string Repositories = "{project}/_apis/{area}/repositories/{repositoryId}/{resource}";
        if (request.Path.Contains("_apis/resourceareas", StringComparison.OrdinalIgnoreCase)) return FakeAnswer.Json(200, new { count = 0, value = Array.Empty<object>() });
        if (request.Method != "OPTIONS") return null;
        object[] places = request.Path.EndsWith("/_apis/git", StringComparison.OrdinalIgnoreCase)
            ? [
                Place("ea98d07b-3c87-4971-8ede-a613694ffb55", "git", "pushes", Repositories + "/{pushId}"),
                Place("9946fd70-0d40-406e-b686-b4744cbbcc37", "git", "pullRequests", Repositories + "/{pullRequestId}"),
                Place("2d874a60-a811-4f62-9c9f-963a6ea0a55b", "git", "refs", Repositories),
            ]
            : [Place("e81700f7-3be2-46de-8624-2eb35882fcaa", "Location", "ResourceAreas", "_apis/{resource}/{areaId}")];
        return FakeAnswer.Json(200, new { count = places.Length, value = places });
    }

    private FakeAnswer GetRefs(FakeRequest request)
    {
        var lines = Repository.Git("for-each-ref", "--format=%(refname) %(objectname)").Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(l => l.Split(' '));
        var value = lines.Where(l => l[0].StartsWith("refs/" + request.Query["filter"], StringComparison.Ordinal)).Select(l => new { name = l[0], objectId = l[1] }).ToList();
        return FakeAnswer.Json(200, new { count = value.Count, value });
    }

    private FakeAnswer GetCommit(string sha) => FakeAnswer.Json(200, new
    {
        commitId = sha,
        treeId = Repository.Git("rev-parse", sha + "^{tree}"),
        comment = Repository.Git("log", "-1", "--format=%B", sha),
        parents = Repository.Git("log", "-1", "--format=%P", sha).Split(' ', StringSplitOptions.RemoveEmptyEntries),
    });

    private FakeAnswer GetItem(FakeRequest request)
    {
        if (request.Query["versionDescriptor.versionType"] != "commit") Violations.Enqueue($"{request}: without a type the version is a branch");
        var path = request.Query["path"]!;
        return Repository.Entry(request.Query["versionDescriptor.version"]!, path.TrimStart('/')) is { } entry
            ? FakeAnswer.Json(200, new { objectId = entry.Hash, gitObjectType = entry.Mode == "040000" ? "tree" : "blob", path })
            : Fault(404, "TF401174", $"The item '{path}' could not be found in the repository 'manifests'.", "GitItemNotFoundException");
    }

    private FakeAnswer GetBlob(FakeRequest request, string sha)
    {
        if (request.Query["$format"] != "octetstream") Violations.Enqueue($"{request}: without a format this is a description, not the bytes");
        return new FakeAnswer(200, Repository.Blob(sha), "application/octet-stream");
    }

    private FakeAnswer PostPush(FakeRequest request)
    {
        Check(request, request.Json, ["refUpdates", "commits"], ["repository", "pushId"]);
        var (update, commit) = (request.Json.GetProperty("refUpdates")[0], request.Json.GetProperty("commits")[0]);
        Check(request, update, ["name", "oldObjectId"], ["newObjectId", "isLocked", "repositoryId"]);
        Check(request, commit, ["comment", "changes"], ["author", "committer", "parents"]);
        var (branch, old) = (update.GetProperty("name").GetString()![11..], update.GetProperty("oldObjectId").GetString()!);
        if (IsProtected(branch)) return Fault(403, "TF402455", $"Pushes to this branch are not permitted; you must use a pull request to update this branch.", "GitRefUpdateRejectedByPolicyException");
        var head = Repository.Head(branch);
        var (parent, isStale) = old.All(c => c == '0') ? (Repository.Head("main")!, head is not null) : (old, head is not null && head != old);
        if (isStale) return Fault(409, "TF401028", $"The reference 'refs/heads/{branch}' has already been updated by another client, so you cannot update it. Please try again.", "GitReferenceStaleException");
        var entries = new List<(string, string, string?)>();
        foreach (var change in commit.GetProperty("changes").EnumerateArray())
        {
            var path = change.GetProperty("item").GetProperty("path").GetString()!;
            if (!path.StartsWith('/')) Violations.Enqueue($"{request}: the path {path} does not begin with a slash");
            var kind = change.GetProperty("changeType") is { ValueKind: JsonValueKind.Number } number ? number.GetInt32() switch { 1 => "add", 2 => "edit", _ => "delete" } : change.GetProperty("changeType").GetString();
            var there = Repository.Entry(parent, path[1..]);
            if (kind == "add" && there is not null) return Fault(400, "TF401009", $"The path '{path}' specified in the add operation already exists.", "GitDuplicatePathException");
            if (kind != "add" && there is null) return Fault(400, "TF401010", $"The path '{path}' does not exist.", "GitItemNotFoundException");
            entries.Add((path[1..], there?.Mode ?? "100644", kind == "delete" ? null : Repository.WriteBlob(ContentOf(change.GetProperty("newContent")))));
        }

        var made = Repository.WriteCommit(Repository.WriteTree(parent, entries), [parent], commit.GetProperty("comment").GetString()!);
        if (!Repository.TryMove(branch, made, head)) return Fault(409, "TF401028", "The reference has already been updated by another client.", "GitReferenceStaleException");
        return FakeAnswer.Json(201, new { pushId = 1, commits = new[] { new { commitId = made } }, refUpdates = new[] { new { name = "refs/heads/" + branch, oldObjectId = old, newObjectId = made } } });
    }

    private static byte[] ContentOf(JsonElement content)
    {
        var text = content.GetProperty("content").GetString()!;
        var isBase64 = content.GetProperty("contentType") is { ValueKind: JsonValueKind.Number } number ? number.GetInt32() == 1 : content.GetProperty("contentType").GetString() == "base64encoded";
        return isBase64 ? Convert.FromBase64String(text) : Encoding.UTF8.GetBytes(text);
    }

    private FakeAnswer GetPulls(FakeRequest request)
    {
        string? Wanted(string name) => request.Query["searchCriteria." + name];
        var status = Wanted("status") ?? "active";
        var found = Pulls.Where(p => Wanted("sourceRefName") is not { } source || source == "refs/heads/" + p.Branch)
            .Where(p => Wanted("targetRefName") is not { } target || target == "refs/heads/" + p.Target)
            .Where(p => status is "all" or "4" || StatusOf(p) == status).OrderByDescending(p => p.Number)
            .Skip(int.Parse(request.Query["$skip"] ?? "0", CultureInfo.InvariantCulture)).Take(int.Parse(request.Query["$top"] ?? "101", CultureInfo.InvariantCulture)).ToList();
        return FakeAnswer.Json(200, new { count = found.Count, value = found.Select(p => Of(p, isWhole: false)) });
    }

    private FakeAnswer PostPull(FakeRequest request)
    {
        Check(request, request.Json, ["sourceRefName", "targetRefName", "title"], ["description", "isDraft", "reviewers", "labels", "workItemRefs"]);
        var (branch, target) = (request.Json.GetProperty("sourceRefName").GetString()![11..], request.Json.GetProperty("targetRefName").GetString()![11..]);
        var description = request.Json.GetProperty("description").GetString()!;
        if (description.Length > MostOfDescription) return Fault(400, "TF400898", "A description for a pull request must not be longer than 4000 characters.", "InvalidArgumentValueException");
        if (Repository.Head(branch) is null) return Fault(404, "TF401398", "The pull request cannot be activated because the source and/or the target branch no longer exists.", "GitPullRequestNotFoundException");
        if (Pulls.Exists(p => p.Branch == branch && p.Target == target && p.State == "open"))
            return Fault(409, "TF401179", "An active pull request for the source and target branch already exists.", "GitPullRequestExistsException");
        var pull = new FakePull { Number = Pulls.Count + 1, Branch = branch, Target = target, Title = request.Json.GetProperty("title").GetString()!, Body = description };
        Pulls.Add(pull);
        return FakeAnswer.Json(201, Of(pull, isWhole: true));
    }

    private FakeAnswer PatchPull(FakeRequest request, int number)
    {
        Check(request, request.Json, [], ["title", "description", "status", "autoCompleteSetBy", "completionOptions"]);
        var pull = Pulls[number - 1];
        if (request.Json.TryGetProperty("title", out var title)) pull.Title = title.GetString()!;
        if (request.Json.TryGetProperty("description", out var body)) pull.Body = body.GetString()!;
        return FakeAnswer.Json(200, Of(pull, isWhole: true));
    }

    private static string StatusOf(FakePull pull) => pull.State switch { "open" => "active", "merged" => "completed", _ => "abandoned" };

    // Lists cut descriptions off.
    private static object Of(FakePull pull, bool isWhole) => new
    {
        pullRequestId = pull.Number,
        status = StatusOf(pull),
        title = pull.Title,
        description = isWhole || pull.Body.Length <= 400 ? pull.Body : pull.Body[..400],
        creationDate = "2026-01-05T09:30:00.0000000Z",
        closedDate = pull.State != "open" ? "2026-01-05T10:00:00.0000000Z" : null,
        sourceRefName = "refs/heads/" + pull.Branch,
        targetRefName = "refs/heads/" + pull.Target,
    };
}

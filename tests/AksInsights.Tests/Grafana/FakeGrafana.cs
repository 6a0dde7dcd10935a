using System.Collections.Concurrent;
using AksInsights.Tests.Alerts;
using Newtonsoft.Json.Linq;

namespace AksInsights.Tests.Grafana;

/// <summary>
/// The parts of Grafana's HTTP API that a push uses, as its documentation describes them: versions, the kinds of 412, folders, provisioned dashboards, tokens.
/// </summary>
internal sealed class FakeGrafana : IAsyncDisposable
{
    public const string Token = "glsa_secret-token-of-the-test";

    private readonly Receiver _receiver = new();

    public FakeGrafana() => _receiver.Answer = Answer;

    public Uri Url => _receiver.Url;

    public ConcurrentDictionary<string, Stored> Dashboards { get; } = new();

    public ConcurrentDictionary<string, string> Folders { get; } = new();

    /// <summary>How often a dashboard was written.</summary>
    public int Writes { get; private set; }

    /// <summary>Looks at a request first, and may answer in its place; a status of 0 cuts the answer off.</summary>
    public Func<Received, (int Status, string Body)?> Before { get; set; } = _ => null;

    /// <summary>Whether the answer gets lost although what was asked was done.</summary>
    public Func<Received, bool> Loses { get; set; } = _ => false;

    public IEnumerable<Received> Requests => _receiver.Requests;

    public ValueTask DisposeAsync() => _receiver.DisposeAsync();

    /// <summary>What somebody does in the browser: the dashboard gets another content and a version.</summary>
    public void Edit(string uid, Action<JObject> edit)
    {
        var stored = Dashboards[uid];
        var content = (JObject)stored.Content.DeepClone();
        edit(content);
        content["version"] = stored.Version + 1;
        Dashboards[uid] = stored with { Content = content };
    }

    private (int, string, string?) Answer(Received request)
    {
        if (Before(request) is { } instead) return (instead.Status, instead.Body, null);
        var (status, body) = request.Headers.GetValueOrDefault("Authorization") == $"Bearer {Token}" ? Do(request) : (401, Message("Invalid API key"));
        return Loses(request) ? (0, "", null) : (status, body.ToString(), null);
    }

    private (int, JObject) Do(Received request)
    {
        if (request.Path.StartsWith("/api/dashboards/uid/", StringComparison.Ordinal))
        {
            return Dashboards.TryGetValue(request.Path["/api/dashboards/uid/".Length..], out var stored)
                ? (200, new JObject { ["meta"] = new JObject { ["folderUid"] = stored.Folder, ["provisioned"] = stored.IsProvisioned }, ["dashboard"] = stored.Content })
                : (404, Message("Dashboard not found"));
        }

        if (request.Path.StartsWith("/api/folders/", StringComparison.Ordinal))
        {
            var uid = request.Path["/api/folders/".Length..];
            return Folders.TryGetValue(uid, out var title) ? (200, new JObject { ["uid"] = uid, ["title"] = title }) : (404, Message("folder not found"));
        }

        var body = JObject.Parse(request.Body);
        if (request.Path == "/api/dashboards/db") return Save(body);
        if (request.Path != "/api/folders") return (404, Message("Not found"));
        return Folders.TryAdd((string)body["uid"]!, (string)body["title"]!) ? (200, body) : (412, Message("a folder with the same uid already exists"));
    }

    private (int, JObject) Save(JObject body)
    {
        var (dashboard, folder, overwrite) = ((JObject)body["dashboard"]!, (string?)body["folderUid"] ?? "", (bool?)body["overwrite"] ?? false);
        var uid = (string)dashboard["uid"]!;
        if (folder.Length > 0 && !Folders.ContainsKey(folder)) return (400, Message("folder not found"));
        var stored = Dashboards.GetValueOrDefault(uid);
        if (stored?.IsProvisioned == true) return (400, Message("Cannot save provisioned dashboard"));
        if (!overwrite && stored is not null && stored.Version != ((int?)dashboard["version"] ?? 0)) return (412, Kind("version-mismatch", "The dashboard has been changed by someone else"));
        if (Dashboards.FirstOrDefault(d => d.Key != uid && d.Value.Folder == folder && (string?)d.Value.Content["title"] == (string?)dashboard["title"]) is { Key: { } other })
        {
            if (!overwrite) return (412, Kind("name-exists", "A dashboard with the same name in the folder already exists"));
            Dashboards.TryRemove(other, out _);
        }

        var content = (JObject)dashboard.DeepClone();
        content["id"] = uid.Length;
        content["version"] = (stored?.Version ?? 0) + 1;
        Dashboards[uid] = new Stored(content, folder, false);
        Writes++;
        return (200, new JObject { ["status"] = "success", ["uid"] = uid, ["version"] = content["version"] });
    }

    private static JObject Message(string text) => new() { ["message"] = text };

    private static JObject Kind(string status, string text) => new() { ["status"] = status, ["message"] = text };

    /// <summary>A dashboard that is there.</summary>
    internal sealed record Stored(JObject Content, string Folder, bool IsProvisioned)
    {
        public int Version => (int?)Content["version"] ?? 0;
    }
}

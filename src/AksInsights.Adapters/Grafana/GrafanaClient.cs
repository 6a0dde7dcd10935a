using System.Net;
using AksInsights.Adapters.Forges;
using AksInsights.Core.Changes.Proposals;
using Newtonsoft.Json.Linq;

namespace AksInsights.Adapters.Grafana;

/// <summary>Dashboards and folders of a Grafana, by its HTTP API.</summary>
public sealed class GrafanaClient : ITokenHost, IDisposable
{
    private static readonly string[] Needed = ["dashboards:create", "dashboards:write", "folders:create", "folders:read"];

    private readonly GrafanaHttp _http;

    /// <summary>Makes a client.</summary>
    public GrafanaClient(GrafanaSettings settings)
    {
        Settings = settings;
        _http = new GrafanaHttp(settings);
    }

    /// <summary>Where it is, and how patient one is.</summary>
    public GrafanaSettings Settings { get; }

    /// <inheritdoc/>
    public async Task<HostAnswer<TokenStanding>> StandingAsync(CancellationToken cancellation)
    {
        var organisation = await _http.GetAsync("api/org", cancellation).ConfigureAwait(false);
        if (organisation.Problem is { } problem) return problem is HostProblem.Missing ? new HostProblem.Refused($"{Settings.Address.Host} is no Grafana.", "Give the address that people open it at.") : problem;
        var who = $"a service account of `{organisation.Value!.Root.Value<string>("name")}`";
        var permissions = await _http.GetAsync("api/access-control/user/permissions", cancellation).ConfigureAwait(false);
        // Where it does not tell, nothing is known to be missing.
        if (permissions.Problem is HostProblem.Missing or HostProblem.Refused) return new TokenStanding(who);
        if (permissions.Problem is { } trouble) return trouble;
        var missing = Needed.Where(right => !permissions.Value!.Root.ContainsKey(right)).ToList();
        return missing.Count == 0
            ? new TokenStanding(who)
            : new TokenStanding(who, $"It lacks {string.Join(", ", missing)}.", $"Give the service account of the token in {Settings.TokenName} the role Editor.");
    }

    /// <summary>Reads a dashboard; <see cref="HostProblem.Missing"/> when there is none of that uid.</summary>
    public async Task<HostAnswer<StoredDashboard>> FindAsync(string uid, CancellationToken cancellation)
    {
        var answer = await _http.GetAsync($"api/dashboards/uid/{Uri.EscapeDataString(uid)}", cancellation).ConfigureAwait(false);
        if (answer.Problem is { } problem) return problem;
        if (!answer.Value!.IsSuccess || answer.Value.Root["dashboard"] is not JObject dashboard || answer.Value.Root["meta"] is not JObject meta)
            return new HostProblem.Refused($"{Settings.Address.Host} did not give the dashboard {uid}: {answer.Value.Message}", null);
        return new StoredDashboard(dashboard, dashboard.Value<int?>("version") ?? 0, meta.Value<string>("folderUid") ?? "", meta.Value<bool?>("provisioned") ?? false);
    }

    /// <summary>
    /// Writes a dashboard. <see cref="HostProblem.Overtaken"/> when it has another version than <paramref name="version"/>, or is there although null was given;
    /// <see cref="HostProblem.Unsure"/> when no whole answer came, so that it may have been written.
    /// </summary>
    /// <param name="content">The dashboard.</param>
    /// <param name="folderUid">The folder; empty is the top.</param>
    /// <param name="version">The version that was read; null for one that was not there.</param>
    /// <param name="overwrite">Whether it is written whatever is there.</param>
    /// <param name="cancellation">Gives up.</param>
    /// <returns>The new version.</returns>
    public async Task<HostAnswer<int>> SaveAsync(JObject content, string folderUid, int? version, bool overwrite, CancellationToken cancellation)
    {
        var dashboard = (JObject)content.DeepClone();
        dashboard["id"] = null;
        dashboard.Remove("version");
        if (version is { } read) dashboard["version"] = read;
        var body = new JObject { ["dashboard"] = dashboard, ["folderUid"] = folderUid, ["message"] = "AksInsights", ["overwrite"] = overwrite };
        var answer = await _http.PostAsync("api/dashboards/db", body, cancellation).ConfigureAwait(false);
        if (answer.Problem is { } problem) return problem;
        var reply = answer.Value!;
        if (reply.IsSuccess) return reply.Root.Value<int?>("version") ?? 0;
        return (reply.Status, reply.Root.Value<string>("status")) switch
        {
            (HttpStatusCode.PreconditionFailed, "version-mismatch") => new HostProblem.Overtaken(reply.Message),
            (HttpStatusCode.PreconditionFailed, "name-exists") => new HostProblem.Refused($"The folder has a dashboard of this title under another uid: {reply.Message}", "Rename or delete that one, or let --overwrite take its place."),
            (HttpStatusCode.PreconditionFailed, "plugin-dashboard") => new HostProblem.Refused($"The uid belongs to a dashboard of a plugin: {reply.Message}", null),
            _ => new HostProblem.Refused($"{Settings.Address.Host} does not take it ({(int)reply.Status}): {reply.Message}", null),
        };
    }

    /// <summary>Makes a folder if it is not there; one that people renamed stays as it is.</summary>
    /// <returns>Whether it was made.</returns>
    public async Task<HostAnswer<bool>> EnsureFolderAsync(string uid, string title, CancellationToken cancellation)
    {
        if (await HasFolderAsync(uid, cancellation).ConfigureAwait(false) is var found && (found.Problem is not null || found.Value)) return found.Problem is { } problem ? problem : false;
        var made = await _http.PostAsync("api/folders", new JObject { ["uid"] = uid, ["title"] = title }, cancellation).ConfigureAwait(false);
        if (made.Problem is { } failure) return failure;
        if (made.Value!.IsSuccess) return true;
        // Somebody else may have made it in between.
        var again = await HasFolderAsync(uid, cancellation).ConfigureAwait(false);
        if (again.Problem is { } trouble) return trouble;
        return again.Value ? false : new HostProblem.Refused($"The folder {title} cannot be made: {made.Value.Message}", "Where a folder of this title is there under another uid, rename it.");
    }

    /// <summary>Whether there is a folder of a uid.</summary>
    public async Task<HostAnswer<bool>> HasFolderAsync(string uid, CancellationToken cancellation)
    {
        var answer = await _http.GetAsync($"api/folders/{Uri.EscapeDataString(uid)}", cancellation).ConfigureAwait(false);
        return answer.IsKnown(out var reply, out var problem) ? reply is not null && reply.IsSuccess : problem!;
    }

    /// <inheritdoc/>
    public void Dispose() => _http.Dispose();
}

/// <summary>A dashboard as Grafana has it.</summary>
/// <param name="Content">Its content, with its number and version.</param>
/// <param name="Version">How often it was saved.</param>
/// <param name="FolderUid">The folder it is in; empty for the top.</param>
/// <param name="IsProvisioned">Whether it comes from a file, so that it cannot be written.</param>
public sealed record StoredDashboard(JObject Content, int Version, string FolderUid, bool IsProvisioned);

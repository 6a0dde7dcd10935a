using AksInsights.Core.Changes.Proposals;
using AksInsights.Core.Dashboards;
using AksInsights.Core.Dashboards.Shipping;

namespace AksInsights.Adapters.Grafana;

/// <summary>Brings dashboards into a Grafana so that a second run changes nothing, wherever the first one ended.</summary>
/// <remarks>
/// Each is read, compared and, where it differs, written with the version that was read: what somebody else wrote in between is not lost. After an answer that did not
/// come it is read again, which tells whether it was written. A dashboard that people moved stays in its folder.
/// </remarks>
/// <param name="client">The Grafana.</param>
/// <param name="time">The clock to wait by.</param>
public sealed class DashboardPush(GrafanaClient client, TimeProvider time)
{
    private const int Tries = 4;

    // Longer than this nobody waits for a command.
    private static readonly TimeSpan MostWait = TimeSpan.FromSeconds(60);

    private readonly Dictionary<string, HostProblem?> _folders = new(StringComparer.Ordinal);

    /// <summary>Whether only is said what would be done.</summary>
    public bool IsDryRun { get; init; }

    /// <summary>Whether what others write at the same time, and other dashboards of the same title, are overwritten.</summary>
    public bool Overwrites { get; init; }

    /// <summary>Asks whether Grafana is there and lets in who asks; null when it does.</summary>
    public async Task<HostProblem?> CheckAsync(CancellationToken cancellation)
    {
        for (var attempt = 1; ; attempt++)
        {
            var answer = await client.HasFolderAsync(GrafanaNames.FolderUid(Dashboard.MainFolder), cancellation).ConfigureAwait(false);
            if (answer.Problem is null || !await IsAgainAsync(answer.Problem, attempt, cancellation).ConfigureAwait(false)) return answer.Problem;
        }
    }

    /// <summary>Brings one dashboard in.</summary>
    public async Task<PushOutcome> PushAsync(DashboardFile dashboard, CancellationToken cancellation)
    {
        var wanted = DashboardContent.Canonical(dashboard.Content);
        PushOutcome? sent = null;
        var overtaken = 0;
        for (var attempt = 1; ; attempt++)
        {
            var found = await client.FindAsync(dashboard.Uid, cancellation).ConfigureAwait(false);
            if (!found.IsKnown(out var stored, out var problem))
            {
                if (await IsAgainAsync(problem!, attempt, cancellation).ConfigureAwait(false)) continue;
                return Give(problem!);
            }

            var before = stored is null ? null : DashboardContent.Canonical(stored.Content);
            // What was sent and is there was written, whatever became of the answer.
            if (before == wanted) return sent ?? new PushOutcome.Unchanged();
            if (stored?.IsProvisioned == true) return new PushOutcome.Refused("It comes from a file of Grafana's provisioning.", "Change it there: `aksinsights dashboards generate --format provisioning`.");
            PushOutcome done = before is null ? new PushOutcome.Created() : new PushOutcome.Updated(before);
            if (IsDryRun) return done;
            if (stored is null && await FolderProblemAsync(dashboard.Folder, cancellation).ConfigureAwait(false) is { } trouble) return Give(trouble);
            var folder = stored?.FolderUid ?? GrafanaNames.FolderUid(dashboard.Folder);
            var saved = await client.SaveAsync(dashboard.Content, folder, stored?.Version, Overwrites, cancellation).ConfigureAwait(false);
            if (saved.Problem is null) return done;
            if (saved.Problem is HostProblem.Overtaken lost && ++overtaken > 1) return new PushOutcome.Conflict(lost.Reason);
            if (saved.Problem is HostProblem.Unsure) sent = done;
            if (saved.Problem is not HostProblem.Overtaken && !await IsAgainAsync(saved.Problem, attempt, cancellation).ConfigureAwait(false)) return Give(saved.Problem);
        }
    }

    /// <summary>Why a dashboard's folder cannot be had; asked once for each.</summary>
    private async Task<HostProblem?> FolderProblemAsync(string title, CancellationToken cancellation)
    {
        if (_folders.TryGetValue(title, out var known)) return known;
        for (var attempt = 1; ; attempt++)
        {
            var made = await client.EnsureFolderAsync(GrafanaNames.FolderUid(title), title, cancellation).ConfigureAwait(false);
            if (made.Problem is null || !await IsAgainAsync(made.Problem, attempt, cancellation).ConfigureAwait(false)) return _folders[title] = made.Problem;
        }
    }

    /// <summary>Waits where it may be better afterwards; false when it is no use.</summary>
    private async Task<bool> IsAgainAsync(HostProblem problem, int attempt, CancellationToken cancellation)
    {
        TimeSpan? wait = problem switch
        {
            HostProblem.Unsure => client.Settings.BackOff * (1 << (attempt - 1)),
            HostProblem.Busy busy when busy.After <= MostWait => busy.After,
            _ => null,
        };
        if (wait is not { } pause || attempt >= Tries) return false;
        await Task.Delay(pause, time, cancellation).ConfigureAwait(false);
        return true;
    }

    private static PushOutcome Give(HostProblem problem) => problem switch
    {
        HostProblem.Refused refused => new PushOutcome.Refused(refused.Reason, refused.Help),
        HostProblem.Overtaken overtaken => new PushOutcome.Conflict(overtaken.Reason),
        _ => new PushOutcome.Failed(problem.Reason),
    };
}

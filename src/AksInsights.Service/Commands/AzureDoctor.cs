using System.Diagnostics;
using AksInsights.Adapters.Workspaces.LogAnalytics;
using AksInsights.Core.Queries;
using AksInsights.Core.Secrets;
using AksInsights.Core.Workspaces;
using AksInsights.Service.Hosting;
using AksInsights.Service.Workspaces;

namespace AksInsights.Service.Commands;

/// <summary>The part of <c>doctor</c> about Azure: who asks, what they may read, which tables there are, how fresh they are, and whether the clocks agree.</summary>
internal static class AzureDoctor
{
    private static readonly TimeSpan MostSkew = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan Fresh = TimeSpan.FromMinutes(20);

    /// <summary>Looks at the identity once, and at each workspace.</summary>
    public static async Task<IReadOnlyList<Advice>> LookAsync(
        AzureSettings azure, IReadOnlyList<WorkspaceSettings> workspaces, QueryLibrary? library, TimeProvider time, CancellationToken cancellation)
    {
        var endpoint = azure.Endpoint ?? azure.Cloud.LogsEndpoint;
        var identity = await CredentialProbe.AskAsync(azure.Credential, azure.Cloud, azure.Tenant, azure.Client, cancellation).ConfigureAwait(false);
        var found = new List<Advice> { Credential(identity), await ClockAsync(endpoint, time, cancellation).ConfigureAwait(false) };
        // Without a token every workspace would say the same.
        if (identity is CredentialAnswer.None) return found;
        var connection = new AzureConnection(azure, time);
        foreach (var settings in workspaces.Where(workspace => workspace.Azure is not null))
        {
            var seen = await WorkspaceAsync(connection.Workspace(settings.Azure!, settings.Name), library, time, cancellation).ConfigureAwait(false);
            found.AddRange(seen.Select(advice => advice with { Subject = $"{settings.Name}: {advice.Subject}" }));
        }

        return found;
    }

    private static Advice Credential(CredentialAnswer answer) => answer switch
    {
        CredentialAnswer.Token token => new Advice(AdviceState.Good, "credential", $"{token.Credential} gave a token{(token.Who is null ? "" : $" for {token.Who}")}, valid until {token.ExpiresOn:yyyy-MM-dd HH:mm}Z."),
        CredentialAnswer.None none => new Advice(AdviceState.Wrong, "credential", none.Reason, $"`Azure:Credential` chooses where the identity comes from: {string.Join(", ", AzureCredentials.Names.Select(n => $"`{n}`"))}. For a first try: az login."),
        _ => throw new UnreachableException(),
    };

    private static async Task<Advice> ClockAsync(Uri endpoint, TimeProvider time, CancellationToken cancellation)
    {
        using var client = new HttpClient { Timeout = TimeSpan.FromSeconds(20) };
        try
        {
            var before = time.GetUtcNow();
            using var answer = await client.GetAsync(endpoint, HttpCompletionOption.ResponseHeadersRead, cancellation).ConfigureAwait(false);
            if (answer.Headers.Date is not { } there) return new Advice(AdviceState.Doubtful, "clock of Azure", $"{endpoint.Host} does not say what time it has.");
            var skew = (before + ((time.GetUtcNow() - before) / 2) - there).Duration();
            return skew > MostSkew
                ? new Advice(AdviceState.Wrong, "clock of Azure", $"it differs from ours by {skew.TotalSeconds:0} s.", "Set the clock of this machine (NTP): windows end at wrong moments, and tokens are refused.")
                : new Advice(AdviceState.Good, "clock of Azure", $"it agrees with ours within {Math.Max(1, Math.Ceiling(skew.TotalSeconds)):0} s.");
        }
        catch (Exception trouble) when (trouble is HttpRequestException or IOException || (trouble is OperationCanceledException && !cancellation.IsCancellationRequested))
        {
            return new Advice(AdviceState.Wrong, "connection", $"{endpoint.Host} cannot be reached: {AddressCredentials.HideIn(trouble.Message).TrimEnd('.')}.", "See that names resolve, that port 443 is open, and whether a proxy is needed (HTTPS_PROXY).");
        }
    }

    private static async Task<IReadOnlyList<Advice>> WorkspaceAsync(AzureWorkspace workspace, QueryLibrary? library, TimeProvider time, CancellationToken cancellation)
    {
        switch (await workspace.QueryAsync(new WorkspaceQuery($"{FreshnessProbe.HeartbeatTable} | take 1"), cancellation).ConfigureAwait(false))
        {
            // The reason names the identity, and what to grant to whom.
            case WorkspaceResult.Failed failed: return [new Advice(AdviceState.Wrong, "permission", failed.Reason)];
            case WorkspaceResult.Partial partial: return [new Advice(AdviceState.Doubtful, "permission", $"it may be read, but the answer was not whole: {partial.Reason}")];
            default: break;
        }

        var found = new List<Advice> { new(AdviceState.Good, "permission", "its rows may be read.") };
        var checks = library?.Checks ?? [];
        var tables = checks.Where(query => query.Metadata.Source == QuerySource.LogAnalytics).SelectMany(query => query.Metadata.Requires.Tables).Distinct().Order(StringComparer.Ordinal).ToList();
        var health = await new FreshnessProbe(workspace).MeasureAsync(tables, time.GetUtcNow(), cancellation).ConfigureAwait(false);
        found.Add(Tables(health, checks));
        found.Add(Freshness(health));
        if (checks.Any(query => query.Metadata.Source == QuerySource.ResourceGraph)) found.Add(await GraphAsync(workspace, cancellation).ConfigureAwait(false));
        return found;
    }

    private static Advice Tables(WorkspaceHealth health, IReadOnlyList<QueryDefinition> checks)
    {
        var unknown = health.Tables.Values.OfType<TableHealth.Unknown>().FirstOrDefault();
        if (unknown is not null) return new Advice(AdviceState.Wrong, "tables", unknown.Reason);
        var missing = health.Tables.Where(table => table.Value is TableHealth.Missing or TableHealth.Known { Clusters.Count: 0 }).Select(table => table.Key).Order(StringComparer.Ordinal).ToList();
        if (missing.Count == 0) return new Advice(AdviceState.Good, "tables", $"all {health.Tables.Count} that the checks read have rows of the last day.");
        var blind = checks.Count(query => query.Metadata.Requires.Tables.Any(missing.Contains));
        return new Advice(
            AdviceState.Doubtful,
            "tables",
            $"no row of the last day in {string.Join(", ", missing)}; {blind} of {checks.Count} checks can say nothing without them.",
            "Collect them with the preset Standard of Container Insights, or take no silence of these checks for health.");
    }

    private static Advice Freshness(WorkspaceHealth health)
    {
        if (health.Clusters.Count == 0) return new Advice(AdviceState.Wrong, "freshness", "no cluster has written a row in the last day.", "See that Container Insights is on and sends to this workspace: az aks show --query addonProfiles.omsagent");
        var ages = health.Clusters.Select(cluster => (Cluster: cluster[(cluster.LastIndexOf('/') + 1)..], Age: health.At - health.Newest(cluster)!.Newest)).ToList();
        var late = ages.Where(cluster => cluster.Age > Fresh).ToList();
        return late.Count == 0
            ? new Advice(AdviceState.Good, "freshness", $"{Counted.Of(ages.Count, "cluster")}; the newest rows are {ages.Max(cluster => cluster.Age).TotalMinutes:0} minutes old at most.")
            : new Advice(AdviceState.Doubtful, "freshness", $"{string.Join(", ", late.Select(cluster => $"{cluster.Cluster} wrote its newest row {cluster.Age.TotalMinutes:0} minutes ago"))}.", "See whether the agents run: kubectl get pods -n kube-system -l component=ama-logs-agent");
    }

    private static async Task<Advice> GraphAsync(AzureWorkspace workspace, CancellationToken cancellation)
    {
        var query = new WorkspaceQuery("Resources | where type =~ 'microsoft.containerservice/managedclusters' | project id | take 1") { Source = QuerySource.ResourceGraph };
        return await workspace.QueryAsync(query, cancellation).ConfigureAwait(false) switch
        {
            WorkspaceResult.Complete => new Advice(AdviceState.Good, "resource graph", "clusters may be looked at."),
            WorkspaceResult.Failed failed => new Advice(AdviceState.Doubtful, "resource graph", $"checks of how clusters are set up cannot run. {failed.Reason}"),
            var other => new Advice(AdviceState.Doubtful, "resource graph", $"the answer was not whole: {other.GetType().Name}."),
        };
    }
}

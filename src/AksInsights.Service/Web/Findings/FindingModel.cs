using AksInsights.Adapters.Storage;
using AksInsights.Core.Alerts;
using AksInsights.Core.Evaluation;
using AksInsights.Core.Findings;
using AksInsights.Core.Queries;
using AksInsights.Service.Hosting;

namespace AksInsights.Service.Web.Findings;

/// <summary>All there is to say about one finding.</summary>
/// <param name="Finding">The finding.</param>
/// <param name="Query">The query it is an instance of; null for findings about data, and when the library does not have it any more.</param>
/// <param name="Kql">The query's text as it last looked, with its window and parameters; null without a query.</param>
/// <param name="Measures">What was measured.</param>
/// <param name="Events">What happened to it, oldest first.</param>
/// <param name="Timeline">The same as a picture.</param>
/// <param name="Messages">Who was told, oldest first.</param>
/// <param name="Beside">Other open findings about the same workload or node.</param>
public sealed record FindingModel(
    Finding Finding,
    QueryDefinition? Query,
    string? Kql,
    IReadOnlyList<MeasuredValue> Measures,
    IReadOnlyList<FindingEvent> Events,
    FindingTimeline Timeline,
    IReadOnlyList<MessageRecord> Messages,
    IReadOnlyList<Finding> Beside)
{
    private const int MostBeside = 6;

    /// <summary>Reads it; null when there is no such finding.</summary>
    /// <exception cref="StoreException">The store cannot work.</exception>
    internal static async Task<FindingModel?> ReadAsync(FindingId id, DateTimeOffset now, SqlFindingStore store, ServedLibrary library, CancellationToken cancellation)
    {
        if (await store.FindAsync(id, cancellation).ConfigureAwait(false) is not { } finding) return null;
        var query = library.Queries.FirstOrDefault(known => known.Id == finding.Query);
        var plan = library.Find(finding.Workspace.Value)?.Plans.GetValueOrDefault(finding.Query);
        var events = await store.EventsAsync(id, cancellation).ConfigureAwait(false);
        var messages = await store.Outbox.AboutAsync(id, cancellation).ConfigureAwait(false);
        var beside = await BesideAsync(finding, store, cancellation).ConfigureAwait(false);
        var measures = finding.Content.Measures.Select(measure => MeasuredValue.Of(measure, query, plan)).ToList();
        return new FindingModel(finding, query, Text(finding, query, plan), measures, events, FindingTimeline.Of(finding, events, now), messages, beside);
    }

    /// <summary>As it ran when the finding was last seen, so that it can be pasted into the portal and shows the same rows.</summary>
    private static string? Text(Finding finding, QueryDefinition? query, EvaluationPlan? plan) =>
        plan?.Bind(new EvaluationWindow(finding.LastSeen - plan.Schedule.Lookback, finding.LastSeen)) ?? query?.Text.Kql;

    private static async Task<IReadOnlyList<Finding>> BesideAsync(Finding finding, SqlFindingStore store, CancellationToken cancellation)
    {
        var subject = finding.Key["workload"] ?? finding.Key["node"];
        if (subject is null) return [];
        var filter = new FindingFilter
        {
            Conditions = [Condition.Open, Condition.Clearing],
            Cluster = finding.Key.Cluster,
            Namespace = finding.Key["namespace"],
            Words = [subject],
            Limit = MostBeside * 4,
        };
        var near = await store.ListAsync(filter, cancellation).ConfigureAwait(false);
        return [.. near.Where(other => other.Id != finding.Id && (other.Key["workload"] ?? other.Key["node"]) == subject).Take(MostBeside)];
    }
}

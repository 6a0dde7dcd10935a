using AksInsights.Core.Evaluation;
using AksInsights.Core.Queries;
using AksInsights.Core.Workspaces;

namespace AksInsights.Core.Scorecards;

/// <summary>Holds the clusters of a workspace against a checklist. Remembers nothing and stores nothing.</summary>
/// <param name="file">The checklist.</param>
/// <param name="queries">The library; the queries that the checklist names are run.</param>
public sealed class ScorecardRun(ScorecardFile file, IReadOnlyList<QueryDefinition> queries)
{
    private readonly IReadOnlyList<EvaluationPlan> _plans =
        [.. queries.Where(q => file.Items.Any(i => i.Fails.Contains(q.Id.Value))).Select(q => q.Plan(new Dictionary<string, object?>()))];

    /// <summary>Runs the queries and judges each cluster.</summary>
    /// <param name="workspace">Where.</param>
    /// <param name="now">The moment; windows end there.</param>
    /// <param name="cancellation">Gives up.</param>
    /// <exception cref="OperationCanceledException">The caller gave up.</exception>
    public async Task<Scorecard> RunAsync(IWorkspace workspace, DateTimeOffset now, CancellationToken cancellation)
    {
        var probe = new FreshnessProbe(workspace);
        var health = await probe.MeasureAsync(_plans.SelectMany(p => p.Requires.All).Concat(CollectionPreset.Tables).Distinct(), now, cancellation).ConfigureAwait(false);
        var facts = new ScorecardFacts();
        await facts.AskAsync(file.Facts.Values, workspace, now, cancellation).ConfigureAwait(false);
        foreach (var cluster in health.Clusters)
        {
            if (CollectionPreset.Name(cluster, health) is { } preset) facts.Add(cluster, ScorecardFacts.Preset, preset);
        }

        var answers = new Dictionary<string, Answer>(StringComparer.Ordinal);
        var parallel = new ParallelOptions { CancellationToken = cancellation, MaxDegreeOfParallelism = Environment.ProcessorCount };
        await Parallel.ForEachAsync(_plans, parallel, async (plan, stop) =>
        {
            var input = await EvaluationInput.AskAsync(plan, workspace, probe, EvaluationWindow.EndingAt(now, plan.Schedule), stop).ConfigureAwait(false);
            lock (answers) answers.Add(plan.Query.Value, new Answer(plan, input));
        }).ConfigureAwait(false);

        var clusters = health.Clusters.Union(facts.Clusters).Union(answers.Values.SelectMany(a => a.Input.Seen).Select(s => s.Key.Cluster).OfType<string>());
        return new Scorecard(now, [.. clusters.Order(StringComparer.Ordinal).Select(c => new ClusterScore(c, [.. file.Items.Select(item => Judge(item, c, answers, facts))]))]);
    }

    private static ItemScore Judge(ScorecardItem item, string cluster, Dictionary<string, Answer> answers, ScorecardFacts facts)
    {
        var findings = new List<ItemFinding>();
        var doubts = new List<string>();
        foreach (var query in item.Fails)
        {
            if (!answers.TryGetValue(query, out var answer))
            {
                doubts.Add($"`{query}` has mistakes and did not run.");
                continue;
            }

            var seen = answer.Input.Seen.Where(s => s.Key.Cluster == cluster).ToList();
            findings.AddRange(seen.Select(s => new ItemFinding(answer.Plan.Query, s.Severity, s.Content.Title)));
            if (seen.Count == 0 && answer.Doubt(cluster, facts) is { } doubt && !doubts.Contains(doubt)) doubts.Add(doubt);
        }

        var proven = item.ProvenBy is { } fact && facts.Find(cluster, fact) is not null;
        var state = findings.Count > 0 ? ItemState.Fail
            : item.OnlyWith is { } subject && facts.Find(cluster, subject) is 0L ? ItemState.None
            : !proven && (doubts.Count > 0 || item.Fails.Count == 0) ? ItemState.Unknown
            : item.Likely is null ? ItemState.Pass : ItemState.Likely;
        // The text says what a pass means; where no query can fail the item, it says what is known all the same.
        var evidence = state is ItemState.Pass or ItemState.Likely || item.Fails.Count == 0 ? facts.Fill(item.Evidence, cluster) : null;
        return new ItemScore(item, state, evidence, [.. findings.OrderByDescending(f => f.Severity)], state == ItemState.Unknown || !proven ? doubts : []);
    }

    /// <summary>What a query gave.</summary>
    private sealed record Answer(EvaluationPlan Plan, EvaluationInput Input)
    {
        /// <summary>Why the query says nothing about a cluster; null when its silence means that all is well.</summary>
        public string? Doubt(string cluster, ScorecardFacts facts)
        {
            if (Input.Trouble is { } trouble) return trouble.Reason;
            if (Plan.Source != QuerySource.ResourceGraph) return Input.Coverage!.Doubt(cluster);
            return facts.InResourceGraph?.Contains(cluster) == false ? "Azure Resource Graph, as it was asked, does not have this cluster." : null;
        }
    }
}

namespace AksInsights.Core.Changes.Proposals;

/// <summary>Notes what became of pull requests, so that dashboards can show it. What to propose is never decided by notes: for that the forge is asked.</summary>
/// <param name="forge">The forge.</param>
/// <param name="target">The branch that the changes are meant for.</param>
/// <param name="notes">Keeps them.</param>
/// <param name="time">The clock.</param>
public sealed class ProposalNotebook(IForge forge, string target, IProposalNotes notes, TimeProvider time)
{
    /// <summary>Notes the pull requests that a run came across, and looks again at those that were open before. Cost: a request for each of these that the run did not ask about.</summary>
    /// <param name="run">The run, which is over.</param>
    /// <param name="results">What became of its changes.</param>
    /// <param name="cancellation">Gives up.</param>
    /// <returns>Why some could not be looked at again; null when all were. What is known is noted in any case.</returns>
    public async Task<HostProblem?> WriteAsync(ProposalRun run, IReadOnlyList<(ChangeSet Set, ProposalOutcome Outcome)> results, CancellationToken cancellation)
    {
        var found = run.Found.ToDictionary(StringComparer.Ordinal);
        var known = await notes.ListAsync(forge.Name, cancellation).ConfigureAwait(false);
        var before = known.Where(note => note.State == PullState.Open && note.Target == target).Select(note => note.Branch);
        // A host that is busy or gone was left alone by the run, and is here.
        var problem = results.Select(result => (result.Outcome as ProposalOutcome.Failed)?.Problem).FirstOrDefault(failure => failure is HostProblem.Busy or HostProblem.Unsure);
        foreach (var branch in before.Concat(run.OpenBranches).Distinct().Where(branch => !found.ContainsKey(branch)).ToList())
        {
            if (problem is not null) break;
            var answer = await forge.FindPullsAsync(branch, target, cancellation).ConfigureAwait(false);
            problem = answer.Problem;
            if (problem is null) found[branch] = answer.Value!;
        }

        var sets = results.Where(result => OpenOf(result.Outcome) is not null).ToDictionary(result => OpenOf(result.Outcome)!.Link, result => result.Set, StringComparer.Ordinal);
        await notes.SaveAsync([.. found.Values.SelectMany(pulls => pulls).Select(pull => Note(pull, sets.GetValueOrDefault(pull.Link)))], cancellation).ConfigureAwait(false);
        return problem;
    }

    private static PullRequest? OpenOf(ProposalOutcome outcome) => outcome switch
    {
        ProposalOutcome.Opened opened => opened.Pull,
        ProposalOutcome.Updated updated => updated.Pull,
        ProposalOutcome.UpToDate same => same.Pull,
        _ => null,
    };

    private ProposalNote Note(PullRequest pull, ChangeSet? set)
    {
        var key = PullMarker.Of(pull.Body)?.Key ?? pull.Branch[Math.Min(pull.Branch.Length, ChangeNames.BranchPrefix.Length)..];
        var about = key.Split('/');
        return new ProposalNote
        {
            Link = pull.Link,
            Repository = forge.Name,
            Number = pull.Number,
            Branch = pull.Branch,
            Target = target,
            Title = pull.Title,
            State = pull.State,
            ClusterName = about.Length > 2 ? about[0] : null,
            Namespace = about.Length > 2 ? about[1] : null,
            Containers = set?.Containers.Count,
            MonthlySaving = set?.Containers.Sum(container => container.Recommendation.MonthlySaving),
            OpenedAt = pull.OpenedAt,
            EndedAt = pull.State == PullState.Open ? null : pull.EndedAt,
            SeenAt = time.GetUtcNow(),
        };
    }
}

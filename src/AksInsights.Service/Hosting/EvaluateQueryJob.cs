using AksInsights.Core.Findings;
using Quartz;

namespace AksInsights.Service.Hosting;

/// <summary>The job of the schedule: what is due of one query in one workspace.</summary>
[DisallowConcurrentExecution]
internal sealed class EvaluateQueryJob(ServedLibrary library, EvaluationRunner runner, Ending ending) : IJob
{
    /// <summary>The workspace, in the job's data.</summary>
    public const string Workspace = "workspace";

    /// <summary>The query, in the job's data; absent for the check of the data themselves.</summary>
    public const string Query = "query";

    /// <inheritdoc/>
    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken = default)
    {
        var data = context.MergedJobDataMap;
        // A clustered schedule may hold jobs of a replica with another configuration; they are its own to run.
        if (library.Find(data.GetString(Workspace)!) is not { } watched) return;
        if (!data.TryGetValue(Query, out var name) || name is not string { Length: > 0 } query)
            await ending.RunAsync(cancellation => runner.CheckDataAsync(watched, cancellation), cancellationToken).ConfigureAwait(false);
        else if (watched.Plans.ContainsKey(new QueryId(query)))
            await ending.RunAsync(cancellation => runner.RunAsync(watched, new QueryId(query), cancellation), cancellationToken).ConfigureAwait(false);
    }
}

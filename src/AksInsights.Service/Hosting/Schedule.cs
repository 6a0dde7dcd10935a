using AksInsights.Core.Workspaces;
using Microsoft.Extensions.Hosting;
using Quartz;

namespace AksInsights.Service.Hosting;

/// <summary>Puts every query of every workspace on the clock, each at its own cadence and moment.</summary>
/// <remarks>The same jobs under the same names in every process, so that replicas that share a schedule replace each other's. Cost: one trigger a query and workspace.</remarks>
internal sealed class Schedule(ISchedulerFactory schedulers, ServedLibrary library, TimeProvider time) : IHostedService
{
    private const string DataCheck = "data-health";
    private const string Usage = "usage";

    /// <summary>The name of the job that deletes what is old, in the group of the service itself.</summary>
    public const string Prune = "prune";

    /// <summary>The group of what belongs to no workspace; no workspace can have this name.</summary>
    public const string Self = "*";

    /// <inheritdoc/>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        var scheduler = await schedulers.GetScheduler(cancellationToken).ConfigureAwait(false);
        await AddPruningAsync(scheduler, cancellationToken).ConfigureAwait(false);
        foreach (var watched in library.Workspaces)
        {
            await AddAsync(scheduler, JobBuilder.Create<EvaluateQueryJob>(), watched, DataCheck, EvaluationRunner.CollectionEvery, TimeSpan.FromMinutes(5), cancellationToken).ConfigureAwait(false);
            foreach (var plan in watched.Plans.Values)
            {
                var job = JobBuilder.Create<EvaluateQueryJob>().UsingJobData(EvaluateQueryJob.Query, plan.Query.Value);
                await AddAsync(scheduler, job, watched, plan.Query.Value, plan.Schedule.Every, plan.Schedule.Offset, cancellationToken).ConfigureAwait(false);
            }

            if (library.UsageQueries.Count > 0)
                await AddAsync(scheduler, JobBuilder.Create<CollectUsageJob>(), watched, Usage, CollectUsageJob.Every, TimeSpan.Zero, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <inheritdoc/>
    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private async Task AddAsync<T>(
        IScheduler scheduler, JobBuilder<T> builder, WatchedWorkspace watched, string name, TimeSpan every, TimeSpan offset, CancellationToken cancellation)
        where T : IJob
    {
        var job = builder.WithIdentity(name, watched.Id.Value).UsingJobData(EvaluateQueryJob.Workspace, watched.Id.Value).Build();
        var first = ScheduleTimes.First(time.GetUtcNow(), watched.Id, name, every, offset);
        await scheduler.ScheduleJob(job, [Trigger(job.Key, first, every)], ScheduleJobOptions.Replacing, cancellation).ConfigureAwait(false);
        // What became due before the service started is not left until its next turn.
        if (watched.Workspace.AsOf is not null || first - time.GetUtcNow() > TimeSpan.FromMinutes(1))
            await scheduler.TriggerJob(job.Key, null!, cancellation).ConfigureAwait(false);
    }

    private async Task AddPruningAsync(IScheduler scheduler, CancellationToken cancellation)
    {
        var job = JobBuilder.Create<PruneStoreJob>().WithIdentity(Prune, Self).Build();
        var first = ScheduleTimes.First(time.GetUtcNow(), new WorkspaceId(Self), Prune, PruneStoreJob.Every, PruneStoreJob.Offset);
        await scheduler.ScheduleJob(job, [Trigger(job.Key, first, PruneStoreJob.Every)], ScheduleJobOptions.Replacing, cancellation).ConfigureAwait(false);
    }

    // What is missed while the service is down is made up for by the job itself, in order; the clock need only ring once.
    private static ITrigger Trigger(JobKey job, DateTimeOffset first, TimeSpan every) => TriggerBuilder.Create()
        .WithIdentity(job.Name, job.Group)
        .StartAt(first)
        .WithSimpleSchedule(s => s.WithInterval(every).RepeatForever().WithMisfireInstruction(SimpleTriggerMisfireInstruction.NextWithExistingCount))
        .Build();
}

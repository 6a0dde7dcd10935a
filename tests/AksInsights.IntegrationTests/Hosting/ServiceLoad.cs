using System.Diagnostics;
using System.Globalization;
using AksInsights.Adapters.Storage;
using AksInsights.Core.Evaluation;
using AksInsights.Core.Findings;
using AksInsights.Core.Queries;
using AksInsights.Core.Workspaces;
using AksInsights.Kql.Results;
using AksInsights.Service.Hosting;
using AksInsights.Service.Notifications;
using AksInsights.Service.Telemetry;
using AksInsights.Tests;
using AksInsights.Tests.Evaluation;
using Microsoft.Extensions.Logging.Abstractions;

namespace AksInsights.IntegrationTests.Hosting;

/// <summary>
/// <c>service-load [workspaces] [queries] [hours] [STORE]</c>: the queries of the library at their cadences in many workspaces that answer at once, in accelerated time.
/// What is measured is the service itself: schedule, evaluation, store.
/// </summary>
internal static class ServiceLoad
{
    private static readonly TimeSpan Tick = TimeSpan.FromMinutes(5);
    private static readonly DateTimeOffset Start = new(2026, 1, 5, 0, 0, 0, TimeSpan.Zero);

    public static async Task<int> RunAsync(string[] args)
    {
        int Argument(int index, int otherwise) => args.Length > index ? int.Parse(args[index], CultureInfo.InvariantCulture) : otherwise;
        var (workspaces, queries, hours) = (Argument(0, 200), Argument(1, 60), Argument(2, 24));
        var folder = Directory.CreateTempSubdirectory("aksinsights-load");
        var address = StoreAddress.TryParse(args.Length > 3 ? args[3] : Path.Combine(folder.FullName, "store.db"), out var problem) ?? throw new ArgumentException(problem);
        var time = new ManualTime(Start);
        await using (var store = await SqlFindingStore.OpenAsync(address, time, default))
        {
            var library = QueryLibrary.Load(Repository.Path("queries"), null);
            var plans = library.Checks.Take(queries).Select(query => query.Plan(new Dictionary<string, object?>())).ToList();
            var watched = Enumerable.Range(0, workspaces).Select(i => new WatchedWorkspace(new QuietWorkspace($"workspace-{i}", plans, time), plans, [.. plans.Select(p => p.Query)])).ToList();
            await SimulateAsync(watched, store, time, hours);
        }

        folder.Delete(recursive: true);
        return 0;
    }

    private static async Task SimulateAsync(List<WatchedWorkspace> watched, SqlFindingStore store, ManualTime time, int hours)
    {
        using var instruments = new ServiceInstruments(NullLogger<ServiceInstruments>.Instance, time);
        var listeners = new NotificationHandlers().On<FindingOpened>(instruments).On<FindingChanged>(instruments).On<FindingResolved>(instruments);
        var seen = new Tally();
        var runner = new EvaluationRunner(store, new EvaluationCycle(store, new IsolatingMediator(listeners, failure => throw failure), time), seen, time);
        Console.WriteLine("hour  evaluations  cpu s  cores  heap MiB  resident MiB");
        for (var hour = 0; hour < hours; hour++)
        {
            var (cpu, before) = (Process.GetCurrentProcess().TotalProcessorTime, seen.Evaluations);
            for (var tick = 0; tick < 12; tick++)
            {
                time.Now += Tick;
                await Parallel.ForEachAsync(watched, new ParallelOptions { MaxDegreeOfParallelism = 4 }, async (workspace, stop) =>
                {
                    await runner.CheckDataAsync(workspace, stop);
                    foreach (var plan in workspace.Plans.Values.Where(plan => time.Now.UtcTicks % plan.Schedule.Every.Ticks < Tick.Ticks)) await runner.RunAsync(workspace, plan.Query, stop);
                });
            }

            using var process = Process.GetCurrentProcess();
            var used = (process.TotalProcessorTime - cpu).TotalSeconds;
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"{hour + 1,4}  {seen.Evaluations - before,11:N0}  {used,5:0.0}  {used / 3600,5:0.000}  {GC.GetTotalMemory(true) >> 20,8}  {process.WorkingSet64 >> 20,12}"));
        }

        if (seen.Troubles > 0) throw new InvalidOperationException($"{seen.Troubles} evaluations went wrong.");
    }

    private sealed class Tally : IEvaluationObserver
    {
        private long _evaluations;
        private long _troubles;

        public long Evaluations => Interlocked.Read(ref _evaluations);

        public long Troubles => Interlocked.Read(ref _troubles);

        public void Evaluated(EvaluationReport report) => Interlocked.Increment(ref _evaluations);

        public void Skipped(WorkspaceId workspace, QueryId query, long windows) => Interlocked.Increment(ref _troubles);

        public void Overran(WorkspaceId workspace, QueryId query, DateTimeOffset end, TimeSpan limit) => Interlocked.Increment(ref _troubles);

        public void StoreFailed(WorkspaceId workspace, QueryId? query, StoreException trouble) => Interlocked.Increment(ref _troubles);
    }

    /// <summary>A workspace with fresh tables in which a few things are wrong: each query finds one workload in every other hour.</summary>
    private sealed class QuietWorkspace : IWorkspace
    {
        private static readonly string[] Texts = ["cluster", "namespace", "workloadKind", "workload", "container", "node"];

        private readonly ManualTime _time;
        private readonly ResultTable _nothing;
        private readonly ResultTable _one;

        public QuietWorkspace(string name, IReadOnlyList<EvaluationPlan> plans, ManualTime time)
        {
            Id = new WorkspaceId(name);
            _time = time;
            var others = plans.SelectMany(plan => plan.KeyColumns).Except(Texts).Distinct().ToArray();
            var columns = string.Join(' ', Texts.Concat(others).Select(column => $"{column}:string"));
            object?[] row = [$"/s/{name}", "shop", "Deployment", "cart", "app", "n1", .. others.Select(_ => (object?)"x")];
            _nothing = Results.Table(columns);
            _one = Results.Table(columns, row);
        }

        public WorkspaceId Id { get; }

        public DateTimeOffset? AsOf => null;

        public Task<WorkspaceResult> QueryAsync(WorkspaceQuery query, CancellationToken cancellation) => Task.FromResult<WorkspaceResult>(Answer(query));

        private WorkspaceResult Answer(WorkspaceQuery query)
        {
            if (query.Text.Contains("summarize newest", StringComparison.Ordinal))
                return Whole(Results.Table("cluster:string newest:datetime oldest:datetime moments:long", [$"/s/{Id}", _time.Now.AddMinutes(-1), _time.Now.AddMinutes(-61), 61]));
            if (query.Text.Contains("summarize lastSeen", StringComparison.Ordinal)) return new WorkspaceResult.NoData([], "It is not looked at.");
            return Whole(_time.Now.Hour % 2 == 0 ? _one : _nothing);
        }

        private static WorkspaceResult.Complete Whole(ResultTable table) => new([table], []);
    }
}

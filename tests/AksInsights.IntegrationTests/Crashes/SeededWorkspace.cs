using AksInsights.Core.Evaluation;
using AksInsights.Core.Findings;
using AksInsights.Core.Workspaces;
using AksInsights.Tests.Evaluation;

namespace AksInsights.IntegrationTests.Crashes;

/// <summary>A workspace whose answers follow from a seed, the query and the end of the window alone: problems come, get worse, go and come back.</summary>
internal sealed class SeededWorkspace(int seed) : IWorkspace
{
    public const int Queries = 8;
    private const int Subjects = 60;
    private static readonly DateTimeOffset Start = new(2026, 1, 5, 0, 0, 0, TimeSpan.Zero);
    private static readonly EvaluationSchedule Schedule = new(TimeSpan.FromMinutes(5), TimeSpan.Zero, TimeSpan.FromMinutes(5));

    public WorkspaceId Id { get; } = new("seeded");

    public DateTimeOffset? AsOf => null;

    /// <summary>The window of a number.</summary>
    public static EvaluationWindow Window(int number) => EvaluationWindow.EndingAt(Start + (Schedule.Every * number), Schedule);

    /// <summary>The number of a window by its end.</summary>
    public static int NumberOf(DateTimeOffset end) => (int)((end - Start) / Schedule.Every);

    /// <summary>The plan of a query.</summary>
    public static EvaluationPlan Plan(int query) => Plans.Plan with
    {
        Query = new QueryId($"pods/query-{query}"),
        Bind = window => $"{query} {NumberOf(window.End)}",
        Requires = RequiredData.None,
        Schedule = Schedule,
        Lifecycle = new LifecyclePolicy(TimeSpan.FromMinutes(query % 2 * 5), TimeSpan.FromMinutes(10), 500),
    };

    public Task<WorkspaceResult> QueryAsync(WorkspaceQuery query, CancellationToken cancellation)
    {
        var parts = query.Text.Split(' ');
        var random = new Random(HashCode(seed, int.Parse(parts[0], null), int.Parse(parts[1], null)));
        WorkspaceResult answer = random.Next(20) switch
        {
            0 => new WorkspaceResult.Failed(FailureKind.Transient, "The network was away.", []),
            1 => new WorkspaceResult.Partial([Results.Table(Plans.Columns)], "Some shards did not answer."),
            _ => new WorkspaceResult.Complete([Rows(random)], []),
        };
        return Task.FromResult(answer);
    }

    private static Kql.Results.ResultTable Rows(Random random)
    {
        var rows = Enumerable.Range(0, Subjects).Where(_ => random.Next(10) < 7)
            .Select(i => new object?[] { $"/s/c{i % 3}", "shop", $"w{i}", random.Next(100), random.Next(6) == 0 ? "critical" : "warning" });
        return Results.Table(Plans.Columns + " Severity:string", [.. rows]);
    }

    // The framework's own hash differs from process to process.
    private static int HashCode(int a, int b, int c) => unchecked((((a * 31) + b) * 1_000_003) + (c * 7919));
}

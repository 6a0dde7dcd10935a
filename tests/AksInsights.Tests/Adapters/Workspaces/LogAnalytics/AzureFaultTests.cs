using AksInsights.Adapters.Storage;
using AksInsights.Core.Evaluation;
using AksInsights.Core.Findings;
using AksInsights.Core.Workspaces;
using AksInsights.Service.Notifications;
using AksInsights.Service.Serving;
using AksInsights.Tests.Evaluation;
using AksInsights.Tests.Serving;

namespace AksInsights.Tests.Adapters.Workspaces.LogAnalytics;

/// <summary>Everything that can go wrong on the way to Azure: each is told apart, passing troubles are asked again, and no finding ends by mistake.</summary>
public class AzureFaultTests
{
    // The kinds of faults that a served recording knows, and what each is for a workspace. docs/reliability.md has the same table.
    private static readonly Dictionary<string, string> Outcomes = new(StringComparer.Ordinal)
    {
        ["bad-gateway"] = "Transient",
        ["cut-json"] = "Transient",
        ["dropped"] = "Transient",
        ["empty"] = "Transient",
        ["expired-token"] = "Unauthorised",
        ["forbidden"] = "Unauthorised",
        ["no-content"] = "NoData",
        ["not-found"] = "NotFound",
        ["partial"] = "Partial",
        ["server-error"] = "Transient",
        ["slow"] = "Complete",
        ["slow-body"] = "Complete",
        ["throttled"] = "Throttled",
        ["throttled-silently"] = "Throttled",
        ["timeout"] = "TimedOut",
        ["too-large"] = "TooLarge",
        ["truncated"] = "Transient",
        ["unavailable"] = "Transient",
        ["wrong-types"] = "Transient",
    };

    public static TheoryData<string> Kinds => [.. Fault.Kinds];

    public static TheoryData<string> Passing => ["bad-gateway", "cut-json", "dropped", "empty", "server-error", "throttled", "throttled-silently", "truncated", "unavailable", "wrong-types"];

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task EveryFaultHasAnOutcomeOfItsOwn(string kind)
    {
        await using var azure = await ServedAzure.StartAsync(s => s with { Retries = 0, Splits = 0 });
        await azure.Served.PlanAsync($$"""{"kind":"{{kind}}","times":100}""");
        Assert.Equal(Outcomes[kind], Name(await azure.AskAsync("KubeEvents | project Reason")));
    }

    [Fact]
    public void TheDocumentationHasTheSameTable()
    {
        var rows = File.ReadLines(Repository.Path("docs", "reliability.md")).Where(line => line.StartsWith("| `", StringComparison.Ordinal)).Select(line => line.Split('|', StringSplitOptions.TrimEntries));
        Assert.Equal(Outcomes.OrderBy(o => o.Key, StringComparer.Ordinal), rows.Select(row => KeyValuePair.Create(row[1].Split('`')[1], row[2])).OrderBy(row => row.Key, StringComparer.Ordinal));
        Assert.Equal(Fault.Kinds, Outcomes.Keys.Order(StringComparer.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Passing))]
    public async Task APassingTroubleIsAskedAgain(string kind)
    {
        await using var azure = await ServedAzure.StartAsync();
        await azure.Served.PlanAsync($$"""{"kind":"{{kind}}","times":3}""");
        Assert.Equal("4", ServedAzure.Rows(await azure.AskAsync("KubeEvents | count")));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task ResourceGraphHasTheSameOutcomes(string kind)
    {
        // It has no way to say that there is nothing, or that some is missing; both are answers that cannot be read.
        var expected = kind is "no-content" ? "Transient" : kind is "partial" ? "Complete" : Outcomes[kind];
        await using var azure = await ServedAzure.StartAsync(s => s with { Retries = 0 });
        await azure.Served.PlanAsync($$"""{"kind":"{{kind}}","times":100}""");
        Assert.Equal(expected, Name(await azure.AskAsync("Resources | project id", QuerySource.ResourceGraph)));
    }

    [Fact]
    public async Task TheServiceIsLeftAloneForAsLongAsItAsks()
    {
        await using var azure = await ServedAzure.StartAsync();
        await azure.Served.PlanAsync("""{"kind":"throttled","seconds":40}""");
        var before = azure.Time.GetUtcNow();
        Assert.Equal("4", ServedAzure.Rows(await azure.AskAsync("KubeEvents | count")));
        Assert.True(azure.Time.GetUtcNow() - before >= TimeSpan.FromSeconds(40));
    }

    [Theory]
    [InlineData("slow")]
    [InlineData("slow-body")]
    public async Task AnAnswerThatNeverComesIsATimeout(string kind)
    {
        await using var azure = await ServedAzure.StartAsync(s => s with { ServerTimeout = TimeSpan.FromMilliseconds(200), Splits = 0 });
        await azure.Served.PlanAsync($$"""{"kind":"{{kind}}","seconds":30}""");
        Assert.Equal("TimedOut", Name(await azure.AskAsync("KubeEvents | count")));
    }

    [Fact]
    public async Task WhoGivesUpIsNotAnOutcome()
    {
        await using var azure = await ServedAzure.StartAsync();
        await azure.Served.PlanAsync("""{"kind":"slow","seconds":30}""");
        using var impatient = new CancellationTokenSource(TimeSpan.FromMilliseconds(200));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => azure.Workspace.QueryAsync(new WorkspaceQuery("KubeEvents"), impatient.Token));
    }

    [Fact]
    public async Task NoQueryIsLostInATroubledHour()
    {
        await using var azure = await ServedAzure.StartAsync(s => s with { Retries = 12 }, s => s with { Concurrent = 2, Queue = 1, MaxQueueTime = TimeSpan.FromMilliseconds(5) });
        await azure.Served.PlanAsync(string.Join(',', Passing.Cast<object[]>().Select(kind => $$"""{"kind":"{{kind[0]}}","times":4}""")));
        var answers = await Task.WhenAll(Enumerable.Range(0, 60).Select(i => azure.AskAsync($"KubeEvents | summarize n = count() by Reason | where n == 2 | extend i = {i}")));
        Assert.Equal(Enumerable.Range(0, 60).Select(i => $"BackOff 2 {i}"), answers.Select(ServedAzure.Rows));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task NoFaultEndsAFinding(string kind)
    {
        await using var azure = await ServedAzure.StartAsync(s => s with { Retries = 1 });
        await using var store = await SqlFindingStore.OpenMemoryAsync(azure.Time, CancellationToken.None);
        Assert.Equal(Condition.Open, await EvaluateAsync(azure, store, ServedRecording.Now));
        await azure.Served.PlanAsync($$"""{"kind":"{{kind}}","times":1000}""");
        var spoiled = await EvaluateAsync(azure, store, ServedRecording.Now.AddMinutes(1));
        // A late answer is a whole one: it shows that the fault, and nothing else, kept the others open.
        Assert.Equal(kind.StartsWith("slow", StringComparison.Ordinal) ? Condition.Resolved : Condition.Open, spoiled);
        await azure.Served.PlanAsync("");
        Assert.Equal(Condition.Resolved, await EvaluateAsync(azure, store, ServedRecording.Now.AddMinutes(2)));
    }

    /// <summary>Evaluates a query that finds one subject up to <see cref="ServedRecording.Now"/>, and none after it.</summary>
    private static async Task<Condition> EvaluateAsync(ServedAzure azure, SqlFindingStore store, DateTime at)
    {
        var most = at <= ServedRecording.Now ? 5 : 1000;
        var plan = Plans.Plan with
        {
            Bind = _ => $"KubePodInventory | where ContainerRestartCount > {most} | summarize restarts = max(ContainerRestartCount) by cluster = tolower(_ResourceId), namespace = Namespace, workload = Name",
            Lifecycle = new LifecyclePolicy(TimeSpan.Zero, TimeSpan.Zero, 100),
        };
        var tally = new TransitionTally();
        var listeners = new NotificationHandlers().On<FindingOpened>(tally).On<FindingChanged>(tally).On<FindingResolved>(tally);
        var cycle = new EvaluationCycle(store, new IsolatingMediator(listeners, failure => Assert.Fail(failure.ToString())), azure.Time);
        var window = EvaluationWindow.EndingAt(new DateTimeOffset(at), plan.Schedule);
        await cycle.RunAsync(plan, azure.Workspace, new FreshnessProbe(azure.Workspace), window, CancellationToken.None);
        var all = new FindingFilter { Conditions = [Condition.Open, Condition.Clearing, Condition.Resolved, Condition.Pending] };
        return Assert.Single(await store.ListAsync(all, CancellationToken.None), f => f.Query == plan.Query).Condition;
    }

    private static string Name(WorkspaceResult result) => result is WorkspaceResult.Failed failed ? failed.Kind.ToString() : result.GetType().Name;
}

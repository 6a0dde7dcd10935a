using AksInsights.Adapters.Storage;
using AksInsights.Core.Evaluation;
using AksInsights.Core.Findings;
using AksInsights.Core.Workspaces;
using AksInsights.Service.Notifications;
using static AksInsights.Tests.Evaluation.ScriptedWorkspace;

namespace AksInsights.Tests.Evaluation;

/// <summary>Data that is not there is told once, however many queries miss it.</summary>
public sealed class CollectionTests : IAsyncLifetime
{
    private static readonly DateTimeOffset Start = new(2026, 1, 5, 10, 0, 0, TimeSpan.Zero);

    private readonly ScriptedWorkspace _workspace = new(Start);
    private EvaluationPlan[] _plans = [Reads("pods/a", "KubePodInventory"), Reads("pods/b", "KubePodInventory"), Reads("nodes/c", "KubeNodeInventory")];
    private SqlFindingStore? _store;

    private SqlFindingStore Store => _store ?? throw new InvalidOperationException("The test began before its store was opened.");

    public async Task InitializeAsync() => _store = await SqlFindingStore.OpenMemoryAsync(TimeProvider.System, default);

    public async Task DisposeAsync() => await Store.DisposeAsync();

    [Fact]
    public async Task AStaleTableIsOneFindingThatListsTheBlindQueries()
    {
        _workspace.Fresh("KubePodInventory", (C1, 1), (C2, 21));
        await CheckAsync(0);
        var finding = Assert.Single(await OpenAsync());
        Assert.Equal(("data-health/table-stale", C2, "KubePodInventory"), (finding.Query.Value, finding.Key.Cluster, finding.Key["table"]));
        Assert.Equal("\"pods/a, pods/b\"", finding.Content.Evidence.Single(e => e.Name == "checks").Json);
        Assert.Equal(2, Assert.Single(finding.Content.Measures).Value);
        Assert.Contains("21 minutes old; the limit is 15 minutes", finding.Content.Message, StringComparison.Ordinal);
        Assert.Equal(Severity.Warning, finding.Severity);
    }

    [Fact]
    public async Task ASilentClusterIsOneFinding()
    {
        _workspace.Fresh("KubePodInventory", (C1, 1), (C2, 21));
        _workspace.Fresh("KubeNodeInventory", (C1, 1), (C2, 20));
        await CheckAsync(0);
        var finding = Assert.Single(await OpenAsync());
        Assert.Equal(("data-health/table-stale", C2, null), (finding.Query.Value, finding.Key.Cluster, finding.Key["table"]));
        Assert.Equal("\"nodes/c, pods/a, pods/b\"", finding.Content.Evidence.Single(e => e.Name == "checks").Json);
        Assert.Equal("c2 has sent no row into any table for 20 minutes. Its newest is in KubeNodeInventory.", finding.Content.Message);
        Assert.Equal(Severity.Info, finding.Severity);
    }

    [Fact]
    public async Task ATableThatNobodyCollectsIsOneFindingForTheWorkspace()
    {
        _plans = [.. _plans, Reads("nodes/d", "Perf"), Reads("nodes/e", "Perf", "InsightsMetrics")];
        await CheckAsync(0);
        Assert.Equal(
            [("InsightsMetrics", null, 1d), ("Perf", null, 2d)],
            (await OpenAsync()).Select(f => (f.Key["table"], f.Key.Cluster, f.Content.Measures[0].Value!.Value)).Order());
        Assert.All(await OpenAsync(), f => Assert.Contains("The preset Logs and Events collects just that", f.Content.Message, StringComparison.Ordinal));
    }

    [Fact]
    public async Task ATableThatNeedsASettingOfItsOwnIsANoteThatNamesTheSetting()
    {
        _plans = [.. _plans, Reads("control-plane/d", "AKSAudit")];
        await CheckAsync(0);
        var finding = Assert.Single(await OpenAsync());
        Assert.Equal((Severity.Info, "AKSAudit"), (finding.Severity, finding.Key["table"]));
        Assert.Equal(
            "The workspace does not have the table AKSAudit. Add a diagnostic setting to the cluster that sends its control-plane logs to this workspace, as "
            + "resource-specific tables.",
            finding.Content.Message);
    }

    [Fact]
    public async Task ResourceGraphThatIsNotAtHandIsOneNoteForAllThatAskIt()
    {
        _plans = [.. _plans, AsksResourceGraph("posture/d"), AsksResourceGraph("posture/e")];
        await CheckAsync(0);
        var finding = Assert.Single(await OpenAsync());
        Assert.Equal(("data-health/table-missing", null, Severity.Info, "Resources"), (finding.Query.Value, finding.Key.Cluster, finding.Severity, finding.Key["table"]));
        Assert.Equal("\"posture/d, posture/e\"", finding.Content.Evidence.Single(e => e.Name == "checks").Json);
        var asked = _workspace.Asked.Single(q => q.Source == QuerySource.ResourceGraph);
        Assert.Equal("Resources | take 1 | project id", asked.Text);

        _workspace.FreshnessOf("Resources | take 1 | project id", new WorkspaceResult.Complete([Results.Table("id:string")], []));
        Freshen(5);
        await CheckAsync(5);
        Assert.Empty(await OpenAsync());
    }

    [Fact]
    public async Task ATableThatOneClusterLacksIsOneFindingForThatCluster()
    {
        _plans = [.. _plans, Reads("nodes/d", "Perf")];
        _workspace.Fresh("Perf", (C1, 1));
        await CheckAsync(0);
        var finding = Assert.Single(await OpenAsync());
        Assert.Equal(("data-health/table-missing", C2, "Perf"), (finding.Query.Value, finding.Key.Cluster, finding.Key["table"]));
    }

    [Fact]
    public async Task AWorkspaceThatDoesNotAnswerIsOneFindingAndEndsNothing()
    {
        _workspace.Fresh("KubePodInventory", (C1, 1), (C2, 21));
        await CheckAsync(0);
        foreach (var table in new[] { "KubePodInventory", "KubeNodeInventory" })
            _workspace.FreshnessOf(table, new WorkspaceResult.Failed(FailureKind.Transient, "It is away.", []));
        await CheckAsync(5);
        var open = await OpenAsync();
        Assert.Equal(["data-health/not-measured", "data-health/table-stale"], open.Select(f => f.Query.Value).Order(StringComparer.Ordinal));
        Assert.NotNull(open.Single(f => f.Query.Value == "data-health/table-stale").NoData);

        Freshen(10);
        await CheckAsync(10);
        Assert.Empty(await OpenAsync());
    }

    [Fact]
    public async Task ItEndsWhenRowsComeAgainAndIsToldInBetween()
    {
        await CheckAsync(0);
        Assert.Empty(await OpenAsync());
        Freshen(30, (C1, 1), (C2, 31));
        await CheckAsync(30);
        var finding = Assert.Single(await OpenAsync());
        Assert.True(finding.Told);
        Freshen(35);
        await CheckAsync(35);
        Assert.Equal(ResolveReason.Cleared, (await Store.FindAsync(finding.Id, default))!.ResolveReason);
    }

    [Fact]
    public async Task SilenceReplacesTheTablesOfACluster()
    {
        _workspace.Fresh("KubePodInventory", (C1, 1), (C2, 21));
        await CheckAsync(0);
        var table = Assert.Single(await OpenAsync());
        Freshen(30, (C1, 1), (C2, 51));
        _workspace.Fresh("KubeNodeInventory", (C1, 1), (C2, 31));
        await CheckAsync(30);
        Assert.Null(Assert.Single(await OpenAsync()).Key["table"]);
        Assert.Equal(ResolveReason.Replaced, (await Store.FindAsync(table.Id, default))!.ResolveReason);
    }

    [Fact]
    public async Task ATableThatNoQueryNeedsAnyMoreIsOutOfScope()
    {
        _plans = [.. _plans, Reads("nodes/d", "Perf")];
        await CheckAsync(0);
        var table = Assert.Single(await OpenAsync());
        _plans = _plans[..^1];
        Freshen(5);
        await CheckAsync(5);
        Assert.Equal(ResolveReason.OutOfScope, (await Store.FindAsync(table.Id, default))!.ResolveReason);
    }

    [Fact]
    public async Task AClusterThatIsForgottenForAWeekIsNoLongerTold()
    {
        _workspace.Fresh("KubePodInventory", (C1, 1), (C2, 21));
        await CheckAsync(0);
        var finding = Assert.Single(await OpenAsync());
        foreach (var (day, condition) in new[] { (6, Condition.Open), (7, Condition.Resolved) })
        {
            _workspace.Now = Start.AddDays(day);
            _workspace.Fresh("KubePodInventory", (C1, 1));
            _workspace.Fresh("KubeNodeInventory", (C1, 1));
            await CheckAsync(day * 24 * 60);
            Assert.Equal(condition, (await Store.FindAsync(finding.Id, default))!.Condition);
        }
    }

    [Fact]
    public async Task AMomentIsLookedAtOnce()
    {
        var first = await CheckAsync(0);
        _workspace.Fresh("KubePodInventory", (C1, 1), (C2, 21));
        var again = await CheckAsync(0);
        Assert.True(again.AlreadyDone);
        Assert.Equal(first.Record, again.Record);
        Assert.Empty(await OpenAsync());
    }

    private static EvaluationPlan Reads(string query, params string[] tables) =>
        Plans.Plan with { Query = new QueryId(query), Requires = new RequiredData(tables, TimeSpan.FromMinutes(15)) };

    private static EvaluationPlan AsksResourceGraph(string query) =>
        Plans.Plan with { Query = new QueryId(query), Source = QuerySource.ResourceGraph, Requires = new RequiredData([], null) { Sparse = ["Resources"] } };

    private void Freshen(double minute, params (string Cluster, double MinutesOld)[] pods)
    {
        _workspace.Now = Start.AddMinutes(minute);
        _workspace.Fresh("KubeNodeInventory", (C1, 1), (C2, 1));
        _workspace.Fresh("KubePodInventory", pods.Length == 0 ? [(C1, 1), (C2, 1)] : pods);
    }

    private async Task<EvaluationReport> CheckAsync(double minute)
    {
        var handlers = new NotificationHandlers().On<FindingOpened>().On<FindingChanged>().On<FindingResolved>();
        var cycle = new EvaluationCycle(Store, new IsolatingMediator(handlers, error => throw error), TimeProvider.System);
        return await cycle.CheckCollectionAsync(_plans, _workspace, new FreshnessProbe(_workspace), Start.AddMinutes(minute), default);
    }

    private async Task<IReadOnlyList<Finding>> OpenAsync() => await Store.ListAsync(new FindingFilter { Conditions = [Condition.Open] }, default);
}

using System.Diagnostics;
using AksInsights.Adapters.Storage;
using AksInsights.Core.Evaluation;
using AksInsights.Core.Findings;
using AksInsights.Core.Telemetry;
using AksInsights.Core.Workspaces;
using AksInsights.Service.Notifications;
using AksInsights.Tests.Adapters.Workspaces.LogAnalytics;
using AksInsights.Tests.Evaluation;

namespace AksInsights.Tests.Hosting;

/// <summary>The spans of an evaluation: which query, which window, what came of it, and the request that Azure's own logs know.</summary>
public sealed class TracingTests
{
    [Fact]
    public async Task AnEvaluationIsASpanWithItsPartsWithinIt()
    {
        var spans = new List<Activity>();
        using var root = new Activity("root").Start();
        using var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == Tracing.SourceName,
            Sample = (ref ActivityCreationOptions<ActivityContext> options) => options.Parent.TraceId == root.TraceId ? ActivitySamplingResult.AllData : ActivitySamplingResult.None,
            ActivityStopped = spans.Add,
        };
        ActivitySource.AddActivityListener(listener);
        await using var azure = await ServedAzure.StartAsync();
        await using var store = await SqlFindingStore.OpenMemoryAsync(TimeProvider.System, default);
        var tally = new TransitionTally();
        var listeners = new NotificationHandlers().On<FindingOpened>(tally).On<FindingChanged>(tally).On<FindingResolved>(tally);
        var cycle = new EvaluationCycle(store, new IsolatingMediator(listeners, failure => throw failure), TimeProvider.System);
        var plan = Plans.Plan with { Requires = RequiredData.None, Bind = _ => "print cluster = \"/s/c1\", namespace = \"shop\", workload = \"cart\", restarts = 3" };
        await cycle.RunAsync(plan, azure.Workspace, new FreshnessProbe(azure.Workspace), EvaluationWindow.EndingAt(new DateTimeOffset(2026, 1, 5, 10, 0, 0, TimeSpan.Zero), plan.Schedule), default);

        var evaluation = Assert.Single(spans, span => span.OperationName == Tracing.Evaluate);
        Assert.Equal((plan.Query.Value, "w", "2026-01-05 10:00:00Z", "Complete", 1), (Tag(evaluation, "query"), Tag(evaluation, "workspace"), Tag(evaluation, "window.end"), Tag(evaluation, "outcome"), Tag(evaluation, "rows")));
        var ask = Assert.Single(spans, span => span.OperationName == Tracing.Ask);
        Assert.True(Guid.TryParse((string?)Tag(ask, "client-request-id"), out _));
        Assert.Equal((ActivityKind.Client, "Complete", evaluation.SpanId), (ask.Kind, Tag(ask, "outcome"), ask.ParentSpanId));
        var commit = Assert.Single(spans, span => span.OperationName == Tracing.Commit);
        Assert.Equal((1, evaluation.SpanId), (Tag(commit, "events"), commit.ParentSpanId));
    }

    private static object? Tag(Activity span, string name) => span.GetTagItem("aksinsights." + name);
}

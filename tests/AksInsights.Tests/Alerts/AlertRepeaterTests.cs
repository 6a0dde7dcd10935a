using AksInsights.Core.Alerts;
using AksInsights.Core.Findings;
using AksInsights.Tests.Findings;

namespace AksInsights.Tests.Alerts;

/// <summary>What is said again, to systems that forget and to people where a route asks for it.</summary>
public sealed class AlertRepeaterTests
{
    [Fact]
    public async Task ASystemIsToldAgainWhatItWasToldAndIsOpenAndForAWhileWhatEnded()
    {
        var system = new ScriptedSystem("am");
        await using var story = await AlertStory.BeginAsync(Samples.Start, system);
        await story.EvaluateAsync(0, [Samples.Seen(workload: "old")], baseline: true);
        await RunAsync(story, 1);
        await story.EvaluateAsync(5, [Samples.Seen(workload: "old"), Samples.Seen(workload: "cart")]);
        await RunAsync(story, 6);
        await RunAsync(story, 6.5);
        await RunAsync(story, 7);
        await story.EvaluateAsync(10, [Samples.Seen(workload: "old")]);
        await story.EvaluateAsync(25, [Samples.Seen(workload: "old")]);
        await RunAsync(story, 26);
        await RunAsync(story, 45);
        Assert.Equal(["", "cart open", "cart open", "cart over", ""], system.Repeated.Select(items => string.Join(',', items)));
    }

    [Fact]
    public async Task ASystemThatDoesNotAnswerIsNamed()
    {
        var system = new ScriptedSystem("am") { Answer = new DeliveryOutcome.TryLater(TimeSpan.Zero, "Nobody there.") };
        await using var story = await AlertStory.BeginAsync(Samples.Start, system);
        Assert.Equal([("am", "Nobody there.")], await RunAsync(story, 1));
    }

    [Fact]
    public async Task ARouteRemindsUntilSomebodyKnows()
    {
        var (chat, story) = await RemindingAsync();
        await using var closing = story;
        await RunAsync(story, 64);
        Assert.Equal(["New: cart restarts"], chat.Titles);
        await RunAsync(story, 66);
        await RunAsync(story, 70);
        Assert.Equal(["New: cart restarts", "Still open: cart restarts"], chat.Titles);
        await RunAsync(story, 140);
        Assert.Equal(3, chat.Sent.Count);
        Assert.Equal(3, chat.Sent.Select(message => message.Key).Distinct().Count());
        await story.Store.ChangeAsync(
            chat.Sent[0].Items[0].Finding.Id, f => WorkflowStep.Apply(f, new Workflow.Acknowledged("ann", story.Minute(141), null, null), story.Minute(141), "ann"), default);
        await RunAsync(story, 300);
        Assert.Equal(3, chat.Sent.Count);
    }

    [Fact]
    public async Task TwoProcessesRemindOnce()
    {
        var (chat, story) = await RemindingAsync();
        await using var closing = story;
        story.Time.Now = story.Minute(70);
        var other = new AlertRepeater(story.Store.Outbox, story.Store, story.Channels, story.Policy, story.Time);
        await other.RunAsync(default);
        await RunAsync(story, 70);
        await other.RunAsync(default);
        await story.DispatchAsync(71);
        Assert.Equal(["New: cart restarts", "Still open: cart restarts"], chat.Titles);
    }

    [Fact]
    public async Task AMessageThatWasRefusedIsAFindingUntilItIsSent()
    {
        var chat = new ScriptedChannel("chat") { Answer = _ => new DeliveryOutcome.Refused("The channel was deleted.") };
        await using var story = await AlertStory.BeginAsync(Samples.Start, chat, new ScriptedChannel("other"));
        var health = new DeliveryHealth(story.Store, story.Store.Outbox, story.Policy.Announce, story.Time);
        await story.EvaluateAsync(0, []);
        await story.EvaluateAsync(5, [Samples.Seen(), Samples.Seen(workload: "web")]);
        await health.RunAsync(default);
        await health.RunAsync(default);
        var finding = Assert.Single(await ListAsync(story));
        Assert.Equal(("Channel chat took 2 messages not", Severity.Error), (finding.Content.Title, finding.Severity));
        Assert.StartsWith("The last answer: The channel was deleted.", finding.Content.Message, StringComparison.Ordinal);
        Assert.Equal(2, (await story.Store.Outbox.AboutAsync(finding.Id, default)).Count);

        chat.Answer = _ => new DeliveryOutcome.Delivered();
        foreach (var refused in await story.Store.Outbox.ListAsync(new MessageFilter("chat", State: MessageState.Refused), default))
            Assert.True(await story.Store.Outbox.ResendAsync(refused.Message.Key, story.Time.Now, default));
        await story.DispatchAsync(12);
        await health.RunAsync(default);
        Assert.Empty(await ListAsync(story));
    }

    private static Task<IReadOnlyList<Finding>> ListAsync(AlertStory story) =>
        story.Store.ListAsync(new FindingFilter { Query = DeliveryHealth.Query, Conditions = [Condition.Open, Condition.Clearing] }, default);

    private static async Task<(ScriptedChannel Chat, AlertStory Story)> RemindingAsync()
    {
        var chat = new ScriptedChannel("chat");
        var story = await AlertStory.BeginAsync(Samples.Start, new AlertRoute { Name = "all", Channels = ["chat"], Repeat = TimeSpan.FromHours(1) }, chat);
        await story.EvaluateAsync(0, []);
        await story.EvaluateAsync(5, [Samples.Seen()]);
        return (chat, story);
    }

    private static async Task<IReadOnlyList<(string, string)>> RunAsync(AlertStory story, double minute)
    {
        story.Time.Now = story.Minute(minute);
        var troubles = await story.Repeater.RunAsync(default);
        await story.DispatchAsync(minute + 1);
        return troubles;
    }
}

using AksInsights.Core.Alerts;
using AksInsights.Core.Findings;
using AksInsights.Service.Alerts;

namespace AksInsights.Service.Commands;

/// <summary>The part of <c>doctor</c> about channels: whether each can be reached and takes our word, without sending anything unless asked to.</summary>
internal static class ChannelDoctor
{
    /// <summary>Looks at each channel and at the routes.</summary>
    public static async Task<IReadOnlyList<Advice>> LookAsync(AlertSettings alerts, bool sendTest, TimeProvider time, CancellationToken cancellation)
    {
        var found = new List<Advice>();
        foreach (var channel in alerts.Channels)
        {
            var subject = $"channel {channel.Name}";
            found.Add(Say(subject, await channel.CheckAsync(cancellation).ConfigureAwait(false)));
            if (sendTest && found[^1].State != AdviceState.Wrong) found.Add(Say($"{subject}, test", await SendAsync(channel, time, cancellation).ConfigureAwait(false)));
        }

        if (alerts.Channels.Count == 0) found.Add(new Advice(AdviceState.Doubtful, "channels", "there are none, so nobody is told of anything.", "Name them in the section `Alerts`; docs/alerts.md has the kinds."));
        else if (alerts.Policy.Routes.Count == 0) found.Add(new Advice(AdviceState.Doubtful, "routes", "there are none, so no finding reaches a channel.", "Name one in `Alerts:Routes`; docs/alerts.md has an example."));
        return found;
    }

    private static Advice Say(string subject, DeliveryOutcome outcome) => outcome switch
    {
        DeliveryOutcome.Delivered delivered => new Advice(AdviceState.Good, subject, delivered.Receipt ?? "it was taken."),
        DeliveryOutcome.TryLater later => new Advice(AdviceState.Wrong, subject, later.Reason, "See that the address is right, that names resolve, and that the way there is open."),
        DeliveryOutcome.Refused refused => new Advice(AdviceState.Wrong, subject, refused.Reason),
        _ => throw new InvalidOperationException($"A channel answered with a case that does not exist: {outcome.GetType().Name}."),
    };

    private static async Task<DeliveryOutcome> SendAsync(IAlertChannel channel, TimeProvider time, CancellationToken cancellation)
    {
        var now = time.GetUtcNow();
        var query = new QueryId("data-health/test");
        var key = new FindingKey([new KeyPart("channel", channel.Name)]);
        var content = new FindingContent($"A test of the channel {channel.Name}", "Somebody ran `aksinsights doctor --send-test`. Nothing is wrong.", [], []);
        var facts = new EvaluationFacts(DeliveryHealth.Self, query, query, now, Verdict.Complete);
        var finding = FindingLifecycle.Advance(null, new Observation(Fingerprint.Of(query, 1, key), key, Severity.Info, content), facts, new LifecyclePolicy(TimeSpan.Zero, TimeSpan.FromMinutes(5), 1)).Finding!;
        // It begins and ends at once, so that no system goes on taking it for open.
        var item = new AlertItem(finding, FindingEventKind.Resolved, 1, Severity.Info, now, null);
        var writer = new AlertWriter(AlertTemplates.Shipped, new FindingNotes([]), null);
        var message = new AlertMessage { Key = $"msg_test_{now.UtcTicks}", ThreadKey = $"thread_test_{now.UtcTicks}", At = now, Items = [item], Document = writer.Write([item], "") };
        var outcome = await channel.DeliverAsync(message, cancellation).ConfigureAwait(false);
        return outcome is DeliveryOutcome.Delivered ? new DeliveryOutcome.Delivered("a test message was taken; see whether it arrived.") : outcome;
    }
}

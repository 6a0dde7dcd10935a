using System.Globalization;
using System.Text.Json;
using AksInsights.Adapters.Storage;
using AksInsights.Core.Alerts;
using AksInsights.Service.Alerts;
using AksInsights.Tests.Alerts;

namespace AksInsights.IntegrationTests.Crashes;

/// <summary>What became of the messages of a service that was killed: all are sent, by a clock that does not wait for leases and pauses, then compared with what the receiver got.</summary>
internal static class ServeDelivery
{
    /// <summary>Sends what is left, and compares.</summary>
    public static async Task<ServeDeliveryReport> DrainAsync(SqlFindingStore store, AlertSettings alerts, Receiver receiver)
    {
        var clock = new HastyClock();
        var dispatcher = new AlertDispatcher(
            store.Outbox, store, alerts.Channels, alerts.Policy, new AlertWriter(AlertTemplates.Shipped, new FindingNotes([]), null), [], clock);
        while ((await store.Outbox.BacklogAsync(clock.GetUtcNow(), default)).Waiting > 0) await dispatcher.DispatchAsync(default);
        return Compare(await store.Outbox.ListAsync(new MessageFilter(Limit: int.MaxValue), default), receiver);
    }

    private static ServeDeliveryReport Compare(IReadOnlyList<MessageRecord> outbox, Receiver receiver)
    {
        var taken = receiver.Requests.Select(request => (Key: request.Headers["webhook-id"], Items: ItemsOf(request.Body, out var left), Left: left)).ToList();
        var told = taken.SelectMany(request => request.Items).ToHashSet();
        var byKey = taken.GroupBy(request => request.Key).ToList();
        return new ServeDeliveryReport(
            outbox.Count,
            taken.Count,
            taken.Count - byKey.Count,
            byKey.Sum(key => key.First().Left),
            [.. outbox.Where(message => !IsTold(message, told)).Select(message => $"{message.Message.Key} {message.State} {message.Answer}")],
            [.. byKey.Where(key => key.Select(request => string.Join(' ', request.Items)).Distinct().Count() > 1).Select(key => key.Key)],
            // News under two keys would be told twice to a receiver that passes over what it knows.
            [.. byKey.SelectMany(key => key.First().Items).GroupBy(item => item).Where(item => item.Count() > 1).Select(item => item.Key.ToString())]);
    }

    private static bool IsTold(MessageRecord message, HashSet<ToldItem> told)
    {
        if (message.State != MessageState.Delivered) return false;
        var body = AlertBody.Parse(message.Message.BodyJson);
        var finding = message.Message.Finding!.Value.Value;
        // What was over before anybody was told of it is settled without, and says so; a beginning that goes out with its end is one line.
        return message.Answer?.StartsWith("Not sent", StringComparison.Ordinal) == true
            || told.Any(item => item.Finding == finding && item.Episode == body.Episode && (item.At == body.At || item.Event == "Resolved"));
    }

    /// <summary>What a request tells.</summary>
    /// <param name="body">Its body.</param>
    /// <param name="left">How many more it counts without naming them: a body is kept below 20 KB.</param>
    private static List<ToldItem> ItemsOf(string body, out int left)
    {
        using var json = JsonDocument.Parse(body);
        var data = json.RootElement.GetProperty("data");
        List<ToldItem> items =
        [
            .. data.GetProperty("findings").EnumerateArray().Select(item => new ToldItem(
                item.GetProperty("id").GetString()!, item.GetProperty("event").GetString()!, item.GetProperty("episode").GetInt32(), item.GetProperty("at").GetDateTimeOffset())),
        ];
        left = data.GetProperty("findingCount").GetInt32() - items.Count;
        return items;
    }

    private sealed record ToldItem(string Finding, string Event, int Episode, DateTimeOffset At);

    /// <summary>Runs five hundred times as fast, from now.</summary>
    private sealed class HastyClock : TimeProvider
    {
        private readonly DateTimeOffset _start = System.GetUtcNow();

        public override DateTimeOffset GetUtcNow() => _start + ((System.GetUtcNow() - _start) * 500);
    }
}

/// <summary>What came of the messages.</summary>
/// <param name="Messages">The rows of the outbox.</param>
/// <param name="Requests">What the receiver got, refused and repeated ones included.</param>
/// <param name="Repeated">How many of them came under a key that was known already.</param>
/// <param name="Unnamed">News that the receiver was given as a number only, as the request was full.</param>
/// <param name="Lost">Messages of which the receiver has not the news by name.</param>
/// <param name="Changed">Keys under which different content came.</param>
/// <param name="Doubled">News that came under two keys.</param>
internal sealed record ServeDeliveryReport(int Messages, int Requests, int Repeated, int Unnamed, IReadOnlyList<string> Lost, IReadOnlyList<string> Changed, IReadOnlyList<string> Doubled)
{
    /// <summary>Whether all is as it should be.</summary>
    public bool IsWhole => Lost.Count <= Unnamed && Changed.Count == 0 && Doubled.Count == 0;

    /// <summary>In a line, with the first of each difference.</summary>
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"{Messages:N0} messages, {Requests:N0} requests, {Repeated} repeated under the same key; lost {Math.Max(0, Lost.Count - Unnamed)}, changed {Changed.Count}, doubled {Doubled.Count}")
        + string.Concat(Lost.Concat(Changed).Concat(Doubled).Take(5).Select(line => $"\n  {line}"));
}

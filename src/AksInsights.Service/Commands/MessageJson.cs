using System.Text.Json;
using AksInsights.Core.Alerts;

namespace AksInsights.Service.Commands;

/// <summary>A message of the outbox as the members of a JSON object.</summary>
internal static class MessageJson
{
    /// <summary>Writes the members into an open object.</summary>
    public static void Write(Utf8JsonWriter json, MessageRecord message)
    {
        json.WriteString("key", message.Message.Key);
        json.WriteString("channel", message.Message.Channel);
        json.WriteString("kind", message.Message.Kind);
        if (message.Message.Finding is { } finding) json.WriteString("finding", finding.Value);
        json.WriteString("createdAt", FindingJson.Time(message.Message.CreatedAt));
        json.WriteString("dueAt", FindingJson.Time(message.Message.DueAt));
        json.WriteString("state", State(message));
        json.WriteNumber("attempts", message.Attempts);
        if (message.SettledAt is { } settled) json.WriteString("settledAt", FindingJson.Time(settled));
        if (message.Answer is { } answer) json.WriteString("answer", answer);
    }

    /// <summary>The written form of a state; a message that was settled without being sent says so.</summary>
    public static string State(MessageRecord message) =>
        message.State == MessageState.Delivered && message.Answer?.StartsWith("Not sent", StringComparison.Ordinal) == true ? "not-sent" : FindingJson.Kebab(message.State.ToString());
}

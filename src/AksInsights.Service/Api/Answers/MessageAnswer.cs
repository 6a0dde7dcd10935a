using AksInsights.Core.Alerts;
using AksInsights.Service.Commands;

namespace AksInsights.Service.Api.Answers;

/// <summary>A message to people or systems, with what has become of it.</summary>
internal sealed class MessageAnswer
{
    private readonly MessageRecord _record;

    /// <summary>The answer about a message.</summary>
    public MessageAnswer(MessageRecord record) => _record = record;

    /// <summary>Its name, the same at every attempt.</summary>
    public string Key => _record.Message.Key;

    /// <summary>The channel it goes out by.</summary>
    public string Channel => _record.Message.Channel;

    /// <summary>What it is, such as `opened`, `resolved` or `digest`.</summary>
    public string Kind => _record.Message.Kind;

    /// <summary>The finding it tells of.</summary>
    public string? Finding => _record.Message.Finding?.Value;

    /// <summary>When it was made.</summary>
    public DateTimeOffset CreatedAt => _record.Message.CreatedAt;

    /// <summary>When it was made, in seconds since 1970.</summary>
    public long CreatedAtS => _record.Message.CreatedAt.ToUnixTimeSeconds();

    /// <summary>When it may go out, or be tried again.</summary>
    public DateTimeOffset DueAt => _record.Message.DueAt;

    /// <summary>How it stands: `waiting`, `delivered`, `refused`, or `not-sent` where it was settled without being sent.</summary>
    public string State => MessageJson.State(_record);

    /// <summary>How often it was tried.</summary>
    public int Attempts => _record.Attempts;

    /// <summary>When it was delivered or refused.</summary>
    public DateTimeOffset? SettledAt => _record.SettledAt;

    /// <summary>What the receiver said last, or why the attempt failed.</summary>
    public string? Answer => _record.Answer;
}

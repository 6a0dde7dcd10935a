using AksInsights.Core.Findings;

namespace AksInsights.Core.Alerts;

/// <summary>
/// Something that is to leave the program: a row of the outbox, saved in the same transaction as what it tells of, and sent later, at least once.
/// </summary>
public sealed record OutgoingMessage
{
    /// <summary>
    /// The name of the message, the same at every attempt and for every receiver of it to see: a receiver that knows it already can pass it over. A second message
    /// with the key of a first is not saved.
    /// </summary>
    public required string Key { get; init; }

    /// <summary>The channel of the configuration that it goes out by.</summary>
    public required string Channel { get; init; }

    /// <summary>Messages of one channel and group go out in the order they were saved; while one waits for another attempt, later ones wait behind it.</summary>
    public required string Group { get; init; }

    /// <summary>What it is: <c>opened</c>, <c>resolved</c>, <c>digest</c>...</summary>
    public required string Kind { get; init; }

    /// <summary>The finding it tells of; null when it tells of several or none.</summary>
    public FindingId? Finding { get; init; }

    /// <summary>What it says, as JSON of the kind's own; no secrets.</summary>
    public required string BodyJson { get; init; }

    /// <summary>When it was made, UTC.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When it may go out at the earliest, UTC.</summary>
    public required DateTimeOffset DueAt { get; init; }
}

/// <summary>A message that a worker has taken to send it. Nobody else takes it before the lease ends.</summary>
/// <param name="Sequence">Its place in the outbox, by which messages are ordered.</param>
/// <param name="Message">The message.</param>
/// <param name="Attempt">Which attempt this is, counted from 1.</param>
/// <param name="Claim">The name of this taking; what the worker says about the message is ignored once another has taken it.</param>
/// <param name="Batch">
/// The messages it goes out with, by the key that all attempts have: fixed when it is first taken, so that after a crash the same messages go out together again.
/// </param>
/// <param name="LastAnswer">What came of the attempt before; null when there was none.</param>
public sealed record ClaimedMessage(long Sequence, OutgoingMessage Message, int Attempt, string Claim, string Batch, string? LastAnswer);

/// <summary>The kinds of messages that the program itself must know.</summary>
public static class OutgoingKind
{
    /// <summary>A digest: its body is an <see cref="AlertDocument"/>.</summary>
    public const string Digest = "digest";
}

/// <summary>How a message of the outbox stands.</summary>
public enum MessageState
{
    /// <summary>It waits for its time, for another attempt, or for a worker.</summary>
    Waiting,

    /// <summary>The receiver took it.</summary>
    Delivered,

    /// <summary>It will not be sent: the receiver refused it, or there were too many attempts.</summary>
    Refused,
}

/// <summary>A message with what has become of it.</summary>
/// <param name="Sequence">Its place in the outbox.</param>
/// <param name="Message">The message; its <see cref="OutgoingMessage.DueAt"/> is that of the next attempt.</param>
/// <param name="State">How it stands.</param>
/// <param name="Attempts">How often it was tried.</param>
/// <param name="SettledAt">When it was delivered or refused; null while it waits.</param>
/// <param name="Answer">What the receiver said last, or why the attempt failed; null before the first.</param>
public sealed record MessageRecord(long Sequence, OutgoingMessage Message, MessageState State, int Attempts, DateTimeOffset? SettledAt, string? Answer);

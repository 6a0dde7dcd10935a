namespace AksInsights.Core.Alerts;

/// <summary>A way to people or to another system. Safe for concurrent use; messages of one thread come one after the other.</summary>
/// <remarks>Ownership: the channel owns its connections until it is disposed. Errors: whatever goes wrong outside is an outcome, never an exception.</remarks>
public interface IAlertChannel : IAsyncDisposable
{
    /// <summary>The name it has in the configuration.</summary>
    string Name { get; }

    /// <summary>The kind of channel: <c>slack</c>, <c>teams</c>...</summary>
    string Kind { get; }

    /// <summary>How long to wait between two messages, as the other side asks of everybody; zero when it does not.</summary>
    TimeSpan Gap => TimeSpan.Zero;

    /// <summary>How patient to be with the other side.</summary>
    BackOff BackOff => BackOff.People;

    /// <summary>What would be sent, as text, without sending it.</summary>
    string Preview(AlertMessage message);

    /// <summary>Whether the other side can be reached and, where that can be found out, takes our word; nothing is sent.</summary>
    /// <param name="cancellation">Gives up.</param>
    /// <returns><see cref="DeliveryOutcome.Delivered"/> with what was found out, as a sentence, when it looks as if a message would arrive.</returns>
    Task<DeliveryOutcome> CheckAsync(CancellationToken cancellation);

    /// <summary>Sends a message.</summary>
    /// <param name="message">What to send.</param>
    /// <param name="cancellation">Gives up; the message may have arrived all the same.</param>
    Task<DeliveryOutcome> DeliverAsync(AlertMessage message, CancellationToken cancellation);
}

/// <summary>A channel to a system that forgets what is not repeated, such as Alertmanager.</summary>
public interface IRepeatingChannel : IAlertChannel
{
    /// <summary>How often it must be told what is open.</summary>
    TimeSpan RepeatEvery { get; }

    /// <summary>Says again what is open, and what ended not long ago.</summary>
    /// <param name="items">All of it.</param>
    /// <param name="cancellation">Gives up.</param>
    Task<DeliveryOutcome> RepeatAsync(IReadOnlyList<AlertItem> items, CancellationToken cancellation);
}

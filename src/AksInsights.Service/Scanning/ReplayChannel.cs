using AksInsights.Core.Alerts;

namespace AksInsights.Service.Scanning;

/// <summary>Stands in for every channel in a replay: keeps what would have been sent, and sends nothing.</summary>
internal sealed class ReplayChannel
{
    private readonly List<(string Channel, AlertMessage Message)> _sent = [];
    private readonly Lock _adding = new();

    /// <summary>What was sent so far, in order.</summary>
    public IReadOnlyList<(string Channel, AlertMessage Message)> Sent => _sent;

    /// <summary>The stand-in for one channel.</summary>
    public IAlertChannel Named(string name) => new StandIn(name, this);

    private sealed class StandIn(string name, ReplayChannel all) : IAlertChannel
    {
        public string Name => name;

        public string Kind => "replay";

        public string Preview(AlertMessage message) => MarkdownText.Write(message.Document);

        /// <inheritdoc/>
        public Task<DeliveryOutcome> CheckAsync(CancellationToken cancellation) => Task.FromResult<DeliveryOutcome>(new DeliveryOutcome.Delivered());

        public Task<DeliveryOutcome> DeliverAsync(AlertMessage message, CancellationToken cancellation)
        {
            lock (all._adding) all._sent.Add((name, message));
            return Task.FromResult<DeliveryOutcome>(new DeliveryOutcome.Delivered());
        }

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}

using AksInsights.Core.Alerts;

namespace AksInsights.Tests.Alerts;

/// <summary>A channel that keeps what it gets and answers as told.</summary>
internal sealed class ScriptedChannel(string name) : IAlertChannel
{
    public string Name => name;

    public string Kind => "scripted";

    public List<AlertMessage> Sent { get; } = [];

    public Func<AlertMessage, DeliveryOutcome> Answer { get; set; } = _ => new DeliveryOutcome.Delivered();

    /// <summary>Every title that was sent.</summary>
    public IEnumerable<string> Titles => Sent.Select(message => message.Document.Title);

    public string Preview(AlertMessage message) => message.Document.Title;

    public Task<DeliveryOutcome> CheckAsync(CancellationToken cancellation) => Task.FromResult<DeliveryOutcome>(new DeliveryOutcome.Delivered());

    public Task<DeliveryOutcome> DeliverAsync(AlertMessage message, CancellationToken cancellation)
    {
        Sent.Add(message);
        return Task.FromResult(Answer(message));
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}

using AksInsights.Core.Alerts;

namespace AksInsights.Tests.Alerts;

/// <summary>A system that forgets what is not repeated; keeps what it is told.</summary>
internal sealed class ScriptedSystem(string name) : IRepeatingChannel
{
    public string Name => name;

    public string Kind => "scripted";

    public TimeSpan RepeatEvery => TimeSpan.FromMinutes(1);

    public List<IReadOnlyList<string>> Repeated { get; } = [];

    public DeliveryOutcome Answer { get; set; } = new DeliveryOutcome.Delivered();

    public string Preview(AlertMessage message) => message.Document.Title;

    public Task<DeliveryOutcome> CheckAsync(CancellationToken cancellation) => Task.FromResult<DeliveryOutcome>(new DeliveryOutcome.Delivered());

    public Task<DeliveryOutcome> DeliverAsync(AlertMessage message, CancellationToken cancellation) => Task.FromResult(Answer);

    public Task<DeliveryOutcome> RepeatAsync(IReadOnlyList<AlertItem> items, CancellationToken cancellation)
    {
        Repeated.Add([.. items.Select(item => $"{item.Finding.Key["workload"]} {(item.Over ? "over" : "open")}")]);
        return Task.FromResult(Answer);
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}

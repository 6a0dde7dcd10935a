using Microsoft.Extensions.Hosting;

namespace AksInsights.Service.Hosting;

/// <summary>Runs the delivery of messages beside the schedule.</summary>
internal sealed class DeliveryService(DeliveryLoop loop) : BackgroundService
{
    /// <inheritdoc/>
    protected override Task ExecuteAsync(CancellationToken stoppingToken) => loop.RunAsync(stoppingToken);
}

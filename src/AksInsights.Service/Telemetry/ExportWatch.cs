using System.Diagnostics.Tracing;
using AksInsights.Core.Secrets;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace AksInsights.Service.Telemetry;

/// <summary>Hears from OpenTelemetry that traces or metrics could not be sent, which it tells to those only who listen to its events, and says so once.</summary>
internal sealed class ExportWatch : EventListener, IHostedService
{
    private const string Exporter = "OpenTelemetry-Exporter-OpenTelemetryProtocol";

    private readonly ILogger<ExportWatch> _logger;
    private int _said;

    /// <summary>Begins to listen.</summary>
    public ExportWatch(ILogger<ExportWatch> logger)
    {
        _logger = logger;
        // Sources that were there before are told of while the base class is made, when there is no logger yet.
        foreach (var source in EventSource.GetSources()) Listen(source);
    }

    /// <inheritdoc/>
    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    protected override void OnEventSourceCreated(EventSource eventSource) => Listen(eventSource);

    /// <inheritdoc/>
    protected override void OnEventWritten(EventWrittenEventArgs eventData)
    {
        if (_logger is null || eventData.Level > EventLevel.Warning || Interlocked.Exchange(ref _said, 1) == 1) return;
        // An exception comes with where in the program it was thrown, which is nobody's concern here.
        var details = eventData.Payload?.Select(value => value?.ToString()?.Split('\n')[0].Trim()).Where(text => !string.IsNullOrEmpty(text)) ?? [];
        _logger.ExportFailed(AddressCredentials.HideIn($"{eventData.EventName}: {string.Join(", ", details)}"));
    }

    private void Listen(EventSource source)
    {
        if (source.Name == Exporter) EnableEvents(source, EventLevel.Warning);
    }
}

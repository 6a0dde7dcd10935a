using System.Collections;
using AksInsights.Core.Telemetry;
using Microsoft.Extensions.DependencyInjection;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace AksInsights.Service.Telemetry;

/// <summary>Where traces and metrics go: metrics to whoever asks for them, and both by OTLP where the usual environment variables say so.</summary>
internal static class TelemetryExport
{
    private const string Prefix = "OTEL_";

    /// <summary>The environment's variables of OpenTelemetry, which its exporters and resources look for in the configuration; nothing else of the environment is among them.</summary>
    public static IEnumerable<KeyValuePair<string, string?>> Variables() => Environment.GetEnvironmentVariables().Cast<DictionaryEntry>()
        .Where(entry => ((string)entry.Key).StartsWith(Prefix, StringComparison.Ordinal))
        .Select(entry => KeyValuePair.Create((string)entry.Key, (string?)entry.Value));

    /// <summary>Adds it to a service whose configuration has <see cref="Variables"/>.</summary>
    /// <param name="services">The service's parts.</param>
    /// <param name="export">Whether traces and metrics are sent by OTLP.</param>
    public static void Add(IServiceCollection services, bool export)
    {
        var version = typeof(TelemetryExport).Assembly.GetName().Version?.ToString(3);
        services.AddOpenTelemetry()
            // What the environment says of name and attributes goes over ours.
            .ConfigureResource(resource => resource.AddService("aksinsights", serviceVersion: version).AddEnvironmentVariableDetector())
            .WithMetrics(metrics =>
            {
                metrics.AddMeter(ServiceInstruments.MeterName, "System.Runtime", "Microsoft.AspNetCore.Hosting").AddPrometheusExporter();
                if (export) metrics.AddOtlpExporter();
            })
            .WithTracing(traces =>
            {
                traces.AddSource(Tracing.SourceName, "Quartz", "Npgsql", "Microsoft.AspNetCore");
                if (export) traces.AddOtlpExporter();
            });
        if (export) services.AddHostedService<ExportWatch>();
    }
}

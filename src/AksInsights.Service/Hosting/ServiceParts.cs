using AksInsights.Adapters.Storage;
using AksInsights.Service.Alerts;
using Microsoft.Extensions.Configuration;

namespace AksInsights.Service.Hosting;

/// <summary>What a service is made of. Owned by whoever made the parts.</summary>
internal sealed record ServiceParts
{
    /// <summary>Where it listens and who is let in.</summary>
    public required ServiceSettings Settings { get; init; }

    /// <summary>What it watches.</summary>
    public required ServedLibrary Library { get; init; }

    /// <summary>Where findings and messages live.</summary>
    public required SqlFindingStore Store { get; init; }

    /// <summary>Who is told what.</summary>
    public required AlertSettings Alerts { get; init; }

    /// <summary>The section <c>Logging</c> of the configuration, with the levels.</summary>
    public required IConfiguration Logging { get; init; }

    /// <summary>The clock.</summary>
    public required TimeProvider Time { get; init; }

    /// <summary>The database in which replicas share the schedule; null keeps it in memory.</summary>
    public StoreAddress.Postgres? SharedSchedule { get; init; }

    /// <summary>The way to Entra ID's signing keys; null takes the usual one.</summary>
    public HttpMessageHandler? EntraTransport { get; init; }

    /// <summary>Whether traces and metrics are sent by OTLP, as the usual environment variables say (<c>OTEL_EXPORTER_OTLP_ENDPOINT</c>).</summary>
    public bool Export { get; init; }
}

using AksInsights.Adapters.Workspaces.Recorded;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace AksInsights.Service.Serving;

/// <summary>A recorded workspace that answers over HTTP as the query API of Azure Log Analytics does, until it is disposed.</summary>
/// <remarks>Source of the contract: learn.microsoft.com/azure/azure-monitor/logs/api/overview.</remarks>
internal sealed class WorkspaceServer : IAsyncDisposable
{
    private const int MaxRequestBytes = 1 << 20;

    private readonly WebApplication _app;
    private readonly QueryRunner _runner;

    private WorkspaceServer(WebApplication app, QueryRunner runner)
    {
        _app = app;
        _runner = runner;
    }

    /// <summary>Where it listens, with the ports that were taken.</summary>
    public IReadOnlyList<Uri> Addresses => [.. _app.Urls.Select(url => new Uri(url))];

    /// <summary>Starts to listen.</summary>
    /// <param name="tables">The recording.</param>
    /// <param name="settings">Where and how.</param>
    /// <param name="report">Told of failures that should not be.</param>
    /// <param name="cancellation">Gives up.</param>
    /// <exception cref="IOException">An address is taken, or cannot be listened on.</exception>
    public static async Task<WorkspaceServer> StartAsync(RecordedWorkspaceTables tables, ServeSettings settings, Action<Exception> report, CancellationToken cancellation)
    {
        // Nothing comes from settings files or the environment: where it listens is what the command line says.
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().UseKestrelHttpsConfiguration().ConfigureKestrel(kestrel => Configure(kestrel, settings));
        builder.Services.AddResponseCompression(compression => compression.EnableForHttps = true);
        var app = builder.Build();
        var runner = new QueryRunner(tables, settings);
        app.UseResponseCompression();
        app.Run(new ServedRequests(runner, settings, report).AnswerAsync);
        var server = new WorkspaceServer(app, runner);
        try
        {
            await app.StartAsync(cancellation).ConfigureAwait(false);
            return server;
        }
        catch
        {
            await server.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync().ConfigureAwait(false);
        _runner.Dispose();
    }

    private static void Configure(KestrelServerOptions kestrel, ServeSettings settings)
    {
        kestrel.AddServerHeader = false;
        kestrel.Limits.MaxRequestBodySize = MaxRequestBytes;
        kestrel.Limits.MaxConcurrentConnections = 1000;
        kestrel.Limits.RequestHeadersTimeout = TimeSpan.FromSeconds(15);
        foreach (var address in settings.Addresses)
        {
            kestrel.Listen(address.Address, address.Port, listen =>
            {
                if (address.IsHttps) listen.UseHttps(settings.Certificate!);
            });
        }
    }
}

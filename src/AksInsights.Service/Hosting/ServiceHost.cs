using AksInsights.Core.Evaluation;
using AksInsights.Core.Findings;
using AksInsights.Service.Alerts;
using AksInsights.Service.Api;
using AksInsights.Service.Notifications;
using AksInsights.Service.Serving;
using AksInsights.Service.Telemetry;
using AksInsights.Service.Web;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Console;
using Quartz;

namespace AksInsights.Service.Hosting;

/// <summary>The service: schedule, delivery, API and health in one process, until it is disposed. All parts are listed here by hand.</summary>
internal sealed class ServiceHost : IAsyncDisposable
{
    private const int MaxRequestBytes = 64 << 10;

    private readonly WebApplication _app;

    private ServiceHost(WebApplication app) => _app = app;

    /// <summary>Where it listens, with the ports that were taken.</summary>
    public IReadOnlyList<Uri> Addresses => [.. _app.Urls.Select(url => new Uri(url))];

    /// <summary>The paths it answers, as routing knows them.</summary>
    public IReadOnlyList<RouteEndpoint> Routes => [.. _app.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()];

    /// <summary>What happened so far.</summary>
    public ServiceInstruments Instruments => _app.Services.GetRequiredService<ServiceInstruments>();

    /// <summary>Starts everything.</summary>
    /// <param name="parts">What it is made of; not owned.</param>
    /// <param name="cancellation">Gives up.</param>
    /// <exception cref="IOException">An address is taken, or cannot be listened on.</exception>
    public static async Task<ServiceHost> StartAsync(ServiceParts parts, CancellationToken cancellation)
    {
        // Nothing comes from the environment behind the configuration's back, but where traces and metrics are sent.
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        if (parts.Export) builder.Configuration.AddInMemoryCollection(TelemetryExport.Variables());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => Listen(kestrel, parts.Settings.Addresses));
        AddLogging(builder.Logging, parts);
        AddServices(builder.Services, parts);
        var app = builder.Build();
        Map(app);
        var host = new ServiceHost(app);
        try
        {
            await app.StartAsync(cancellation).ConfigureAwait(false);
            var logger = app.Services.GetRequiredService<ILogger<ServiceHost>>();
            foreach (var address in host.Addresses) logger.Listening(address.ToString());
            foreach (var watched in parts.Library.Workspaces) logger.Watching(watched.Id.Value, watched.Plans.Count);
            return host;
        }
        catch
        {
            await host.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>Runs until it is told to stop, then lets what has begun come to an end.</summary>
    public async Task RunAsync(CancellationToken cancellation)
    {
        await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, cancellation).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await StopAsync().ConfigureAwait(false);
    }

    /// <summary>Stops; evaluations that have begun come to an end first, for a while.</summary>
    public Task StopAsync()
    {
        _app.Services.GetRequiredService<Ending>().Begin();
        return _app.StopAsync(CancellationToken.None);
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _app.DisposeAsync();

    // Results go to standard output, logs to standard error. What others log is told from warnings on, unless the configuration asks for more.
    private static void AddLogging(ILoggingBuilder logging, ServiceParts parts)
    {
        logging.AddFilter("Microsoft", LogLevel.Warning).AddFilter("Quartz", LogLevel.Warning).AddConfiguration(parts.Logging);
        logging.AddSimpleConsole(console => console.SingleLine = true);
        logging.Services.Configure<ConsoleLoggerOptions>(console => console.LogToStandardErrorThreshold = LogLevel.Trace);
    }

    private static void AddServices(IServiceCollection services, ServiceParts parts)
    {
        services.AddRoutingCore();
        if (parts.Settings.Entra is { } entra) EntraTokens.Add(services, entra, parts.EntraTransport);
        ApiDocument.AddServices(services);
        WebEndpoints.AddServices(services);
        services.AddSingleton(parts.Time).AddSingleton(parts.Store).AddSingleton<IFindingStore>(parts.Store).AddSingleton(parts.Library).AddSingleton(parts.Settings);
        services.AddSingleton<ServiceInstruments>().AddSingleton<Ending>();
        services.AddSingleton<IEvaluationObserver>(provider => provider.GetRequiredService<ServiceInstruments>());
        services.AddSingleton<IDeliveryObserver>(provider => provider.GetRequiredService<ServiceInstruments>());
        services.AddSingleton(provider => Cycle(provider.GetRequiredService<ServiceInstruments>(), parts));
        services.AddSingleton<EvaluationRunner>().AddSingleton<EvaluateQueryJob>().AddSingleton<CollectUsageJob>().AddSingleton<PruneStoreJob>().AddSingleton<AdviceCache>();
        services.AddSingleton(new AlertTools(parts.Alerts, parts.Library.Queries)).AddSingleton<DeliveryLoop>().AddHostedService<DeliveryService>();
        services.AddQuartz(quartz =>
        {
            quartz.UseDefaultThreadPool(parts.Settings.Concurrency);
            quartz.UseTimeProvider(parts.Time);
            if (parts.SharedSchedule is { } shared) quartz.UsePersistentStore(store => store.UsePostgres(shared.ConnectionString).UseClustering().ProvisionSchema());
        });
        services.AddHostedService<Schedule>();
        services.AddQuartzHostedService(options => options.WaitForJobsToComplete = true);
        TelemetryExport.Add(services, parts.Export);
    }

    private static EvaluationCycle Cycle(ServiceInstruments instruments, ServiceParts parts)
    {
        var listeners = new NotificationHandlers().On<FindingOpened>(instruments).On<FindingChanged>(instruments).On<FindingResolved>(instruments);
        return new EvaluationCycle(parts.Store, new IsolatingMediator(listeners, instruments.ListenerFailed), parts.Time, parts.Alerts.Policy.Announce);
    }

    private static void Map(WebApplication app)
    {
        app.Use(ApiProblems.InvokeAsync);
        app.Use(ActivatorUtilities.CreateInstance<WebErrors>(app.Services).InvokeAsync);
        app.Use(SiteGuard.InvokeAsync);
        app.Use(ActivatorUtilities.CreateInstance<KeyGuard>(app.Services).InvokeAsync);
        app.UseRouting();
        app.MapPrometheusScrapingEndpoint("/metrics");
        HealthEndpoints.Map(app);
        ApiDocument.Map(app);
        ApiDocument.MapRoutes(app);
        WebEndpoints.Map(app);
    }

    private static void Listen(KestrelServerOptions kestrel, IReadOnlyList<ListenAddress> addresses)
    {
        kestrel.AddServerHeader = false;
        kestrel.Limits.MaxRequestBodySize = MaxRequestBytes;
        kestrel.Limits.MaxConcurrentConnections = 1000;
        kestrel.Limits.RequestHeadersTimeout = TimeSpan.FromSeconds(15);
        foreach (var address in addresses) kestrel.Listen(address.Address, address.Port);
    }
}

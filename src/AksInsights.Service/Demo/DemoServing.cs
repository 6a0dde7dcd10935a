using AksInsights.Adapters.Storage;
using AksInsights.Adapters.Workspaces.Recorded;
using AksInsights.Core.Queries;
using AksInsights.Service.Alerts;
using AksInsights.Service.Commands;
using AksInsights.Service.Hosting;
using Microsoft.Extensions.Configuration;
using Spectre.Console;

namespace AksInsights.Service.Demo;

/// <summary>Serves what a demo found, as <c>serve</c> does, until it is stopped.</summary>
internal static class DemoServing
{
    private const string AnyPort = "http://127.0.0.1:0";

    /// <summary>Serves it.</summary>
    /// <param name="library">The queries.</param>
    /// <param name="recording">The folder of the recording.</param>
    /// <param name="tables">The recording.</param>
    /// <param name="store">What was found; not owned.</param>
    /// <param name="url">Where; null takes the usual place, or another port of this machine where that is taken.</param>
    /// <param name="io">Where to say it.</param>
    /// <param name="cancellation">Stops it.</param>
    public static async Task<int> RunAsync(
        QueryLibrary library, string recording, RecordedWorkspaceTables tables, SqlFindingStore store, string? url, CommandIo io, CancellationToken cancellation)
    {
        var plans = library.Checks.Select(query => query.Plan(new Dictionary<string, object?>()));
        var newest = new DateTimeOffset(tables.NewestTimeGenerated(cancellation)!.Value, TimeSpan.Zero);
        var workspace = new RecordedWorkspace(RecordedWorkspace.IdOf(recording), tables, newest, parallelism: 1);
        var served = new ServedLibrary(library.Checks, [new WatchedWorkspace(workspace, plans, LibraryOptions.IdsOf(library.Folder))]);
        // The replay ends with messages that are held back; whoever plays with the demo is told nothing, and nothing is wrong with that.
        var channel = new ConfigurationBuilder().AddInMemoryCollection([new($"Alerts:Channels:{DemoRun.Channel}:Kind", "file")]).Build();
        var alerts = AlertSettings.Read(channel, io.Time, TextWriter.Null, out _)!;
        await using var closing = alerts.ConfigureAwait(false);
        string? trouble = null;
        foreach (var address in url is null ? (string[])[ServiceSettings.DefaultUrl, AnyPort] : [url])
        {
            if (ServiceSettings.Read(new ConfigurationBuilder().Build(), [address], out var mistakes) is not { } settings)
                return io.Refuse(ExitCode.Misuse, string.Join('\n', mistakes));
            var parts = new ServiceParts
            {
                Settings = settings,
                Library = served,
                Store = store,
                Alerts = alerts,
                Logging = new ConfigurationBuilder().AddInMemoryCollection([new("LogLevel:Default", "Warning")]).Build(),
                Time = io.Time,
            };
            trouble = await ServeAsync(parts, io, cancellation).ConfigureAwait(false);
            if (trouble is null) return ExitCode.Done;
        }

        return io.Refuse(ExitCode.Impossible, $"It cannot listen there: {trouble}", "Choose another port with --urls; port 0 takes a free one.");
    }

    /// <summary>Serves until it is stopped.</summary>
    /// <returns>Why it cannot listen; null when it did.</returns>
    private static async Task<string?> ServeAsync(ServiceParts parts, CommandIo io, CancellationToken cancellation)
    {
        ServiceHost host;
        try
        {
            host = await ServiceHost.StartAsync(parts, cancellation).ConfigureAwait(false);
        }
        catch (IOException failure)
        {
            return failure.Message;
        }

        await using (host.ConfigureAwait(false))
        {
            ResultConsole.Create(io).MarkupLineInterpolated($"[bold]See it in a browser: {host.Addresses[0]}[/]  Ctrl+C ends.");
            await io.Out.FlushAsync(CancellationToken.None).ConfigureAwait(false);
            await host.RunAsync(cancellation).ConfigureAwait(false);
        }

        return null;
    }
}

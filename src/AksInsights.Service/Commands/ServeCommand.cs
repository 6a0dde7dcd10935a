using System.CommandLine;
using AksInsights.Adapters.Storage;
using AksInsights.Adapters.Workspaces.Recorded;
using AksInsights.Core.Queries;
using AksInsights.Service.Alerts;
using AksInsights.Service.Hosting;
using AksInsights.Service.Workspaces;

namespace AksInsights.Service.Commands;

/// <summary><c>serve</c>: the service: evaluates every query at its cadence, tells people, and answers over HTTP, until it is stopped.</summary>
internal static class ServeCommand
{
    /// <summary>Makes the command.</summary>
    public static Command Create(CommandIo io)
    {
        var options = new Options();
        var command = new Command("serve", "Run the service: evaluate every query at its cadence, tell people, and answer over HTTP, until it is stopped.");
        options.AddTo(command);
        command.SetAction((parsed, cancellation) => RunAsync(options, parsed, io, cancellation));
        return command;
    }

    /// <summary>Makes <c>serve-key</c>, which makes a key for the API.</summary>
    public static Command CreateKey(CommandIo io)
    {
        var command = new Command("serve-key", "Make a key for the API. The key is shown once; the configuration holds its hash.");
        command.SetAction(_ =>
        {
            var (key, hash) = ApiKey.Make();
            io.Out.Write($"key   {key}\nhash  {hash}\n");
            io.Error.WriteLine("Put the hash into the configuration as Service:ApiKeys:NAME, and give the key to NAME.");
            return ExitCode.Done;
        });
        return command;
    }

    private static async Task<int> RunAsync(Options options, ParseResult parsed, CommandIo io, CancellationToken cancellation)
    {
        if (options.Library.Load(parsed, [], io, out var refusal) is not { } library) return refusal;
        LibraryOptions.PrintProblems(library, io);
        if (options.Config.Read(parsed, io) is not { } configuration) return ExitCode.Impossible;
        var mistakes = new List<string>();
        var alerts = AlertSettings.Read(configuration, io.Time, io.Out, out var wrong);
        mistakes.AddRange(wrong);
        var settings = ServiceSettings.Read(configuration, parsed.GetValue(options.Urls) ?? [], out wrong);
        mistakes.AddRange(wrong);
        var azure = AzureSettings.Read(configuration, out wrong);
        mistakes.AddRange(wrong);
        var workspaces = WorkspaceSettings.Read(configuration, mistakes);
        if (parsed.GetValue(options.Workspace) is { } folder) workspaces = [.. workspaces, new WorkspaceSettings(RecordedWorkspace.IdOf(folder).Value, folder, new Dictionary<string, IReadOnlyDictionary<string, string>>())];
        if (workspaces.Count == 0) mistakes.Add("Nothing to watch: name a recording with --workspace, or workspaces in the section `Workspaces` of the configuration.");
        var watched = mistakes.Count == 0 ? Open(workspaces, azure!, library, mistakes, io, cancellation) : [];
        if (mistakes.Count > 0 || alerts is null || settings is null)
        {
            foreach (var mistake in mistakes) io.Error.WriteLine(mistake);
            return ExitCode.Impossible;
        }

        await using var closing = alerts.ConfigureAwait(false);
        if (await options.Store.OpenAsync(parsed, mayMake: true, io, cancellation).ConfigureAwait(false) is not { } store) return ExitCode.Impossible;
        await using (store.ConfigureAwait(false))
        {
            return await RunAsync(
                new ServiceParts
                {
                    Settings = settings,
                    Library = new ServedLibrary(library.Checks, watched) { UsageQueries = [.. library.Queries.Except(library.Checks)] },
                    Store = store,
                    Alerts = alerts,
                    Logging = configuration.GetSection("Logging"),
                    Time = io.Time,
                    SharedSchedule = options.Store.AddressOf(parsed) as StoreAddress.Postgres,
                    Export = Environment.GetEnvironmentVariable("OTEL_EXPORTER_OTLP_ENDPOINT") is { Length: > 0 },
                },
                io,
                cancellation).ConfigureAwait(false);
        }
    }

    private static async Task<int> RunAsync(ServiceParts parts, CommandIo io, CancellationToken cancellation)
    {
        try
        {
            var host = await ServiceHost.StartAsync(parts, cancellation).ConfigureAwait(false);
            await using (host.ConfigureAwait(false))
            {
                foreach (var watched in parts.Library.Workspaces) io.Out.Write($"Watching {watched.Id}: {Counted.Of(watched.Plans.Count, "query", "queries")}.\n");
                foreach (var address in host.Addresses) io.Out.Write($"Listening on {address}. Open it in a browser; the API is at {address}api/v1/findings. Ctrl+C stops it.\n");
                await io.Out.FlushAsync(CancellationToken.None).ConfigureAwait(false);
                await host.RunAsync(cancellation).ConfigureAwait(false);
            }

            return ExitCode.Done;
        }
        catch (IOException failure)
        {
            return io.Refuse(ExitCode.Impossible, $"It cannot listen there: {failure.Message}", "Choose another port with --urls; port 0 takes a free one.");
        }
    }

    private static List<WatchedWorkspace> Open(IReadOnlyList<WorkspaceSettings> workspaces, AzureSettings azure, QueryLibrary library, List<string> mistakes, CommandIo io, CancellationToken cancellation)
    {
        var watched = new List<WatchedWorkspace>();
        var ids = LibraryOptions.IdsOf(library.Folder);
        var connection = new Lazy<AzureConnection>(() => new AzureConnection(azure, io.Time));
        foreach (var settings in workspaces)
        {
            var plans = settings.Plan(library.Checks, mistakes);
            if (settings.Azure is { } target)
            {
                watched.Add(new WatchedWorkspace(connection.Value.Workspace(target, settings.Name), plans, ids));
                continue;
            }

            if (RecordingOptions.OpenTables(settings.Folder!, strict: false, io) is not { } tables)
            {
                mistakes.Add($"`Workspaces:{settings.Name}` cannot be read; see above.");
                continue;
            }

            if (tables.NewestTimeGenerated(cancellation) is not { } newest) mistakes.Add($"No row of the recording `{settings.Folder}` has a time.");
            else watched.Add(new WatchedWorkspace(new RecordedWorkspace(new(settings.Name), tables, new DateTimeOffset(newest, TimeSpan.Zero), parallelism: 1), plans, ids));
        }

        return watched;
    }

    private sealed class Options
    {
        public LibraryOptions Library { get; } = new();

        public StoreOption Store { get; } = new(required: true);

        public ConfigOption Config { get; } = new();

        public Option<string?> Workspace { get; } = SharedOptions.Workspace(required: false);

        public Option<string[]> Urls { get; } = new("--urls")
        {
            Description = $"Where to listen. By default {ServiceSettings.DefaultUrl}; port 0 takes a free one.",
            HelpName = "URL",
            AllowMultipleArgumentsPerToken = true,
        };

        public void AddTo(Command command)
        {
            command.Add(Workspace);
            command.Add(Urls);
            Store.AddTo(command);
            Config.AddTo(command);
            Library.AddTo(command);
        }
    }
}

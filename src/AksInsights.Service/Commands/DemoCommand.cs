using System.CommandLine;
using AksInsights.Adapters.Storage;
using AksInsights.Adapters.Workspaces.Recorded;
using AksInsights.Core.Findings;
using AksInsights.Core.Queries;
using AksInsights.Service.Demo;
using AksInsights.Service.Hosting;

namespace AksInsights.Service.Commands;

/// <summary><c>demo</c>: the whole job on the sample clusters that come with the program, told to somebody who sees it for the first time.</summary>
internal static class DemoCommand
{
    /// <summary>Makes the command.</summary>
    public static Command Create(CommandIo io)
    {
        var options = new Options();
        var command = new Command("demo", "Replay a day of the sample clusters that come with the program, show what to do about it, and serve it as a web page.");
        options.AddTo(command);
        command.SetAction((parsed, cancellation) => RunAsync(options, parsed, io, cancellation));
        return command;
    }

    private static async Task<int> RunAsync(Options options, ParseResult parsed, CommandIo io, CancellationToken cancellation)
    {
        var recording = Path.Combine(AppContext.BaseDirectory, "samples", "workspace-demo");
        var library = QueryLibrary.Load(LibraryOptions.Shipped);
        LibraryOptions.PrintProblems(library, io);
        var progress = new ScanProgress();
        if (RecordingOptions.OpenTables(recording, strict: false, io, progress) is not { } tables) return ExitCode.Impossible;
        try
        {
            var folder = DemoFolder.Make(parsed.GetValue(options.Out)!);
            await ShowAsync(library, recording, tables, folder, progress, io, cancellation).ConfigureAwait(false);
            if (library.HasErrors) return ExitCode.Failed;
            return await ServeAsync(options, parsed, library, recording, tables, folder, io, cancellation).ConfigureAwait(false);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or StoreException or RecordedWorkspaceException)
        {
            return io.Refuse(ExitCode.Impossible, failure.Message, failure is RecordedWorkspaceException ? null : "Name a folder that can be written, with room for some MB: --out DIR");
        }
    }

    private static async Task ShowAsync(
        QueryLibrary library, string recording, RecordedWorkspaceTables tables, DemoFolder folder, ScanProgress progress, CommandIo io, CancellationToken cancellation)
    {
        var text = new DemoText(io);
        text.Begin(library.Checks.Count);
        // In memory while it is replayed: a day of commits one after the other would wait for the disk.
        var store = await SqlFindingStore.OpenMemoryAsync(io.Time, cancellation).ConfigureAwait(false);
        await using (store.ConfigureAwait(false))
        {
            var run = new DemoRun(library, store, recording);
            var replay = await run.ReplayAsync(tables, progress, io, cancellation).ConfigureAwait(false);
            text.Story(replay);
            text.Findings(replay.Last, library);
            text.Steps(replay.Last, library);
            folder.Write(await run.DigestAsync(replay.Last.AsOf, cancellation).ConfigureAwait(false));
            if (await run.AdviseAsync(tables, io, cancellation).ConfigureAwait(false) is { } advice)
            {
                text.Advice(advice);
                folder.Write(advice);
            }

            await folder.KeepAsync(store, io.Time, cancellation).ConfigureAwait(false);
            text.Written(folder.Name, folder.Write(library));
        }

        var sample = Path.Combine("samples", "workspace-demo");
        text.Next(Directory.Exists(sample) ? sample : recording);
    }

    private static async Task<int> ServeAsync(
        Options options, ParseResult parsed, QueryLibrary library, string recording, RecordedWorkspaceTables tables, DemoFolder folder, CommandIo io, CancellationToken cancellation)
    {
        if (parsed.GetValue(options.NoServe)) return ExitCode.Done;
        if (io.Width is null && !parsed.GetValue(options.Serve))
        {
            io.Out.Write($"No terminal is watching, so nothing is served. To see it in a browser: aksinsights demo --serve\n");
            return ExitCode.Done;
        }

        var store = await SqlFindingStore.OpenFileAsync(folder.StorePath, io.Time, cancellation).ConfigureAwait(false);
        await using (store.ConfigureAwait(false))
            return await DemoServing.RunAsync(library, recording, tables, store, parsed.GetValue(options.Url), io, cancellation).ConfigureAwait(false);
    }

    private sealed class Options
    {
        public Option<string> Out { get; } = new("--out", "-o")
        {
            Description = "The folder for digest, recommendations, dashboards and the store; what an earlier demo left there is replaced.",
            HelpName = "DIR",
            DefaultValueFactory = _ => "aksinsights-demo",
        };

        public Option<bool> Serve { get; } = new("--serve") { Description = "Serve the web page also where no terminal is watching." };

        public Option<bool> NoServe { get; } = new("--no-serve") { Description = "End when everything is written." };

        public Option<string?> Url { get; } = new("--urls") { Description = $"Where to serve. By default {ServiceSettings.DefaultUrl}, or a free port where that is taken.", HelpName = "URL" };

        public void AddTo(Command command)
        {
            command.Add(Out);
            command.Add(Serve);
            command.Add(NoServe);
            command.Add(Url);
        }
    }
}

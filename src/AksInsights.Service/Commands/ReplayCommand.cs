using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using AksInsights.Adapters.Storage;
using AksInsights.Adapters.Workspaces.Recorded;
using AksInsights.Core.Alerts;
using AksInsights.Core.Findings;
using AksInsights.Core.Queries;
using AksInsights.Service.Alerts;
using AksInsights.Service.Scanning;

namespace AksInsights.Service.Commands;

/// <summary><c>replay</c>: what findings and messages a recorded time would have brought.</summary>
internal static class ReplayCommand
{
    /// <summary>Makes the command.</summary>
    public static Command Create(CommandIo io)
    {
        var options = new Options();
        var command = new Command("replay", "Run the service over a recorded time, faster than it was, and show which messages it would have sent. Nothing is sent.");
        options.AddTo(command);
        command.SetAction((parsed, cancellation) => RunAsync(options, parsed, io, cancellation));
        return command;
    }

    private static async Task<int> RunAsync(Options options, ParseResult parsed, CommandIo io, CancellationToken cancellation)
    {
        if (options.Library.Load(parsed, parsed.GetValue(options.Query) ?? [], io, out var refusal) is not { } library) return refusal;
        LibraryOptions.PrintProblems(library, io);
        if (library.HasErrors) return ExitCode.Impossible;
        if (options.Config.Alerts(parsed, io) is not { } settings) return ExitCode.Impossible;
        await using var closing = settings.ConfigureAwait(false);
        // Without routes of its own, everything goes to one channel: a replay that tells nothing shows nothing.
        var alerts = new AlertTools(settings.Policy.Routes.Count > 0 ? settings : AlertSettings.Everything("console"), library.Queries);
        var folder = parsed.GetRequiredValue(options.Workspace)!;
        if (RecordingOptions.OpenTables(folder, strict: false, io, new ScanProgress()) is not { } tables) return ExitCode.Impossible;
        if (await options.Store.OpenAsync(parsed, mayMake: true, io, cancellation).ConfigureAwait(false) is not { } store) return ExitCode.Impossible;
        await using (store.ConfigureAwait(false))
        {
            try
            {
                return await ReplayAsync(options, parsed, library, alerts, tables, store, io, cancellation).ConfigureAwait(false);
            }
            catch (Exception failure) when (failure is RecordedWorkspaceException or StoreException or AlertTemplateException)
            {
                return io.Refuse(ExitCode.Impossible, failure.Message);
            }
        }
    }

    private static async Task<int> ReplayAsync(
        Options options, ParseResult parsed, QueryLibrary library, AlertTools alerts, RecordedWorkspaceTables tables, SqlFindingStore store, CommandIo io, CancellationToken cancellation)
    {
        var whole = parsed.GetValue(options.Query) is null or [] ? LibraryOptions.IdsOf(library.Folder) : null;
        var replay = new WorkspaceReplay(
            clock => new WorkspaceScan(tables, library.Checks, store, clock) { WholeLibrary = whole, Announce = alerts.Settings.Policy.Announce }, alerts, store);
        if (Bounds(options, parsed, tables, io, cancellation) is not var (from, to)) return ExitCode.Misuse;
        var started = io.Time.GetTimestamp();
        var progress = io.IsInteractive ? new Progress<DateTimeOffset>(at => io.Error.Write($"\r{AsText(at)} of {AsText(to)} ")) : null;
        var folder = parsed.GetRequiredValue(options.Workspace)!;
        var result = await replay.RunAsync(RecordedWorkspace.IdOf(folder), from, to, parsed.GetValue(options.Every), progress, cancellation).ConfigureAwait(false);
        if (io.IsInteractive) io.Error.Write('\r');
        Write(result, from, to, io);
        io.Error.WriteLine($"{result.Evaluations} evaluations in {io.Time.GetElapsedTime(started).TotalSeconds.ToString("0.0", CultureInfo.InvariantCulture)} s.");
        return ExitCode.Done;
    }

    private static (DateTimeOffset From, DateTimeOffset To)? Bounds(Options options, ParseResult parsed, RecordedWorkspaceTables tables, CommandIo io, CancellationToken cancellation)
    {
        var newest = tables.NewestTimeGenerated(cancellation) ?? throw new RecordedWorkspaceException("No row of the recording has a time.", tables.Report);
        var to = parsed.GetValue(options.To) ?? new DateTimeOffset(newest, TimeSpan.Zero);
        var from = parsed.GetValue(options.From) ?? (to - TimeSpan.FromDays(1));
        if (from <= to) return (from, to);
        io.Refuse(ExitCode.Misuse, $"--from, {AsText(from)}, lies after --to, {AsText(to)}.");
        return null;
    }

    private static void Write(ReplayResult result, DateTimeOffset from, DateTimeOffset to, CommandIo io)
    {
        AlignedText.Write(
            io.Out,
            ["at", "channel", "how bad", "message"],
            result.Messages.Select(m => new[] { AsText(m.Message.At), m.Channel, SeverityText.Format(m.Message.Document.Worst), m.Message.Document.Title }));
        io.Out.Write('\n');
        var share = result.Rows == 0 ? 0 : 100.0 * result.Messages.Count / result.Rows;
        io.Out.Write(
            $"{Counted.Of(result.Messages.Count, "message")} from {AsText(from)} to {AsText(to)}; an alert for each row of each run would have been {result.Rows} "
            + $"({share.ToString("0.0", CultureInfo.InvariantCulture)} %). {Counted.Of(result.Last.Findings.Count, "finding")} open at the end.\n");
    }

    private static string AsText(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd HH:mm'Z'", CultureInfo.InvariantCulture);

    private sealed class Options
    {
        public LibraryOptions Library { get; } = new();

        public StoreOption Store { get; } = new(required: false);

        public ConfigOption Config { get; } = new();

        public Option<string?> Workspace { get; } = SharedOptions.Workspace(required: true);

        public Option<DateTimeOffset?> From { get; } = SharedOptions.Time("--from", "The first moment, in UTC: what is wrong then is a baseline. By default a day before --to.");

        public Option<DateTimeOffset?> To { get; } = SharedOptions.Time("--to", "The last moment, in UTC. By default that of the newest row.");

        public Option<TimeSpan> Every { get; } = new("--every")
        {
            Description = "The time between two moments.",
            HelpName = "15m|1h",
            DefaultValueFactory = _ => TimeSpan.FromMinutes(30),
            CustomParser = ReadEvery,
        };

        public Option<string[]> Query { get; } = new("--query", "-q") { Description = "Run only this query, by id, name or area (pods/*). May be given several times.", HelpName = "ID" };

        public void AddTo(Command command)
        {
            foreach (var option in new Option[] { Workspace, From, To, Every, Query }) command.Add(option);
            Store.AddTo(command);
            Config.AddTo(command);
            Library.AddTo(command);
        }

        private static TimeSpan ReadEvery(ArgumentResult result)
        {
            var text = result.Tokens[0].Value;
            if (Durations.TryParse(text, out var every) && every >= TimeSpan.FromMinutes(1)) return every;
            result.AddError($"`{text}` is no length of time of at least a minute; write it as 5m or 1h.");
            return TimeSpan.FromMinutes(30);
        }
    }
}

using System.CommandLine;
using AksInsights.Adapters.Workspaces.Recorded;
using AksInsights.Core.Findings;
using AksInsights.Core.Queries;
using AksInsights.Service.Scanning;

namespace AksInsights.Service.Commands;

/// <summary><c>scan</c>: runs the library once over a workspace and prints the findings that are open after it.</summary>
internal static class ScanCommand
{
    /// <summary>Makes the command.</summary>
    public static Command Create(CommandIo io)
    {
        var options = new Options();
        var command = new Command("scan", "Run the queries of the library once over a workspace, recorded or in Azure, and print what is wrong.");
        options.AddTo(command);
        command.SetAction((parsed, cancellation) => RunAsync(options, parsed, io, cancellation));
        return command;
    }

    private static async Task<int> RunAsync(Options options, ParseResult parsed, CommandIo io, CancellationToken cancellation)
    {
        if (options.Misuse(parsed, io) is { } misuse) return misuse;
        if (options.Library.Load(parsed, parsed.GetValue(options.Query) ?? [], io, out var refusal) is not { } library) return refusal;
        LibraryOptions.PrintProblems(library, io);
        var progress = new ScanProgress();
        var source = new ScanSource(parsed.GetValue(options.Workspace), parsed.GetValue(options.AzureWorkspace));
        if (!source.TryOpen(options.Config, parsed, parsed.GetValue(options.Strict), io, progress)) return ExitCode.Impossible;
        if (options.Config.Alerts(parsed, io) is not { } alerts) return ExitCode.Impossible;
        await using var closing = alerts.ConfigureAwait(false);
        if (await source.ObjectionAsync(cancellation).ConfigureAwait(false) is { } objection) return io.Refuse(ExitCode.Impossible, objection);
        if (await options.Store.OpenAsync(parsed, mayMake: true, io, cancellation).ConfigureAwait(false) is not { } store) return ExitCode.Impossible;
        await using (store.ConfigureAwait(false))
        {
            try
            {
                var whole = parsed.GetValue(options.Query) is null or [] ? LibraryOptions.IdsOf(library.Folder) : null;
                var scan = source.Scan(library.Checks, store, io.Time, whole, alerts.Policy.Announce);
                var asOf = parsed.GetValue(options.AsOf);
                var result = await progress.ShowAsync(
                    io, $"Running {library.Checks.Count} checks", library.Checks.Count, () => scan.RunAsync(source.Id, asOf, progress, cancellation)).ConfigureAwait(false);
                source.PrintProblems(io);
                Print(result, library, parsed.GetValue(options.Output)!, parsed.GetValue(options.All), io);
                return Verdict(result, library, parsed.GetValue(options.FailOn), io);
            }
            catch (Exception failure) when (failure is RecordedWorkspaceException or StoreException)
            {
                return io.Refuse(ExitCode.Impossible, failure.Message);
            }
        }
    }

    private static void Print(ScanResult result, QueryLibrary library, string output, bool all, CommandIo io)
    {
        if (output == KqlOutput.Json) JsonText.WriteArray(io.Out, result.Findings, FindingJson.Write);
        else ScanText.Write(result, library, all, io);
    }

    private static int Verdict(ScanResult result, QueryLibrary library, string? failOn, CommandIo io)
    {
        if (library.HasErrors) return io.Refuse(ExitCode.Impossible, "Some queries have errors and did not run; see above.");
        var limit = failOn is not null && SeverityText.TryParse(failOn, out var severity) ? severity : (Severity?)null;
        return result.Findings.Any(f => f.Severity >= limit) ? ExitCode.Failed : ExitCode.Done;
    }

    private sealed class Options
    {
        public LibraryOptions Library { get; } = new();

        public StoreOption Store { get; } = new(required: false);

        public ConfigOption Config { get; } = new();

        public Option<string?> Workspace { get; } = SharedOptions.Workspace();

        public Option<string?> AzureWorkspace { get; } = LiveWorkspace.Option();

        public Option<DateTimeOffset?> AsOf { get; } = SharedOptions.AsOf();

        public Option<bool> Strict { get; } = SharedOptions.Strict();

        public Option<string> Output { get; } = SharedOptions.Output(KqlOutput.Table, KqlOutput.Json);

        public Option<bool> All { get; } = new("--all") { Description = "Print every finding, however many a check has." };

        public Option<string[]> Query { get; } = new("--query", "-q")
        {
            Description = "Run only this query, by id, name or area (pods/*). May be given several times.",
            HelpName = "ID",
        };

        public Option<string?> FailOn { get; } = new("--fail-on")
        {
            Description = "End with exit code 1 when a finding at least this bad is open.",
            HelpName = "info|warning|error|critical",
        };

        /// <summary>The exit code, after saying why, when the options do not go together.</summary>
        public int? Misuse(ParseResult parsed, CommandIo io) => LiveWorkspace.Misuse(parsed, Workspace, AzureWorkspace, "scan", io);

        public void AddTo(Command command)
        {
            FailOn.AcceptOnlyFromAmong("info", "warning", "error", "critical");
            foreach (var option in new Option[] { Workspace, AzureWorkspace, Query, AsOf, Output, All, FailOn, Strict }) command.Add(option);
            Store.AddTo(command);
            Config.AddTo(command);
            Library.AddTo(command);
        }
    }
}

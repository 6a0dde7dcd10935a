using System.CommandLine;
using AksInsights.Core.Rightsizing.Backtests;
using AksInsights.Core.Rightsizing.Policies;
using AksInsights.Core.Rightsizing.Pricing;

namespace AksInsights.Service.Commands;

/// <summary><c>backtest</c>: what rightsizing policies would have done on a past that is known.</summary>
internal static class BacktestCommand
{
    /// <summary>Makes the command.</summary>
    public static Command Create(CommandIo io)
    {
        var options = new Options();
        var command = new Command("backtest", "Replay rightsizing policies over a known past: every decision sees only what came before it, and is scored on what came after.");
        options.AddTo(command);
        command.SetAction((parsed, cancellation) => RunAsync(options, parsed, io, cancellation));
        return command;
    }

    private static async Task<int> RunAsync(Options options, ParseResult parsed, CommandIo io, CancellationToken cancellation)
    {
        var policies = parsed.GetRequiredValue(options.Policies);
        var decisionsFile = parsed.GetValue(options.Decisions);
        if (decisionsFile is not null && policies.Count != 1)
            return io.Refuse(ExitCode.Misuse, "--decisions writes what one policy decided; name it with --policy.");
        if (options.Pasts(parsed) != 1) return io.Refuse(ExitCode.Misuse, "Name one past to replay: --series, --workspace or --store.");
        if (await OpenAsync(options, parsed, io, cancellation).ConfigureAwait(false) is not { } pasts) return ExitCode.Impossible;
        var moments = parsed.GetValue(options.At) is { } at ? DecisionsFile.ReadMoments(at, io) : null;
        if (moments is null && parsed.GetValue(options.At) is not null) return ExitCode.Impossible;
        var plan = pasts.Plan(parsed.GetValue(options.Train), parsed.GetValue(options.Step), policies);
        var tracks = pasts.Tracks(plan, moments);
        if (tracks.All(t => t.Decisions.Count == 0))
            return io.Refuse(ExitCode.Impossible, "No series is longer than the training time and a day; give a shorter --train.");
        var results = Backtest.Run(tracks, plan, cancellation);
        if (decisionsFile is not null && !TryWriteDecisions(decisionsFile, results[0], io)) return ExitCode.Impossible;
        BacktestText.Write(results, plan, parsed.GetValue(options.Prices)!, parsed.GetValue(options.Output)!, io);
        return ExitCode.Done;
    }

    private static async Task<BacktestPasts?> OpenAsync(Options options, ParseResult parsed, CommandIo io, CancellationToken cancellation)
    {
        if (options.Store.AddressOf(parsed) is not null) return await BacktestPasts.OfStoreAsync(options.Store, parsed, io, cancellation).ConfigureAwait(false);
        var read = parsed.GetValue(options.Workspace) is { } folder
            ? await BacktestPasts.OfWorkspaceAsync(folder, io, cancellation).ConfigureAwait(false)
            : BacktestPasts.OfFiles(parsed.GetValue(options.Series) ?? [], io);
        return read is not null && parsed.GetValue(options.SkipGaps) ? read with { Series = [.. read.Series.Select(s => s.WithoutGapDays())] } : read;
    }

    private static bool TryWriteDecisions(string path, PolicyBacktest result, CommandIo io)
    {
        try
        {
            DecisionsFile.Write(path, result.Decisions);
            return true;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            io.Refuse(ExitCode.Impossible, $"`{path}` cannot be written: {failure.Message}");
            return false;
        }
    }

    private sealed class Options
    {
        public Option<string[]> Series { get; } = new("--series")
        {
            Description = "A file of usage series, a line each: name,resource,unit,interval_s,start_epoch,values. May be given several times.",
            HelpName = "FILE",
        };

        public Option<string?> Workspace { get; } = SharedOptions.Workspace();

        public StoreOption Store { get; } = new(required: false);

        public Option<IReadOnlyList<IRightsizingPolicy>> Policies { get; } = new("--policy")
        {
            Description = "The policies to replay, separated by commas. By default all.",
            HelpName = string.Join(',', PolicyTable.All.Select(p => p.Name)),
            DefaultValueFactory = _ => PolicyTable.All,
            CustomParser = RightsizingOptions.ReadPolicies,
        };

        public Option<TimeSpan?> Train { get; } = RightsizingOptions.Length("--train", "How much of the past a decision may use; 14d by default, half of a shorter past.");

        public Option<TimeSpan?> Step { get; } = RightsizingOptions.Length("--step", "How long a decision holds until the next; 7d by default, a sixth of a shorter past.");

        public Option<string?> At { get; } = new("--at")
        {
            Description = "Decide at the moments that a file names, a line each: name,resource,time in seconds since 1970. Further columns are not read.",
            HelpName = "FILE",
        };

        public Option<bool> SkipGaps { get; } = new("--skip-gaps") { Description = "Leave out days of which less than half was observed; later days move up." };

        public Option<string?> Decisions { get; } = new("--decisions")
        {
            Description = "Write every decision of the one policy that is named: name,resource,time,request,limit in millicores and MiB.",
            HelpName = "OUT.csv",
        };

        public Option<PriceList> Prices { get; } = RightsizingOptions.Prices();

        public Option<string> Output { get; } = SharedOptions.Output(KqlOutput.Table, KqlOutput.Json);

        /// <summary>How many kinds of past were named.</summary>
        public int Pasts(ParseResult parsed) =>
            (parsed.GetValue(Series) is { Length: > 0 } ? 1 : 0) + (parsed.GetValue(Workspace) is null ? 0 : 1) + (Store.AddressOf(parsed) is null ? 0 : 1);

        public void AddTo(Command command)
        {
            foreach (var option in new Option[] { Series, Workspace, Policies, Train, Step, At, SkipGaps, Decisions, Prices, Output }) command.Add(option);
            Store.AddTo(command);
        }
    }
}

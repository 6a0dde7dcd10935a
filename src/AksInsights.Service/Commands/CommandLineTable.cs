using System.CommandLine;

namespace AksInsights.Service.Commands;

/// <summary>All commands of the program, and how a command line is run.</summary>
internal static class CommandLineTable
{
    /// <summary>Runs a command line.</summary>
    /// <returns>One of <see cref="ExitCode"/>.</returns>
    public static async Task<int> RunAsync(string[] args, CommandIo io, CancellationToken cancellation)
    {
        var root = Create(io);
        var parsed = root.Parse(args);
        if (parsed.Errors.Count > 0)
        {
            foreach (var error in parsed.Errors) await io.Error.WriteLineAsync(error.Message).ConfigureAwait(false);
            await io.Error.WriteLineAsync($"`{PathOf(parsed)} --help` lists what can be given.").ConfigureAwait(false);
            return ExitCode.Misuse;
        }

        try
        {
            var settings = new InvocationConfiguration { Output = io.Out, Error = io.Error, EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = TimeSpan.FromSeconds(20) };
            return await parsed.InvokeAsync(settings, cancellation).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            return io.Refuse(ExitCode.Impossible, "Cancelled; nothing more is done.");
        }
        finally
        {
            await io.Out.FlushAsync(CancellationToken.None).ConfigureAwait(false);
        }
    }

    private static RootCommand Create(CommandIo io) => new("Finds what is wrong in AKS clusters from what Container Insights recorded, and says what to do.")
    {
        DemoCommand.Create(io),
        ServeCommand.Create(io),
        ServeCommand.CreateKey(io),
        ServeHealthCommand.Create(io),
        ScanCommand.Create(io),
        ReplayCommand.Create(io),
        FindingsCommand.Create(io),
        AlertsCommand.Create(io),
        DigestCommand.Create(io),
        DashboardsCommand.Create(io),
        ScorecardCommand.Create(io),
        QueryCommand.Create(io),
        BacktestCommand.Create(io),
        UsageCommand.Create(io),
        RecommendCommand.Create(io),
        KqlCommand.Create(io),
        StoreCommand.Create(io),
        DoctorCommand.Create(io),
        ProposeCommand.Create(io),
        WorkspaceCommand.Create(io),
    };

    private static string PathOf(ParseResult parsed)
    {
        var names = new List<string>();
        for (var command = parsed.CommandResult; command is not null; command = command.Parent as System.CommandLine.Parsing.CommandResult)
            names.Insert(0, command.Command is RootCommand ? "aksinsights" : command.Command.Name);
        return string.Join(' ', names);
    }
}

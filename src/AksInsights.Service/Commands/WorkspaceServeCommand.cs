using System.CommandLine;
using AksInsights.Adapters.Workspaces.Recorded;
using AksInsights.Service.Serving;

namespace AksInsights.Service.Commands;

/// <summary><c>workspace serve</c>: answers as the query API of Azure Log Analytics does, until it is stopped.</summary>
internal static class WorkspaceServeCommand
{
    /// <summary>Makes the command.</summary>
    public static Command Create(CommandIo io)
    {
        var options = new ServeOptions();
        var command = new Command("serve", "Answer as the query API of Azure Log Analytics and Azure Resource Graph do, from a recorded workspace, until it is stopped.");
        options.AddTo(command);
        command.SetAction((parsed, cancellation) => RunAsync(options, parsed, io, cancellation));
        return command;
    }

    private static async Task<int> RunAsync(ServeOptions options, ParseResult parsed, CommandIo io, CancellationToken cancellation)
    {
        var folder = parsed.GetRequiredValue(options.Workspace)!;
        if (options.Read(parsed, io, out var refusal) is not { } settings) return refusal;
        using var certificate = settings.Certificate;
        if (RecordingOptions.OpenTables(folder, parsed.GetValue(options.Strict), io) is not { } tables) return ExitCode.Impossible;
        try
        {
            if (parsed.GetValue(options.AsOf) is null) settings = settings with { NowUtc = tables.NewestTimeGenerated(cancellation) ?? settings.NowUtc };
            var server = await WorkspaceServer.StartAsync(tables, settings, failure => io.Error.WriteLine(failure), cancellation).ConfigureAwait(false);
            await using (server.ConfigureAwait(false))
            {
                await SayWhereAsync(folder, server, settings, io).ConfigureAwait(false);
                await Stopped(cancellation).ConfigureAwait(false);
            }

            ProblemPrinter.Print(tables.Report, io.Error);
            return ExitCode.Done;
        }
        catch (RecordedWorkspaceException failure)
        {
            return io.Refuse(ExitCode.Impossible, failure.Message);
        }
        catch (IOException failure)
        {
            return io.Refuse(ExitCode.Impossible, $"It cannot listen there: {failure.Message}", "Choose another port with --urls; port 0 takes a free one.");
        }
    }

    private static async Task SayWhereAsync(string folder, WorkspaceServer server, ServeSettings settings, CommandIo io)
    {
        var id = settings.WorkspaceIds.Count > 0 ? settings.WorkspaceIds[0] : Guid.Empty.ToString();
        io.Out.Write($"The recording {folder} answers as a Log Analytics workspace; now() is {settings.NowUtc:yyyy-MM-dd'T'HH:mm:ss'Z'}. Ctrl+C stops it.\n");
        foreach (var address in server.Addresses) io.Out.Write($"POST {address}v1/workspaces/{id}/query\n");
        await io.Out.FlushAsync(CancellationToken.None).ConfigureAwait(false);
    }

    private static async Task Stopped(CancellationToken cancellation)
    {
        var stopped = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using var signal = cancellation.Register(stopped.SetResult);
        await stopped.Task.ConfigureAwait(false);
    }
}

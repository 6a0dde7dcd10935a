using System.CommandLine;
using AksInsights.Adapters.Workspaces.Recorded;
using AksInsights.Core.Findings;

namespace AksInsights.Service.Commands;

/// <summary><c>usage</c>: what containers used, rolled up for recommendations.</summary>
internal static class UsageCommand
{
    /// <summary>Makes the command.</summary>
    public static Command Create(CommandIo io) => new("usage", "Keep what containers used, rolled up by day, for recommendations over weeks.") { Collect(io) };

    private static Command Collect(CommandIo io)
    {
        var library = new LibraryOptions();
        var store = new StoreOption(required: true);
        var workspace = SharedOptions.Workspace(required: true);
        var (asOf, strict) = (SharedOptions.AsOf(), SharedOptions.Strict());
        var command = new Command("collect", "Roll usage up into a store. Days that were read to their end are not read again.") { workspace, asOf, strict };
        store.AddTo(command);
        library.AddTo(command);
        command.SetAction(async (parsed, cancellation) =>
        {
            if (library.Load(parsed, ["rightsizing/*"], io, out var refusal) is not { } loaded) return refusal;
            LibraryOptions.PrintProblems(loaded, io);
            var folder = parsed.GetRequiredValue(workspace)!;
            if (RecordingOptions.OpenTables(folder, parsed.GetValue(strict), io) is not { } tables) return ExitCode.Impossible;
            if (await store.OpenAsync(parsed, mayMake: true, io, cancellation).ConfigureAwait(false) is not { } open) return ExitCode.Impossible;
            await using var closing = open.ConfigureAwait(false);
            try
            {
                var collected = await UsageReading.CollectAsync(folder, tables, parsed.GetValue(asOf), loaded, open.Usage, io, cancellation).ConfigureAwait(false);
                UsageReading.Print(collected, io);
                return collected.Troubles.Count == 0 ? ExitCode.Done : ExitCode.Failed;
            }
            catch (Exception failure) when (failure is RecordedWorkspaceException or StoreException)
            {
                return io.Refuse(ExitCode.Impossible, failure.Message);
            }
        });
        return command;
    }
}

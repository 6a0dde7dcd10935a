using System.CommandLine;
using AksInsights.Adapters.Workspaces.Recorded;
using AksInsights.Core.Findings;
using AksInsights.Core.Queries;
using AksInsights.Core.Rightsizing.History;

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
        var config = new ConfigOption();
        var (workspace, azure) = (SharedOptions.Workspace(required: false), LiveWorkspace.Option());
        var (asOf, strict) = (SharedOptions.AsOf(), SharedOptions.Strict());
        var command = new Command("collect", "Roll usage up into a store. Days that were read to their end are not read again.") { workspace, azure, asOf, strict };
        store.AddTo(command);
        config.AddTo(command);
        library.AddTo(command);
        command.SetAction(async (parsed, cancellation) =>
        {
            if (LiveWorkspace.Misuse(parsed, workspace, azure, "usage collect", io) is { } misuse) return misuse;
            if (library.Load(parsed, ["rightsizing/*"], io, out var refusal) is not { } loaded) return refusal;
            LibraryOptions.PrintProblems(loaded, io);
            var now = parsed.GetValue(asOf);
            if (parsed.GetValue(workspace) is { } folder)
            {
                if (RecordingOptions.OpenTables(folder, parsed.GetValue(strict), io) is not { } tables) return ExitCode.Impossible;
                return await CollectAsync(open => UsageReading.CollectAsync(folder, tables, now, loaded, open, io, cancellation), store, parsed, io, cancellation).ConfigureAwait(false);
            }

            if (await LiveWorkspace.OpenAsync(parsed.GetRequiredValue(azure)!, config, parsed, io, cancellation).ConfigureAwait(false) is not { } live) return ExitCode.Impossible;
            var queries = loaded.Queries.Where(query => query.Metadata.Kind == QueryKind.Usage).ToList();
            return await CollectAsync(
                open => UsageReading.CollectAsync(live, now ?? io.Time.GetUtcNow() - LiveWorkspace.Offset, queries, open, io, cancellation), store, parsed, io, cancellation).ConfigureAwait(false);
        });
        return command;
    }

    private static async Task<int> CollectAsync(Func<IUsageStore, Task<UsageCollection>> collect, StoreOption store, ParseResult parsed, CommandIo io, CancellationToken cancellation)
    {
        if (await store.OpenAsync(parsed, mayMake: true, io, cancellation).ConfigureAwait(false) is not { } open) return ExitCode.Impossible;
        await using var closing = open.ConfigureAwait(false);
        try
        {
            var collected = await collect(open.Usage).ConfigureAwait(false);
            UsageReading.Print(collected, io);
            return collected.Troubles.Count == 0 ? ExitCode.Done : ExitCode.Failed;
        }
        catch (Exception failure) when (failure is RecordedWorkspaceException or StoreException)
        {
            return io.Refuse(ExitCode.Impossible, failure.Message);
        }
    }
}

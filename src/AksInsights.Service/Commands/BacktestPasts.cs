using System.CommandLine;
using AksInsights.Adapters.Workspaces.Recorded;
using AksInsights.Core.Findings;
using AksInsights.Core.Rightsizing.Backtests;
using AksInsights.Core.Rightsizing.Usage;
using AksInsights.Core.Workspaces;

namespace AksInsights.Service.Commands;

/// <summary>The pasts that <c>backtest</c> replays: series files, the raw rows of a recording, or the histograms of a store. Each is null, after saying why, when it cannot be read.</summary>
internal static class BacktestPasts
{
    /// <summary>The series of files.</summary>
    public static List<UsageSeries>? OfFiles(IEnumerable<string> files, CommandIo io)
    {
        var read = new List<UsageSeries>();
        foreach (var file in files)
        {
            if (SeriesFile.Read(file, io) is not { } series) return null;
            read.AddRange(series);
        }

        return read;
    }

    /// <summary>A series for each container of each pod of a recording.</summary>
    public static async Task<List<UsageSeries>?> OfWorkspaceAsync(string folder, CommandIo io, CancellationToken cancellation)
    {
        if (RecordingOptions.OpenTables(folder, strict: false, io) is not { } tables) return null;
        try
        {
            var now = tables.NewestTimeGenerated(cancellation) ?? throw new RecordedWorkspaceException("No row of the recording has a time.", tables.Report);
            var workspace = new RecordedWorkspace(RecordedWorkspace.IdOf(folder), tables, new DateTimeOffset(now, TimeSpan.Zero));
            var answer = await workspace.QueryAsync(new WorkspaceQuery(WorkspaceSeries.Query), cancellation).ConfigureAwait(false);
            ProblemPrinter.Print(tables.Report, io.Error);
            if (answer is WorkspaceResult.Complete complete) return [.. WorkspaceSeries.Read(complete.Tables[0])];
            io.Refuse(ExitCode.Impossible, answer switch
            {
                WorkspaceResult.NoData none => none.Reason,
                WorkspaceResult.Partial part => part.Reason,
                WorkspaceResult.Failed failed => failed.Reason,
                _ => throw new InvalidOperationException($"An answer of a kind that does not exist: {answer.GetType().Name}."),
            });
        }
        catch (RecordedWorkspaceException failure)
        {
            io.Refuse(ExitCode.Impossible, failure.Message);
        }

        return null;
    }

    /// <summary>A track for each resource of each container of a store, day by day.</summary>
    public static async Task<List<ReplayTrack>?> OfStoreAsync(StoreOption option, ParseResult parsed, BacktestPlan plan, CommandIo io, CancellationToken cancellation)
    {
        if (await option.OpenAsync(parsed, mayMake: false, io, cancellation).ConfigureAwait(false) is not { } store) return null;
        await using var closing = store.ConfigureAwait(false);
        try
        {
            var tracks = new List<ReplayTrack>();
            await foreach (var history in store.Usage.HistoriesAsync(null, new DateOnly(1970, 1, 1), cancellation).ConfigureAwait(false))
                tracks.AddRange([HistoryTrack.Of(history, ResourceKind.Cpu, plan), HistoryTrack.Of(history, ResourceKind.Memory, plan)]);
            return tracks;
        }
        catch (StoreException failure)
        {
            io.Refuse(ExitCode.Impossible, failure.Message);
            return null;
        }
    }
}

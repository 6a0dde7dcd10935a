using System.CommandLine;
using AksInsights.Adapters.Workspaces.Recorded;
using AksInsights.Core.Findings;
using AksInsights.Core.Rightsizing.Backtests;
using AksInsights.Core.Rightsizing.History;
using AksInsights.Core.Rightsizing.Policies;
using AksInsights.Core.Rightsizing.Usage;
using AksInsights.Core.Workspaces;

namespace AksInsights.Service.Commands;

/// <summary>The pasts that <c>backtest</c> replays: series files, the raw rows of a recording, or the histograms of a store.</summary>
/// <param name="Series">Series, sample by sample.</param>
/// <param name="Histories">Histograms by day.</param>
internal sealed record BacktestPasts(IReadOnlyList<UsageSeries> Series, IReadOnlyList<ContainerHistory> Histories)
{
    private static readonly TimeSpan Train = TimeSpan.FromDays(14);
    private static readonly TimeSpan Step = TimeSpan.FromDays(7);

    private TimeSpan Longest => Series.Select(s => s.Interval * s.Values.Length)
        .Concat(Histories.Select(h => h.Days[^1].Start - h.Days[0].Start + TimeSpan.FromDays(1))).DefaultIfEmpty().Max();

    /// <summary>How to replay them: as asked, else two weeks and one; of a shorter past half is for training, and what is left is decided three times.</summary>
    public BacktestPlan Plan(TimeSpan? train, TimeSpan? step, IReadOnlyList<IRightsizingPolicy> policies)
    {
        var isShort = Longest < Train + TimeSpan.FromDays(1);
        var (unit, least) = Histories.Count > 0 ? (TimeSpan.FromDays(1), 1) : (TimeSpan.FromHours(1), 1);
        var (half, sixth) = (unit * Math.Max(least, Math.Floor(Longest / 2 / unit)), unit * Math.Max(least, Math.Floor(Longest / 6 / unit)));
        return new BacktestPlan(train ?? (isShort ? half : Train), step ?? (isShort ? sixth : Step), policies);
    }

    /// <summary>The tracks of a plan.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="moments">When decisions of series are made; null leaves it to the plan.</param>
    public IReadOnlyList<ReplayTrack> Tracks(BacktestPlan plan, ILookup<(string Name, ResourceKind Resource), DateTimeOffset>? moments) =>
    [
        .. Series.Select(s => moments is null ? new SeriesTrack(s, plan) : new SeriesTrack(s, plan, moments[(s.Name, s.Resource)])),
        .. Histories.SelectMany(h => new[] { HistoryTrack.Of(h, ResourceKind.Cpu, plan), HistoryTrack.Of(h, ResourceKind.Memory, plan) }),
    ];

    /// <summary>The series of files; null, after saying why, when one cannot be read.</summary>
    public static BacktestPasts? OfFiles(IEnumerable<string> files, CommandIo io)
    {
        var read = new List<UsageSeries>();
        foreach (var file in files)
        {
            if (SeriesFile.Read(file, io) is not { } series) return null;
            read.AddRange(series);
        }

        return new BacktestPasts(read, []);
    }

    /// <summary>A series for each container of each pod of a recording; null, after saying why, when it cannot be read.</summary>
    public static async Task<BacktestPasts?> OfWorkspaceAsync(string folder, CommandIo io, CancellationToken cancellation)
    {
        if (RecordingOptions.OpenTables(folder, strict: false, io) is not { } tables) return null;
        try
        {
            var now = tables.NewestTimeGenerated(cancellation) ?? throw new RecordedWorkspaceException("No row of the recording has a time.", tables.Report);
            var workspace = new RecordedWorkspace(RecordedWorkspace.IdOf(folder), tables, new DateTimeOffset(now, TimeSpan.Zero));
            var answer = await workspace.QueryAsync(new WorkspaceQuery(WorkspaceSeries.Query), cancellation).ConfigureAwait(false);
            ProblemPrinter.Print(tables.Report, io.Error);
            if (answer is WorkspaceResult.Complete complete) return new BacktestPasts(WorkspaceSeries.Read(complete.Tables[0]), []);
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

    /// <summary>The containers of a store; null, after saying why, when it cannot be read.</summary>
    public static async Task<BacktestPasts?> OfStoreAsync(StoreOption option, ParseResult parsed, CommandIo io, CancellationToken cancellation)
    {
        if (await option.OpenAsync(parsed, mayMake: false, io, cancellation).ConfigureAwait(false) is not { } store) return null;
        await using var closing = store.ConfigureAwait(false);
        try
        {
            var histories = new List<ContainerHistory>();
            await foreach (var history in store.Usage.HistoriesAsync(null, new DateOnly(1970, 1, 1), cancellation).ConfigureAwait(false)) histories.Add(history);
            return new BacktestPasts([], histories);
        }
        catch (StoreException failure)
        {
            io.Refuse(ExitCode.Impossible, failure.Message);
            return null;
        }
    }
}

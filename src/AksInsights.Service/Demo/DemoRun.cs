using AksInsights.Adapters.Storage;
using AksInsights.Adapters.Workspaces.Recorded;
using AksInsights.Core.Digests;
using AksInsights.Core.Queries;
using AksInsights.Core.Rightsizing.Advice;
using AksInsights.Core.Rightsizing.Policies;
using AksInsights.Core.Rightsizing.Pricing;
using AksInsights.Service.Alerts;
using AksInsights.Service.Commands;
using AksInsights.Service.Scanning;

namespace AksInsights.Service.Demo;

/// <summary>The service over one recorded day: replayed moment after moment, then its digest and its recommendations.</summary>
internal sealed class DemoRun
{
    /// <summary>How much of the recording is replayed. The hours before it are the past that queries look back on.</summary>
    public static readonly TimeSpan Length = TimeSpan.FromDays(1);

    // Short enough for outages to come and go before the reader's eyes, long enough for the first minute.
    private static readonly TimeSpan Every = TimeSpan.FromHours(1);

    /// <summary>The name of the channel that is told everything.</summary>
    public const string Channel = "console";

    private readonly QueryLibrary _library;
    private readonly SqlFindingStore _store;
    private readonly string _folder;

    /// <summary>Prepares it.</summary>
    /// <param name="library">The queries.</param>
    /// <param name="store">Where findings, messages and usage are kept; empty.</param>
    /// <param name="folder">The folder of the recording.</param>
    public DemoRun(QueryLibrary library, SqlFindingStore store, string folder)
    {
        _library = library;
        _store = store;
        _folder = folder;
        Alerts = new AlertTools(AlertSettings.Everything(Channel), library.Queries);
    }

    /// <summary>What sends messages: everything to one channel that does not exist.</summary>
    public AlertTools Alerts { get; }

    /// <summary>Replays the last day of the recording.</summary>
    /// <exception cref="RecordedWorkspaceException">The recording cannot be read, or has no row.</exception>
    public async Task<ReplayResult> ReplayAsync(RecordedWorkspaceTables tables, ScanProgress progress, CommandIo io, CancellationToken cancellation)
    {
        var newest = tables.NewestTimeGenerated(cancellation) ?? throw new RecordedWorkspaceException("No row of the recording has a time.", tables.Report);
        var to = new DateTimeOffset(newest, TimeSpan.Zero);
        var replay = new WorkspaceReplay(
            clock => new WorkspaceScan(tables, _library.Checks, _store, clock) { WholeLibrary = LibraryOptions.IdsOf(_library.Folder), Announce = Alerts.Settings.Policy.Announce },
            Alerts,
            _store);
        return await progress.ShowAsync(
            io, "Replaying a day", (int)(Length / Every) + 1, () => replay.RunAsync(RecordedWorkspace.IdOf(_folder), to - Length, to, Every, progress, cancellation)).ConfigureAwait(false);
    }

    /// <summary>The digest that would have been sent at the end of the day.</summary>
    public async Task<Core.Alerts.AlertDocument> DigestAsync(DateTimeOffset until, CancellationToken cancellation) =>
        Alerts.DigestWriter.Write(await Alerts.Digests(_store).BuildAsync(new DigestScope(null, null), until - Length, until, cancellation).ConfigureAwait(false));

    /// <summary>What containers should have, from what they used.</summary>
    /// <exception cref="RecordedWorkspaceException">The recording cannot be read.</exception>
    public async Task<AdviceView?> AdviseAsync(RecordedWorkspaceTables tables, CommandIo io, CancellationToken cancellation)
    {
        var collected = await UsageReading.CollectAsync(_folder, tables, null, _library, _store.Usage, io with { IsInteractive = false }, cancellation).ConfigureAwait(false);
        foreach (var trouble in collected.Troubles) io.Error.WriteLine(trouble);
        if (await _store.Usage.ReadToAsync(null, cancellation).ConfigureAwait(false) is not { } readTo) return null;
        var request = new AdviceRequest([PolicyTable.All[0]], PriceList.Shipped, new AdviceOptions(), readTo);
        return (await AdviceReading.ReadAsync(request, _store, cancellation).ConfigureAwait(false))[0];
    }
}

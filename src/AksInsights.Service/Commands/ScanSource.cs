using System.CommandLine;
using AksInsights.Adapters.Workspaces.LogAnalytics;
using AksInsights.Adapters.Workspaces.Recorded;
using AksInsights.Core.Alerts;
using AksInsights.Core.Findings;
using AksInsights.Core.Queries;
using AksInsights.Core.Workspaces;
using AksInsights.Service.Scanning;
using AksInsights.Service.Workspaces;

namespace AksInsights.Service.Commands;

/// <summary>What a scan looks at: a recording, or a workspace in Azure.</summary>
/// <param name="folder">The folder of the recording; null for Azure.</param>
/// <param name="target">The workspace or resource in Azure; null for a recording.</param>
internal sealed class ScanSource(string? folder, string? target)
{
    private RecordedWorkspaceTables? _tables;
    private AzureWorkspace? _live;

    /// <summary>The name under which findings are remembered.</summary>
    public WorkspaceId Id => _live?.Id ?? RecordedWorkspace.IdOf(folder!);

    /// <summary>Opens it; false, after saying why, when it cannot be used.</summary>
    public bool TryOpen(ConfigOption config, ParseResult parsed, bool strict, CommandIo io, IProgress<LoadProgress> progress)
    {
        if (folder is not null) _tables = RecordingOptions.OpenTables(folder, strict, io, progress);
        else _live = config.Azure(parsed, io) is { } azure ? new AzureConnection(azure, io.Time).Workspace(target!) : null;
        return _tables is not null || _live is not null;
    }

    /// <summary>Why the workspace in Azure cannot be asked at all; null when it can. Otherwise every query of the library would find out by itself.</summary>
    /// <exception cref="OperationCanceledException">The caller gave up.</exception>
    public async Task<string?> ObjectionAsync(CancellationToken cancellation) =>
        _live is not null && await _live.QueryAsync(new WorkspaceQuery("print 1"), cancellation).ConfigureAwait(false) is WorkspaceResult.Failed failed ? failed.Reason : null;

    /// <summary>Makes the scan.</summary>
    public WorkspaceScan Scan(
        IReadOnlyList<QueryDefinition> queries, IFindingStore store, TimeProvider time, IReadOnlyCollection<QueryId>? whole, Func<EvaluationCommit, IReadOnlyList<OutgoingMessage>>? announce) =>
        _tables is not null
            ? new WorkspaceScan(_tables, queries, store, time) { WholeLibrary = whole, Announce = announce }
            : new WorkspaceScan(_live!, queries, store, time) { WholeLibrary = whole, Announce = announce };

    /// <summary>Says on standard error what was wrong with the rows that were read.</summary>
    public void PrintProblems(CommandIo io)
    {
        if (_tables is not null) ProblemPrinter.Print(_tables.Report, io.Error);
    }
}

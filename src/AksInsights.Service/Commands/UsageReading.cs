using System.Globalization;
using AksInsights.Adapters.Workspaces.Recorded;
using AksInsights.Core.Queries;
using AksInsights.Core.Rightsizing.History;
using AksInsights.Core.Workspaces;
using AksInsights.Service.Scanning;

namespace AksInsights.Service.Commands;

/// <summary>Collects usage from a recording: what <c>usage collect</c> and <c>recommend --workspace</c> do.</summary>
internal static class UsageReading
{
    // As long as Log Analytics keeps rows by default, and a few days that were missed.
    private static readonly TimeSpan Lookback = TimeSpan.FromDays(35);

    /// <summary>Collects what the store does not have yet.</summary>
    /// <exception cref="RecordedWorkspaceException">The recording cannot be read, or has no row.</exception>
    /// <exception cref="Core.Findings.StoreException">The store cannot work.</exception>
    public static async Task<UsageCollection> CollectAsync(
        string folder, RecordedWorkspaceTables tables, DateTimeOffset? asOf, QueryLibrary library, IUsageStore store, CommandIo io, CancellationToken cancellation)
    {
        var queries = library.Queries.Where(q => q.Metadata.Kind == QueryKind.Usage).ToList();
        tables.Prefetch(QueryColumns.Of(tables, queries).ToDictionary(n => n.Key, n => (IReadOnlyCollection<string>)n.Value), cancellation);
        var now = asOf ?? new DateTimeOffset(
            tables.NewestTimeGenerated(cancellation) ?? throw new RecordedWorkspaceException("No row of the recording has a time; give --as-of.", tables.Report), TimeSpan.Zero);
        var collected = await CollectAsync(new RecordedWorkspace(RecordedWorkspace.IdOf(folder), tables, now), now, queries, store, io, cancellation).ConfigureAwait(false);
        ProblemPrinter.Print(tables.Report, io.Error);
        return collected;
    }

    /// <summary>Collects what the store does not have yet, from any workspace.</summary>
    /// <param name="workspace">Where the rows are.</param>
    /// <param name="now">Up to when they are there.</param>
    /// <param name="queries">The queries of the kind usage.</param>
    /// <param name="store">Where usage is kept.</param>
    /// <param name="io">Where progress is shown.</param>
    /// <param name="cancellation">Gives up; days that were saved stay.</param>
    /// <exception cref="Core.Findings.StoreException">The store cannot work.</exception>
    public static async Task<UsageCollection> CollectAsync(
        IWorkspace workspace, DateTimeOffset now, IReadOnlyList<QueryDefinition> queries, IUsageStore store, CommandIo io, CancellationToken cancellation)
    {
        var progress = io.IsInteractive ? new Progress<DateOnly>(day => io.Error.Write($"\r{Text(day)} ")) : null;
        var collected = await new UsageCollector(workspace, queries, store).CollectAsync(now, Lookback, progress, cancellation).ConfigureAwait(false);
        if (io.IsInteractive) io.Error.Write('\r');
        return collected;
    }

    /// <summary>Says what was collected, and what could not be.</summary>
    public static void Print(UsageCollection collected, CommandIo io)
    {
        foreach (var trouble in collected.Troubles) io.Error.WriteLine(trouble);
        if (collected.Days is [var first, .., var last]) io.Error.WriteLine($"Collected usage of {collected.Days.Count} days, {Text(first)} to {Text(last)}.");
        else if (collected.Days is [var only]) io.Error.WriteLine($"Collected usage of {Text(only)}.");
        else if (collected.Troubles.Count == 0) io.Error.WriteLine("All usage that is there was collected before.");
    }

    private static string Text(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}

using System.CommandLine;
using AksInsights.Adapters.Workspaces.Recorded;
using AksInsights.Core.Queries;
using AksInsights.Core.Scorecards;

namespace AksInsights.Service.Commands;

/// <summary><c>scorecard</c>: holds the clusters of a workspace against the production checklist.</summary>
internal static class ScorecardCommand
{
    /// <summary>Makes the command.</summary>
    public static Command Create(CommandIo io)
    {
        var library = new LibraryOptions();
        var config = new ConfigOption();
        var (workspace, azure) = (SharedOptions.Workspace(required: false), LiveWorkspace.Option());
        var asOf = SharedOptions.AsOf();
        var strict = SharedOptions.Strict();
        var cluster = new Option<string?>("--cluster") { Description = "Only clusters whose name or resource id has this text in it.", HelpName = "NAME" };
        var output = SharedOptions.Output(KqlOutput.Table, KqlOutput.Json, "markdown");
        var failOn = new Option<string?>("--fail-on") { Description = "End with exit code 1 when an item failed, or (unknown) when one failed or is not known.", HelpName = "fail|unknown" };
        failOn.AcceptOnlyFromAmong("fail", "unknown");
        var command = new Command("scorecard", "Hold clusters against the production checklist of an AKS architecture guide.") { workspace, azure, asOf, strict, cluster, output, failOn };
        config.AddTo(command);
        library.AddTo(command);
        command.SetAction(async (parsed, cancellation) =>
        {
            if (LiveWorkspace.Misuse(parsed, workspace, azure, "scorecard", io) is { } misuse) return misuse;
            if (library.Load(parsed, [], io, out var refusal) is not { } loaded) return refusal;
            LibraryOptions.PrintProblems(loaded, io);
            if (Read(loaded, io) is not { } file) return ExitCode.Impossible;
            if (parsed.GetValue(azure) is { } target)
            {
                if (await LiveWorkspace.OpenAsync(target, config, parsed, io, cancellation).ConfigureAwait(false) is not { } live) return ExitCode.Impossible;
                var at = parsed.GetValue(asOf) ?? io.Time.GetUtcNow() - LiveWorkspace.Offset;
                var seen = await new ScorecardRun(file, loaded.Queries).RunAsync(live, at, cancellation).ConfigureAwait(false);
                return Print(Only(seen, parsed.GetValue(cluster)), parsed.GetValue(output)!, parsed.GetValue(failOn), io);
            }

            var folder = parsed.GetRequiredValue(workspace)!;
            if (RecordingOptions.OpenTables(folder, parsed.GetValue(strict), io) is not { } tables) return ExitCode.Impossible;
            try
            {
                var now = parsed.GetValue(asOf) ?? Newest(tables, cancellation);
                var recorded = new RecordedWorkspace(RecordedWorkspace.IdOf(folder), tables, now, parallelism: 1);
                var card = await new ScorecardRun(file, loaded.Queries).RunAsync(recorded, now, cancellation).ConfigureAwait(false);
                ProblemPrinter.Print(tables.Report, io.Error);
                return Print(Only(card, parsed.GetValue(cluster)), parsed.GetValue(output)!, parsed.GetValue(failOn), io);
            }
            catch (RecordedWorkspaceException failure)
            {
                return io.Refuse(ExitCode.Impossible, failure.Message);
            }
        });
        return command;
    }

    private static ScorecardFile? Read(QueryLibrary library, CommandIo io)
    {
        var file = ScorecardReader.Read(library.Folder, QueryLibrary.Ids(library.Folder), out var found);
        foreach (var diagnostic in found) io.Error.Write(diagnostic.Print());
        if (file is null && found.Count == 0) io.Refuse(ExitCode.Impossible, $"`{library.Folder}` has no `{ScorecardReader.Name}`, which says what clusters are held against.");
        return file;
    }

    // A recording of Resource Graph alone has no row with a time.
    private static DateTimeOffset Newest(RecordedWorkspaceTables tables, CancellationToken cancellation) =>
        new(tables.NewestTimeGenerated(cancellation) ?? throw new RecordedWorkspaceException("No row of the recording has a time; give --as-of.", tables.Report), TimeSpan.Zero);

    private static Scorecard Only(Scorecard card, string? cluster) =>
        cluster is null ? card : card with { Clusters = [.. card.Clusters.Where(c => c.Cluster.Contains(cluster, StringComparison.OrdinalIgnoreCase))] };

    private static int Print(Scorecard card, string output, string? failOn, CommandIo io)
    {
        if (card.Clusters.Count == 0) return io.Refuse(ExitCode.Impossible, "There is no such cluster in the data: no table has a row of one.", "`aksinsights doctor` says what a recording has.");
        if (output == KqlOutput.Json) ScorecardText.WriteJson(card, io.Out);
        else if (output == "markdown") ScorecardText.WriteMarkdown(card, io.Out);
        else ScorecardText.WriteTable(card, io.Out);
        var states = card.Clusters.SelectMany(c => c.Items).Select(i => i.State).ToHashSet();
        var bad = (failOn is not null && states.Contains(ItemState.Fail)) || (failOn == "unknown" && states.Contains(ItemState.Unknown));
        return bad ? ExitCode.Failed : ExitCode.Done;
    }
}

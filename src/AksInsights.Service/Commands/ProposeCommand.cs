using System.CommandLine;
using AksInsights.Adapters.Forges;
using AksInsights.Core.Changes;
using AksInsights.Core.Changes.Proposals;
using AksInsights.Core.Findings;
using AksInsights.Core.Rightsizing;

namespace AksInsights.Service.Commands;

/// <summary><c>propose</c>: puts recommendations into the manifests of a repository, as a diff, local branches or pull requests.</summary>
internal static class ProposeCommand
{
    /// <summary>Makes the command.</summary>
    public static Command Create(CommandIo io)
    {
        var options = new ProposeOptions();
        var command = new Command("propose", "Put recommendations into the manifests of a repository: as a diff, local branches, or pull requests.");
        options.AddTo(command);
        command.SetAction((parsed, cancellation) => RunAsync(options, parsed, io, cancellation));
        return command;
    }

    private static async Task<int> RunAsync(ProposeOptions options, ParseResult parsed, CommandIo io, CancellationToken cancellation)
    {
        if (await options.ReadRecommendationsAsync(parsed, io, cancellation).ConfigureAwait(false) is not { } recommendations) return ExitCode.Impossible;
        return options.OutputOf(parsed) switch
        {
            ProposeOutput.Branch => await WriteBranchesAsync(options, parsed, recommendations, io, cancellation).ConfigureAwait(false),
            ProposeOutput.PullRequest => await OpenPullsAsync(options, parsed, recommendations, io, cancellation).ConfigureAwait(false),
            _ => await WriteDiffAsync(options, parsed, recommendations, io).ConfigureAwait(false),
        };
    }

    private static async Task<int> WriteDiffAsync(ProposeOptions options, ParseResult parsed, IReadOnlyList<Recommendation> recommendations, CommandIo io)
    {
        if (ReadFiles(options.FolderOf(parsed), io) is not { } files || Plan(files, recommendations, options.GroupingOf(parsed), io) is not { } plan) return ExitCode.Impossible;
        foreach (var file in plan.Sets.SelectMany(s => s.Files)) await io.Out.WriteAsync(UnifiedDiff.Write(file)).ConfigureAwait(false);
        PlanText.Write(plan, io.Error);
        return ExitCode.Done;
    }

    private static async Task<int> WriteBranchesAsync(
        ProposeOptions options, ParseResult parsed, IReadOnlyList<Recommendation> recommendations, CommandIo io, CancellationToken cancellation)
    {
        var opened = await LocalRepository.OpenAsync(options.FolderOf(parsed).FullName, cancellation).ConfigureAwait(false);
        if (opened.Problem is { } problem) return Refuse(problem, io);
        var repository = opened.Value!;
        var target = options.BaseOf(parsed) ?? await repository.CurrentBranchAsync(cancellation).ConfigureAwait(false);
        if (target is null || (options.BaseOf(parsed) is null && target.StartsWith(ChangeNames.BranchPrefix, StringComparison.Ordinal)))
            return io.Refuse(ExitCode.Impossible, target is null ? "No branch is checked out." : $"The branch that is checked out, `{target}`, is one of the proposals.", "Name the branch that changes are for with --base.");
        var head = await repository.FindBranchAsync(target, cancellation).ConfigureAwait(false);
        if (head.Problem is not null) return io.Refuse(ExitCode.Impossible, $"{repository.Name} has no branch `{target}` with a commit.", "Name the branch that changes are for with --base.");
        var files = await repository.ReadAllAsync(head.Value!, cancellation).ConfigureAwait(false);
        if (files.Problem is { } unread) return Refuse(unread, io);
        if (Plan(files.Value!, recommendations, options.GroupingOf(parsed), io) is not { } plan) return ExitCode.Impossible;
        var failed = false;
        foreach (var set in plan.Sets)
        {
            var outcome = await NumberedBranches.WriteAsync(new BranchWriter(repository, target), set, cancellation).ConfigureAwait(false);
            failed |= ProposalLines.Write(set, outcome, target, io.Out);
        }

        PlanText.Write(plan, io.Error);
        return failed ? ExitCode.Impossible : ExitCode.Done;
    }

    private static async Task<int> OpenPullsAsync(
        ProposeOptions options, ParseResult parsed, IReadOnlyList<Recommendation> recommendations, CommandIo io, CancellationToken cancellation)
    {
        var folder = options.FolderOf(parsed).FullName;
        var local = await LocalRepository.OpenAsync(folder, cancellation).ConfigureAwait(false);
        var remote = options.RemoteOf(parsed) ?? (local.Value is { } repository ? await repository.OriginAsync(cancellation).ConfigureAwait(false) : null);
        if (remote is null) return io.Refuse(ExitCode.Impossible, $"`{folder}` has no remote called origin.", "Name the repository on the forge with --remote.");
        var address = options.AddressOf(parsed, remote);
        if (address.Problem is { } unclear) return Refuse(unclear, io);
        var made = ForgeFactory.Create(address.Value!, Environment.GetEnvironmentVariable, io.Time);
        if (made.Problem is { } missing) return Refuse(missing, io);
        using var handle = made.Value!;
        // Before anything is done for which there would be no note.
        if (await options.OpenStoreAsync(parsed, io, cancellation).ConfigureAwait(false) is not { } store) return ExitCode.Impossible;
        await using var open = store.ConfigureAwait(false);
        // The top of the repository, so that paths are the forge's; without git the folder is taken for it.
        if (ReadFiles(new DirectoryInfo(local.Value?.Top ?? folder), io) is not { } files || Plan(files, recommendations, options.GroupingOf(parsed), io) is not { } plan) return ExitCode.Impossible;
        var target = options.BaseOf(parsed);
        if (target is null)
        {
            var found = await handle.Forge.DefaultBranchAsync(cancellation).ConfigureAwait(false);
            if (found.Problem is { } problem) return Refuse(problem, io);
            target = found.Value!;
        }

        var run = new ProposalRun(handle.Forge, target, options.LimitsOf(parsed));
        var results = await run.RunAsync(plan.Sets, cancellation).ConfigureAwait(false);
        var failed = false;
        foreach (var (set, outcome) in results) failed |= ProposalLines.Write(set, outcome, target, io.Out);
        PlanText.Write(plan, io.Error);
        if (options.HasStore(parsed)) failed |= !await NoteAsync(new ProposalNotebook(handle.Forge, target, store.Proposals, io.Time), run, results, io, cancellation).ConfigureAwait(false);
        return failed ? ExitCode.Impossible : ExitCode.Done;
    }

    private static async Task<bool> NoteAsync(
        ProposalNotebook notebook, ProposalRun run, IReadOnlyList<(ChangeSet Set, ProposalOutcome Outcome)> results, CommandIo io, CancellationToken cancellation)
    {
        try
        {
            if (await notebook.WriteAsync(run, results, cancellation).ConfigureAwait(false) is not { } problem) return true;
            await io.Error.WriteAsync($"Not all pull requests were looked at again: {problem.Reason}\n").ConfigureAwait(false);
        }
        catch (StoreException failure)
        {
            await io.Error.WriteAsync($"The pull requests are not noted: {failure.Message}\n    Run again later: they are found again.\n").ConfigureAwait(false);
        }

        return false;
    }

    private static int Refuse(HostProblem problem, CommandIo io) => io.Refuse(ExitCode.Impossible, problem.Reason, (problem as HostProblem.Refused)?.Help);

    private static RepositoryFiles? ReadFiles(DirectoryInfo folder, CommandIo io)
    {
        try
        {
            return RepositoryFiles.Read(folder.FullName);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            io.Refuse(ExitCode.Impossible, $"The folder `{folder}` cannot be read: {failure.Message}", "Name the working folder of the repository with --repository.");
            return null;
        }
    }

    /// <summary>The plan; null, after saying why, when the repository's map has mistakes.</summary>
    private static ChangePlan? Plan(RepositoryFiles files, IReadOnlyList<Recommendation> recommendations, ChangeGrouping grouping, CommandIo io)
    {
        var map = RepositoryMap.In(files, out var mistakes);
        foreach (var mistake in mistakes) io.Error.Write(mistake.Print());
        return mistakes.Count > 0 ? null : new ChangePlanner(files, map).Plan(recommendations, grouping);
    }
}

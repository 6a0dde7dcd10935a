using System.CommandLine;
using AksInsights.Core.Changes;

namespace AksInsights.Service.Commands;

/// <summary><c>propose</c>: puts recommendations into the manifests of a repository, as a diff, a branch or pull requests.</summary>
internal static class ProposeCommand
{
    /// <summary>Makes the command.</summary>
    public static Command Create(CommandIo io)
    {
        var options = new ProposeOptions();
        var command = new Command("propose", "Put recommendations into the manifests of a repository: as a diff, a local branch, or pull requests.");
        options.AddTo(command);
        command.SetAction((parsed, cancellation) => RunAsync(options, parsed, io, cancellation));
        return command;
    }

    private static async Task<int> RunAsync(ProposeOptions options, ParseResult parsed, CommandIo io, CancellationToken cancellation)
    {
        if (await options.ReadRecommendationsAsync(parsed, io, cancellation).ConfigureAwait(false) is not { } recommendations) return ExitCode.Impossible;
        if (ReadFiles(options.FolderOf(parsed), io) is not { } files) return ExitCode.Impossible;
        if (ReadMap(files, io) is not { } map) return ExitCode.Impossible;
        var plan = new ChangePlanner(files, map).Plan(recommendations, ChangeGrouping.All);
        foreach (var file in plan.Sets.SelectMany(s => s.Files)) await io.Out.WriteAsync(UnifiedDiff.Write(file)).ConfigureAwait(false);
        PlanText.Write(plan, io.Error);
        return ExitCode.Done;
    }

    private static RepositoryFiles? ReadFiles(DirectoryInfo folder, CommandIo io)
    {
        try
        {
            return RepositoryFiles.Read(folder.FullName);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            io.Refuse(ExitCode.Impossible, $"The folder `{folder}` cannot be read: {failure.Message}", "Name the working folder of the repository with --folder.");
            return null;
        }
    }

    private static RepositoryMap? ReadMap(RepositoryFiles files, CommandIo io)
    {
        if (files[RepositoryFiles.MapName] is not { } bytes) return RepositoryMap.Empty;
        var map = RepositoryMap.Read(System.Text.Encoding.UTF8.GetString(bytes.Span), out var mistakes);
        foreach (var mistake in mistakes) io.Error.Write(mistake.Print());
        return mistakes.Count == 0 ? map : null;
    }
}

/// <summary>Tells people what comes of a plan.</summary>
internal static class PlanText
{
    /// <summary>Writes what is changed, what need not be, and what cannot be and why.</summary>
    public static void Write(ChangePlan plan, TextWriter to)
    {
        foreach (var group in plan.Refused.GroupBy(r => string.Concat(r.Reasons.Select(Reason))))
        {
            to.Write($"Not changed: {string.Join(", ", group.Select(r => r.Recommendation.Container.ToString()))}\n");
            to.Write(group.Key);
        }

        var changed = plan.Sets.SelectMany(s => s.Containers).ToList();
        var files = plan.Sets.SelectMany(s => s.Files).Select(f => f.Path).Distinct().Count();
        to.Write($"{Counted.Of(changed.Count, "container")} changed in {Counted.Of(files, "file")}; {plan.Unchanged.Count} right already; ");
        to.Write($"{plan.Ignored.Count} ignored; {plan.Refused.Count} not changed, see above.\n".Replace(" 0 not changed, see above", " 0 not changed", StringComparison.Ordinal));
    }

    private static string Reason(Core.Queries.FileDiagnostic reason)
    {
        if (reason.Source.Text.Length > 0) return reason.Print();
        var help = reason.Diagnostic.Help is { } next ? $"    {next}\n" : "";
        return $"error {reason.Diagnostic.Code}: {reason.Diagnostic.Message}\n{help}";
    }
}

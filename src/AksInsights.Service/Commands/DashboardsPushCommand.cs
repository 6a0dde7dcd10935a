using System.CommandLine;
using System.Text;
using AksInsights.Adapters.Grafana;
using AksInsights.Core.Changes;
using AksInsights.Core.Changes.Proposals;
using AksInsights.Core.Dashboards;
using AksInsights.Core.Dashboards.Shipping;

namespace AksInsights.Service.Commands;

/// <summary><c>dashboards push</c>: brings the dashboards into a Grafana over its HTTP API; a second run changes nothing.</summary>
internal static class DashboardsPushCommand
{
    /// <summary>Makes the command.</summary>
    /// <param name="io">Where it reads and writes.</param>
    /// <param name="variable">Reads an environment variable.</param>
    public static Command Create(CommandIo io, Func<string, string?> variable)
    {
        var options = new Options();
        var command = new Command("push", $"Bring the dashboards into a Grafana. The token of a service account comes from the environment: {string.Join(" or ", GrafanaSettings.TokenNames)}.");
        options.AddTo(command);
        command.SetAction((parsed, cancellation) => RunAsync(options, parsed, variable, io, cancellation));
        return command;
    }

    private static async Task<int> RunAsync(Options options, ParseResult parsed, Func<string, string?> variable, CommandIo io, CancellationToken cancellation)
    {
        var flavours = parsed.GetRequiredValue(options.DataSource) is { Length: > 0 } written ? DashboardsCommand.Flavours(written) : [];
        // They are the same dashboards under the same uids, each reading from somewhere else.
        if (flavours.Count(DashboardSet.Stores.Contains) > 1)
            return io.Refuse(ExitCode.Misuse, "A Grafana has each dashboard of findings once: give one of postgres, sqlite and json to --data-source; azure and prometheus may stand beside it.");
        if (options.Library.Load(parsed, [], io, out var refusal) is not { } library) return refusal;
        LibraryOptions.PrintProblems(library, io);
        if (library.HasErrors) return io.Refuse(ExitCode.Failed, "Dashboards that lack queries would mislead, so none are pushed.", "See `aksinsights query lint`.");
        var settings = GrafanaSettings.Read(parsed.GetRequiredValue(options.Grafana), variable);
        if (settings.Problem is { } mistake) return Refuse(mistake, io);
        using var client = new GrafanaClient(settings.Value!);
        var push = new DashboardPush(client, io.Time) { IsDryRun = parsed.GetValue(options.DryRun), Overwrites = parsed.GetValue(options.Overwrite) };
        if (await push.CheckAsync(cancellation).ConfigureAwait(false) is { } problem) return Refuse(problem, io);
        return await PushAsync(push, [.. flavours.SelectMany(flavour => DashboardSet.Of(flavour, library))], io, cancellation).ConfigureAwait(false);
    }

    private static async Task<int> PushAsync(DashboardPush push, IReadOnlyList<DashboardFile> dashboards, CommandIo io, CancellationToken cancellation)
    {
        var counts = new Dictionary<string, int>(StringComparer.Ordinal);
        var exit = ExitCode.Done;
        for (var i = 0; i < dashboards.Count; i++)
        {
            var (dashboard, outcome) = (dashboards[i], await push.PushAsync(dashboards[i], cancellation).ConfigureAwait(false));
            var word = Tell(dashboard, outcome, push.IsDryRun, io);
            counts[word] = counts.GetValueOrDefault(word) + 1;
            if (outcome is PushOutcome.Conflict or PushOutcome.Refused) exit = ExitCode.Failed;
            if (outcome is not PushOutcome.Failed) continue;
            // What does not answer now does not answer for the next one either.
            exit = ExitCode.Impossible;
            if (dashboards.Count - i - 1 is > 0 and var rest) io.Error.WriteLine($"{Counted.Of(rest, "dashboard")} not tried; run it again, it goes on where it ended.");
            break;
        }

        io.Out.Write($"{(push.IsDryRun ? "Dry run, nothing was written. " : "")}{Counted.Of(dashboards.Count, "dashboard")}: {string.Join(", ", counts.Select(count => $"{count.Value} {count.Key}"))}.\n");
        return exit;
    }

    /// <summary>Says what became of a dashboard.</summary>
    /// <returns>It in a word.</returns>
    private static string Tell(DashboardFile dashboard, PushOutcome outcome, bool isDryRun, CommandIo io)
    {
        var (word, reason, help) = outcome switch
        {
            PushOutcome.Created => (isDryRun ? "to create" : "created", null, null),
            PushOutcome.Updated => (isDryRun ? "to update" : "updated", null, null),
            PushOutcome.Unchanged => ("unchanged", null, null),
            PushOutcome.Conflict conflict => ("in conflict", $"somebody else writes it now: {conflict.Reason}", "Run it again, or overwrite what they write with --overwrite."),
            PushOutcome.Refused refused => ("refused", refused.Reason, refused.Help),
            PushOutcome.Failed failed => ("failed", failed.Reason, (string?)null),
            _ => throw new System.Diagnostics.UnreachableException($"A {outcome.GetType().Name} cannot be told."),
        };
        io.Out.Write($"{word,-12}{dashboard.Title}\n");
        if (reason is not null) io.Refuse(ExitCode.Failed, $"{dashboard.Title}: {reason}", help);
        if (isDryRun && outcome is PushOutcome.Updated { Before: var before })
            io.Out.Write(UnifiedDiff.Write(new FileChange(dashboard.FileName, Encoding.UTF8.GetBytes(before), Encoding.UTF8.GetBytes(DashboardContent.Canonical(dashboard.Content)))));
        return word;
    }

    private static int Refuse(HostProblem problem, CommandIo io) => io.Refuse(ExitCode.Impossible, problem.Reason, (problem as HostProblem.Refused)?.Help);

    private sealed class Options
    {
        public LibraryOptions Library { get; } = new();

        public Option<string> Grafana { get; } = new("--grafana") { Description = "The address of Grafana as people open it.", HelpName = "URL", Required = true };

        public Option<string[]> DataSource { get; } = Required(DashboardsCommand.DataSource());

        public Option<bool> DryRun { get; } = new("--dry-run") { Description = "Write nothing, and show what would change as a diff." };

        public Option<bool> Overwrite { get; } = new("--overwrite") { Description = "Overwrite what others write at the same time, and other dashboards of the same title in the folder." };

        public void AddTo(Command command)
        {
            command.Add(Grafana);
            command.Add(DataSource);
            command.Add(DryRun);
            command.Add(Overwrite);
            Library.AddTo(command);
        }

        private static Option<string[]> Required(Option<string[]> option)
        {
            option.Required = true;
            return option;
        }
    }
}

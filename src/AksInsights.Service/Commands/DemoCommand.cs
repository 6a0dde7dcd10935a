using System.CommandLine;
using AksInsights.Adapters.Storage;
using AksInsights.Adapters.Workspaces.Recorded;
using AksInsights.Core.Findings;
using AksInsights.Core.Queries;
using AksInsights.Service.Scanning;
using Spectre.Console;

namespace AksInsights.Service.Commands;

/// <summary><c>demo</c>: the whole job on the sample cluster that comes with the program, told to somebody who sees it for the first time.</summary>
internal static class DemoCommand
{
    /// <summary>Makes the command.</summary>
    public static Command Create(CommandIo io)
    {
        var command = new Command("demo", "Scan the sample cluster that comes with the program, and show what to do about what it finds.");
        command.SetAction((_, cancellation) => RunAsync(io, cancellation));
        return command;
    }

    private static async Task<int> RunAsync(CommandIo io, CancellationToken cancellation)
    {
        var folder = Path.Combine(AppContext.BaseDirectory, "samples", "workspace-demo");
        var library = QueryLibrary.Load(LibraryOptions.Shipped);
        LibraryOptions.PrintProblems(library, io);
        var progress = new ScanProgress();
        if (RecordingOptions.OpenTables(folder, strict: false, io, progress) is not { } tables) return ExitCode.Impossible;
        var console = ResultConsole.Create(io);
        console.MarkupLineInterpolated($"AksInsights looks at what Container Insights recorded about AKS clusters and says what is wrong and what to do.");
        console.MarkupLineInterpolated($"This is a sample: 26 hours of two made-up clusters, no Azure account needed. Running {library.Checks.Count} checks over it.");
        console.WriteLine();
        var store = await SqlFindingStore.OpenMemoryAsync(io.Time, cancellation).ConfigureAwait(false);
        await using (store.ConfigureAwait(false))
        {
            var scan = new WorkspaceScan(tables, library.Checks, store, io.Time) { WholeLibrary = LibraryOptions.IdsOf(library.Folder) };
            var result = await progress.ShowAsync(
                io, library.Checks.Count, () => scan.RunAsync(RecordedWorkspace.IdOf(folder), null, progress, cancellation)).ConfigureAwait(false);
            ScanText.Write(result, library, all: false, io);
            WriteFirstSteps(console, result, library);
            WriteNext(console, folder);
        }

        return library.HasErrors ? ExitCode.Failed : ExitCode.Done;
    }

    private static void WriteFirstSteps(IAnsiConsole console, ScanResult result, QueryLibrary library)
    {
        console.WriteLine();
        console.MarkupLine("[bold]What to do first[/]");
        var worst = result.Findings.Where(f => f.Query == f.EvaluatedBy && f.Severity >= Severity.Error).DistinctBy(f => f.Query).Take(3);
        var number = 0;
        foreach (var finding in worst)
        {
            if (library.Queries.FirstOrDefault(q => q.Id == finding.Query) is not { } query) continue;
            console.MarkupLineInterpolated($"{++number}. [bold]{finding.Content.Title}[/]");
            console.MarkupLineInterpolated($"   {FirstStep(query.Metadata.Remediation)}");
        }
    }

    // The remediation is Markdown with numbered steps; its first step may run over several lines.
    private static string FirstStep(string remediation)
    {
        var lines = remediation.Split('\n').Select(l => l.Trim()).ToList();
        var end = lines.FindIndex(1, l => l.StartsWith("2.", StringComparison.Ordinal) || l.Length == 0);
        var step = string.Join(' ', end < 0 ? lines : lines[..end]);
        return step.StartsWith("1.", StringComparison.Ordinal) ? step[2..].TrimStart() : step;
    }

    private static void WriteNext(IAnsiConsole console, string folder)
    {
        var sample = Path.Combine("samples", "workspace-demo");
        console.WriteLine();
        console.MarkupLine("[bold]Next[/]");
        console.WriteLine("What a check looks for, why it matters and what to do:  aksinsights query show pods/crash-loop");
        console.WriteLine($"Ask the sample anything in KQL:  aksinsights kql -w {(Directory.Exists(sample) ? sample : folder)} 'KubeEvents | summarize count() by Reason'");
        console.WriteLine("Your own recording, with a memory from scan to scan:  aksinsights scan -w DIR --store findings.db");
        console.WriteLine("Whether a recording has what the checks need:  aksinsights doctor -w DIR");
    }
}

using System.CommandLine;
using AksInsights.Adapters.Workspaces.Recorded.Schema;
using AksInsights.Core.Queries;
using AksInsights.Core.Queries.RowTests;

namespace AksInsights.Service.Commands;

/// <summary><c>query test</c>: runs the row tests of queries.</summary>
internal static class QueryTestCommand
{
    /// <summary>Makes the command.</summary>
    public static Command Create(CommandIo io)
    {
        var ids = QueryCommand.Ids();
        var library = new LibraryOptions();
        var coverage = new Option<bool>("--coverage") { Description = "Fail a query that lacks a case that fires, a near miss or a boundary, or a reset where it measures rises of counters." };
        var junit = new Option<FileInfo?>("--junit") { Description = "Also write the outcome as JUnit XML.", HelpName = "FILE" };
        var command = new Command("test", "Run the row tests of queries on the embedded engine.") { ids, coverage, junit };
        library.AddTo(command);
        command.SetAction((parsed, cancellation) =>
        {
            if (library.Load(parsed, parsed.GetValue(ids)!, io, out var refusal) is not { } loaded) return Task.FromResult(refusal);
            return Task.Run(() => Run(loaded, parsed.GetValue(coverage), parsed.GetValue(junit), io, cancellation), CancellationToken.None);
        });
        return command;
    }

    private static int Run(QueryLibrary library, bool coverage, FileInfo? junit, CommandIo io, CancellationToken cancellation)
    {
        LibraryOptions.PrintProblems(library, io);
        var runner = new RowTestRunner([.. KnownTables.ByName.Values], io.Time);
        var parallel = new ParallelOptions { CancellationToken = cancellation, MaxDegreeOfParallelism = Environment.ProcessorCount };
        var reports = new RowTestReport[library.Queries.Count];
        Parallel.For(0, reports.Length, parallel, i => reports[i] = runner.Run(library.Queries[i], coverage, cancellation));
        foreach (var report in reports) Print(report, io);

        if (junit is not null) JUnitXml.Save(junit.FullName, reports);
        var failed = reports.Count(r => !r.Passed);
        var cases = reports.SelectMany(r => r.Cases).ToList();
        io.Out.WriteLine(
            $"{Counted.Of(cases.Count, "case")} of {Counted.Of(reports.Length, "query", "queries")}: {cases.Count(c => c.Passed)} passed, "
            + $"{cases.Count(c => !c.Passed)} failed; {Counted.Of(failed, "query", "queries")} with mistakes or failures.");
        return failed > 0 || library.HasErrors ? ExitCode.Failed : ExitCode.Done;
    }

    private static void Print(RowTestReport report, CommandIo io)
    {
        foreach (var diagnostic in report.Diagnostics) io.Error.Write(diagnostic.Print());
        foreach (var failed in report.Cases.Where(c => !c.Passed))
        {
            io.Out.WriteLine($"{report.Query}: {failed.Name}");
            foreach (var failure in failed.Failures) io.Out.Write(failure);
        }
    }
}

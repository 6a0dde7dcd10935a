using System.CommandLine;
using System.Globalization;
using AksInsights.Adapters.Workspaces.Recorded.Schema;
using AksInsights.Core.Queries;
using AksInsights.Core.Queries.Mutations;
using AksInsights.Core.Queries.RowTests;

namespace AksInsights.Service.Commands;

/// <summary><c>query mutate</c>: plants mistakes into queries and tells which ones their row tests do not notice.</summary>
internal static class QueryMutateCommand
{
    /// <summary>Makes the command.</summary>
    public static Command Create(CommandIo io)
    {
        var ids = QueryCommand.Ids();
        var library = new LibraryOptions();
        var least = new Option<int>("--least") { Description = "Fail when fewer mistakes than this are noticed, in all or, without --sample, of any one query, in percent.", HelpName = "PERCENT", DefaultValueFactory = _ => 90 };
        var sample = new Option<int?>("--sample") { Description = "Try only so many mistakes of each query, drawn at random.", HelpName = "N" };
        var seed = new Option<int>("--seed") { Description = "Decides which mistakes are drawn.", HelpName = "N" };
        var quiet = new Option<bool>("--quiet") { Description = "Print the numbers only, not the mistakes that went unnoticed." };
        var command = new Command("mutate", "Plant mistakes into queries, one at a time, and tell which ones their row tests do not notice.") { ids, least, sample, seed, quiet };
        library.AddTo(command);
        command.SetAction((parsed, cancellation) =>
        {
            if (library.Load(parsed, parsed.GetValue(ids)!, io, out var refusal) is not { } loaded) return Task.FromResult(refusal);
            LibraryOptions.PrintProblems(loaded, io);
            if (loaded.HasErrors) return Task.FromResult(ExitCode.Impossible);
            return Task.Run(() => Run(loaded, parsed.GetValue(sample), parsed.GetValue(seed), parsed.GetValue(least), parsed.GetValue(quiet), io, cancellation), CancellationToken.None);
        });
        return command;
    }

    private static int Run(QueryLibrary library, int? sample, int seed, int least, bool quiet, CommandIo io, CancellationToken cancellation)
    {
        var tests = new RowTestRunner([.. KnownTables.ByName.Values], io.Time);
        var broken = library.Queries.Where(q => !tests.Run(q, coverage: false, cancellation).Passed).Select(q => q.Id.Value).ToList();
        if (broken.Count > 0)
            return io.Refuse(ExitCode.Impossible, $"The row tests of {string.Join(", ", broken)} fail already, so they can notice nothing.", "See `aksinsights query test`.");
        var mutations = new MutationRun(tests);
        var reports = new MutationReport[library.Queries.Count];
        var parallel = new ParallelOptions { CancellationToken = cancellation, MaxDegreeOfParallelism = Environment.ProcessorCount };
        Parallel.For(0, reports.Length, parallel, i => reports[i] = mutations.Try(library.Queries[i], sample, seed, cancellation));
        if (!quiet)
        {
            foreach (var survivor in reports.SelectMany(r => r.Survivors)) io.Out.WriteLine(survivor.ToString());
        }

        AlignedText.Write(io.Out, ["query", "planted", "noticed", "share"], [.. reports.Select(Row), Row("all", reports.Sum(r => r.Planted), reports.Sum(r => r.Noticed))]);
        // A few drawn mistakes say little about one query.
        var careless = reports.Where(r => sample is null && IsBelow(least, r.Planted, r.Noticed)).Select(r => r.Query.Value).ToList();
        if (careless.Count > 0) io.Out.WriteLine($"Below {least.ToString(CultureInfo.InvariantCulture)} %: {string.Join(", ", careless)}.");
        return careless.Count > 0 || IsBelow(least, reports.Sum(r => r.Planted), reports.Sum(r => r.Noticed)) ? ExitCode.Failed : ExitCode.Done;
    }

    private static bool IsBelow(int least, int planted, int noticed) => noticed * 100L < (long)least * planted;

    private static string[] Row(MutationReport report) => Row(report.Query.Value, report.Planted, report.Noticed);

    private static string[] Row(string name, int planted, int noticed)
    {
        var share = planted == 0 ? "" : (100.0 * noticed / planted).ToString("0.0", CultureInfo.InvariantCulture) + " %";
        return [name, planted.ToString(CultureInfo.InvariantCulture), noticed.ToString(CultureInfo.InvariantCulture), share];
    }
}

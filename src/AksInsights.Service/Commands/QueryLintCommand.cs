using System.CommandLine;
using AksInsights.Adapters.Workspaces.Recorded.Schema;
using AksInsights.Core.Queries;
using AksInsights.Core.Queries.Linting;
using AksInsights.Core.Queries.OtherTools;
using AksInsights.Core.Scorecards;

namespace AksInsights.Service.Commands;

/// <summary><c>query lint</c>: checks the files of queries against each other and against the schema.</summary>
internal static class QueryLintCommand
{
    /// <summary>Makes the command.</summary>
    public static Command Create(CommandIo io)
    {
        var ids = QueryCommand.Ids();
        var library = new LibraryOptions();
        var command = new Command("lint", "Check the files of queries.") { ids };
        library.AddTo(command);
        command.SetAction(parsed =>
        {
            if (library.Load(parsed, parsed.GetValue(ids)!, io, out var refusal) is not { } loaded) return refusal;
            var schemas = KnownTables.ByName.Values.ToList();
            var found = loaded.Diagnostics.Concat(loaded.Queries.SelectMany(q => ResultChecks.Check(q, schemas).Concat(QueryLint.Check(q, schemas)))).ToList();
            if (CoverageFile.Load(loaded.Folder) is { } tools) found.AddRange(CheckSources(tools, loaded, whole: parsed.GetValue(ids)!.Length == 0));
            if (parsed.GetValue(ids)!.Length == 0)
            {
                ScorecardReader.Read(loaded.Folder, QueryLibrary.Ids(loaded.Folder), out var scorecard);
                found.AddRange(scorecard);
            }

            foreach (var diagnostic in found) io.Out.Write(diagnostic.Print());
            var checkedNow = QueryLibrary.Ids(loaded.Folder).Count(id => Wanted(parsed.GetValue(ids)!, id));
            io.Error.WriteLine($"{Counted.Of(checkedNow, "query", "queries")} checked, {Counted.Of(found.Count, "mistake")}.");
            return found.Count > 0 ? ExitCode.Failed : ExitCode.Done;
        });
        return command;
    }

    // Whether every check of another tool is covered or explained can only be told from all queries.
    private static IEnumerable<FileDiagnostic> CheckSources(CoverageFile tools, QueryLibrary library, bool whole) =>
        library.Queries.SelectMany(tools.CheckSources).Concat(whole && !library.HasErrors ? tools.Diagnostics.Concat(tools.CheckMatrix(library.Queries)) : []);

    private static bool Wanted(string[] wanted, string id) => wanted.Length == 0 || wanted.Any(w => QueryLibrary.Answers(w, id));
}

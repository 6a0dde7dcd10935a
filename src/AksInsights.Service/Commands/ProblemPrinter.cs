using AksInsights.Adapters.Workspaces.Recorded;

namespace AksInsights.Service.Commands;

/// <summary>Tells what was wrong with the rows of a recording.</summary>
internal static class ProblemPrinter
{
    /// <summary>Writes one line a problem, with the first place it was met at; nothing when there is none.</summary>
    public static void Print(WorkspaceLoadReport report, TextWriter to)
    {
        foreach (var file in report.Files)
        {
            foreach (var problem in file.Problems.Where(p => p.Examples.Count > 0))
            {
                var example = problem.Examples[0];
                var what = problem.Column is null ? "" : $" in the column `{problem.Column}`";
                var place = example.Line > 0 ? $"{file.File}:{example.Line}" : file.File;
                to.WriteLine($"{place}: {(problem.IsNotice ? "note" : "warning")}: {problem.Count} x {Words(problem.Kind)}{what}: found {example.Found}, expected {example.Expected}.");
            }
        }
    }

    private static string Words(RowProblemKind kind) => kind switch
    {
        RowProblemKind.WrongType => "cell of another type",
        RowProblemKind.NotText => "text that is not UTF-8",
        RowProblemKind.BrokenRecord => "broken record",
        RowProblemKind.RaggedRow => "row with too few or too many fields",
        RowProblemKind.UnknownColumn => "column that the schema lacks",
        RowProblemKind.CutOff => "file that ends too early",
        RowProblemKind.Unreadable => "file that cannot be read",
        RowProblemKind.NotATable => "file that holds no rows",
        _ => throw new InvalidOperationException($"A problem of a kind that does not exist: {kind}."),
    };
}

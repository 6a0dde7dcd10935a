using System.CommandLine;

namespace AksInsights.Service.Commands;

/// <summary><c>query</c>: what can be done with the library of queries.</summary>
internal static class QueryCommand
{
    /// <summary>Makes the command.</summary>
    public static Command Create(CommandIo io) => new("query", "Look at, run, check and test the queries of the library.")
    {
        QueryListCommand.Create(io),
        QueryShowCommand.Create(io),
        QueryExplainCommand.Create(io),
        QueryRunCommand.Create(io),
        QueryLintCommand.Create(io),
        QueryTestCommand.Create(io),
        QueryMutateCommand.Create(io),
        QueryCoverageCommand.Create(io),
        QueryDocsCommand.Create(io),
        QueryNewCommand.Create(io),
        QueryDiffCommand.Create(io),
    };

    /// <summary>The names of queries, none meaning all.</summary>
    public static Argument<string[]> Ids() => new("ID")
    {
        Description = "Queries by id (pods/crash-loop), by name (crash-loop) or by area (pods/*). None means all.",
        Arity = ArgumentArity.ZeroOrMore,
    };

    /// <summary>The name of one query.</summary>
    public static Argument<string> Id() => new("ID") { Description = "The query by id (pods/crash-loop) or by name (crash-loop)." };
}

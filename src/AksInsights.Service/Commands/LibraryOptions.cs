using System.CommandLine;
using AksInsights.Core.Findings;
using AksInsights.Core.Queries;
using AksInsights.Kql.Diagnostics;

namespace AksInsights.Service.Commands;

/// <summary>The options that name queries of the library.</summary>
internal sealed class LibraryOptions
{
    private readonly Option<DirectoryInfo?> _folder = new("--queries")
    {
        Description = "The folder of the queries, with a folder for each area. By default the one that came with the program.",
        HelpName = "DIR",
    };

    /// <summary>The folder that came with the program.</summary>
    public static string Shipped => Path.Combine(AppContext.BaseDirectory, "queries");

    /// <summary>Adds them to a command.</summary>
    public void AddTo(Command command) => command.Add(_folder);

    /// <summary>The folder that was named, or the one that came with the program.</summary>
    public string FolderOf(ParseResult parsed) => parsed.GetValue(_folder)?.ToString() ?? Shipped;

    /// <summary>The folder that was named, or else the folder <c>queries</c> of the place where the program was started, where people write; null when there is none.</summary>
    public string? WorkingFolderOf(ParseResult parsed) => parsed.GetValue(_folder)?.ToString() ?? (Directory.Exists("queries") ? "queries" : null);

    /// <summary>Loads all queries of a folder and says what is wrong with them; null, after saying so, when there is no such folder.</summary>
    public static QueryLibrary? LoadAll(string folder, CommandIo io)
    {
        if (!Directory.Exists(folder))
        {
            io.Refuse(ExitCode.Impossible, $"There is no folder `{folder}` with queries.", "Name it with --queries.");
            return null;
        }

        var library = QueryLibrary.Load(folder);
        PrintProblems(library, io);
        return library;
    }

    /// <summary>Loads the library; null, after saying why, when there is none or a name fits no query.</summary>
    /// <param name="parsed">The command line.</param>
    /// <param name="wanted">Names, or areas as <c>pods/*</c>; empty means all.</param>
    /// <param name="io">Where to complain.</param>
    /// <param name="refusal">The exit code when there is nothing to return.</param>
    public QueryLibrary? Load(ParseResult parsed, IReadOnlyList<string> wanted, CommandIo io, out int refusal)
    {
        refusal = ExitCode.Done;
        var folder = FolderOf(parsed);
        try
        {
            var ids = QueryLibrary.Ids(folder);
            if (wanted.FirstOrDefault(w => !ids.Any(id => QueryLibrary.Answers(w, id))) is { } unknown)
            {
                var nearest = NearestNames.Sentence(unknown, ids.Concat(ids.Select(id => id[(id.IndexOf('/', StringComparison.Ordinal) + 1)..])));
                refusal = io.Refuse(ExitCode.Misuse, $"There is no query `{unknown}` in `{folder}`.", nearest ?? "`aksinsights query list` names them all.");
                return null;
            }

            return QueryLibrary.Load(folder, wanted.Count == 0 ? null : wanted);
        }
        catch (DirectoryNotFoundException)
        {
            refusal = io.Refuse(ExitCode.Impossible, $"There is no folder `{folder}` with queries.", "Name it with --queries.");
            return null;
        }
    }

    /// <summary>The ids of all queries in a folder, whether or not they can be read.</summary>
    public static IReadOnlyCollection<QueryId> IdsOf(string folder) =>
        [.. QueryLibrary.Ids(folder).Select(text => QueryId.TryParse(text, out var id) ? id : (QueryId?)null).OfType<QueryId>()];

    /// <summary>A query by id; null when the library does not have it or it has errors.</summary>
    public QueryDefinition? FindQuery(ParseResult parsed, QueryId id)
    {
        var folder = FolderOf(parsed);
        return Directory.Exists(folder) && QueryLibrary.Load(folder, [id.Value]).Queries is [var query] ? query : null;
    }

    /// <summary>Says on standard error what is wrong with the files of a library.</summary>
    public static void PrintProblems(QueryLibrary library, CommandIo io)
    {
        foreach (var diagnostic in library.Diagnostics) io.Error.Write(diagnostic.Print());
    }
}

using System.CommandLine;
using AksInsights.Core.Findings;
using AksInsights.Core.Workspaces;

namespace AksInsights.Service.Commands;

/// <summary><c>query new</c>: the three files of a new query, which pass lint and their own row tests from the start.</summary>
internal static class QueryNewCommand
{
    /// <summary>Makes the command.</summary>
    public static Command Create(CommandIo io)
    {
        var id = new Argument<string>("ID") { Description = "What the query will be called: area and name, such as pods/slow-start." };
        var library = new LibraryOptions();
        var source = new Option<string>("--source") { Description = "Whom it will ask.", HelpName = "log-analytics|resource-graph", DefaultValueFactory = _ => "log-analytics" };
        source.AcceptOnlyFromAmong("log-analytics", "resource-graph");
        var command = new Command("new", "Write the three files of a new query, to begin from something that works.") { id, source };
        library.AddTo(command);
        command.SetAction(parsed =>
        {
            if (!QueryId.TryParse(parsed.GetValue(id), out var query))
                return io.Refuse(ExitCode.Misuse, $"`{parsed.GetValue(id)}` is no id of a query.", "Write area and name in lower-case letters, digits and inner hyphens, as in pods/slow-start.");
            if (library.WorkingFolderOf(parsed) is not { } folder)
                return io.Refuse(ExitCode.Misuse, "There is no folder `queries` here.", "Name the library's folder with --queries; it is made when it is not there.");
            var template = QueryTemplate.For(query, parsed.GetValue(source) == "resource-graph" ? QuerySource.ResourceGraph : QuerySource.LogAnalytics);
            return Write(query, Path.Combine(folder, query.Area), template, folder, io);
        });
        return command;
    }

    private static int Write(QueryId query, string area, QueryTemplate template, string folder, CommandIo io)
    {
        (string Path, string Text)[] files =
        [
            (Path.Combine(area, query.Name + ".kql"), template.Kql),
            (Path.Combine(area, query.Name + ".yaml"), template.Yaml),
            (Path.Combine(area, query.Name + ".tests.yaml"), template.Tests),
        ];
        if (files.FirstOrDefault(f => File.Exists(f.Path)).Path is { } there)
            return io.Refuse(ExitCode.Impossible, $"`{there}` is there already; nothing was written.", "Take another name, or delete the file first.");
        try
        {
            Directory.CreateDirectory(area);
            foreach (var (path, text) in files)
            {
                using var file = new StreamWriter(new FileStream(path, FileMode.CreateNew));
                file.Write(text);
                io.Out.Write($"{path}\n");
            }
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return io.Refuse(ExitCode.Impossible, $"The files cannot be written: {error.Message}");
        }

        io.Error.WriteLine("They work as they are. Say in them what you look for, then:");
        io.Error.WriteLine($"  aksinsights query lint {query} --queries {folder}");
        io.Error.WriteLine($"  aksinsights query test {query} --queries {folder} --coverage");
        io.Error.WriteLine($"  aksinsights query mutate {query} --queries {folder}");
        return ExitCode.Done;
    }
}

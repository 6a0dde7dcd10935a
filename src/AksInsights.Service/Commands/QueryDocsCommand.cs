using System.CommandLine;
using AksInsights.Core.Queries.OtherTools;

namespace AksInsights.Service.Commands;

/// <summary><c>query docs</c>: the library as a page of Markdown.</summary>
internal static class QueryDocsCommand
{
    /// <summary>Makes the command.</summary>
    public static Command Create(CommandIo io)
    {
        var library = new LibraryOptions();
        var file = new Option<FileInfo?>("--out") { Description = "Write the page into this file instead of printing it.", HelpName = "FILE" };
        var command = new Command("docs", "Print the whole library as a page of Markdown.") { file };
        library.AddTo(command);
        command.SetAction(parsed =>
        {
            if (library.Load(parsed, [], io, out var refusal) is not { } loaded) return refusal;
            LibraryOptions.PrintProblems(loaded, io);
            if (loaded.HasErrors) return io.Refuse(ExitCode.Failed, "A page that lacks queries would mislead, so none is written.", "See `aksinsights query lint`.");
            using var page = new StringWriter();
            QueryMarkdown.WritePage(loaded, CoverageFile.Load(loaded.Folder)?.Content, page);
            return parsed.GetValue(file) is { } path ? Save(path, page.ToString(), io) : Print(page.ToString(), io);
        });
        return command;
    }

    private static int Print(string page, CommandIo io)
    {
        io.Out.Write(page);
        return ExitCode.Done;
    }

    private static int Save(FileInfo file, string page, CommandIo io)
    {
        try
        {
            File.WriteAllText(file.FullName, page);
            return ExitCode.Done;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return io.Refuse(ExitCode.Impossible, $"`{file}` cannot be written: {error.Message}");
        }
    }
}

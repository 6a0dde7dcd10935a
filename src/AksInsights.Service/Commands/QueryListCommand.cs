using System.CommandLine;
using AksInsights.Core.Findings;
using AksInsights.Core.Queries;

namespace AksInsights.Service.Commands;

/// <summary><c>query list</c>: names the queries of the library.</summary>
internal static class QueryListCommand
{
    /// <summary>Makes the command.</summary>
    public static Command Create(CommandIo io)
    {
        var ids = QueryCommand.Ids();
        var library = new LibraryOptions();
        var output = SharedOptions.Output("table", "json");
        var command = new Command("list", "Name the queries.") { ids, output };
        library.AddTo(command);
        command.SetAction(parsed =>
        {
            if (library.Load(parsed, parsed.GetValue(ids)!, io, out var refusal) is not { } loaded) return refusal;
            LibraryOptions.PrintProblems(loaded, io);
            if (parsed.GetValue(output) == "json") WriteJson(loaded, io);
            else WriteTable(loaded, io);
            return loaded.HasErrors ? ExitCode.Failed : ExitCode.Done;
        });
        return command;
    }

    private static void WriteTable(QueryLibrary library, CommandIo io)
    {
        var rows = library.Queries.Select(q => new[] { q.Id.Value, SeverityText.Format(q.Metadata.Severity), Durations.Format(q.Metadata.Schedule.Every), q.Metadata.Name });
        AlignedText.Write(io.Out, ["query", "severity", "every", "finds"], rows);
    }

    private static void WriteJson(QueryLibrary library, CommandIo io) => JsonText.WriteArray(io.Out, library.Queries, (json, query) =>
    {
        json.WriteString("query", query.Id.Value);
        json.WriteString("name", query.Metadata.Name);
        json.WriteString("severity", SeverityText.Format(query.Metadata.Severity));
        json.WriteString("every", Durations.Format(query.Metadata.Schedule.Every));
        json.WriteString("lookback", Durations.Format(query.Metadata.Schedule.Lookback));
        JsonText.WriteTexts(json, "tables", [.. query.Metadata.Requires.Tables, .. query.Metadata.Requires.Sparse]);
        JsonText.WriteTexts(json, "key", query.Metadata.Key);
    });
}

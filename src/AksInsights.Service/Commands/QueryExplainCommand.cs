using System.CommandLine;
using AksInsights.Core.Findings;
using AksInsights.Core.Queries;
using AksInsights.Core.Queries.OtherTools;

namespace AksInsights.Service.Commands;

/// <summary><c>query explain</c>: all about a query but its text: what it finds, what to do, what can be set, what proves it, where to see it.</summary>
internal static class QueryExplainCommand
{
    /// <summary>Makes the command.</summary>
    public static Command Create(CommandIo io)
    {
        var id = QueryCommand.Id();
        var library = new LibraryOptions();
        var output = SharedOptions.Output("text", "markdown", KqlOutput.Json);
        var command = new Command("explain", "Explain a query: what it finds, why, how to fix it, what can be set, what proves it and where to see it.") { id, output };
        library.AddTo(command);
        command.SetAction(parsed =>
        {
            if (library.Load(parsed, [parsed.GetValue(id)!], io, out var refusal) is not { } loaded) return refusal;
            LibraryOptions.PrintProblems(loaded, io);
            var tools = CoverageFile.Load(loaded.Folder)?.Content;
            foreach (var query in loaded.Queries)
            {
                var sheet = new QuerySheet(query, tools);
                if (parsed.GetValue(output) == KqlOutput.Json) WriteJson(query, sheet, io.Out);
                else if (parsed.GetValue(output) == "markdown") QueryMarkdown.Write(query, sheet, level: 1, io.Out);
                else Write(query, sheet, io.Out);
            }

            return loaded.HasErrors ? ExitCode.Failed : ExitCode.Done;
        });
        return command;
    }

    private static void Write(QueryDefinition query, QuerySheet sheet, TextWriter to)
    {
        to.Write($"{query.Id}: {query.Metadata.Name}\n{sheet.Summary}\n");
        Section(to, "What it finds", query.Metadata.Description);
        Section(to, "Why it matters", query.Metadata.Impact);
        Section(to, "What to do", query.Metadata.Remediation);
        Section(to, "When it is no problem", Lines(query.Metadata.FalsePositives.Select(f => "- " + f)));
        Section(to, "One row for each", sheet.Key);
        Section(to, "What is measured", Lines(sheet.Measures));
        Section(to, "What can be set", Lines(sheet.Parameters.Select(p => $"{p[0]} = {p[1]} ({p[2]})\n    {p[3]}")));
        Section(to, "What it reads", sheet.Reads);
        Section(to, "A row becomes", sheet.Life);
        Section(to, "What proves it", Lines(sheet.Cases));
        Section(to, "Who else looks for it", Lines(sheet.Sources));
        Section(to, "Where to see it", Lines(sheet.Places));
    }

    private static string Lines(IEnumerable<string> lines) => string.Join('\n', lines);

    private static void Section(TextWriter to, string name, string text)
    {
        if (string.IsNullOrWhiteSpace(text)) return;
        to.Write($"\n{name}\n");
        foreach (var line in text.TrimEnd().Split('\n')) to.Write($"  {line}".TrimEnd() + "\n");
    }

    private static void WriteJson(QueryDefinition query, QuerySheet sheet, TextWriter to)
    {
        JsonText.WriteObject(to, json =>
        {
            json.WriteString("query", query.Id.Value);
            json.WriteString("name", query.Metadata.Name);
            json.WriteString("severity", SeverityText.Format(query.Metadata.Severity));
            json.WriteString("status", FindingJson.Kebab(query.Metadata.Status.ToString()));
            json.WriteString("finds", query.Metadata.Description.TrimEnd());
            json.WriteString("impact", query.Metadata.Impact.TrimEnd());
            json.WriteString("remediation", query.Metadata.Remediation.TrimEnd());
            JsonText.WriteTexts(json, "falsePositives", query.Metadata.FalsePositives);
            JsonText.WriteTexts(json, "key", query.Metadata.Key);
            JsonText.WriteTexts(json, "measures", sheet.Measures);
            json.WriteStartArray("parameters");
            foreach (var parameter in sheet.Parameters)
            {
                json.WriteStartObject();
                json.WriteString("name", parameter[0]);
                json.WriteString("default", parameter[1]);
                json.WriteString("type", parameter[2]);
                json.WriteString("decides", parameter[3]);
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteString("source", FindingJson.Kebab(query.Metadata.Source.ToString()));
            JsonText.WriteTexts(json, "tables", [.. query.Metadata.Requires.Tables, .. query.Metadata.Requires.Sparse]);
            json.WriteString("every", Durations.Format(query.Metadata.Schedule.Every));
            json.WriteString("lookback", Durations.Format(query.Metadata.Schedule.Lookback));
            JsonText.WriteTexts(json, "cases", sheet.Cases);
            JsonText.WriteTexts(json, "sources", query.Metadata.Sources);
        });
        to.Write('\n');
    }
}

using System.CommandLine;
using System.Globalization;
using AksInsights.Core.Findings;
using AksInsights.Core.Queries;

namespace AksInsights.Service.Commands;

/// <summary><c>findings show</c>: all about one finding: what was measured, what to do, what happened to it.</summary>
internal static class FindingsShowCommand
{
    /// <summary>Makes the command.</summary>
    public static Command Create(CommandIo io)
    {
        var id = FindingsCommand.Id();
        var store = new StoreOption(required: true);
        var library = new LibraryOptions();
        var output = SharedOptions.Output(KqlOutput.Table, KqlOutput.Json);
        var command = new Command("show", "Tell all about a finding: what was measured, what to do, what happened to it.") { id, output };
        store.AddTo(command);
        library.AddTo(command);
        command.SetAction((parsed, cancellation) => FindingsCommand.WithStoreAsync(
            store,
            parsed,
            io,
            async open =>
            {
                if (await FindingsCommand.FindAsync(open, parsed.GetValue(id)!, io, cancellation).ConfigureAwait(false) is not { } finding) return ExitCode.Misuse;
                var events = await open.EventsAsync(finding.Id, cancellation).ConfigureAwait(false);
                if (parsed.GetValue(output) == KqlOutput.Json) WriteJson(finding, events, io.Out);
                else Write(finding, events, library.FindQuery(parsed, finding.Query), io.Out);
                return ExitCode.Done;
            },
            cancellation));
        return command;
    }

    private static void WriteJson(Finding finding, IReadOnlyList<FindingEvent> events, TextWriter to)
    {
        JsonText.WriteObject(to, json =>
        {
            FindingJson.Write(json, finding);
            FindingJson.WriteEvents(json, events);
        });
        to.Write('\n');
    }

    private static void Write(Finding finding, IReadOnlyList<FindingEvent> events, QueryDefinition? query, TextWriter to)
    {
        to.Write($"{finding.Content.Title}\n");
        if (finding.Content.Message is { } message) to.Write($"{message}\n");
        to.Write('\n');
        var facts = new List<string[]>
        {
            new[] { "severity", SeverityText.Format(finding.Severity) },
            new[] { "condition", $"{FindingJson.Kebab(finding.Condition.ToString())} since {FindingJson.Time(finding.ConditionSince)}" },
            new[] { "workflow", FindingJson.WorkflowName(finding.Workflow) },
            new[] { "seen", $"{finding.SeenCount} times, first {FindingJson.Time(finding.FirstSeen)}, last {FindingJson.Time(finding.LastSeen)}" },
            new[] { "query", finding.Query.Value },
        };
        facts.AddRange(finding.Key.Where(p => p.Value is not null).Select(p => new[] { p.Column, p.Value! }));
        facts.AddRange(finding.Content.Measures.Select(m => new[] { m.Name, MeasureText(m, query) }));
        facts.AddRange(finding.Content.Evidence.Select(e => new[] { e.Name, e.Json }));
        AlignedText.Write(to, ["id", finding.Id.Value], facts);
        if (query is not null) WriteSection(to, "What to do", query.Metadata.Remediation.Split('\n'));
        WriteSection(to, "What happened", events.Select(e => $"{FindingJson.Time(e.At)}  {FindingJson.Kebab(e.Kind.ToString())}{(e.Detail is null ? "" : $": {e.Detail}")}"));
    }

    private static string MeasureText(Measure measure, QueryDefinition? query) =>
        query is not null && query.Metadata.Measures.TryGetValue(measure.Name, out var definition)
            ? UnitText.Format(measure.Value, definition.Unit)
            : measure.Value?.ToString(CultureInfo.InvariantCulture) ?? "unknown";

    private static void WriteSection(TextWriter to, string name, IEnumerable<string> lines)
    {
        to.Write($"\n{name}\n");
        foreach (var line in lines) to.Write($"  {line}".TrimEnd() + "\n");
    }
}

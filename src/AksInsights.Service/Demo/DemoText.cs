using System.Globalization;
using AksInsights.Core.Findings;
using AksInsights.Core.Queries;
using AksInsights.Core.Rightsizing;
using AksInsights.Service.Commands;
using AksInsights.Service.Scanning;
using Spectre.Console;

namespace AksInsights.Service.Demo;

/// <summary>What a demo says, to somebody who sees it for the first time.</summary>
internal sealed class DemoText
{
    private const int MostMessages = 10;
    private const int MostFindings = 15;
    private const int MostSteps = 3;
    private const int MostChanges = 3;

    private readonly IAnsiConsole _console;
    private readonly CommandIo _io;

    /// <summary>Makes it.</summary>
    public DemoText(CommandIo io)
    {
        _io = io;
        _console = ResultConsole.Create(io);
    }

    /// <summary>Says what is about to be done.</summary>
    public void Begin(int checks)
    {
        _console.WriteLine("AksInsights looks at what Container Insights recorded about AKS clusters, and says what is wrong and what to do.");
        _console.WriteLine($"This is a sample: a day of two made-up clusters with outages, no Azure account needed. {checks} checks are run as of each of its hours.");
        _console.WriteLine();
        _io.Out.Flush();
    }

    /// <summary>Tells what a channel would have been told over the day.</summary>
    public void Story(ReplayResult replay)
    {
        Heading("What your channel would have been told");
        var bad = replay.Messages.Where(m => m.Message.Document.Worst >= Severity.Error).ToList();
        foreach (var (_, message) in bad.TakeLast(MostMessages))
            _console.MarkupLineInterpolated($"[dim]{Time(message.At)}[/]  {SeverityText.Format(message.Document.Worst),-8}  {message.Document.Title}");
        _console.MarkupLineInterpolated(
            $"{replay.Messages.Count} messages in all, {bad.Count} of them about errors. A rule that tells every row of every run would have sent {replay.Rows:#,0}.");
        _console.WriteLine();
    }

    /// <summary>Tells what is wrong at the end of the day, worst first.</summary>
    public void Findings(ScanResult result, QueryLibrary library)
    {
        var names = library.Queries.ToDictionary(q => q.Id, q => q.Metadata.Name);
        var problems = result.Findings.Where(f => f.Query == f.EvaluatedBy).ToList();
        Heading($"What is wrong at the end of the day: {Counted.Of(problems.Count, "problem")}, {ScanText.Counts(problems)}");
        var table = new Table().Border(TableBorder.Simple).AddColumns("How bad", "Since", "Check", "What was found");
        foreach (var column in table.Columns.Take(3)) column.NoWrap();
        foreach (var finding in problems.Take(MostFindings))
        {
            table.AddRow(
                ScanText.Badge(finding.Severity),
                finding.FirstSeen == result.AsOf - DemoRun.Length ? "before" : Time(finding.FirstSeen),
                Markup.Escape(names.GetValueOrDefault(finding.Query) ?? finding.Query.Value),
                Markup.Escape(finding.Content.Title));
        }

        _console.Write(table);
        _console.MarkupLineInterpolated($"[dim]and {problems.Count - MostFindings} more[/]");
        ScanText.WriteBlind(_console, result);
        _console.WriteLine();
    }

    /// <summary>Tells the first step out of the worst problems.</summary>
    public void Steps(ScanResult result, QueryLibrary library)
    {
        Heading("What to do first");
        var worst = result.Findings.Where(f => f.Query == f.EvaluatedBy && f.Severity >= Severity.Error).DistinctBy(f => f.Query).Take(MostSteps);
        var number = 0;
        foreach (var finding in worst)
        {
            if (library.Queries.FirstOrDefault(q => q.Id == finding.Query) is not { } query) continue;
            _console.MarkupLineInterpolated($"{++number}. [bold]{finding.Content.Title}[/]");
            _console.MarkupLineInterpolated($"   {FirstStep(query.Metadata.Remediation)}");
        }

        _console.WriteLine();
    }

    /// <summary>Tells which containers have the wrong size.</summary>
    public void Advice(AdviceView advice)
    {
        Heading("Requests and limits");
        foreach (var (container, change) in advice.Report.Changes.Take(MostChanges).Select(c => (c.Container, c.Recommendation)))
        {
            var (cpu, memory, limit) = (AdviceView.Change(change, ResourceField.CpuRequest), AdviceView.Change(change, ResourceField.MemoryRequest), AdviceView.Change(change, ResourceField.MemoryLimit));
            _console.MarkupLineInterpolated(
                $"[bold]{container.Namespace}/{container.Workload}[/] {container.Container}: CPU request {cpu}, memory request {memory}, limit {limit}; {advice.Saved(change.MonthlySaving)}");
        }

        _console.MarkupLineInterpolated($"{advice.Summary()}");
        _console.WriteLine();
    }

    /// <summary>Says what was written where.</summary>
    public void Written(string folder, int dashboards)
    {
        Heading($"Written to {folder}");
        _console.WriteLine("digest.html, digest.md            what the morning's mail would have said");
        _console.WriteLine("recommendations.html, .md, .json  requests and limits, with reasons, for people and for `aksinsights propose`");
        _console.WriteLine($"dashboards                        {dashboards} dashboards for Grafana");
        _console.WriteLine($"demo.db                           the findings: aksinsights findings list --store {Path.Combine(folder, DemoFolder.StoreName)}");
        _console.WriteLine();
    }

    /// <summary>Says how to go on.</summary>
    public void Next(string recording)
    {
        Heading("Next");
        _console.WriteLine("What a check looks for, why it matters and what to do:  aksinsights query show pods/crash-loop");
        _console.WriteLine($"Ask the sample anything in KQL:  aksinsights kql -w {recording} 'KubeEvents | summarize count() by Reason'");
        _console.WriteLine("Your own recording, with a memory from scan to scan:  aksinsights scan -w DIR --store findings.db");
        _console.WriteLine("Your own workspace in Azure:  aksinsights scan --azure-workspace ID --store findings.db");
        _console.WriteLine();
    }

    /// <summary>A moment, as short as it can be.</summary>
    private static string Time(DateTimeOffset at) => at.UtcDateTime.ToString("ddd HH:mm'Z'", CultureInfo.InvariantCulture);

    // The remediation is Markdown with numbered steps; its first step may run over several lines.
    private static string FirstStep(string remediation)
    {
        var lines = remediation.Split('\n').Select(l => l.Trim()).ToList();
        var end = lines.FindIndex(1, l => l.StartsWith("2.", StringComparison.Ordinal) || l.Length == 0);
        var step = string.Join(' ', end < 0 ? lines : lines[..end]);
        return step.StartsWith("1.", StringComparison.Ordinal) ? step[2..].TrimStart() : step;
    }

    private void Heading(string text) => _console.MarkupLineInterpolated($"[bold]{text}[/]");
}

using AksInsights.Core.Findings;
using AksInsights.Core.Queries;
using AksInsights.Service.Scanning;
using Spectre.Console;

namespace AksInsights.Service.Commands;

/// <summary>A scan for people: a table a cluster, worst first, then what could not be checked and what to do next.</summary>
internal static class ScanText
{
    private const int MostOfOneCheck = 5;
    private const int MostOfOneReason = 2;

    /// <summary>Writes the result.</summary>
    /// <param name="result">What came of the scan.</param>
    /// <param name="library">The queries that ran.</param>
    /// <param name="all">Whether every finding is written, however many one check has.</param>
    /// <param name="io">Where to.</param>
    public static void Write(ScanResult result, QueryLibrary library, bool all, CommandIo io)
    {
        var console = ResultConsole.Create(io);
        var names = library.Queries.ToDictionary(q => q.Id, q => q.Metadata.Name);
        var problems = result.Findings.Where(f => f.Query == f.EvaluatedBy).ToList();
        // After a single scan everything is as old as the scan, and the column would say nothing.
        var dated = problems.Exists(f => f.FirstSeen < result.AsOf);
        foreach (var cluster in problems.GroupBy(f => f.Key.Cluster ?? "").OrderByDescending(c => c.Max(f => f.Severity)).ThenByDescending(c => c.Count()))
            WriteCluster(console, cluster.Key, [.. cluster], names, all, dated);
        WriteSummary(console, result, problems);
        WriteBlind(console, result);
        WriteNext(console, result, problems);
    }

    private static void WriteCluster(IAnsiConsole console, string cluster, List<Finding> findings, Dictionary<QueryId, string> names, bool all, bool dated)
    {
        console.MarkupLineInterpolated($"[bold]{ClusterName.Of(cluster)}[/]: {Counts(findings)}");
        var table = new Table().Border(TableBorder.Simple).AddColumns("How bad", "Check", "What was found");
        table.Columns[0].NoWrap();
        table.Columns[1].NoWrap();
        if (dated) table.AddColumn("Since", c => c.NoWrap());
        foreach (var check in findings.GroupBy(f => (f.Severity, f.Query)).OrderByDescending(g => g.Key.Severity).ThenBy(g => g.Key.Query.Value, StringComparer.Ordinal))
        {
            var name = names.GetValueOrDefault(check.Key.Query) ?? check.Key.Query.Value;
            var shown = all ? check.ToList() : [.. check.Take(MostOfOneCheck)];
            foreach (var finding in shown)
                AddRow(table, dated, Badge(finding.Severity), Markup.Escape(name), Markup.Escape(finding.Content.Title), finding.FirstSeen.ToString("yyyy-MM-dd HH:mm'Z'"));
            if (check.Count() > shown.Count) AddRow(table, dated, "", Markup.Escape(name), $"[dim]and {check.Count() - shown.Count} more like this[/]", "");
        }

        console.Write(table);
    }

    private static void AddRow(Table table, bool dated, params string[] cells) => table.AddRow(dated ? cells : cells[..^1]);

    private static void WriteSummary(IAnsiConsole console, ScanResult result, List<Finding> problems)
    {
        var checks = result.Evaluations.Count;
        var counts = problems.Count == 0 ? "No problems" : $"{Counted.Of(problems.Count, "problem")} ({Counts(problems)})";
        console.MarkupLineInterpolated($"[bold]{counts}[/] as of {result.AsOf:yyyy-MM-dd HH:mm'Z'}, from {Counted.Of(checks, "check")} in {result.Took.TotalSeconds:0.0} s.");
        var again = result.Evaluations.Count(e => e.AlreadyDone);
        if (again == checks && checks > 0) console.MarkupLineInterpolated($"This moment was scanned into the store before; nothing was changed.");
        else if (again > 0) console.MarkupLineInterpolated($"{again} of the checks had seen this moment before and changed nothing.");
    }

    /// <summary>Says which checks could not tell, and why.</summary>
    public static void WriteBlind(IAnsiConsole console, ScanResult result)
    {
        var failed = result.Findings.Where(f => f.Query != f.EvaluatedBy && f.Key["check"] is not null).ToList();
        if (result.Missing.Count + failed.Count == 0) return;
        console.WriteLine();
        console.MarkupLineInterpolated($"[bold]No verdict[/] from these checks; silence there does not mean health:");
        foreach (var missing in result.Missing)
        {
            var checks = missing.Blind.Select(query => query.Value).ToList();
            var named = string.Join(", ", checks.Take(MostOfOneReason)) + (checks.Count > MostOfOneReason ? $" and {checks.Count - MostOfOneReason} more" : "");
            console.MarkupLineInterpolated($"  {missing.Reason} [dim]{named}[/]");
        }

        foreach (var finding in failed) console.MarkupLineInterpolated($"  [red]{finding.Content.Title}[/]: {finding.Content.Message}");
    }

    private static void WriteNext(IAnsiConsole console, ScanResult result, List<Finding> problems)
    {
        if (problems.Count == 0) return;
        var first = result.Findings.First(f => f.Query == f.EvaluatedBy);
        console.WriteLine();
        console.MarkupLineInterpolated($"What to do about the first one: [bold]aksinsights query show {first.Query.Value}[/]");
    }

    /// <summary>How many findings of each severity, worst first: <c>1 critical, 3 warning</c>.</summary>
    public static string Counts(IEnumerable<Finding> findings) => string.Join(
        ", ", findings.GroupBy(f => f.Severity).OrderByDescending(g => g.Key).Select(g => $"{g.Count()} {SeverityText.Format(g.Key)}"));

    /// <summary>A severity in its colour, as markup.</summary>
    public static string Badge(Severity severity)
    {
        var colour = severity switch { Severity.Critical => "bold red", Severity.Error => "red", Severity.Warning => "yellow", _ => "dim" };
        return $"[{colour}]{SeverityText.Format(severity)}[/]";
    }
}

using System.Globalization;
using System.Text;
using AksInsights.Core.Changes.Manifests;
using AksInsights.Core.Rightsizing;

namespace AksInsights.Core.Changes.Proposals;

/// <summary>What people read of a change: the message of its commit, the title and the text of its pull request.</summary>
public static class ProposalText
{
    /// <summary>The title.</summary>
    public static string Title(ChangeSet set)
    {
        var workloads = set.Containers.Select(c => $"{c.Recommendation.Container.Namespace}/{c.Recommendation.Container.Workload}").Distinct().ToList();
        var spaces = set.Containers.Select(c => c.Recommendation.Container.Namespace).Distinct().ToList();
        var what = workloads.Count == 1 ? workloads[0] : spaces.Count == 1 ? $"{workloads.Count} workloads of {spaces[0]}" : $"{workloads.Count} workloads";
        return $"Rightsize {what} in {ChangeNames.ClusterOf(set.Containers[0].Recommendation.Container)}";
    }

    /// <summary>The message, without the lines by which commits of ours are known.</summary>
    public static string CommitMessage(ChangeSet set)
    {
        var text = new StringBuilder(Title(set)).Append("\n\n");
        foreach (var container in set.Containers)
        {
            foreach (var value in container.Values)
                text.Append(CultureInfo.InvariantCulture, $"{container.Recommendation.Container} {Amounts.Name(value.Field)} {value.From ?? "none"} -> {value.To ?? "none"} ({value.File})\n");
        }

        return text.ToString();
    }

    /// <summary>The text of a pull request.</summary>
    /// <param name="set">The change.</param>
    /// <param name="most">How many characters it may have. What matters less is left out first, and then the text says so.</param>
    public static string Body(ChangeSet set, int most)
    {
        var marker = PullMarker.Of(set);
        var mark = marker.Text.Length > most / 3 ? marker.Short.Text : marker.Text;
        var sections = new List<string> { Table(set, int.MaxValue), Risks(set), Backtests(set), Refusal(set), Reasons(set), Evidence(set) };
        sections.RemoveAll(s => s.Length == 0);
        var intro = Intro(set);
        while (sections.Count > 1 && Whole(intro, sections, mark).Length > most) sections.RemoveAt(sections.Count - 1);
        for (var rows = set.Containers.Sum(c => c.Values.Count); rows > 1 && Whole(intro, sections, mark).Length > most; rows /= 2) sections[0] = Table(set, rows / 2);
        return Whole(intro, sections, mark);
    }

    private static string Whole(string intro, List<string> sections, string mark) => $"{intro}\n\n{string.Join("\n", sections)}\n{mark}\n";

    private static string Intro(ChangeSet set)
    {
        var saving = set.Containers.Sum(c => c.Recommendation.MonthlySaving);
        var first = set.Containers[0].Recommendation;
        var money = Money(Math.Abs(saving), first.Currency);
        var what = saving >= 0 ? $"**{money} less a month**" : $"**{money} more a month**, for containers that have too little";
        return $"{what}, by what the containers of cluster `{ChangeNames.ClusterOf(first.Container)}` used. Only these amounts change; nothing else in the files does. Policy: `{first.Policy}`.";
    }

    private static string Table(ChangeSet set, int rows)
    {
        var text = new StringBuilder("| Container | Amount | Now | Proposed | Used: median / p95 / most | Saving a month | Confidence |\n|---|---|---:|---:|---|---:|---|\n");
        var left = set.Containers.Sum(c => c.Values.Count) - rows;
        foreach (var (container, value, isFirst) in set.Containers.SelectMany(c => c.Values.Select((v, i) => (c, v, i == 0))).Take(rows))
        {
            var it = container.Recommendation;
            text.Append(CultureInfo.InvariantCulture, $"| {(isFirst ? $"`{it.Container}`" : "")} | {Amounts.Name(value.Field)} | {value.From ?? "not set"} | {(value.To is { } to ? $"**{to}**" : "not set")} | {Used(it, value.Field)} |");
            text.Append(CultureInfo.InvariantCulture, $" {(isFirst ? Money(it.MonthlySaving, it.Currency) : "")} | {(isFirst ? it.Confidence.Level.ToString().ToLowerInvariant() : "")} |\n");
        }

        if (left > 0) text.Append(CultureInfo.InvariantCulture, $"\nand {left} more amounts, see the changed files.\n");
        return text.ToString();
    }

    private static string Used(Recommendation it, ResourceField field) => Amounts.IsCpu(field)
        ? $"{it.Usage.Cpu.Median} / {it.Usage.Cpu.P95} / {it.Usage.Cpu.Max}"
        : $"{it.Usage.Memory.Median} / {it.Usage.Memory.P95} / {it.Usage.Memory.Max}";

    private static string Risks(ChangeSet set) => Section("Risk", set, it =>
    [
        .. it.QosBefore == it.QosAfter ? Array.Empty<string>() : [$"The class of the pods changes from {it.QosBefore} to {it.QosAfter}."],
        .. it.Risks,
        .. it.Confidence.Doubts,
    ]);

    private static string Backtests(ChangeSet set) =>
        Section("What this policy would have done", set, it => it.Backtest is { } test ? [Sentence(test.ToString())] : ["The past is too short to tell."]);

    private static string Reasons(ChangeSet set) => Section("Why", set, it => it.Reasons);

    private static string Evidence(ChangeSet set) => Section("Evidence", set, it =>
    [
        string.Create(CultureInfo.InvariantCulture, $"Seen in {it.Usage.HoursSeen} hours from {it.Usage.From:yyyy-MM-dd} to {it.Usage.To:yyyy-MM-dd}, a sample every {it.Usage.Interval.TotalMinutes:0.#} min, {it.Replicas:0.#} pods; {it.Usage.OomKills} OOM kills, {it.Usage.Restarts} restarts."),
    ]);

    private static string Refusal(ChangeSet set)
    {
        var workloads = set.Containers.Select(c => $"{c.Recommendation.Container.Namespace}/{c.Recommendation.Container.Workload}").Distinct().ToList();
        return $"### To say no\n\nClose this pull request: these amounts are not proposed again, nor others within {(int)(PullMarker.Near * 100)} % of them. To leave "
            + $"{(workloads.Count == 1 ? "the workload" : "a workload")} alone for good, add it to `{RepositoryFiles.MapName}`: `ignore: [{workloads[0]}]`. "
            + "Once somebody else commits to this branch, AksInsights leaves it alone.\n";
    }

    private static string Section(string heading, ChangeSet set, Func<Recommendation, IReadOnlyList<string>> lines)
    {
        var text = new StringBuilder();
        foreach (var it in set.Containers.Select(c => c.Recommendation))
        {
            foreach (var line in lines(it)) text.Append(CultureInfo.InvariantCulture, $"- {(set.Containers.Count > 1 ? $"`{it.Container}`: " : "")}{Escape(line)}\n");
        }

        return text.Length == 0 ? "" : $"### {heading}\n\n{text}";
    }

    private static string Sentence(string text) => char.ToUpperInvariant(text[0]) + text[1..] + ".";

    private static string Money(decimal amount, string currency) => string.Create(CultureInfo.InvariantCulture, $"{amount:0.00} {currency}");

    // Reasons are texts of ours with names from the cluster in them; neither is to become markup.
    private static string Escape(string text) => text.ReplaceLineEndings(" ").Replace("<", "&lt;", StringComparison.Ordinal);
}

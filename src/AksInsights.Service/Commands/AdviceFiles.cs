using System.Globalization;
using System.Text.Json;
using AksInsights.Core.Alerts;
using AksInsights.Core.Rightsizing;
using AksInsights.Core.Rightsizing.Usage;

namespace AksInsights.Service.Commands;

/// <summary>Advice as JSON, CSV and Markdown.</summary>
internal static class AdviceFiles
{
    private static readonly ResourceField[] Fields = Enum.GetValues<ResourceField>();

    /// <summary>The array that <c>propose --recommendations</c> reads, with the histograms beside it.</summary>
    public static void WriteJson(AdviceView view, TextWriter to) => JsonText.WriteArray(to, view.Report.Changes, (json, change) =>
    {
        RecommendationJson.Write(json, change.Recommendation);
        json.WriteStartObject("histograms");
        WriteHistogram(json, "cpuNanocores", change.Cpu);
        WriteHistogram(json, "memoryBytes", change.Memory);
        json.WriteEndObject();
    });

    /// <summary>A line for each change.</summary>
    public static void WriteCsv(IReadOnlyList<AdviceView> views, TextWriter to)
    {
        var amounts = Fields.Select(f => JsonNamingPolicy.CamelCase.ConvertName(f.ToString())).SelectMany(f => new[] { f, $"{f}Proposed" });
        string[] names =
            ["policy", "cluster", "namespace", "workloadKind", "workload", "container", .. amounts, "replicas", "monthlySaving", "currency", "confidence", "qosBefore", "qosAfter", "backtest", "reason"];
        to.Write(string.Join(',', names) + "\r\n");
        foreach (var recommendation in views.SelectMany(v => v.Report.Changes).Select(c => c.Recommendation)) to.Write(string.Join(',', Cells(recommendation).Select(Quoted)) + "\r\n");
    }

    /// <summary>Tables and sentences for a wiki or a ticket.</summary>
    public static void WriteMarkdown(AdviceView view, TextWriter to)
    {
        to.Write($"## Requests and limits, policy `{view.Policy.Name}`\n\n{view.Summary()}\n\n");
        if (view.Backtest() is { } backtest) to.Write(backtest + "\n\n");
        if (view.Report.Changes.Count > 0)
        {
            to.Write($"| workload | container | CPU request | CPU limit | memory request | memory limit | {view.Prices.Currency}/month | trust | on its own past |\n| --- | --- | --- | --- | --- | --- | ---: | --- | --- |\n");
            foreach (var r in view.Report.Changes.Select(c => c.Recommendation))
            {
                var amounts = Fields.Select(f => AdviceView.Change(r, f).Replace("->", "→", StringComparison.Ordinal));
                to.Write($"| {Safe($"{r.Container.Namespace}/{r.Container.Workload}")} | {Safe(r.Container.Container)} | {string.Join(" | ", amounts)} | {AdviceView.Money(r.MonthlySaving)} | "
                    + $"{FindingJson.Kebab(r.Confidence.Level.ToString())} | {r.Backtest?.ToString() ?? "too short to tell"} |\n");
            }
        }

        foreach (var cause in view.LeftAlone())
            to.Write($"\n**Left alone, {Safe(cause.Key)}**: {string.Join(", ", cause.Select(l => Safe($"{l.Container.Namespace}/{l.Container.Workload}")).Distinct())}. {Safe(cause.First().Detail)}\n");
        foreach (var pool in view.Report.Pools)
            to.Write($"\nNode pool {Safe(pool.NodePool)}: {AdviceView.Text(pool.Before)} requested now, {AdviceView.Text(pool.After)} then; {(pool.NodesFewer == 0 ? $"all {pool.Nodes} nodes stay" : $"at most {pool.NodesFewer} of {pool.Nodes} nodes fewer")}.\n");
        to.Write($"\nUsage up to {FindingJson.Time(view.ReadTo)}. Money: {view.Prices.Source}.\n");
    }

    private static void WriteHistogram(Utf8JsonWriter json, string name, UsageHistogram usage)
    {
        json.WriteStartArray(name);
        foreach (var (bucket, count) in usage)
        {
            json.WriteStartObject();
            json.WriteNumber("upTo", Math.Round(LogBuckets.End(bucket)));
            json.WriteNumber("samples", count);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static IEnumerable<string> Cells(Recommendation r) =>
    [
        r.Policy, r.Container.Cluster, r.Container.Namespace, r.Container.WorkloadKind, r.Container.Workload, r.Container.Container,
        .. Fields.SelectMany(f => new[] { r.Current[f] ?? "", r.Proposed[f] ?? "" }),
        r.Replicas.ToString(CultureInfo.InvariantCulture), r.MonthlySaving.ToString(CultureInfo.InvariantCulture), r.Currency, FindingJson.Kebab(r.Confidence.Level.ToString()),
        r.QosBefore.ToString(), r.QosAfter.ToString(), r.Backtest?.ToString() ?? "", string.Join(' ', r.Reasons),
    ];

    private static string Quoted(string cell) => cell.AsSpan().IndexOfAny(",\"\r\n") < 0 ? cell : $"\"{cell.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";

    private static string Safe(string text) => MarkdownText.Escape(text);
}

using System.Globalization;
using System.Text.Json;
using AksInsights.Core.Findings;
using AksInsights.Core.Scorecards;

namespace AksInsights.Service.Commands;

/// <summary>Writes how clusters stand to a checklist, for people and programs.</summary>
internal static class ScorecardText
{
    private const int ShownFindings = 3;

    /// <summary>Writes a table of all clusters, then what is to be done or cannot be known, cluster by cluster.</summary>
    public static void WriteTable(Scorecard card, TextWriter to)
    {
        var items = card.Clusters[0].Items;
        AlignedText.Write(
            to,
            ["item", .. card.Clusters.Select(c => ShortName(c.Cluster))],
            items.Select((item, i) => new[] { item.Item.Name }.Concat(card.Clusters.Select(c => Word(c.Items[i].State))).ToArray()));
        foreach (var cluster in card.Clusters)
        {
            to.Write($"\n{ClusterName.Of(cluster.Cluster)}: {Counts(cluster)}\n");
            // What is missing is often missing for many items; why is said once.
            var told = new HashSet<string>(StringComparer.Ordinal);
            foreach (var item in cluster.Items)
            {
                to.Write($"  {Word(item.State),-8} {item.Item.Name}\n");
                foreach (var line in Lines(item with { Unknown = [.. item.Unknown.Where(told.Add)] })) to.Write($"           {line}\n");
            }
        }

        to.Write($"\nAs of {card.AsOf.UtcDateTime.ToString("yyyy-MM-dd HH:mm'Z'", CultureInfo.InvariantCulture)}. What failed is a finding: aksinsights query explain ID says what to do. Unknown is no pass.\n");
    }

    /// <summary>Writes a page of Markdown.</summary>
    public static void WriteMarkdown(Scorecard card, TextWriter to)
    {
        to.Write("# Scorecard\n\n");
        to.Write($"As of {card.AsOf.UtcDateTime.ToString("yyyy-MM-dd HH:mm'Z'", CultureInfo.InvariantCulture)}. Unknown is no pass.\n");
        foreach (var cluster in card.Clusters)
        {
            to.Write($"\n## {ClusterName.Of(cluster.Cluster)}\n\n{Counts(cluster)}\n\n| item | state | evidence |\n| --- | --- | --- |\n");
            foreach (var item in cluster.Items)
                to.Write($"| {item.Item.Name} | {Word(item.State)} | {string.Join("<br>", Lines(item)).Replace("|", "\\|", StringComparison.Ordinal)} |\n");
        }
    }

    /// <summary>Writes an array with an object for each cluster.</summary>
    public static void WriteJson(Scorecard card, TextWriter to) => JsonText.WriteArray(to, card.Clusters, (json, cluster) =>
    {
        json.WriteString("cluster", cluster.Cluster);
        json.WriteString("asOf", FindingJson.Time(card.AsOf));
        foreach (var state in Enum.GetValues<ItemState>()) json.WriteNumber(FindingJson.Kebab(state.ToString()), cluster.Count(state));
        json.WriteStartArray("items");
        foreach (var item in cluster.Items) WriteJson(json, item);
        json.WriteEndArray();
    });

    private static void WriteJson(Utf8JsonWriter json, ItemScore item)
    {
        json.WriteStartObject();
        json.WriteString("item", item.Item.Id);
        json.WriteString("name", item.Item.Name);
        json.WriteString("state", FindingJson.Kebab(item.State.ToString()));
        if (item.Evidence is not null) json.WriteString("evidence", item.Evidence);
        json.WriteStartArray("findings");
        foreach (var finding in item.Findings)
        {
            json.WriteStartObject();
            json.WriteString("query", finding.Query.Value);
            json.WriteString("severity", SeverityText.Format(finding.Severity));
            json.WriteString("title", finding.Title);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        JsonText.WriteTexts(json, "unknown", item.Unknown);
        if (item.State == ItemState.Unknown || item.Unknown.Count > 0) json.WriteString("needs", item.Item.Needs);
        if (item.State == ItemState.Likely) json.WriteString("likely", item.Item.Likely);
        json.WriteEndObject();
    }

    private static IEnumerable<string> Lines(ItemScore item)
    {
        if (item.State == ItemState.None) yield return "The cluster has none.";
        if (item.Evidence is { } evidence) yield return Sentence(evidence);
        if (item.State == ItemState.Likely) yield return $"Likely, not surely: {item.Item.Likely}";
        foreach (var found in item.Findings.GroupBy(f => f.Query))
        {
            foreach (var finding in found.Take(ShownFindings)) yield return $"{finding.Title}  ({found.Key})";
            if (found.Count() > ShownFindings) yield return $"and {found.Count() - ShownFindings} more  ({found.Key})";
        }

        foreach (var reason in item.Unknown) yield return reason;
        if (item.State == ItemState.Unknown) yield return $"Needed: {item.Item.Needs}";
    }

    private static string Sentence(string text) => char.ToUpperInvariant(text[0]) + text[1..] + ".";

    private static string Word(ItemState state) => state switch
    {
        ItemState.Fail => "FAIL",
        ItemState.None => "n/a",
        _ => FindingJson.Kebab(state.ToString()),
    };

    private static string ShortName(string cluster) => cluster[(cluster.LastIndexOf('/') + 1)..];

    private static string Counts(ClusterScore cluster) =>
        $"{cluster.Count(ItemState.Pass)} passed, {cluster.Count(ItemState.Likely)} likely, {cluster.Count(ItemState.Fail)} failed, {cluster.Count(ItemState.Unknown)} unknown"
        + (cluster.Count(ItemState.None) is > 0 and var none ? $", {none} without a subject" : "");
}

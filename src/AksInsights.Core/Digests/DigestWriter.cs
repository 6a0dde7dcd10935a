using System.Globalization;
using AksInsights.Core.Alerts;
using AksInsights.Core.Findings;

namespace AksInsights.Core.Digests;

/// <summary>Puts a digest into words. Pure.</summary>
public sealed class DigestWriter
{
    private const string Bars = "▁▂▃▄▅▆▇█";

    private readonly AlertTemplates _templates;
    private readonly FindingNotes _notes;
    private readonly Uri? _site;

    /// <summary>Makes a writer.</summary>
    /// <param name="templates">The texts.</param>
    /// <param name="notes">What the library says about findings.</param>
    /// <param name="site">Where people find the web page; null when there is none.</param>
    public DigestWriter(AlertTemplates templates, FindingNotes notes, Uri? site)
    {
        _templates = templates;
        _notes = notes;
        _site = site;
    }

    /// <summary>The document of a digest; one line when nothing changed.</summary>
    /// <exception cref="AlertTemplateException">A user's template cannot be filled.</exception>
    public AlertDocument Write(Digest digest)
    {
        var values = new Dictionary<string, object?> { ["scope"] = digest.Scope, ["headline"] = Headline(digest) };
        return new AlertDocument
        {
            Title = _templates.Render("digest-title", values),
            Summary = Summary(digest),
            Worst = digest.New.Concat(digest.Worse).Concat(digest.Oldest).Select(f => f.Severity).DefaultIfEmpty(Severity.Info).Max(),
            AllOver = digest.Open == 0,
            Sections = Sections(digest),
            Link = _site,
        };
    }

    private static string Headline(Digest digest)
    {
        if (digest.Since is null) return $"first look, {Count(digest.Open, "open finding")}";
        if (digest.NothingChanged) return $"nothing changed, {digest.Open} still open";
        var parts = new List<string>();
        if (digest.New.Count > 0) parts.Add($"{digest.New.Count} new");
        if (digest.Worse.Count > 0) parts.Add($"{digest.Worse.Count} worse");
        if (digest.Flapping.Count > 0) parts.Add($"{digest.Flapping.Count} flapping");
        if (digest.Resolved.Count > 0) parts.Add($"{digest.Resolved.Count} resolved");
        var change = digest.Open - digest.OpenBefore;
        parts.Add($"{digest.Open} open ({(change > 0 ? "+" : "")}{change.ToString(CultureInfo.InvariantCulture)})");
        return string.Join(" · ", parts);
    }

    private static string Summary(Digest digest)
    {
        var parts = new List<string>
        {
            digest.Since is { } since
                ? $"From {AgeText.At(since)} to {AgeText.At(digest.Until)}."
                : $"As of {AgeText.At(digest.Until)}. What was found at the first look is counted here and not told one by one; from now on, changes are.",
        };
        if (digest.Trend.Any(open => open > 0)) parts.Add($"Open findings over {digest.Trend.Count} days: {Sparkline(digest.Trend)} ({digest.Trend.Min()} to {digest.Trend.Max()}).");
        return string.Join(' ', parts);
    }

    private List<AlertSection> Sections(Digest digest)
    {
        var sections = new List<AlertSection>();
        if (digest.NothingChanged)
        {
            Add(sections, "Data health", digest.DataHealth.Select(f => Line(f, digest.Until)));
            return sections;
        }

        Add(sections, "New", digest.New.Select(f => Line(f, digest.Until)));
        Add(sections, "Worse", digest.Worse.Select(f => Line(f, digest.Until)));
        Add(sections, "Flapping", digest.Flapping.Select(f => Line(f, digest.Until)));
        Add(sections, "Resolved", digest.Resolved.Select(f => Line(f, f.ConditionSince)));
        if (digest.Clusters.Count > 1) Add(sections, "Clusters", digest.Clusters.Select(ClusterLine));
        Add(sections, digest.Since is null ? "Worst and oldest" : "Oldest", digest.Oldest.Select(f => Line(f, digest.Until)));
        if (digest.SavingPerMonth > 0) Add(sections, "Savings", [new AlertLine { Text = $"Open recommendations would save {digest.SavingPerMonth.ToString("#,0", CultureInfo.InvariantCulture)} a month." }]);
        Add(sections, "Data health", digest.DataHealth.Select(f => Line(f, digest.Until)));
        return sections;
    }

    private static void Add(List<AlertSection> sections, string heading, IEnumerable<AlertLine> lines)
    {
        var all = lines.ToList();
        if (all.Count > 0) sections.Add(new AlertSection($"{heading} ({all.Count})", all));
    }

    private AlertLine Line(Finding finding, DateTimeOffset until)
    {
        var over = finding.Condition == Condition.Resolved;
        var values = FindingValues.Of(finding, finding.Severity, until, _notes);
        if (over && finding.ResolveReason is { } reason && reason != ResolveReason.Cleared) values["reason"] = ResolveReasonText.Format(reason);
        return new AlertLine
        {
            Text = _templates.Render("digest-line", values),
            Severity = finding.Severity,
            Over = over,
            Detail = _templates.Render("digest-detail", values),
            Action = over ? null : _notes.Action(finding),
            Link = _site is null ? null : new Uri(_site, $"findings/{finding.Id.Value}"),
        };
    }

    private static AlertLine ClusterLine((string Cluster, int Open, Severity Worst) cluster) => new()
    {
        Text = $"{(cluster.Cluster.Length == 0 ? "No cluster" : ClusterName.Of(cluster.Cluster))}: {Count(cluster.Open, "open finding")}",
        Severity = cluster.Worst,
    };

    private static string Count(int number, string noun) => number == 1 ? $"1 {noun}" : $"{number} {noun}s";

    // A picture that every channel can show: a bar for each day.
    private static string Sparkline(IReadOnlyList<int> values)
    {
        var most = Math.Max(1, values.Max());
        return string.Concat(values.Select(value => Bars[value * (Bars.Length - 1) / most]));
    }
}

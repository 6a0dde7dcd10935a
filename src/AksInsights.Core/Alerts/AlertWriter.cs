using AksInsights.Core.Findings;

namespace AksInsights.Core.Alerts;

/// <summary>Puts what happened to findings into words. Pure: the same items and time give the same document.</summary>
public sealed class AlertWriter
{
    private readonly AlertTemplates _templates;
    private readonly FindingNotes _notes;
    private readonly Uri? _site;

    /// <summary>Makes a writer.</summary>
    /// <param name="templates">The texts.</param>
    /// <param name="notes">What the library says about findings.</param>
    /// <param name="site">Where people find the web page; null when there is none, and then there are no links.</param>
    public AlertWriter(AlertTemplates templates, FindingNotes notes, Uri? site)
    {
        _templates = templates;
        _notes = notes;
        _site = site;
    }

    /// <summary>The document of a message.</summary>
    /// <param name="items">What happened, at least one; what matters most comes first in the document.</param>
    /// <param name="group">What the items have in common, for people: <c>shop/cart in prod</c>.</param>
    /// <exception cref="AlertTemplateException">A user's template cannot be filled.</exception>
    public AlertDocument Write(IReadOnlyList<AlertItem> items, string group)
    {
        var ordered = items.OrderBy(item => item.Over).ThenByDescending(item => item.Severity).ThenBy(item => item.At).ToList();
        var values = Values(ordered[0]);
        values["single"] = ordered.Count == 1;
        values["group"] = group;
        values["counts"] = Counts(ordered);
        return new AlertDocument
        {
            Title = _templates.Render("alert-title", values),
            Worst = ordered.Max(item => item.Severity),
            AllOver = ordered.TrueForAll(item => item.Over),
            Sections = [new AlertSection("", [.. ordered.Select(Line)])],
            Link = ordered.Count == 1 ? Link(ordered[0].Finding) : _site,
        };
    }

    /// <summary>Where a finding is shown; null when there is no web page.</summary>
    public Uri? Link(Finding finding) => _site is null ? null : new Uri(_site, $"findings/{finding.Id.Value}");

    private AlertLine Line(AlertItem item)
    {
        var values = Values(item);
        return new AlertLine
        {
            Text = _templates.Render("alert-line", values),
            Severity = item.Severity,
            Over = item.Over,
            Detail = _templates.Render("alert-detail", values),
            Action = item.Over ? null : _notes.Action(item.Finding),
            Link = Link(item.Finding),
        };
    }

    private Dictionary<string, object?> Values(AlertItem item)
    {
        var finding = item.Finding;
        var values = FindingValues.Of(finding, item.Severity, item.At, _notes);
        values["state"] = item.State;
        values["over"] = item.Over;
        values["owner"] = item.Owner;
        values["reason"] = item.Over && finding.ResolveReason is { } reason && reason != ResolveReason.Cleared ? ResolveReasonText.Format(reason) : null;
        values["link"] = Link(finding)?.ToString();
        return values;
    }

    private static string Counts(IEnumerable<AlertItem> items) => string.Join(
        ", ", items.GroupBy(item => item.State).Select(state => $"{state.Count()} {state.Key.ToLowerInvariant()}"));
}

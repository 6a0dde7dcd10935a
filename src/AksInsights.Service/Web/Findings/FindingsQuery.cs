using System.Globalization;
using AksInsights.Core.Findings;
using AksInsights.Service.Commands;
using Microsoft.AspNetCore.Http;

namespace AksInsights.Service.Web.Findings;

/// <summary>What a list of findings is narrowed to, as it stands in the address of the page. Immutable.</summary>
public sealed record FindingsQuery
{
    /// <summary>How many findings a page has.</summary>
    public const int PageSize = 50;

    /// <summary>The addresses' word for every condition.</summary>
    public const string All = "all";

    private const string Only = "only-";

    /// <summary>At least this bad.</summary>
    public Severity? Severity { get; init; }

    /// <summary>Whether no worse than that either.</summary>
    public bool IsOnly { get; init; }

    /// <summary>An area such as <c>pods</c>, or a query such as <c>pods/crash-loop</c>.</summary>
    public string? Query { get; init; }

    /// <summary>A cluster's resource id.</summary>
    public string? Cluster { get; init; }

    /// <summary>A namespace.</summary>
    public string? Namespace { get; init; }

    /// <summary>A condition, <see cref="All"/>, or null for what is there now: open and clearing.</summary>
    public string? Condition { get; init; }

    /// <summary>What people said.</summary>
    public WorkflowKind? Workflow { get; init; }

    /// <summary>Words that all must be there.</summary>
    public string? Text { get; init; }

    /// <summary>The order.</summary>
    public FindingOrder Order { get; init; }

    /// <summary>Which page, from 1.</summary>
    public int Page { get; init; } = 1;

    /// <summary>What stood in the address and means nothing, in full sentences; it narrows nothing.</summary>
    public IReadOnlyList<string> Mistakes { get; init; } = [];

    /// <summary>Whether the list is narrowed at all.</summary>
    public bool IsNarrowed => this with { Order = default, Page = 1, Mistakes = Mistakes } != new FindingsQuery { Mistakes = Mistakes };

    /// <summary>The severity as it stands in the address; null when the list is not narrowed by it.</summary>
    public string? SeverityWord => Severity is { } severity ? (IsOnly ? Only : "") + SeverityText.Format(severity) : null;

    /// <summary>Reads an address. Fields of a form that were left empty narrow nothing.</summary>
    public static FindingsQuery Read(IQueryCollection address)
    {
        var mistakes = new List<string>();
        string? Text(string name) => address[name] is [{ } text, ..] && text.Trim() is { Length: > 0 } trimmed ? trimmed : null;
        T? Choice<T>(string name, int from = 0)
            where T : struct, Enum
        {
            if (Text(name)?[from..] is not { } text) return null;
            foreach (var value in Enum.GetValues<T>())
                if (FindingJson.Kebab(value.ToString()) == text) return value;
            mistakes.Add($"“{text}” is none of {string.Join(", ", Enum.GetNames<T>().Select(FindingJson.Kebab))}; the list is not narrowed by it.");
            return null;
        }

        var only = Text("severity")?.StartsWith(Only, StringComparison.Ordinal) == true;
        var page = 1;
        if (Text("page") is { } number && !(int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out page) && page is > 0 and < 1_000_000)) page = 1;
        return new FindingsQuery
        {
            Severity = Choice<Severity>("severity", only ? Only.Length : 0),
            IsOnly = only,
            Query = Text("query"),
            Cluster = Text("cluster")?.ToLowerInvariant(),
            Namespace = Text("namespace"),
            Condition = Text("condition") == All ? All : Choice<Condition>("condition") is { } condition ? FindingJson.Kebab(condition.ToString()) : null,
            Workflow = Choice<WorkflowKind>("workflow"),
            Text = Text("text"),
            Order = Choice<FindingOrder>("order") ?? FindingOrder.WorstFirst,
            Page = page,
            Mistakes = mistakes,
        };
    }

    /// <summary>The filter that reads a page of it.</summary>
    public FindingFilter Filter() => new()
    {
        MinSeverity = Severity,
        MaxSeverity = IsOnly ? Severity : null,
        Query = QueryId.TryParse(Query, out var query) ? query : null,
        Area = Query is { } area && !area.Contains('/', StringComparison.Ordinal) ? area : null,
        Cluster = Cluster,
        Namespace = Namespace,
        Conditions = Condition switch
        {
            null => [Core.Findings.Condition.Open, Core.Findings.Condition.Clearing],
            All => null,
            var one => [Enum.GetValues<Condition>().Single(condition => FindingJson.Kebab(condition.ToString()) == one)],
        },
        Workflow = Workflow,
        Words = Text?.Split(' ', StringSplitOptions.RemoveEmptyEntries),
        Order = Order,
        Limit = PageSize,
        Skip = (Page - 1) * PageSize,
    };

    /// <summary>The address of the list.</summary>
    public string Address()
    {
        var parts = new List<string>();
        Add("severity", SeverityWord);
        Add("query", Query);
        Add("cluster", Cluster);
        Add("namespace", Namespace);
        Add("condition", Condition);
        Add("workflow", Workflow is { } workflow ? FindingJson.Kebab(workflow.ToString()) : null);
        Add("text", Text);
        Add("order", Order == FindingOrder.WorstFirst ? null : FindingJson.Kebab(Order.ToString()));
        Add("page", Page == 1 ? null : Page.ToString(CultureInfo.InvariantCulture));
        return parts.Count == 0 ? "/findings" : "/findings?" + string.Join('&', parts);

        void Add(string name, string? value)
        {
            // Slashes may stand in a query as they are, and keep it readable.
            if (value is not null) parts.Add($"{name}={Uri.EscapeDataString(value).Replace("%2F", "/", StringComparison.Ordinal)}");
        }
    }
}

using System.Text.RegularExpressions;
using AksInsights.Core.Findings;
using AksInsights.Core.Queries;

namespace AksInsights.Core.Alerts;

/// <summary>What the library has to say about findings: the name of the check, what was measured against which threshold, what to do first. Immutable.</summary>
public sealed partial class FindingNotes
{
    private readonly Dictionary<QueryId, QueryDefinition> _queries;

    /// <summary>Takes the queries of a library.</summary>
    public FindingNotes(IEnumerable<QueryDefinition> queries) => _queries = queries.ToDictionary(query => query.Id);

    /// <summary>What the check is called; its id when the library does not have it any more.</summary>
    public string Check(QueryId query) => _queries.TryGetValue(query, out var known) ? known.Metadata.Name : query.Value;

    /// <summary>The first step of what to do, on one line, with the names of the finding in its commands; null when nothing is known.</summary>
    public string? Action(Finding finding)
    {
        if (!_queries.TryGetValue(finding.Query, out var known)) return null;
        var steps = known.Metadata.Remediation.Split('\n').Select(line => line.Trim());
        // A step may go over several lines; it ends where the next one is numbered.
        var first = steps.TakeWhile((line, index) => index == 0 || !(line.Length > 1 && char.IsAsciiDigit(line[0]) && line[1] == '.'));
        var text = string.Join(' ', first).Trim();
        if (text.StartsWith("1. ", StringComparison.Ordinal)) text = text[3..];
        foreach (var (word, name) in CommandNames.Of(finding.Key)) text = text.Replace(word, name, StringComparison.Ordinal);
        return PlainText.Line(text);
    }

    /// <summary>What was measured, each against its threshold where it has one: <c>restarts 11 (threshold 3)</c>; empty when nothing was.</summary>
    public string Measured(Finding finding)
    {
        var definition = _queries.GetValueOrDefault(finding.Query);
        var known = finding.Content.Measures.Where(measure => measure.Value is not null).ToList();
        // Where some measure has a threshold, those are what it is about; else the first tells enough.
        var telling = known.Where(measure => Threshold(definition, measure) is not null).ToList();
        if (telling.Count == 0) telling = [.. known.Take(1)];
        return string.Join(", ", telling.Take(2).Select(measure => Text(definition, measure)));
    }

    private static string Text(QueryDefinition? definition, Measure measure)
    {
        var unit = definition is not null && definition.Metadata.Measures.TryGetValue(measure.Name, out var known) ? known.Unit : (Unit?)null;
        var threshold = Threshold(definition, measure) is { } value ? $" (threshold {UnitText.Format(value, unit)})" : "";
        return $"{Words(measure.Name)} {UnitText.Format(measure.Value, unit)}{threshold}";
    }

    /// <summary>The name of a measure for people: <c>pendingPods</c> is pending pods, and <c>excessBytes</c> is excess, as the number has its unit.</summary>
    private static string Words(string name)
    {
        var words = WordBreak().Replace(name, " ").ToLowerInvariant().Split(' ');
        return string.Join(' ', words is [_, .., "seconds" or "bytes" or "cores" or "share" or "ratio"] ? words[..^1] : words);
    }

    [GeneratedRegex("(?<=[a-z0-9])(?=[A-Z])")]
    private static partial Regex WordBreak();

    private static object? Threshold(QueryDefinition? definition, Measure measure)
    {
        if (definition is null || !definition.Metadata.Measures.TryGetValue(measure.Name, out var known) || known.Threshold is not { } name) return null;
        var parameter = definition.Text.Header.Find(name);
        // Lengths of time are ticks in KQL and seconds in a measure.
        return parameter?.Type == Kql.Types.KqlType.TimeSpan && parameter.Default is long ticks ? TimeSpan.FromTicks(ticks) : parameter?.Default;
    }
}

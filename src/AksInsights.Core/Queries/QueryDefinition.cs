using AksInsights.Core.Evaluation;
using AksInsights.Core.Findings;
using AksInsights.Core.Workspaces;

namespace AksInsights.Core.Queries;

/// <summary>A query of the library: its text and what its files say about it. Immutable.</summary>
public sealed record QueryDefinition
{
    /// <summary>Its name, from area and file name.</summary>
    public required QueryId Id { get; init; }

    /// <summary>The content of its <c>.yaml</c>.</summary>
    public required QueryMetadata Metadata { get; init; }

    /// <summary>The content of its <c>.kql</c>.</summary>
    public required QueryText Text { get; init; }

    /// <summary>A hash of both files; it changes when the meaning may have changed.</summary>
    public required string Revision { get; init; }

    /// <summary>The path of its <c>.kql</c>; the others stand beside it.</summary>
    public required string KqlFile { get; init; }

    /// <summary>The path of its <c>.yaml</c>.</summary>
    public string YamlFile => Path.ChangeExtension(KqlFile, ".yaml");

    /// <summary>The path of its <c>.tests.yaml</c>, which need not exist.</summary>
    public string TestsFile => Path.ChangeExtension(KqlFile, ".tests.yaml");

    /// <summary>What an evaluation needs to know of the query.</summary>
    /// <param name="values">Values of parameters, by name, as <see cref="QueryParameter.TryRead"/> gives them; others keep their default.</param>
    public EvaluationPlan Plan(IReadOnlyDictionary<string, object?> values) => new()
    {
        Query = Id,
        Revision = values.Count == 0 ? Revision : RevisionHash.Of([Revision, .. values.OrderBy(v => v.Key, StringComparer.Ordinal).Select(Written)]),
        Bind = window => Metadata.Source == QuerySource.ResourceGraph ? Text.Inline(window, values) : Text.Bind(window, values),
        Values = values,
        Source = Metadata.Source,
        KeyColumns = Metadata.Key,
        Measures = [.. Metadata.Measures.Select(m => new MeasureColumn(m.Key, Yaml.Choices.Name(m.Value.Unit)))],
        Evidence = Metadata.Evidence,
        Severity = Metadata.Severity,
        Title = row => Render(Metadata.Title, row),
        Message = Metadata.Message is { } message ? row => Render(message, row) : null,
        Requires = Required(),
        Schedule = new EvaluationSchedule(Metadata.Schedule.Every, Metadata.Schedule.Offset, Metadata.Schedule.Lookback),
        Lifecycle = new LifecyclePolicy(Metadata.Lifecycle.For, Metadata.Lifecycle.ResolveAfter, Metadata.Lifecycle.MaxFindings),
    };

    // Resource Graph says how things stand; it has no rows that could be old.
    private RequiredData Required() => Metadata.Source == QuerySource.ResourceGraph
        ? new RequiredData([], null) { Sparse = [.. Metadata.Requires.Tables, .. Metadata.Requires.Sparse] }
        : new RequiredData(Metadata.Requires.Tables, Metadata.Requires.Freshness) { Sparse = Metadata.Requires.Sparse };

    private string Written(KeyValuePair<string, object?> value) =>
        $"{value.Key}={ParameterText.Format(Text.Header.Find(value.Key)?.Type ?? Kql.Types.KqlType.String, value.Value)}";

    private string Render(TextTemplate template, ResultRow row) =>
        template.Render(column => row[column], column => Metadata.Measures.TryGetValue(column, out var measure) ? measure.Unit : null);
}

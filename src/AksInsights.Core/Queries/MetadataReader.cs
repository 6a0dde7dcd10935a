using AksInsights.Core.Findings;
using AksInsights.Core.Queries.Yaml;
using AksInsights.Core.Workspaces;
using AksInsights.Kql.Text;

namespace AksInsights.Core.Queries;

/// <summary>Reads the <c>.yaml</c> file of a query.</summary>
internal static class MetadataReader
{
    private static readonly HashSet<string> NoIdentity = new(
        ["pod", "podName", "podUid", "pods", "hash", "time", "timestamp", "TimeGenerated", "startTime", "endTime", "value", "Severity"],
        StringComparer.OrdinalIgnoreCase);

    /// <summary>The metadata of a mapping; every mistake is reported, and stand-ins fill the gaps.</summary>
    public static QueryMetadata Read(YamlMap map, FileReport report)
    {
        var fields = new YamlFields(map, "A query's file", report);
        var metadata = new QueryMetadata
        {
            Name = fields.Text("name"),
            Title = Template(fields.Scalar("title", required: true), report) ?? TextTemplate.Empty,
            Message = Template(fields.Scalar("message"), report),
            Description = fields.Text("description"),
            Impact = fields.Text("impact"),
            Remediation = fields.Text("remediation"),
            FalsePositives = fields.Texts("falsePositives"),
            Kind = fields.Choice("kind", QueryKind.Finding),
            Status = fields.Choice("status", QueryStatus.Stable),
            Severity = fields.Choice("severity", Severity.Warning, required: true),
            Key = Key(fields, report),
            Measures = Measures(fields, report),
            Evidence = Columns(fields.Scalars("evidence"), "evidence", report),
            Source = fields.Choice("source", QuerySource.LogAnalytics),
            Requires = Requires(fields.Section("requires", required: true)),
            Schedule = Schedule(fields.Section("schedule", required: true), report),
            Lifecycle = Lifecycle(fields.Section("lifecycle")),
            Parameters = Parameters(fields, report),
            Visualise = Visualise(fields.Section("visualise")),
            Sources = fields.Texts("sources"),
            Lint = Lint(fields.Section("lint"), report),
        };
        fields.Finish();
        return metadata;
    }

    /// <summary>Where a piece of a scalar stands: the scalar itself when quoting or folding hides the piece.</summary>
    public static TextSpan PlaceIn(YamlScalar scalar, string piece, string text)
    {
        var at = text.IndexOf(piece, scalar.Span.Start, scalar.Span.Length, StringComparison.Ordinal);
        return at < 0 ? scalar.Span : new TextSpan(at, piece.Length);
    }

    private static TextTemplate? Template(YamlScalar? scalar, FileReport report)
    {
        var template = TextTemplate.Parse(scalar?.Text.Trim() ?? "", out var mistakes);
        if (scalar is null) return null;
        foreach (var mistake in mistakes) report.BadTemplate(PlaceIn(scalar, mistake.Written, report.Text), mistake.Message);
        return template;
    }

    private static IReadOnlyList<string> Key(YamlFields fields, FileReport report)
    {
        var scalars = fields.Scalars("key", required: true);
        if (scalars.Count == 0 && fields.Node("key") is { } empty) report.MissingKey(empty.Span, "key", fields.Owner);
        foreach (var scalar in scalars.Where(s => NoIdentity.Contains(s.Text))) report.KeyIsNoIdentity(scalar.Span, scalar.Text);
        return Columns(scalars, "key", report);
    }

    private static IReadOnlyList<string> Columns(IReadOnlyList<YamlScalar> scalars, string list, FileReport report)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var scalar in scalars.Where(s => !seen.Add(s.Text))) report.RepeatedColumn(scalar.Span, scalar.Text, list);
        return [.. seen];
    }

    private static OrderedDictionary<string, MeasureDefinition> Measures(YamlFields fields, FileReport report)
    {
        var measures = new OrderedDictionary<string, MeasureDefinition>();
        foreach (var entry in fields.Entries("measures"))
        {
            if (YamlFields.Open(entry.Value, $"The measure `{entry.Key.Text}`", report) is not { } measure) continue;
            measures[entry.Key.Text] = new MeasureDefinition
            {
                Unit = measure.Choice("unit", Unit.Number, required: true),
                Threshold = measure.OptionalText("threshold"),
            };
            measure.Finish();
        }

        return measures;
    }

    private static DataRequirement Requires(YamlFields? fields)
    {
        if (fields is null) return new DataRequirement { Tables = [] };
        var requirement = new DataRequirement
        {
            Tables = fields.Texts("tables", required: true),
            Sparse = fields.Texts("sparse"),
            Freshness = fields.Duration("freshness", TimeSpan.FromMinutes(15)),
        };
        fields.Finish();
        return requirement;
    }

    private static QuerySchedule Schedule(YamlFields? fields, FileReport report)
    {
        var every = TimeSpan.FromMinutes(5);
        if (fields is null) return new QuerySchedule { Every = every, Lookback = every };
        var schedule = new QuerySchedule
        {
            Every = fields.Duration("every", every, required: true),
            Offset = fields.Duration("offset", TimeSpan.FromMinutes(5)),
            Lookback = fields.Duration("lookback", TimeSpan.FromDays(1), required: true),
        };
        fields.Finish();
        if (schedule.Every <= TimeSpan.Zero) report.OutOfRange(fields.PlaceOf("every"), "0", "every", "it must be longer than nothing");
        return schedule;
    }

    private static FindingRules Lifecycle(YamlFields? fields)
    {
        if (fields is null) return new FindingRules();
        var rules = new FindingRules
        {
            For = fields.Duration("for", TimeSpan.Zero),
            ResolveAfter = fields.Duration("resolveAfter", TimeSpan.FromMinutes(15)),
            MaxFindings = fields.Count("maxFindings", 500, 1, 100_000),
        };
        fields.Finish();
        return rules;
    }

    private static OrderedDictionary<string, ParameterNote> Parameters(YamlFields fields, FileReport report)
    {
        var notes = new OrderedDictionary<string, ParameterNote>();
        foreach (var entry in fields.Entries("parameters"))
        {
            if (YamlFields.Open(entry.Value, $"The parameter `{entry.Key.Text}`", report) is not { } note) continue;
            notes[entry.Key.Text] = new ParameterNote
            {
                Describe = note.OptionalText("describe"),
                Min = note.OptionalText("min"),
                Max = note.OptionalText("max"),
            };
            note.Finish();
        }

        return notes;
    }

    private static LintExemptions Lint(YamlFields? fields, FileReport report)
    {
        if (fields is null) return new LintExemptions();
        var allowed = new List<LintExemption>();
        foreach (var node in fields.Items("allow", required: true))
        {
            if (YamlFields.Open(node, "An exemption", report) is not { } exemption) continue;
            allowed.Add(new LintExemption { Code = exemption.Text("code"), Reason = exemption.Text("reason") });
            exemption.Finish();
        }

        fields.Finish();
        return new LintExemptions { Allow = allowed };
    }

    private static Visualisation Visualise(YamlFields? fields)
    {
        if (fields is null) return new Visualisation();
        var visualisation = new Visualisation
        {
            Kind = fields.Choice("kind", VisualisationKind.Table),
            Value = fields.OptionalText("value"),
            Legend = fields.OptionalText("legend"),
            Unit = fields.Scalar("unit") is null ? null : fields.Choice("unit", Unit.Number),
        };
        fields.Finish();
        return visualisation;
    }
}

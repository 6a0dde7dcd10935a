using System.Globalization;
using System.Text.Json;
using AksInsights.Core.Queries.OtherTools;

namespace AksInsights.Service.Commands;

/// <summary>Writes the checks of other tools against the library, for people and programs.</summary>
internal sealed class CoverageText(CoverageMatrix matrix, OtherToolsFile file, IReadOnlyList<string> states)
{
    private static readonly CoverageState[] States = Enum.GetValues<CoverageState>();

    private static readonly string[] Columns = ["tool", "checks", .. States.Select(Name), "covered of all", "of what can be known"];

    /// <summary>A state as it is written.</summary>
    public static string Name(CoverageState state) => FindingJson.Kebab(state.ToString());

    /// <summary>Writes the matrix in one of the forms.</summary>
    public void Write(string form, TextWriter to)
    {
        if (form == KqlOutput.Json) WriteJson(to);
        else if (form == "markdown") WriteMarkdown(to);
        else WriteTable(to);
    }

    private static string Percent(double share) => (100 * share).ToString("0", CultureInfo.InvariantCulture) + " %";

    private static string Queries(CoverageRow row) => string.Join(", ", row.Queries.Select(q => q.Value));

    private static string[] Summary(ToolCoverage tool) =>
    [
        tool.Tool, tool.Rows.Count.ToString(CultureInfo.InvariantCulture), .. States.Select(s => tool.Count(s).ToString(CultureInfo.InvariantCulture)),
        Percent(tool.Covered), Percent(tool.CoveredOfKnowable),
    ];

    private IReadOnlyList<CoverageRow> Rows(ToolCoverage tool) => [.. tool.Rows.Where(r => states.Count == 0 || states.Contains(Name(r.State)))];

    private void WriteTable(TextWriter to)
    {
        AlignedText.Write(to, Columns, matrix.Tools.Select(Summary));
        to.Write("likely: by a proxy, and so says the finding. The shares count covered and likely checks; those apart, which tell of no problem, count in neither.\n");
        foreach (var tool in matrix.Tools.Where(t => Rows(t).Count > 0))
        {
            to.Write($"\n{file.Tools[tool.Tool].Title} ({file.Tools[tool.Tool].Version})\n");
            AlignedText.Write(to, ["check", "state", "looks for", "found by; or why not"], Rows(tool).Select(r => new[] { r.Check, Name(r.State), r.Finds, Told(r) }));
        }
    }

    private static string Told(CoverageRow row) => (row.Queries.Count, row.Why) switch
    {
        (0, null) => "nobody has looked at it",
        (0, var why) => why,
        (_, null) => Queries(row),
        var (_, why) => $"{Queries(row)}: {why}",
    };

    private void WriteMarkdown(TextWriter to)
    {
        to.Write($"| {string.Join(" | ", Columns)} |\n|{string.Concat(Columns.Select(_ => " --- |"))}\n");
        foreach (var tool in matrix.Tools) to.Write($"| {string.Join(" | ", Summary(tool))} |\n");
        foreach (var tool in matrix.Tools.Where(t => Rows(t).Count > 0))
        {
            to.Write($"\n## {file.Tools[tool.Tool].Title}\n\nVersion: {file.Tools[tool.Tool].Version}.\n\n| check | looks for | state | found by; or why not |\n| --- | --- | --- | --- |\n");
            foreach (var row in Rows(tool)) to.Write($"| {row.Check} | {row.Finds} | {Name(row.State)} | {Told(row)} |\n");
        }
    }

    private void WriteJson(TextWriter to) => JsonText.WriteArray(to, matrix.Tools, (json, tool) =>
    {
        json.WriteString("tool", tool.Tool);
        json.WriteString("title", file.Tools[tool.Tool].Title);
        json.WriteString("version", file.Tools[tool.Tool].Version);
        json.WriteNumber("covered", Math.Round(tool.Covered, 4));
        json.WriteNumber("coveredOfKnowable", Math.Round(tool.CoveredOfKnowable, 4));
        json.WriteStartArray("checks");
        foreach (var row in Rows(tool)) WriteJson(json, row);
        json.WriteEndArray();
    });

    private static void WriteJson(Utf8JsonWriter json, CoverageRow row)
    {
        json.WriteStartObject();
        json.WriteString("check", row.Check);
        json.WriteString("finds", row.Finds);
        json.WriteString("state", Name(row.State));
        JsonText.WriteTexts(json, "queries", row.Queries.Select(q => q.Value));
        if (row.Why is not null) json.WriteString("why", row.Why);
        json.WriteEndObject();
    }
}

using AksInsights.Core.Findings;
using AksInsights.Kql.Results;

namespace AksInsights.Core.Evaluation;

/// <summary>The problems in a result.</summary>
/// <param name="Seen">One a subject, in the order of their first rows.</param>
/// <param name="Warnings">What is odd about the result, in full sentences; at most a few.</param>
/// <param name="Error">Why the result cannot be read at all; null when it can.</param>
public sealed record ObservationSet(IReadOnlyList<Observation> Seen, IReadOnlyList<string> Warnings, string? Error);

/// <summary>Reads the rows of a query's result as problems. Pure.</summary>
public static class ObservationReader
{
    private const string SeverityColumn = "Severity";
    private const int MaxWarnings = 10;
    private const int MaxEvidenceItems = 20;
    private const int MaxEvidenceLength = 4096;

    /// <summary>Reads a result.</summary>
    /// <remarks>Rows about the same subject become one: the worst severity with the texts of the first row that has it. Cost: O(rows).</remarks>
    public static ObservationSet Read(EvaluationPlan plan, ResultTable result)
    {
        var missing = plan.KeyColumns.Where(column => result.IndexOf(column) < 0).ToArray();
        if (missing.Length > 0) return new ObservationSet([], [], MissingKey(plan, result, missing));

        var warnings = new List<string>();
        WarnOfMissing(plan, result, warnings);
        var keys = plan.KeyColumns.Select(column => (column, result.IndexOf(column))).ToArray();
        var severity = result.IndexOf(SeverityColumn);
        var seen = new List<Observation>(result.RowCount);
        var places = new Dictionary<Fingerprint, int>(result.RowCount);
        var repeats = 0;
        for (var row = 0; row < result.RowCount; row++)
        {
            var key = new FindingKey(keys.Select(k => new KeyPart(k.column, CellText.Key(result[row, k.Item2]))));
            var fingerprint = Fingerprint.Of(plan.Query, plan.KeyVersion, key);
            var weight = severity < 0 ? plan.Severity : Weight(result[row, severity], plan.Severity, warnings);
            if (!places.TryGetValue(fingerprint, out var place))
            {
                places.Add(fingerprint, seen.Count);
                seen.Add(new Observation(fingerprint, key, weight, Content(plan, new ResultRow(result, row))));
                continue;
            }

            repeats++;
            if (weight > seen[place].Severity) seen[place] = new Observation(fingerprint, key, weight, Content(plan, new ResultRow(result, row)));
        }

        if (repeats > 0) warnings.Add($"{repeats} rows repeat the key of another row and were merged; the key columns should tell rows apart.");
        return new ObservationSet(seen, warnings, null);
    }

    private static string MissingKey(EvaluationPlan plan, ResultTable result, string[] missing)
    {
        var names = string.Join(", ", missing.Select(column => $"`{column}`"));
        var columns = string.Join(", ", result.Columns.Select(column => $"`{column.Name}`"));
        return $"The result of `{plan.Query}` lacks the key column {names}. It has {columns}; add the column to the query or take it out of `key`.";
    }

    private static void WarnOfMissing(EvaluationPlan plan, ResultTable result, List<string> warnings)
    {
        foreach (var column in plan.Measures.Select(measure => measure.Column).Concat(plan.Evidence).Where(column => result.IndexOf(column) < 0))
            warnings.Add($"The result has no column `{column}`, which the query declares as a measure or evidence.");
    }

    private static Severity Weight(object? cell, Severity standard, List<string> warnings)
    {
        if (cell is null or "") return standard;
        if (SeverityText.TryParse(cell as string, out var severity)) return severity;
        var warning = $"`{CellText.Key(cell)}` in the column `Severity` is none of info, warning, error and critical; `{SeverityText.Format(standard)}` was taken.";
        if (warnings.Count < MaxWarnings && !warnings.Contains(warning)) warnings.Add(warning);
        return standard;
    }

    private static FindingContent Content(EvaluationPlan plan, ResultRow row) => new(
        plan.Title(row),
        plan.Message?.Invoke(row),
        [.. plan.Measures.Select(measure => new Measure(measure.Column, CellText.Number(row[measure.Column]), measure.Unit))],
        Evidence(plan, row));

    private static List<EvidenceItem> Evidence(EvaluationPlan plan, ResultRow row)
    {
        var items = new List<EvidenceItem>();
        var room = MaxEvidenceLength;
        foreach (var column in plan.Evidence.Take(MaxEvidenceItems))
        {
            var json = CellText.Json(row[column]);
            if (json.Length > room) json = CellText.Json($"(left out: {json.Length} characters)");
            if (json.Length > room) break;
            room -= json.Length;
            items.Add(new EvidenceItem(column, json));
        }

        return items;
    }
}

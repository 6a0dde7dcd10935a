using AksInsights.Core.Evaluation;
using AksInsights.Core.Findings;
using AksInsights.Core.Queries;
using AksInsights.Kql.Types;

namespace AksInsights.Service.Web.Findings;

/// <summary>What was measured, beside what it was compared with.</summary>
/// <param name="Name">What, in words.</param>
/// <param name="Text">How much, with its unit.</param>
/// <param name="Threshold">The threshold, with its unit; null where there is none.</param>
/// <param name="Parameter">The parameter that the threshold is; null where there is none.</param>
/// <param name="Share">The amount and the threshold as shares of the wider of both, for a picture; null where they cannot be drawn.</param>
public sealed record MeasuredValue(string Name, string Text, string? Threshold, string? Parameter, (double Value, double Threshold)? Share)
{
    /// <summary>Puts it into words.</summary>
    /// <param name="measure">What was measured.</param>
    /// <param name="query">The query that did; null when the library does not have it any more.</param>
    /// <param name="plan">The query with the workspace's parameters; null when it is not watched here.</param>
    internal static MeasuredValue Of(Measure measure, QueryDefinition? query, EvaluationPlan? plan)
    {
        var definition = query?.Metadata.Measures.GetValueOrDefault(measure.Name);
        var text = UnitText.Format(measure.Value, definition?.Unit);
        if (definition?.Threshold is not { } name || query!.Text.Header.Find(name) is not { } parameter) return new MeasuredValue(Words(measure.Name, definition), text, null, null, null);
        var value = plan is not null && plan.Values.TryGetValue(name, out var set) ? set : parameter.Default;
        // Lengths of time are ticks in KQL and seconds in a measure.
        var threshold = parameter.Type == KqlType.TimeSpan && value is long ticks ? TimeSpan.FromTicks(ticks) : value;
        return new MeasuredValue(Words(measure.Name, definition), text, UnitText.Format(threshold, definition.Unit), name, Drawn(measure.Value, threshold));
    }

    // `silentSeconds` is Silent where the amount says 47m59s.
    private static string Words(string column, MeasureDefinition? definition) =>
        WebText.Words(definition?.Unit == Unit.Seconds && column.EndsWith("Seconds", StringComparison.Ordinal) && column.Length > 7 ? column[..^7] : column);

    private static (double Value, double Threshold)? Drawn(double? value, object? threshold)
    {
        double? bound = threshold switch
        {
            TimeSpan length => length.TotalSeconds,
            long number => number,
            int number => number,
            double number => number,
            decimal number => (double)number,
            _ => null,
        };
        if (value is not >= 0 || !double.IsFinite(value.Value) || bound is not > 0) return null;
        var most = Math.Max(value.Value, bound.Value) * 1.1;
        return (value.Value / most, bound.Value / most);
    }
}

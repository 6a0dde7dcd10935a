using AksInsights.Core.Changes;

namespace AksInsights.Service.Commands;

/// <summary>Tells people what comes of a plan.</summary>
internal static class PlanText
{
    /// <summary>Writes what is changed, what need not be, and what cannot be and why.</summary>
    public static void Write(ChangePlan plan, TextWriter to)
    {
        foreach (var group in plan.Refused.GroupBy(r => string.Concat(r.Reasons.Select(Reason))))
        {
            to.Write($"Not changed: {string.Join(", ", group.Select(r => r.Recommendation.Container.ToString()))}\n");
            to.Write(group.Key);
        }

        var changed = plan.Sets.SelectMany(s => s.Containers).ToList();
        var files = plan.Sets.SelectMany(s => s.Files).Select(f => f.Path).Distinct().Count();
        to.Write($"{Counted.Of(changed.Count, "container")} changed in {Counted.Of(files, "file")}; {plan.Unchanged.Count} right already; ");
        to.Write($"{plan.Ignored.Count} ignored; {plan.Refused.Count} not changed, see above.\n".Replace(" 0 not changed, see above", " 0 not changed", StringComparison.Ordinal));
    }

    private static string Reason(Core.Queries.FileDiagnostic reason)
    {
        if (reason.Source.Text.Length > 0) return reason.Print();
        var help = reason.Diagnostic.Help is { } next ? $"    {next}\n" : "";
        return $"error {reason.Diagnostic.Code}: {reason.Diagnostic.Message}\n{help}";
    }
}

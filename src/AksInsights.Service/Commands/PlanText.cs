using AksInsights.Core.Changes;

namespace AksInsights.Service.Commands;

/// <summary>Tells people what comes of a plan.</summary>
internal static class PlanText
{
    /// <summary>Writes what is changed, what need not be, and what cannot be and why.</summary>
    public static void Write(ChangePlan plan, TextWriter to)
    {
        var undeclared = plan.Refused.Where(r => r.Reasons is [{ Diagnostic.Code: "AKI4020" }]).GroupBy(r => r.Reasons[0].Diagnostic.Help).Where(g => g.Count() > 1).ToList();
        foreach (var group in undeclared) WriteUndeclared([.. group.Select(r => r.Recommendation.Container.ToString()).Order(StringComparer.Ordinal)], group.Key, to);
        foreach (var group in plan.Refused.Except(undeclared.SelectMany(g => g)).GroupBy(r => string.Concat(r.Reasons.Select(Reason))))
        {
            to.Write($"Not changed: {string.Join(", ", group.Select(r => r.Recommendation.Container.ToString()))}\n");
            to.Write(group.Key);
        }

        var changed = plan.Sets.SelectMany(s => s.Containers).ToList();
        var files = plan.Sets.SelectMany(s => s.Files).Select(f => f.Path).Distinct().Count();
        to.Write($"{Counted.Of(changed.Count, "container")} changed in {Counted.Of(files, "file")}; {plan.Unchanged.Count} right already; ");
        to.Write($"{plan.Ignored.Count} ignored; {plan.Refused.Count} not changed, see above.\n".Replace(" 0 not changed, see above", " 0 not changed", StringComparison.Ordinal));
    }

    /// <summary>What is deployed from elsewhere is often much: one message for all of it.</summary>
    private static void WriteUndeclared(IReadOnlyList<string> containers, string? help, TextWriter to)
    {
        const int Most = 12;
        var rest = containers.Count > Most ? $" and {containers.Count - Most} more" : "";
        to.Write($"error AKI4020: No file declares {containers.Count} of the containers: {string.Join(", ", containers.Take(Most))}{rest}.\n");
        if (help is not null) to.Write($"    {help}\n");
    }

    private static string Reason(Core.Queries.FileDiagnostic reason)
    {
        if (reason.Source.Text.Length > 0) return reason.Print();
        var help = reason.Diagnostic.Help is { } next ? $"    {next}\n" : "";
        return $"error {reason.Diagnostic.Code}: {reason.Diagnostic.Message}\n{help}";
    }
}

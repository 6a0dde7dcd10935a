using AksInsights.Kql.Diagnostics;
using AksInsights.Kql.Text;

namespace AksInsights.Core.Queries;

/// <content>Mistakes in what the files of a query say.</content>
internal sealed partial class FileReport
{
    /// <summary>AKI1020.</summary>
    public void BadTemplate(TextSpan span, string message) => Error("AKI1020", span, message);

    /// <summary>AKI1021.</summary>
    public void UnknownResultColumn(TextSpan span, string column, string role, IReadOnlyCollection<string> columns) =>
        Error("AKI1021", span, $"{role} names the column `{column}`, which the query does not give.", NearestNames.Sentence(column, columns) ?? $"It gives {Join(columns)}.");

    /// <summary>AKI1022.</summary>
    public void KeyIsNoIdentity(TextSpan span, string column) =>
        Error(
            "AKI1022",
            span,
            $"`{column}` cannot be part of the key: it changes while the problem stays, so one problem would be told many times.",
            "Name the cluster, namespace, workload, container or node, and keep this column as evidence.");

    /// <summary>AKI1023.</summary>
    public void RepeatedColumn(TextSpan span, string column, string list) =>
        Error("AKI1023", span, $"The column `{column}` stands twice in `{list}`.", "Remove one of the two.");

    /// <summary>AKI1024.</summary>
    public void LookbackTooShort(TextSpan span, TimeSpan lookback, TimeSpan every) =>
        Error(
            "AKI1024",
            span,
            $"The lookback of {Durations.Format(lookback)} is shorter than `every`, {Durations.Format(every)}: rows between two windows would never be read.",
            "Raise `lookback` to at least `every`.");
}

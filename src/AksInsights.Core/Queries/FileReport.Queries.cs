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

    /// <summary>AKI1025.</summary>
    public void NoEndTime(TextSpan span) =>
        Error("AKI1025", span, "The query does not begin with the end of its window.", "Begin with the line `let endTime = now();`.");

    /// <summary>AKI1026.</summary>
    public void NoStartTime(TextSpan span) =>
        Error(
            "AKI1026",
            span,
            "The second statement does not say where the window begins.",
            "Write `let startTime = endTime - 2h;`, with the lookback of the `.yaml`, as the second line.");

    /// <summary>AKI1027.</summary>
    public void LookbackDiffers(TextSpan span, TimeSpan yaml, TimeSpan kql) =>
        Error(
            "AKI1027",
            span,
            $"The lookback is {Durations.Format(yaml)} here and {Durations.Format(kql)} in the `.kql` (`startTime`).",
            "Make them equal, so that the query finds the same in the portal.");

    /// <summary>AKI1028.</summary>
    public void UnknownParameter(TextSpan span, string name, IReadOnlyCollection<string> known) =>
        Error(
            "AKI1028",
            span,
            $"The query has no parameter `{name}`.",
            NearestNames.Sentence(name, known) ?? (known.Count == 0 ? "It has none." : $"Its parameters are {Join(known)}."));

    /// <summary>AKI1029.</summary>
    public void RefusedValue(TextSpan span, string mistake) => Error("AKI1029", span, mistake);

    /// <summary>AKI1030.</summary>
    public void BoundOfAnotherType(TextSpan span, string bound, string name, string type) =>
        Error("AKI1030", span, $"`{bound}` is no bound for the parameter `{name}`, whose type is {type}.");

    /// <summary>AKI1031.</summary>
    public void FileMissing(string missing) =>
        Error("AKI1031", new TextSpan(0, 0), $"The query has no file `{missing}`.", "A query is a `.kql` and a `.yaml` with one stem, side by side in the folder of its area.");

    /// <summary>AKI1032.</summary>
    public void BadId(string id) =>
        Error("AKI1032", new TextSpan(0, 0), $"`{id}` is no id of a query.", "Name folder and file in lower-case letters, digits and inner hyphens, as in `pods/crash-loop`.");

    /// <summary>AKI1033.</summary>
    public void Unreadable(string reason) => Error("AKI1033", new TextSpan(0, 0), $"The file cannot be read: {reason}");

    /// <summary>AKI1034.</summary>
    public void MeasureIsNoNumber(TextSpan span, string column, string type) =>
        Error("AKI1034", span, $"The measure `{column}` is a {type} column; a measure is a number, a date-time or a length of time.", "List it under `evidence`.");
}

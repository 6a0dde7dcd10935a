using AksInsights.Kql.Text;

namespace AksInsights.Core.Queries;

/// <content>What a query may say in KQL and still must not, because of what Container Insights' rows mean.</content>
internal sealed partial class FileReport
{
    /// <summary>AKI1050.</summary>
    public void NoTimeFilter(TextSpan span, string table) =>
        Error(
            "AKI1050",
            span,
            $"`{table}` is read without a filter on its time as the first step.",
            "Write `| where TimeGenerated between (startTime .. endTime)` right behind the table: what is not filtered first is scanned whole.");

    /// <summary>AKI1051.</summary>
    public void AsksForTheClock(TextSpan span, string call) =>
        Error(
            "AKI1051",
            span,
            $"`{call}()` asks for the clock, and an evaluation has a window of its own.",
            "Count from `endTime`: `endTime - 15m` in place of `ago(15m)`.");

    /// <summary>AKI1052.</summary>
    public void SearchesEverything(TextSpan span, string what) =>
        Error("AKI1052", span, $"`{what}` goes through tables that nobody named.", "Name the tables: the service scans and bills every one that it goes through.");

    /// <summary>AKI1053.</summary>
    public void KeyMayBeEmpty(TextSpan span, string column, string origin) =>
        Error(
            "AKI1053",
            span,
            $"The key column `{column}` may be empty{origin}, and findings about different subjects would become one.",
            "Leave such rows out with `isnotempty(...)`, or say what stands in its place with `coalesce(...)` or `case(...)`.");

    /// <summary>AKI1054.</summary>
    public void KeyIsNoText(TextSpan span, string column, string type) =>
        Error("AKI1054", span, $"The key column `{column}` is of the type {type}; keys are texts.", $"Write `tostring(...)` in the query, or list `{column}` under `measures` or `evidence`.");

    /// <summary>AKI1055.</summary>
    public void SeverityIsNoText(TextSpan span, string type) =>
        Error("AKI1055", span, $"The column `Severity` is of the type {type}; it must hold one of the texts `info`, `warning`, `error` and `critical`.");

    /// <summary>AKI1056.</summary>
    public void EventsWithoutLastSeen(TextSpan span) =>
        Error(
            "AKI1056",
            span,
            "The events are filtered on `TimeGenerated` only, which is when they were created and not when they happened last.",
            "Compare `coalesce(LastSeen, TimeGenerated)` with `endTime` too, and let the lookback reach back to the creation of events that still recur.");

    /// <summary>AKI1057.</summary>
    public void CumulativeIsSummed(TextSpan span, string function, string column) =>
        Error(
            "AKI1057",
            span,
            $"`{function}` adds up `{column}`, a count that only grows and is repeated in every row.",
            "Add up its rises between neighbouring rows (`prev`), or take `max` for each subject first.");

    /// <summary>AKI1058.</summary>
    public void CountedFromStart(TextSpan span, string how) =>
        Error(
            "AKI1058",
            span,
            $"`{how}` takes an instance name apart from its start, where a cluster id of any length stands.",
            "Count from the end: `split(InstanceName, \"/\")[-1]` or `extract(\"[^/]+$\", 0, InstanceName)`.");

    /// <summary>AKI1059.</summary>
    public void ClusterIdWithCase(TextSpan span, string how) =>
        Error(
            "AKI1059",
            span,
            $"`{how}` compares a cluster id as it was written, and the same cluster is written in different cases.",
            "Put it in lower case first: `extend cluster = tolower(ClusterId)`.");

    /// <summary>AKI1060.</summary>
    public void TooLong(TextSpan span, int length, int most) =>
        Error("AKI1060", span, $"The query has {length} characters; an alert rule of Azure takes {most} at most.", "Say the same with less, or make two queries of it.");

    /// <summary>AKI1061.</summary>
    public void UnusedParameter(TextSpan span, string name) =>
        Error("AKI1061", span, $"The parameter `{name}` decides nothing: the query never names it.", "Use it or take it out.");

    /// <summary>AKI1064.</summary>
    public void TableOfAnotherSource(TextSpan span, string table, string source, string other) =>
        Error("AKI1064", span, $"`{table}` is no table of the source `{source}`, which the query asks.", $"Its source is `{other}`: say so in the `.yaml`, or take the table out.");

    /// <summary>AKI1065.</summary>
    public void NotInResourceGraph(TextSpan span, string what, string known) =>
        Error("AKI1065", span, $"Resource Graph has no {what}.", known);

    /// <summary>AKI1066.</summary>
    public void ReservedName(TextSpan span, string name) =>
        Error("AKI1066", span, $"`{name}` is a word that Azure's grammar keeps for itself; the service refuses it as a name.", $"Say more with it, as in `{name}Of...`, or write `['{name}']` everywhere.");

    /// <summary>AKI1067.</summary>
    public void TableNotRequired(TextSpan span, string table) =>
        Error("AKI1067", span, $"`{table}` is read and does not stand under `requires` in the `.yaml`.", "Without it there, silence for want of the table is taken for health. List it under `tables`, or under `sparse` when it may be empty; or read it in a `union isfuzzy=true` when it may be missing.");

    /// <summary>AKI1062.</summary>
    public void ExemptionNotNeeded(TextSpan span, string code) =>
        Error("AKI1062", span, $"The exemption from {code} is not needed: the query keeps the rule.", "Take it out, so that the rule is kept from now on.");

    /// <summary>AKI1063.</summary>
    public void UnknownExemption(TextSpan span, string code, IReadOnlyCollection<string> known) =>
        Error("AKI1063", span, $"`{code}` is no rule that a query can be exempt from.", $"These are: {Join(known)}.");
}

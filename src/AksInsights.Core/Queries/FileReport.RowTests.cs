using AksInsights.Kql.Diagnostics;
using AksInsights.Kql.Text;
using AksInsights.Kql.Types;

namespace AksInsights.Core.Queries;

/// <content>Mistakes in the row tests of a query.</content>
internal sealed partial class FileReport
{
    /// <summary>AKI1040.</summary>
    public void RepeatedCase(TextSpan span, string name) =>
        Error("AKI1040", span, $"Two cases are called `{name}`.", "Say in the name what sets the case apart.");

    /// <summary>AKI1041.</summary>
    public void UnknownTable(TextSpan span, string table, IEnumerable<string> known) =>
        Error("AKI1041", span, $"There is no table `{table}` in the schema.", NearestNames.Sentence(table, known));

    /// <summary>AKI1042.</summary>
    public void UnknownTestColumn(TextSpan span, string column, string table, IEnumerable<string> known) =>
        Error("AKI1042", span, $"There is no column `{column}` in `{table}`.", NearestNames.Sentence(column, known));

    /// <summary>AKI1043.</summary>
    public void CellOfAnotherType(TextSpan span, string text, string column, KqlType type) =>
        Error("AKI1043", span, $"`{text}` is no value of the column `{column}`, whose type is {type.Name()}.");

    /// <summary>AKI1044.</summary>
    public void BadSeries(TextSpan span, string item, string column) =>
        Error(
            "AKI1044",
            span,
            item.Length == 0 ? $"The series of `{column}` is empty." : $"`{item}` cannot be read as an item of the series of `{column}`.",
            "Items are `5`, `5x3` (5 and three more), `0+10x3` (0, 10, 20, 30), `_`, `_x3`, `null` and `'two words'x3`.");

    /// <summary>AKI1045.</summary>
    public void SeriesOfAnotherLength(TextSpan span, string column, int length, int count) =>
        Error("AKI1045", span, $"The series of `{column}` has {length} values, and the row set has {count} rows.", "`5x3` is four values: 5 and three more.");

    /// <summary>AKI1046.</summary>
    public void TwoKindsOfRows(TextSpan span) =>
        Error("AKI1046", span, "A row set has `rows` together with `series` or `count`.", "Make two row sets of it.");

    /// <summary>AKI1047.</summary>
    public void RowWithoutTime(TextSpan span) =>
        Error("AKI1047", span, "A row has no `TimeGenerated`.", "Give it as an offset from the start, as in `TimeGenerated: 5m`.");

    /// <summary>AKI1048.</summary>
    public void CaseKindMissing(TextSpan span, string query, string kind) =>
        Error("AKI1048", span, $"`{query}` has no case of the kind `{kind}`.", "Add one: a query is proven by a case that fires, one that nearly does, one at the boundary, and one with a counter that starts again if it measures rises.");

    /// <summary>AKI1049.</summary>
    public void NotInResult(TextSpan span, string name, string role, IReadOnlyCollection<string> known) =>
        Error("AKI1049", span, $"`{name}` is no {role} of the query.", NearestNames.Sentence(name, known) ?? $"There are {Join(known)}.");
}

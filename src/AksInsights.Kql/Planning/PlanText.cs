using System.Text;
using AksInsights.Kql.Binding;
using AksInsights.Kql.Types;

namespace AksInsights.Kql.Planning;

/// <summary>Plans as text: one operator a line, inputs indented below it.</summary>
internal static class PlanText
{
    // Whole tables have forty; what matters is which columns a rewrite leaves.
    private const int MostColumns = 12;

    public static string Of(BoundQuery query)
    {
        var text = new StringBuilder();
        foreach (var shared in query.Shared)
        {
            text.Append("shared ").Append(shared.Name).Append(" =\n");
            Append(text, shared.Plan, 1);
        }

        foreach (var result in query.Results) Append(text, result, 0);
        return text.ToString();
    }

    private static void Append(StringBuilder text, BoundTabular node, int depth)
    {
        text.Append(' ', depth * 2).Append(node.Name);
        var detail = Detail(node);
        if (detail.Length > 0) text.Append(' ').Append(detail);
        text.Append('\n');
        foreach (var input in node.Inputs) Append(text, input, depth + 1);
        foreach (var subquery in PlanNodes.Subqueries(node))
        {
            text.Append(' ', (depth * 2) + 2).Append("subquery\n");
            Append(text, subquery, depth + 2);
        }
    }

    private static string Detail(BoundTabular node) => node switch
    {
        BoundScan scan => Columns(scan.Columns),
        BoundFilter filter => Of(filter.Predicate),
        BoundProject project => $"{Assignments(project.Assignments)} -> {Columns(project.Output)}",
        BoundWindow window => Assignments(window.Assignments),
        BoundSummarize summarize => $"{string.Join(", ", summarize.Aggregates.Select(a => $"{a.Columns[0]} = {a.Name}({string.Join(", ", a.Arguments.Select(Of))})"))} by {Assignments(summarize.Groups)}",
        BoundSort sort => (sort.Limit is null ? "" : $"{Of(sort.Limit)} by ") + string.Join(", ", sort.Keys.Select(k => $"{Of(k.Value)} {(k.Descending ? "desc" : "asc")}")),
        BoundTake take => Of(take.Count),
        BoundJoin join => $"on {string.Join(", ", join.LeftKeys.Zip(join.RightKeys, (l, r) => $"{Of(l)} == {Of(r)}"))}",
        BoundMvExpand expand => string.Join(", ", expand.Expansions.Select(e => Of(e.Value))),
        _ => "",
    };

    private static string Assignments(IReadOnlyList<BoundAssignment> assignments) =>
        string.Join(", ", assignments.Select(a => $"{a.Column} = {Of(a.Value)}"));

    private static string Columns<T>(IReadOnlyCollection<T> columns) => columns.Count > MostColumns
        ? $"[{string.Join(", ", columns.Take(MostColumns))} and {columns.Count - MostColumns} more]"
        : $"[{string.Join(", ", columns)}]";

    private static string Of(BoundScalar expression) => expression switch
    {
        BoundConstant constant => ConstantText(constant),
        BoundColumn column => column.Column.Name,
        BoundLogic logic => $"({string.Join(logic.IsAnd ? " and " : " or ", logic.Terms.Select(Of))})",
        BoundCall { Arguments: [var left, var right] } call when !char.IsLetter(call.Name[0]) => $"{Of(left)} {call.Name} {Of(right)}",
        BoundCall call => $"{call.Name}({string.Join(", ", call.Arguments.Select(Of))})",
        BoundSubqueryValue => "toscalar(subquery)",
        BoundInSubquery member => $"{Of(member.Value)} in (subquery)",
        _ => expression.ToString(),
    };

    private static string ConstantText(BoundConstant constant) => (constant.Type, constant.Value) switch
    {
        (_, null) => "null",
        (KqlType.String, string text) => $"'{text}'",
        (KqlType.DateTime, long ticks) => DateTimeText.Format(ticks),
        (KqlType.TimeSpan, long ticks) => TimeSpanText.Format(ticks),
        (KqlType.Dynamic, var value) => DynamicText.Format(value),
        var (_, value) => Convert.ToString(value, System.Globalization.CultureInfo.InvariantCulture) ?? "",
    };
}

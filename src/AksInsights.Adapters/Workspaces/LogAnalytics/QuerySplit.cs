using System.Globalization;
using AksInsights.Kql.Syntax;
using AksInsights.Kql.Types;

namespace AksInsights.Adapters.Workspaces.LogAnalytics;

/// <summary>A query that can be asked in parts whose rows together are exactly its own. Immutable.</summary>
/// <remarks>
/// <para>Two kinds of queries can. One that makes of each row of one table some rows, such as <c>where</c>, <c>extend</c> and <c>project</c> do, is asked for stretches of
/// time. One that does so before and after a single <c>summarize ... by</c> or <c>distinct</c> is asked for shares of the groups, by a hash of their keys, so that each group lies in
/// one part as a whole.</para>
/// <para>All others, with joins, sorting, several summaries or tables within values, cannot: a whole answer is more than its parts there.</para>
/// </remarks>
internal sealed class QuerySplit
{
    // They look at the rows beside their own.
    private static readonly HashSet<string> RowContext = new(StringComparer.Ordinal) { "prev", "next", "row_number", "row_cumsum", "row_rank_dense", "row_rank_min", "row_window_session", "toscalar" };

    private readonly string _text;
    private readonly int _place;
    private readonly IReadOnlyList<string> _keys;
    private readonly (DateTime Start, DateTime End)? _window;

    private QuerySplit(string text, int place, IReadOnlyList<string> keys, (DateTime Start, DateTime End)? window)
    {
        _text = text;
        _place = place;
        _keys = keys;
        _window = window;
    }

    /// <summary>The query as a single part; null when it cannot be asked in several.</summary>
    public static QueryPart? Of(string text)
    {
        var tree = SyntaxTree.Parse(text);
        var statements = tree.Root.Statements;
        if (tree.HasErrors || statements.Count == 0 || statements[^1] is not ExpressionStatement { Expression: PipeSyntax { Source: NameExpression table } pipe }) return null;
        var lets = statements.Take(statements.Count - 1).ToList();
        if (!lets.All(l => l is LetStatement let && IsScalar(let.Value)) || lets.Any(l => ((LetStatement)l).Name.Text == table.Name.Text)) return null;
        if (pipe.Operators.SelectMany(SyntaxWalker.Descendants).Any(LooksBeyondTheRow)) return null;
        var summaries = pipe.Operators.Where(o => !IsOfEachRow(o)).ToList();
        switch (summaries)
        {
            case []:
                return Window(lets) is { } window ? new QuerySplit(text, table.Span.End, [], window).Whole() : null;
            case [SummarizeOperator { HasBy: true, Groups: { Count: > 0 } groups } summary]:
                return new QuerySplit(text, summary.Span.Start, Texts(text, groups), null).Whole();
            case [DistinctOperator distinct] when !distinct.Columns.Any(c => c.Expression is StarSyntax):
                return new QuerySplit(text, distinct.Span.Start, Texts(text, distinct.Columns), null).Whole();
            default:
                return null;
        }
    }

    private QueryPart Whole() => new(_text, () => _window is { } window ? HalvesOfTime(null, null, window) : HalvesOfKeys(1, 0));

    private QueryPart[] HalvesOfTime(DateTime? from, DateTime? to, (DateTime Start, DateTime End) window)
    {
        var middle = window.Start + ((window.End - window.Start) / 2);
        // The outer parts have no outer limits: what the query itself lets through is not narrowed by anything but the middle.
        return [OfTime(from, middle, (window.Start, middle)), OfTime(middle, to, (middle, window.End))];
    }

    private QueryPart OfTime(DateTime? from, DateTime? to, (DateTime Start, DateTime End) window)
    {
        var conditions = new[] { from is { } start ? $"TimeGenerated >= {Literal(start)}" : null, to is { } end ? $"TimeGenerated < {Literal(end)}" : null };
        return new QueryPart(_text.Insert(_place, $"\n| where {string.Join(" and ", conditions.OfType<string>())}"), () => HalvesOfTime(from, to, window));
    }

    // What leaves the remainder r of a division by m leaves r or r + m of one by 2 m.
    private QueryPart[] HalvesOfKeys(int parts, int part) => [OfKeys(parts * 2, part), OfKeys(parts * 2, part + parts)];

    private QueryPart OfKeys(int parts, int part)
    {
        var key = string.Join(", \"\\n\", ", _keys.Select(k => $"tostring({k})"));
        var condition = string.Create(CultureInfo.InvariantCulture, $"where hash(strcat({key}), {parts}) == {part}\n| ");
        return new QueryPart(_text.Insert(_place, condition), () => HalvesOfKeys(parts, part));
    }

    private static (DateTime, DateTime)? Window(IReadOnlyList<StatementSyntax> lets)
    {
        DateTime? Time(string name) => lets.OfType<LetStatement>().FirstOrDefault(l => l.Name.Text == name)?.Value is LiteralSyntax { Type: KqlType.DateTime, Value: long ticks }
            ? new DateTime(ticks, DateTimeKind.Utc)
            : null;
        return Time("startTime") is { } start && Time("endTime") is { } end && start < end ? (start, end) : null;
    }

    private static bool IsOfEachRow(OperatorSyntax step) =>
        step is WhereOperator or ExtendOperator or ProjectOperator or ProjectAwayOperator or ProjectRenameOperator or ProjectReorderOperator or ParseOperator or MvExpandOperator;

    // A bare name may be a table's.
    private static bool IsScalar(ExpressionSyntax value) =>
        value is not NameExpression && !SyntaxWalker.Descendants(value).Prepend(value).Any(n => LooksBeyondTheRow(n) || n is FunctionSyntax);

    private static bool LooksBeyondTheRow(SyntaxNode node) =>
        node is PipeSyntax or SourceOperator or DataTableSyntax || (node is CallSyntax call && RowContext.Contains(call.Name.Text));

    private static List<string> Texts(string text, IReadOnlyList<NamedExpression> columns) => [.. columns.Select(c => text.Substring(c.Expression.Span.Start, c.Expression.Span.Length))];

    private static string Literal(DateTime time) => $"datetime({time.ToString("yyyy-MM-dd'T'HH:mm:ss.fffffff'Z'", CultureInfo.InvariantCulture)})";
}

/// <summary>A part of a query.</summary>
/// <param name="Text">The KQL.</param>
/// <param name="Halves">Its two halves, whose rows together are its own.</param>
internal sealed record QueryPart(string Text, Func<IReadOnlyList<QueryPart>> Halves);

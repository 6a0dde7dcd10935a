using System.Text;
using AksInsights.Core.Evaluation;
using AksInsights.Kql.Syntax;
using AksInsights.Kql.Types;

namespace AksInsights.Core.Queries;

/// <summary>A query's text as a tree whose parameters can be given values. Immutable.</summary>
public sealed class QueryText
{
    private readonly QuerySyntax _query;

    internal QueryText(string kql, QuerySyntax query, QueryHeader header)
    {
        Kql = kql;
        _query = query;
        Header = header;
    }

    /// <summary>The text of the file, which runs in the portal as it is.</summary>
    public string Kql { get; }

    /// <summary>The text as a tree.</summary>
    internal QuerySyntax Tree => _query;

    /// <summary>Its parameters.</summary>
    public QueryHeader Header { get; }

    /// <summary>The text with its window and parameters bound to typed literals.</summary>
    /// <param name="window">The values of <c>startTime</c> and <c>endTime</c>.</param>
    /// <param name="values">Values in the in-memory form of the parameter's type, by name; parameters that are not named keep their default.</param>
    /// <remarks>The values are put into the tree, which is then printed: no text is pasted into text, so no value can become code.</remarks>
    /// <exception cref="InvalidOperationException">A value is named that is no parameter: values are checked where they are read.</exception>
    public string Bind(EvaluationWindow window, IReadOnlyDictionary<string, object?> values)
    {
        Refuse(values);
        var head = 2 + Header.Parameters.Count;
        var statements = _query.Statements.Select((s, i) => i < head ? Bound((LetStatement)s, window, values) : s).ToList();
        return SyntaxPrinter.Print(_query with { Statements = statements });
    }

    /// <summary>The text without its leading <c>let</c>s: window and parameters stand as typed literals where they are named.</summary>
    /// <param name="window">The values of <c>startTime</c> and <c>endTime</c>.</param>
    /// <param name="values">Values as for <see cref="Bind"/>.</param>
    /// <remarks>
    /// For Resource Graph, which has no <c>let</c>. The names are found in the tree, and what stands in their place is a printed literal, so no value can become
    /// code. A query that has further <c>let</c>s keeps them.
    /// </remarks>
    /// <exception cref="InvalidOperationException">A value is named that is no parameter: values are checked where they are read.</exception>
    public string Inline(EvaluationWindow window, IReadOnlyDictionary<string, object?> values)
    {
        Refuse(values);
        var head = 2 + Header.Parameters.Count;
        var literals = _query.Statements.Take(head).Cast<LetStatement>().ToDictionary(let => let.Name.Text, let => SyntaxPrinter.Print(Bound(let, window, values).Value));
        var text = new StringBuilder();
        var at = head < _query.Statements.Count ? _query.Statements[head].Span.Start : Kql.Length;
        foreach (var name in _query.Statements.Skip(head).SelectMany(SyntaxWalker.Descendants).OfType<NameExpression>().OrderBy(n => n.Span.Start))
        {
            if (!literals.TryGetValue(name.Name.Text, out var literal)) continue;
            text.Append(Kql, at, name.Span.Start - at).Append(literal);
            at = name.Span.End;
        }

        return text.Append(Kql, at, Kql.Length - at).ToString();
    }

    private void Refuse(IReadOnlyDictionary<string, object?> values)
    {
        if (values.Keys.FirstOrDefault(name => Header.Find(name) is null) is { } unknown)
            throw new InvalidOperationException($"`{unknown}` reached the binding of a query that has no such parameter.");
    }

    private LetStatement Bound(LetStatement let, EvaluationWindow window, IReadOnlyDictionary<string, object?> values)
    {
        var name = let.Name.Text;
        if (name == QueryHeader.EndTime) return WithLiteral(let, KqlType.DateTime, window.End.UtcTicks);
        if (name == QueryHeader.StartTime) return WithLiteral(let, KqlType.DateTime, window.Start.UtcTicks);
        return values.TryGetValue(name, out var value) ? WithLiteral(let, Header.Find(name)!.Type, value) : let;
    }

    private static LetStatement WithLiteral(LetStatement let, KqlType type, object? value) =>
        let with { Value = new LiteralSyntax(let.Value.Span, type, value) };
}

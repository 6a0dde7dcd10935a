using System.Collections.Immutable;
using AksInsights.Kql.Symbols;
using AksInsights.Kql.Syntax;

namespace AksInsights.Core.Queries.Linting;

/// <summary>Follows the rows of a query from its tables to its result on the syntax tree, and notes what rules ask about.</summary>
/// <remarks>
/// Where it does not know better it assumes nothing: a column that an unusual operator adds has no known facts. Cost: each table expression is followed once for
/// each use of its <c>let</c>, functions once for each call.
/// </remarks>
internal sealed partial class FlowReader
{
    private const int MostCalls = 16;

    private readonly Dictionary<string, TableSymbol> _schema;
    private readonly QueryFlow _flow = new();
    private int _calls;

    private FlowReader(IReadOnlyList<TableSymbol> schema) => _schema = schema.ToDictionary(t => t.Name, StringComparer.Ordinal);

    /// <summary>Follows a query.</summary>
    /// <param name="query">Its tree, without errors.</param>
    /// <param name="schema">The tables that it may name.</param>
    public static QueryFlow Read(QuerySyntax query, IReadOnlyList<TableSymbol> schema)
    {
        var reader = new FlowReader(schema);
        var scope = new Scope(new Dictionary<string, object>(StringComparer.Ordinal), TableFacts.Empty, TableFacts.Empty);
        if (reader.Statements(query.Statements, scope) is { } result) reader._flow.Result = result;
        return reader._flow;
    }

    private TableFacts? Statements(IReadOnlyList<StatementSyntax> statements, Scope scope)
    {
        TableFacts? result = null;
        foreach (var statement in statements)
        {
            switch (statement)
            {
                case LetStatement let:
                    scope.Names[let.Name.Text] = Meaning(let, scope);
                    break;
                case ExpressionStatement last:
                    result ??= Table(last.Expression, scope);
                    break;
            }
        }

        return result;
    }

    private object Meaning(LetStatement let, Scope scope)
    {
        if (let.Value is FunctionSyntax function) return function;
        if (let.Name.Text is QueryHeader.EndTime or QueryHeader.StartTime) return ColumnFacts.Always with { IsOfWindow = true };
        return (object?)Table(let.Value, scope) ?? Value(let.Value, scope);
    }

    /// <summary>The columns of a tabular expression; null when the expression is a value.</summary>
    private TableFacts? Table(ExpressionSyntax expression, Scope scope)
    {
        switch (expression)
        {
            case ParenthesizedSyntax inner: return Table(inner.Inner, scope);
            case PipeSyntax pipe: return Pipe(pipe, scope);
            case SourceOperator source: return Source(source.Operator, scope);
            case SubqueryInput: return scope.Input;
            case DataTableSyntax data: return new TableFacts([.. data.Columns.Select(c => new KeyValuePair<string, ColumnFacts>(c.Name.Text, ColumnFacts.Unknown))]);
            case NameExpression name when scope.Names.TryGetValue(name.Name.Text, out var meaning): return meaning as TableFacts;
            case NameExpression name when _schema.TryGetValue(name.Name.Text, out var table): return Named(name, table, filtered: false);
            case CallSyntax { Name.Text: "materialize" or "table", Arguments: [var argument, ..] }: return Table(argument.Value, scope);
            case CallSyntax call when scope.Names.GetValueOrDefault(call.Name.Text) is FunctionSyntax function: return Call(function, call, scope).Table;
            default: return null;
        }
    }

    private TableFacts Named(NameExpression name, TableSymbol table, bool filtered)
    {
        _flow.Add(new TableUse(name.Span, table.Name, table.Columns.Any(c => c.Name == "TimeGenerated"), filtered));
        return KnownColumns.Of(table);
    }

    private TableFacts Pipe(PipeSyntax pipe, Scope scope)
    {
        var isTable = pipe.Source is NameExpression name && !scope.Names.ContainsKey(name.Name.Text) && _schema.ContainsKey(name.Name.Text);
        var table = isTable
            ? Named((NameExpression)pipe.Source, _schema[((NameExpression)pipe.Source).Name.Text], pipe.Operators is [WhereOperator first, ..] && BoundsTime(first.Predicate, scope))
            : Table(pipe.Source, scope) ?? TableFacts.Empty;
        var inside = scope;
        foreach (var step in pipe.Operators)
        {
            table = Apply(step, inside with { Row = table });
            if (step is AsOperator named) inside = inside.With(named.Name.Text, table);
        }

        return table;
    }

    private bool BoundsTime(ExpressionSyntax predicate, Scope scope)
    {
        var conditions = Conditions.All(predicate).ToList();
        return conditions.Exists(c => BoundsBoth(c, scope))
            || (conditions.Exists(c => Bounds(c, scope, [BinaryOperator.Greater, BinaryOperator.GreaterOrEqual]))
                && conditions.Exists(c => Bounds(c, scope, [BinaryOperator.Less, BinaryOperator.LessOrEqual])));
    }

    private bool BoundsBoth(ExpressionSyntax condition, Scope scope) =>
        condition is BetweenSyntax { Negated: false, Value: NameExpression { Name.Text: "TimeGenerated" } } between
        && Value(between.Low, scope).IsOfWindow && Value(between.High, scope).IsOfWindow;

    private bool Bounds(ExpressionSyntax condition, Scope scope, BinaryOperator[] operators) =>
        condition is BinarySyntax { Left: NameExpression { Name.Text: "TimeGenerated" } } binary
        && operators.Contains(binary.Operator) && Value(binary.Right, scope).IsOfWindow;

    private (TableFacts? Table, ColumnFacts Value) Call(FunctionSyntax function, CallSyntax call, Scope scope)
    {
        if (_calls >= MostCalls) return (TableFacts.Empty, ColumnFacts.Unknown);
        _calls++;
        var names = new Dictionary<string, object>(scope.Names, StringComparer.Ordinal);
        for (var i = 0; i < function.Parameters.Count; i++)
        {
            var given = i < call.Arguments.Count ? call.Arguments[i].Value : function.Parameters[i].Default;
            names[function.Parameters[i].Name.Text] = given is null ? ColumnFacts.Unknown : (object?)Table(given, scope) ?? Value(given, scope);
        }

        var inside = new Scope(names, TableFacts.Empty, TableFacts.Empty);
        var table = Statements([.. function.Body.Where(s => s is not ExpressionStatement)], inside);
        var last = function.Body.OfType<ExpressionStatement>().LastOrDefault()?.Expression;
        var value = ColumnFacts.Unknown;
        if (last is not null && (table = Table(last, inside)) is null) value = Value(last, inside);
        _calls--;
        return (table, value);
    }

    /// <summary>What names mean at a place.</summary>
    /// <param name="Names">Lets and parameters: <see cref="ColumnFacts"/>, <see cref="TableFacts"/> or <see cref="FunctionSyntax"/>.</param>
    /// <param name="Row">The columns of the row at hand.</param>
    /// <param name="Input">The rows that a subquery reads.</param>
    private sealed record Scope(Dictionary<string, object> Names, TableFacts Row, TableFacts Input)
    {
        /// <summary>The same with some columns of the row proven to be filled.</summary>
        public Scope Fill(ImmutableHashSet<string> filled) => filled.IsEmpty ? this : this with { Row = Row.Fill(filled) };

        /// <summary>The same with one more name.</summary>
        public Scope With(string name, object meaning) => this with { Names = new Dictionary<string, object>(Names, StringComparer.Ordinal) { [name] = meaning } };
    }
}

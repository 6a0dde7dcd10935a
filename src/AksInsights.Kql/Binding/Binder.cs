using AksInsights.Kql.Diagnostics;
using AksInsights.Kql.Planning;
using AksInsights.Kql.Symbols;
using AksInsights.Kql.Syntax;
using AksInsights.Kql.Text;
using AksInsights.Kql.Types;

namespace AksInsights.Kql.Binding;

/// <summary>Gives names and types to a syntax tree: resolves tables, columns, lets and functions, and reports every mistake it finds.</summary>
/// <remarks>After a mistake binding goes on with the error type, which fits everywhere, so that one mistake is told once.</remarks>
internal sealed partial class Binder
{
    private const int MaxDepth = 60;

    private readonly DiagnosticBag _bag;
    private readonly EarlyRun _early;
    private readonly Dictionary<string, TableSymbol> _tables;
    private readonly List<SharedTable> _shared = [];
    private readonly HashSet<FunctionSyntax> _deciding = new(ReferenceEqualityComparer.Instance);
    private Scope _scope = new(null);
    private int _depth;

    public Binder(IReadOnlyList<TableSymbol> tables, DiagnosticBag bag, EarlyRun early)
    {
        _bag = bag;
        _early = early;
        _tables = tables.ToDictionary(t => t.Name, StringComparer.Ordinal);
    }

    /// <summary>Binds a query.</summary>
    public BoundQuery Bind(QuerySyntax query)
    {
        var results = new List<BoundTabular>();
        Visualization? visualization = null;
        foreach (var statement in query.Statements)
        {
            if (statement is not ExpressionStatement { Expression: var expression })
            {
                BindDeclaration(statement);
                continue;
            }

            visualization = FindRender(expression) ?? visualization;
            results.AddRange(BindResult(expression));
        }

        if (results.Count == 0 && !_bag.HasErrors) _bag.NoResult(query.Span);
        return new BoundQuery(results, _shared, visualization);
    }

    private IEnumerable<BoundTabular> BindResult(ExpressionSyntax expression)
    {
        if (!IsTabular(expression))
        {
            // A bare value is shown as a table of one cell.
            var value = BindScalar(expression, RowContext.None);
            var column = new ColumnVariable("print_0", Solid(value.Type));
            return [new BoundProject(OneRow(), [new BoundAssignment(column, value)], [column])];
        }

        var table = BindTabular(expression);
        return table is BoundFork fork ? fork.Branches.Select(b => b.Table) : [table];
    }

    private void BindDeclaration(StatementSyntax statement)
    {
        switch (statement)
        {
            case LetStatement let:
                BindLet(let);
                break;
            case DeclareParametersStatement declare:
                foreach (var parameter in declare.Parameters) BindDeclaredParameter(parameter);
                break;
            case PatternStatement pattern:
                BindPatternDeclaration(pattern);
                break;
            case UnsupportedStatement unsupported:
                _bag.NotSupported(unsupported.Span, $"The statement `{unsupported.Keyword}`");
                break;
            case SetStatement { Value: { } value } set:
                _settings[set.Name.Text] = value;
                break;
            default:
                break;
        }
    }

    private void BindLet(LetStatement let)
    {
        object meaning;
        if (let.Value is FunctionSyntax function) meaning = new FunctionBinding(function, _scope);
        else if (IsTabular(let.Value)) meaning = Share(let.Name.Text, BindTabular(let.Value));
        else meaning = BindScalar(let.Value, RowContext.None);
        Declare(let.Name, meaning);
    }

    private void BindDeclaredParameter(FunctionParameter parameter)
    {
        BoundScalar value = parameter.Default is null
            ? new BoundConstant(parameter.Type, null)
            : Convert(BindScalar(parameter.Default, RowContext.None), parameter.Type);
        Declare(parameter.Name, value);
    }

    // A later let of the same name hides the earlier one from what follows.
    private void Declare(NameSyntax name, object meaning)
    {
        if (_scope.TryAdd(name.Text, meaning)) return;
        _bag.DuplicateName(name.Span, name.Text);
    }

    private TableBinding Share(string name, BoundTabular plan)
    {
        var shared = new SharedTable(name, plan);
        _shared.Add(shared);
        return new TableBinding(shared);
    }

    private static BoundShared Use(SharedTable table) =>
        new(table, table.Plan.Output.Select(c => new ColumnVariable(c.Name, c.Type)).ToArray());

    private static BoundRows OneRow() => new(1, [], []);

    private static Visualization? FindRender(ExpressionSyntax expression) =>
        expression is PipeSyntax { Operators: [.., RenderOperator render] }
            ? new Visualization(render.Kind, TextsOf(render.Properties))
            : null;

    // A list, as in `ycolumns=a, b`, is one property a value.
    private static Dictionary<string, string> TextsOf(IReadOnlyList<OperatorParameter> properties) => properties
        .GroupBy(p => p.Name.Text, p => TextOf(p.Value)).ToDictionary(p => p.Key, p => string.Join(',', p));

    private static string TextOf(ExpressionSyntax value) => value switch
    {
        LiteralSyntax literal => literal.Value?.ToString() ?? "",
        NameExpression name => name.Name.Text,
        _ => "",
    };

    /// <summary>A type that a column can have: what did not bind is dynamic.</summary>
    private static KqlType Solid(KqlType type) => type == KqlType.Error ? KqlType.Dynamic : type;

    private bool Enter(TextSpan span, string name)
    {
        if (_depth++ < MaxDepth) return true;
        _bag.Recursion(span, name);
        return false;
    }

    private void Leave() => _depth--;
}

/// <summary>A bound query: its results, what they share, and how to show them.</summary>
internal sealed record BoundQuery(IReadOnlyList<BoundTabular> Results, IReadOnlyList<SharedTable> Shared, Visualization? Visualization);

using AksInsights.Kql.Syntax;

namespace AksInsights.Kql.Binding;

/// <summary>The names that lets, function parameters and <c>as</c> give, from the innermost outward.</summary>
internal sealed class Scope(Scope? parent)
{
    private readonly Dictionary<string, object> _names = new(StringComparer.Ordinal);

    /// <summary>Names a value, a <see cref="TableBinding"/> or a <see cref="FunctionBinding"/>; false if the name is taken in this very scope.</summary>
    public bool TryAdd(string name, object meaning) => _names.TryAdd(name, meaning);

    public object? Find(string name) => _names.TryGetValue(name, out var meaning) ? meaning : parent?.Find(name);

    public IEnumerable<string> Names => parent is null ? _names.Keys : _names.Keys.Concat(parent.Names);

    /// <summary>The views that table name patterns may match.</summary>
    public IEnumerable<(string Name, FunctionBinding View)> Views =>
        _names.Where(n => n.Value is FunctionBinding { Syntax.IsView: true }).Select(n => (n.Key, (FunctionBinding)n.Value)).Concat(parent?.Views ?? []);
}

/// <summary>A table with a name: computed once per run however often it is used.</summary>
internal sealed record TableBinding(SharedTable Table);

/// <summary>A user function with the scope it was written in.</summary>
internal sealed record FunctionBinding(FunctionSyntax Syntax, Scope Scope);

/// <summary>The columns that scalar expressions of an operator can name, and what they may do besides.</summary>
internal sealed class RowContext
{
    private readonly Dictionary<string, ColumnVariable> _byName = new(StringComparer.Ordinal);

    public RowContext(IReadOnlyList<ColumnVariable> columns, bool isSerialized = false)
    {
        Columns = columns;
        IsSerialized = isSerialized;
        foreach (var column in columns) _byName.TryAdd(column.Name, column);
    }

    public static RowContext None { get; } = new([]);

    public IReadOnlyList<ColumnVariable> Columns { get; }

    public bool IsSerialized { get; }

    /// <summary>Where window calls go; null where none is allowed.</summary>
    public List<BoundAssignment>? Windows { get; init; }

    /// <summary>Where aggregate calls go; null where none is allowed.</summary>
    public List<BoundAggregate>? Aggregates { get; init; }

    /// <summary>The groups of the summarize whose aggregates are bound: what may be named beside aggregates.</summary>
    public IReadOnlyList<BoundAssignment> Groups { get; init; } = [];

    /// <summary>Extra names, such as the state of scan's steps.</summary>
    public IReadOnlyDictionary<string, IReadOnlyDictionary<string, ColumnVariable>>? Steps { get; init; }

    public ColumnVariable? Find(string name) => _byName.GetValueOrDefault(name);
}

using AksInsights.Kql.Functions;
using AksInsights.Kql.Types;

namespace AksInsights.Kql.Binding;

/// <summary>A column of some operator's output. Identity is the object, not the name: two columns may share a name, one may be renamed.</summary>
internal sealed class ColumnVariable(string name, KqlType type)
{
    public string Name { get; } = name;

    public KqlType Type { get; } = type;

    public override string ToString() => Name;
}

/// <summary>A scalar expression with its type.</summary>
internal abstract record BoundScalar(KqlType Type)
{
    /// <summary>The same expression with its direct operands replaced.</summary>
    public virtual BoundScalar MapOperands(Func<BoundScalar, BoundScalar> map) => this;

    /// <summary>The direct operands.</summary>
    public virtual IEnumerable<BoundScalar> Operands => [];
}

/// <summary>A value known when the query is bound. Null is the typed null.</summary>
internal sealed record BoundConstant(KqlType Type, object? Value) : BoundScalar(Type);

/// <summary>A column of the input.</summary>
internal sealed record BoundColumn(ColumnVariable Column) : BoundScalar(Column.Type);

/// <summary>A call of a kernel; operators and conversions are calls too.</summary>
internal sealed record BoundCall(KqlType Type, string Name, ScalarKernel Kernel, IReadOnlyList<BoundScalar> Arguments, bool Deterministic)
    : BoundScalar(Type)
{
    public override IEnumerable<BoundScalar> Operands => Arguments;

    public override BoundScalar MapOperands(Func<BoundScalar, BoundScalar> map)
    {
        var changed = false;
        var arguments = new BoundScalar[Arguments.Count];
        for (var i = 0; i < arguments.Length; i++)
        {
            arguments[i] = map(Arguments[i]);
            changed |= !ReferenceEquals(arguments[i], Arguments[i]);
        }

        return changed ? this with { Arguments = arguments } : this;
    }
}

/// <summary><c>a and b and ...</c> or <c>a or b or ...</c>: kept apart from calls so that filters can be split and cut short.</summary>
internal sealed record BoundLogic(bool IsAnd, IReadOnlyList<BoundScalar> Terms) : BoundScalar(KqlType.Bool)
{
    public override IEnumerable<BoundScalar> Operands => Terms;

    public override BoundScalar MapOperands(Func<BoundScalar, BoundScalar> map)
    {
        var terms = Terms.Select(map).ToArray();
        return terms.SequenceEqual(Terms, ReferenceEqualityComparer.Instance) ? this : this with { Terms = terms };
    }
}

/// <summary>The first cell of a table (<c>toscalar</c>), computed once per run.</summary>
internal sealed record BoundSubqueryValue(BoundTabular Table, ColumnVariable Column) : BoundScalar(Column.Type);

/// <summary>Membership in a column of a table, computed once per run.</summary>
internal sealed record BoundInSubquery(BoundScalar Value, BoundTabular Table, ColumnVariable Column, bool Negated, bool IgnoreCase)
    : BoundScalar(KqlType.Bool)
{
    public override IEnumerable<BoundScalar> Operands => [Value];

    public override BoundScalar MapOperands(Func<BoundScalar, BoundScalar> map)
    {
        var value = map(Value);
        return ReferenceEquals(value, Value) ? this : this with { Value = value };
    }
}

/// <summary>Questions about expressions.</summary>
internal static class BoundScalars
{
    /// <summary>Whether the value is the same for every row of a run.</summary>
    public static bool IsRowIndependent(this BoundScalar expression) => expression switch
    {
        BoundConstant or BoundSubqueryValue => true,
        BoundColumn => false,
        BoundCall { Deterministic: false } call when call.Name is not ("now" or "ago") => false,
        _ => expression.Operands.All(IsRowIndependent),
    };

    /// <summary>Adds the columns an expression reads.</summary>
    public static void CollectColumns(this BoundScalar expression, ISet<ColumnVariable> into)
    {
        if (expression is BoundColumn column) into.Add(column.Column);
        foreach (var operand in expression.Operands) operand.CollectColumns(into);
    }

    /// <summary>Whether some call in the expression may give another value each time.</summary>
    public static bool IsRandom(this BoundScalar expression) =>
        (expression is BoundCall { Deterministic: false } call && call.Name is not ("now" or "ago")) || expression.Operands.Any(IsRandom);

    /// <summary>The expression with columns replaced by expressions.</summary>
    public static BoundScalar Substitute(this BoundScalar expression, IReadOnlyDictionary<ColumnVariable, BoundScalar> values) =>
        expression is BoundColumn column && values.TryGetValue(column.Column, out var value)
            ? value
            : expression.MapOperands(operand => operand.Substitute(values));
}

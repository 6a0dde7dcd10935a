using AksInsights.Kql.Columns;
using AksInsights.Kql.Syntax;
using AksInsights.Kql.Types;

namespace AksInsights.Kql.Functions.Operators;

/// <summary>in, has_any, has_all and their kin over written items: the first argument is the value, the others are items or dynamic arrays of items.</summary>
/// <remarks>Items that are the same for all rows (nearly always) are made into a set once per chunk of one site; else each row has a set of its own.</remarks>
internal sealed class ItemMembership(InOperator symbol, KqlType type) : ScalarKernel, IRowTest
{
    public bool IsQuick => symbol is not (InOperator.HasAny or InOperator.HasAll);

    public void Test(CallSite site, Column[] arguments, int length, Span<ulong> mask)
    {
        if (FixedItems(site, arguments) is { Kernel: IRowTest test } known) test.Test(known.Site, [arguments[0]], length, mask);
        else RowMask.Of((Column<bool>)Evaluate(site, arguments, length), mask);
    }

    public override Column Evaluate(CallSite site, Column[] arguments, int length)
    {
        if (FixedItems(site, arguments) is { } known) return known.Kernel.Evaluate(known.Site, [arguments[0]], length);

        var result = new ColumnBuilder<bool>(KqlType.Bool, length);
        for (var i = 0; i < length; i++)
        {
            var one = Constants.Create(type, arguments[0].Box(i), 1);
            var column = (Column<bool>)KernelFor(arguments, i).Evaluate(new CallSite(site.ResultType, site.NowTicks, site.Cancellation), [one], 1);
            result.AddBoxed(column.Box(0));
        }

        return result.Build();
    }

    private Fixed? FixedItems(CallSite site, Column[] arguments)
    {
        if (!Array.TrueForAll(arguments[1..], Map.IsConstant)) return null;
        if (site.Cache is not Fixed known) site.Cache = known = new Fixed(KernelFor(arguments, 0), site.ForResult(site.ResultType));
        return known;
    }

    private ScalarKernel KernelFor(Column[] arguments, int row)
    {
        var items = arguments.Skip(1).SelectMany(a => ItemsOf(a, row)).ToArray();
        if (symbol is InOperator.HasAny or InOperator.HasAll)
        {
            var needles = items.OfType<string>().ToArray();
            return symbol == InOperator.HasAny
                ? Map.Of<string, bool>(text => Array.Exists(needles, n => StringPredicates.Has(text, n, true)))
                : Map.Of<string, bool>(text => Array.TrueForAll(needles, n => StringPredicates.Has(text, n, true)));
        }

        return Membership.Kernel(
            type, items, symbol is InOperator.NotIn or InOperator.NotInIgnoreCase, symbol is InOperator.InIgnoreCase or InOperator.NotInIgnoreCase);
    }

    private IEnumerable<object?> ItemsOf(Column column, int row)
    {
        var value = column.Box(row);
        if (column.Type != KqlType.Dynamic) return [value];
        var items = value is DynamicArray array ? array : (IEnumerable<object?>)[value];
        return type == KqlType.Dynamic ? items : items.Select(ToOperandType);
    }

    private object? ToOperandType(object? item)
    {
        var column = Constants.Create(KqlType.Dynamic, item, 1);
        return Conversions.For(KqlType.Dynamic, type).Evaluate(new CallSite(type, 0, CancellationToken.None), [column], 1).Box(0);
    }

    private sealed record Fixed(ScalarKernel Kernel, CallSite Site);
}

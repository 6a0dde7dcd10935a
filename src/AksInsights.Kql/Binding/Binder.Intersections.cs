using System.Numerics;
using AksInsights.Kql.Functions;
using AksInsights.Kql.Syntax;
using AksInsights.Kql.Types;

namespace AksInsights.Kql.Binding;

/// <summary>This part: the plugin dcount_intersect. Source: learn.microsoft.com/kusto/query/dcount-intersect-plugin.</summary>
internal sealed partial class Binder
{
    // Each set more doubles the unions to estimate; the service takes 16.
    private const int MaxIntersected = 8;

    /// <summary>The sizes of the first set, of the first two's intersection, and so on, from the sizes of all their unions.</summary>
    private BoundTabular BindDistinctIntersections(BoundTabular input, CallSyntax call)
    {
        if (!HasArguments(call, 2, MaxIntersected)) return input;
        var sets = Enumerable.Range(0, call.Arguments.Count).Select(i => PluginColumn(call, i, "hll", input)).OfType<ColumnVariable>().ToArray();
        if (sets.Length < call.Arguments.Count) return input;
        var unions = new BoundScalar[1 << sets.Length];
        for (var members = 1; members < unions.Length; members++) unions[members] = UnionSize(sets, members, call);
        var assignments = new List<BoundAssignment>();
        for (var last = 0; last < sets.Length; last++)
        {
            // Sizes of unions of an odd number of sets count, those of an even number are taken off.
            BoundScalar size = new BoundConstant(KqlType.Long, 0L);
            for (var members = 1; members < 2 << last; members++)
            {
                var sign = (BitOperations.PopCount((uint)members) & 1) == 1 ? BinaryOperator.Add : BinaryOperator.Subtract;
                size = Arithmetics(sign, size, unions[members], call.Span);
            }

            assignments.Add(new BoundAssignment(new ColumnVariable($"s{last}", KqlType.Long), size));
        }

        return new BoundProject(input, assignments, assignments.Select(a => a.Column).ToArray());
    }

    private BoundScalar UnionSize(ColumnVariable[] sets, int members, CallSyntax call)
    {
        if (!FunctionCatalog.TryFind("hll_merge", out var merge) || !FunctionCatalog.TryFind("dcount_hll", out var count))
            throw new InvalidOperationException("The catalogue has no hll_merge or dcount_hll.");
        var chosen = sets.Where((_, i) => (members & (1 << i)) != 0).Select(s => (BoundScalar)new BoundColumn(s)).ToArray();
        return Resolve(count, [chosen.Length == 1 ? chosen[0] : Resolve(merge, chosen, call.Span)], call.Span);
    }
}

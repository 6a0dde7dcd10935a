using AksInsights.Kql.Diagnostics;
using AksInsights.Kql.Functions;
using AksInsights.Kql.Syntax;
using AksInsights.Kql.Types;

namespace AksInsights.Kql.Binding;

/// <summary>This part: the plugins ipv4_lookup and ipv6_lookup. Sources: learn.microsoft.com/kusto/query/ipv4-lookup-plugin and ipv6-lookup-plugin.</summary>
/// <remarks>
/// Every row is paired with every row of the lookup table and those pairs are kept whose address lies in the range. That is quadratic; a lookup that is too
/// large is refused by the run's memory budget.
/// </remarks>
internal sealed partial class Binder
{
    private BoundTabular BindAddressLookup(BoundTabular input, CallSyntax call, string predicate)
    {
        if (!HasArguments(call, 3, int.MaxValue, "return_unmatched")) return input;
        var lookup = BindTabular(call.Arguments[0].Value);
        var source = PluginColumn(call, 1, "SourceKey", input);
        var range = PluginColumn(call, 2, "LookupKey", lookup);
        var (extra, keepUnmatched) = LookupOptions(call);
        var leftKeys = new List<BoundScalar>();
        var rightKeys = new List<BoundScalar>();
        foreach (var (place, name) in extra)
        {
            // An extra key has one name on both sides and is given once.
            if (PluginColumn(call, place, "ExtraKey", input) is not { } left || PluginColumn(call, place, "ExtraKey", lookup) is not { } right) continue;
            if (left.Type != right.Type) _bag.JoinKeyTypes(name.Span, left.Type, right.Type);
            leftKeys.Add(new BoundColumn(left));
            rightKeys.Add(new BoundColumn(right));
        }

        if (source is null || range is null || _bag.HasErrors) return input;
        if (leftKeys.Count == 0)
        {
            leftKeys.Add(new BoundConstant(KqlType.Long, 0L));
            rightKeys.Add(new BoundConstant(KqlType.Long, 0L));
        }

        var given = lookup.Output.Where(c => !rightKeys.Any(k => k is BoundColumn key && ReferenceEquals(key.Column, c))).ToArray();
        var pairs = new AddressPairs(input, lookup, leftKeys, rightKeys, Renamed(input, given));
        return keepUnmatched ? WithUnmatched(pairs, source, range, predicate, call) : Matching(pairs, source, range, predicate, call);
    }

    private (List<(int Place, ExpressionSyntax Name)> Extra, bool KeepUnmatched) LookupOptions(CallSyntax call)
    {
        var extra = new List<(int Place, ExpressionSyntax Name)>();
        var keep = false;
        for (var i = 3; i < call.Arguments.Count; i++)
        {
            var argument = call.Arguments[i];
            if (argument.Name is null && argument.Value is NameExpression name && _scope.Find(name.Name.Text) is not BoundScalar) extra.Add((i, argument.Value));
            else keep = ConstantOf(argument.Value, call.Name.Text, "return_unmatched", KqlType.Bool) is true;
        }

        return (extra, keep);
    }

    /// <summary>The lookup table's columns as the result has them: a name that is taken gets a number.</summary>
    private static BoundAssignment[] Renamed(BoundTabular input, IReadOnlyList<ColumnVariable> columns)
    {
        var taken = input.Output.Select(c => c.Name).ToHashSet(StringComparer.Ordinal);
        var result = new List<BoundAssignment>();
        foreach (var column in columns)
        {
            var name = Unique(column.Name, taken);
            taken.Add(name);
            result.Add(new BoundAssignment(new ColumnVariable(name, column.Type), new BoundColumn(column)));
        }

        return [.. result];
    }

    private BoundProject Matching(AddressPairs pairs, ColumnVariable source, ColumnVariable range, string predicate, CallSyntax call)
    {
        if (!FunctionCatalog.TryFind(predicate, out var entry)) throw new InvalidOperationException($"The catalogue has no {predicate}.");
        var join = new BoundJoin(
            pairs.Left, pairs.Right, JoinKind.Inner, pairs.LeftKeys, pairs.RightKeys, [.. pairs.Left.Output, .. pairs.Right.Output]);
        var inRange = Resolve(entry, [Convert(new BoundColumn(source), KqlType.String), Convert(new BoundColumn(range), KqlType.String)], call.Span);
        return new BoundProject(new BoundFilter(join, inRange), pairs.Given, [.. pairs.Left.Output, .. pairs.Given.Select(g => g.Column)]);
    }

    /// <summary>The matches, and below them the rows without any, with nulls for the lookup table's columns.</summary>
    private BoundUnion WithUnmatched(AddressPairs pairs, ColumnVariable source, ColumnVariable range, string predicate, CallSyntax call)
    {
        if (!FunctionCatalog.TryFind("row_number", out var entry) || entry.Signatures[0].Kernel is not { } kernel)
            throw new InvalidOperationException("The catalogue has no row_number.");
        var number = new ColumnVariable("row", KqlType.Long);
        var counting = new BoundCall(KqlType.Long, "row_number", kernel(new CallShape([], [])), [], false);
        var numbered = Share(call.Name.Text, new BoundWindow(pairs.Left, [new BoundAssignment(number, counting)], [.. pairs.Left.Output, number])).Table;
        var first = Use(numbered);
        var moved = pairs.Left.Output.Zip(first.Output).ToDictionary(p => p.First, p => (BoundScalar)new BoundColumn(p.Second));
        var own = ((BoundColumn)new BoundColumn(source).Substitute(moved)).Column;
        var all = pairs with { Left = first, LeftKeys = pairs.LeftKeys.Select(k => k.Substitute(moved)).ToArray() };
        var matched = Share(call.Name.Text, Matching(all, own, range, predicate, call)).Table;
        var second = Use(numbered);
        var (left, keys) = (Use(matched), Use(matched));
        var count = pairs.Left.Output.Count;
        var rest = new BoundJoin(
            second, keys, JoinKind.LeftAnti, [new BoundColumn(second.Output[count])], [new BoundColumn(keys.Output[count])], second.Output);
        var nulls = pairs.Given.Select(g => new BoundAssignment(new ColumnVariable(g.Column.Name, g.Column.Type), new BoundConstant(g.Column.Type, null))).ToArray();
        BoundTabular[] parts =
        [
            new BoundProject(left, [], [.. left.Output.Take(count), .. left.Output.Skip(count + 1)]),
            new BoundProject(rest, nulls, [.. second.Output.Take(count), .. nulls.Select(n => n.Column)]),
        ];
        return new BoundUnion(parts, parts[0].Output.Select(c => new ColumnVariable(c.Name, c.Type)).ToArray());
    }

    /// <summary>The two tables of a lookup, the keys that must be equal, and the lookup table's columns as they are given.</summary>
    private sealed record AddressPairs(
        BoundTabular Left, BoundTabular Right, IReadOnlyList<BoundScalar> LeftKeys, IReadOnlyList<BoundScalar> RightKeys, IReadOnlyList<BoundAssignment> Given);
}

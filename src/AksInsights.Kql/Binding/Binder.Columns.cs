using AksInsights.Kql.Diagnostics;
using AksInsights.Kql.Functions;
using AksInsights.Kql.Syntax;
using AksInsights.Kql.Text;
using AksInsights.Kql.Types;

namespace AksInsights.Kql.Binding;

/// <summary>This part: operators that compute, choose, rename and order columns.</summary>
internal sealed partial class Binder
{
    private BoundTabular BindExtend(BoundTabular input, IReadOnlyList<NamedExpression> columns)
    {
        if (columns.Count == 0) return input;
        var rows = Row(input, out var windows);
        var output = input.Output.ToList();
        var assignments = new List<BoundAssignment>();
        var taken = new HashSet<string>(output.Select(c => c.Name), StringComparer.Ordinal);
        var written = new HashSet<string>(StringComparer.Ordinal);
        var unnamed = 0;
        foreach (var syntax in columns)
        {
            foreach (var twice in syntax.Names.Where(n => !written.Add(n.Text))) _bag.DuplicateColumn(twice.Span, twice.Text);
            var several = Columns(syntax, rows);
            for (var i = 0; i < several.Count; i++)
            {
                var (name, value) = several[i];
                // A column named by nobody but its function replaces none if the function makes several.
                var own = name is null ? FreeColumn(taken, ref unnamed) : several.Count > 1 && i >= syntax.Names.Count ? Unique(name, taken) : name;
                var column = new ColumnVariable(own, Solid(value.Type));
                assignments.Add(new BoundAssignment(column, value));
                Replace(output, column);
                taken.Add(own);
            }
        }

        return WithWindows(new BoundProject(input, assignments, output), windows);
    }

    private static string FreeColumn(HashSet<string> taken, ref int unnamed)
    {
        string name;
        do
        {
            name = $"Column{++unnamed}";
        }
        while (taken.Contains(name));
        return name;
    }

    // A column that is there already keeps its place and gets the new value.
    private static void Replace(List<ColumnVariable> output, ColumnVariable column)
    {
        var place = output.FindIndex(c => c.Name == column.Name);
        if (place < 0) output.Add(column);
        else output[place] = column;
    }

    /// <summary>The columns one written expression gives: one for most, several for functions such as series_stats.</summary>
    private List<(string? Name, BoundScalar Value)> Columns(NamedExpression syntax, RowContext rows)
    {
        var value = BindScalar(syntax.Expression, rows);
        var several = value.Type == KqlType.Error ? null : SeveralColumns(syntax.Expression, rows);
        var count = Math.Max(several?.Count ?? 1, syntax.Names.Count);
        if (count == 1)
        {
            var own = several is null ? value : Convert(value, several[0].Type);
            return [(syntax.Names.Count == 1 ? syntax.Names[0].Text : several?[0].Name ?? ImplicitName(syntax.Expression), own)];
        }

        var result = new List<(string? Name, BoundScalar Value)>();
        for (var i = 0; i < count; i++)
        {
            var item = Member(value, new BoundConstant(KqlType.Long, (long)i), syntax.Expression.Span);
            var known = several is not null && i < several.Count ? several[i] : null;
            result.Add((i < syntax.Names.Count ? syntax.Names[i].Text : known?.Name, known is null ? item : Convert(item, known.Type)));
        }

        return result;
    }

    /// <summary>The columns of a call that makes several of itself; null for any other expression.</summary>
    private IReadOnlyList<OutputColumn>? SeveralColumns(ExpressionSyntax expression, RowContext rows)
    {
        if (Unwrap(expression) is not CallSyntax call || _scope.Find(call.Name.Text) is not null) return null;
        if (!FunctionCatalog.TryFind(call.Name.Text, out var entry) || entry.MultiColumn is not { } shape) return null;
        var arguments = call.Arguments.Select(a => BindScalar(a.Value, rows)).ToArray();
        return shape(call.Arguments.Select(a => ImplicitName(a.Value)).ToArray(), Shape(arguments));
    }

    private BoundTabular BindProject(BoundTabular input, ProjectOperator syntax)
    {
        var rows = Row(input, out var windows);
        var assignments = new List<BoundAssignment>();
        var names = new ColumnNames();
        foreach (var item in syntax.Columns)
        {
            var several = Columns(item, rows);
            for (var i = 0; i < several.Count; i++)
            {
                var (name, value) = several[i];
                var isWritten = i < item.Names.Count || item.Expression is NameExpression;
                var own = isWritten && name is not null ? Written(name, names, item.Span) : names.Reserve(name);
                assignments.Add(new BoundAssignment(new ColumnVariable(own, Solid(value.Type)), value));
            }
        }

        return WithWindows(new BoundProject(input, assignments, assignments.Select(a => a.Column).ToArray()), windows);
    }

    private string Written(string name, ColumnNames names, TextSpan span)
    {
        if (!names.TryWrite(name, out var own)) _bag.DuplicateColumn(span, name);
        return own;
    }

    private BoundProject BindPrint(PrintOperator syntax)
    {
        var assignments = new List<BoundAssignment>();
        var taken = new HashSet<string>(StringComparer.Ordinal);
        var written = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < syntax.Columns.Count; i++)
        {
            var item = syntax.Columns[i];
            foreach (var twice in item.Names.Where(n => !written.Add(n.Text))) _bag.DuplicateColumn(twice.Span, twice.Text);
            var several = Columns(item, RowContext.None);
            foreach (var (name, value) in item.Names.Count > 0 ? several.Take(item.Names.Count) : several)
            {
                var own = Unique(item.Names.Count > 0 || several.Count > 1 ? name! : $"print_{i}", taken);
                taken.Add(own);
                assignments.Add(new BoundAssignment(new ColumnVariable(own, Solid(value.Type)), value));
            }
        }

        return new BoundProject(OneRow(), assignments, assignments.Select(a => a.Column).ToArray());
    }

    private BoundProject BindProjectAway(BoundTabular input, ProjectAwayOperator syntax)
    {
        var named = new HashSet<ColumnVariable>();
        foreach (var pattern in syntax.Patterns)
        {
            var matches = input.Output.Where(c => Matches(c.Name, pattern.Pattern)).ToArray();
            if (matches.Length == 0 && !pattern.HasWildcard)
                _bag.UnknownColumn(pattern.Span, pattern.Pattern, input.Output.Select(c => c.Name).ToArray());
            named.UnionWith(matches);
        }

        return new BoundProject(input, [], input.Output.Where(c => named.Contains(c) == syntax.Keep).ToArray());
    }

    /// <summary>Whether a name fits a pattern with <c>*</c> for any run of characters.</summary>
    private static bool Matches(string name, string pattern)
    {
        var parts = pattern.Split('*');
        if (parts.Length == 1) return name == pattern;
        if (!name.StartsWith(parts[0], StringComparison.Ordinal)) return false;
        var position = parts[0].Length;
        foreach (var part in parts[1..^1])
        {
            var found = name.IndexOf(part, position, StringComparison.Ordinal);
            if (found < 0) return false;
            position = found + part.Length;
        }

        return name.Length - position >= parts[^1].Length && name.EndsWith(parts[^1], StringComparison.Ordinal);
    }

    private BoundProject BindRename(BoundTabular input, ProjectRenameOperator syntax)
    {
        var output = input.Output.ToList();
        var assignments = new List<BoundAssignment>();
        foreach (var item in syntax.Columns)
        {
            if (item.Expression is not NameExpression { Name: var old } || item.Names.Count != 1)
            {
                _bag.NotSupported(item.Span, "A rename that is not `New = Old`");
                continue;
            }

            var place = output.FindIndex(c => c.Name == old.Text);
            if (place < 0)
            {
                _bag.UnknownColumn(old.Span, old.Text, input.Output.Select(c => c.Name).ToArray());
                continue;
            }

            var renamed = new ColumnVariable(item.Names[0].Text, output[place].Type);
            assignments.Add(new BoundAssignment(renamed, new BoundColumn(output[place])));
            output[place] = renamed;
        }

        foreach (var twice in output.GroupBy(c => c.Name).Where(g => g.Count() > 1)) _bag.DuplicateColumn(syntax.Span, twice.Key);
        return new BoundProject(input, assignments, output);
    }

    private BoundProject BindReorder(BoundTabular input, ProjectReorderOperator syntax)
    {
        var rest = input.Output.ToList();
        var output = new List<ColumnVariable>();
        foreach (var item in syntax.Columns)
        {
            var pattern = item.Expression switch
            {
                NameExpression name => name.Name.Text,
                WildcardName wildcard => wildcard.Pattern,
                StarSyntax => "*",
                _ => "",
            };
            var matches = rest.Where(c => Matches(c.Name, pattern)).ToList();
            if (matches.Count == 0 && !pattern.Contains('*', StringComparison.Ordinal) && output.All(c => c.Name != pattern))
                _bag.UnknownColumn(item.Span, pattern, input.Output.Select(c => c.Name).ToArray());
            if (item.Descending is { } descending) matches.Sort((a, b) => (descending ? -1 : 1) * CompareNames(a.Name, b.Name, item.Granny));
            output.AddRange(matches);
            rest.RemoveAll(matches.Contains);
        }

        return new BoundProject(input, [], [.. output, .. rest]);
    }

    /// <summary>By code point; in granny order runs of digits count as numbers, so that a2 stands before a10.</summary>
    private static int CompareNames(string a, string b, bool granny)
    {
        if (!granny) return string.CompareOrdinal(a, b);
        var (i, j) = (0, 0);
        while (i < a.Length && j < b.Length)
        {
            if (!char.IsAsciiDigit(a[i]) || !char.IsAsciiDigit(b[j]))
            {
                if (a[i] != b[j]) return a[i].CompareTo(b[j]);
                i++;
                j++;
                continue;
            }

            var (x, y) = (Digits(a, ref i), Digits(b, ref j));
            if (x.Length != y.Length) return x.Length.CompareTo(y.Length);
            var order = string.CompareOrdinal(x, y);
            if (order != 0) return order;
        }

        return (a.Length - i).CompareTo(b.Length - j);
    }

    private static string Digits(string text, ref int position)
    {
        var start = position;
        while (position < text.Length && char.IsAsciiDigit(text[position])) position++;
        return text[start..position].TrimStart('0');
    }

    private BoundProject BindProjectByNames(BoundTabular input, ProjectByNamesOperator syntax)
    {
        var output = new List<ColumnVariable>();
        foreach (var item in syntax.Names)
        {
            var value = BindScalar(item, RowContext.None);
            if (value is not BoundConstant constant)
            {
                _bag.ConstantExpected(item.Span, "A column name");
                continue;
            }

            foreach (var name in (constant.Value as IEnumerable<object?> ?? [constant.Value]).OfType<string>())
            {
                var matches = input.Output.Where(c => Matches(c.Name, name)).Except(output).ToArray();
                output.AddRange(matches);
            }
        }

        return new BoundProject(input, [], output);
    }

    private BoundTabular BindDistinct(BoundTabular input, DistinctOperator syntax)
    {
        var groups = BindGroups(input, syntax.Columns, new ColumnNames(), "distinct");
        return new BoundSummarize(input, groups, [], groups.Select(g => g.Column).ToArray());
    }

    private BoundTake BindSampleDistinct(BoundTabular input, SampleDistinctOperator syntax)
    {
        var groups = BindGroups(input, [new NamedExpression(syntax.Of.Span, [], syntax.Of)], new ColumnNames(), "sample-distinct");
        return new BoundTake(new BoundSummarize(input, groups, [], groups.Select(g => g.Column).ToArray()), BindCount(syntax.Count), false);
    }

    private static BoundSummarize BindCountOperator(BoundTabular input, CountOperator syntax)
    {
        var column = new ColumnVariable(syntax.As?.Text ?? "Count", KqlType.Long);
        return new BoundSummarize(input, [], [CountRows(column)], [column]);
    }

    private static BoundAggregate CountRows(ColumnVariable column)
    {
        if (!FunctionCatalog.TryFindAggregate("count", out var entry)) throw new InvalidOperationException("The catalogue has no count.");
        var create = entry.Signatures[0].Aggregator!;
        return new BoundAggregate("count", AggregateKind.Plain, [column], [], () => create(new CallShape([], [])), []);
    }

    private BoundScalar BindCount(ExpressionSyntax syntax)
    {
        var count = BindScalar(syntax, RowContext.None);
        if (count.Type == KqlType.Error) return new BoundConstant(KqlType.Long, 0L);
        if (count.Type.IsNumeric()) return Convert(count, KqlType.Long);
        _bag.ArgumentType(syntax.Span, "take", "count", "a whole number", count.Type);
        return new BoundConstant(KqlType.Long, 0L);
    }

    private List<BoundSortKey> BindKeys(BoundTabular input, IReadOnlyList<OrderingSyntax> keys)
    {
        var rows = new RowContext(input.Output);
        var result = new List<BoundSortKey>();
        foreach (var key in keys)
        {
            var value = BindScalar(key.Expression, rows);
            if (value.Type == KqlType.Dynamic) _bag.DynamicKey(key.Expression.Span, "a sort");
            if (value.Type is KqlType.Error or KqlType.Dynamic) continue;
            var descending = key.Descending ?? true;
            result.Add(new BoundSortKey(value, descending, key.NullsFirst ?? !descending));
        }

        return result;
    }

    private BoundShared BindAs(BoundTabular input, AsOperator syntax)
    {
        var named = Share(syntax.Name.Text, input);
        Declare(syntax.Name, named);
        return Use(named.Table);
    }
}

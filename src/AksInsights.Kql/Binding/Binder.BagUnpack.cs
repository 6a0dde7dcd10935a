using AksInsights.Kql.Columns;
using AksInsights.Kql.Diagnostics;
using AksInsights.Kql.Syntax;
using AksInsights.Kql.Types;

namespace AksInsights.Kql.Binding;

/// <summary>This part: the plugin bag_unpack. Source: learn.microsoft.com/kusto/query/bag-unpack-plugin.</summary>
internal sealed partial class Binder
{
    private BoundTabular BindBagUnpack(BoundTabular input, EvaluateOperator syntax)
    {
        var call = syntax.Call;
        if (!HasArguments(call, 1, 4, "Column", "OutputColumnPrefix", "columnsConflict", "ignoredProperties")) return input;
        var value = Argument(call, 0, "Column") is { } first ? BindScalar(first, new RowContext(input.Output)) : Broken;
        if (value is not BoundColumn { Column.Type: KqlType.Dynamic } bag)
        {
            if (value.Type != KqlType.Error) _bag.ArgumentType(call.Arguments[0].Span, call.Name.Text, "Column", "a dynamic column", value.Type);
            return input;
        }

        var options = UnpackOptionsOf(call);
        return syntax.Schema is null ? UnpackFound(input, bag, options, syntax) : UnpackDeclared(input, bag, options, syntax);
    }

    private UnpackOptions UnpackOptionsOf(CallSyntax call)
    {
        var prefix = Argument(call, 1, "OutputColumnPrefix") is { } text ? ConstantOf(text, call.Name.Text, "OutputColumnPrefix", KqlType.String) as string : null;
        var conflict = "error";
        if (Argument(call, 2, "columnsConflict") is { } rule)
        {
            conflict = ConstantOf(rule, call.Name.Text, "columnsConflict", KqlType.String) as string ?? conflict;
            if (conflict is not ("error" or "replace_source" or "keep_source"))
                _bag.ParameterValue(rule.Span, "columnsConflict", "error, replace_source, keep_source");
        }

        var ignored = Argument(call, 3, "ignoredProperties") is { } list ? ConstantOf(list, call.Name.Text, "ignoredProperties", KqlType.Dynamic) : null;
        return new UnpackOptions(prefix ?? "", conflict, (ignored as DynamicArray ?? DynamicArray.Empty).OfType<string>().ToHashSet(StringComparer.Ordinal));
    }

    /// <summary>Columns for the properties that the rows have, in name order.</summary>
    private BoundProject UnpackFound(BoundTabular input, BoundColumn bag, UnpackOptions options, EvaluateOperator syntax)
    {
        var output = input.Output.Where(c => !ReferenceEquals(c, bag.Column)).ToList();
        var assignments = new List<BoundAssignment>();
        var rows = RowsNow(new BoundProject(input, [], [bag.Column]), syntax);
        foreach (var (key, type) in rows is null ? [] : PropertyTypes((Column<object>)rows[0]).Where(p => !options.Ignored.Contains(p.Key)))
            Unpack(output, assignments, new ColumnVariable(options.Prefix + key, type), Property(bag, key, type), options, syntax);
        return new BoundProject(input, assignments, output);
    }

    /// <summary>The columns that are written; before them, with a star, those of the input.</summary>
    private BoundProject UnpackDeclared(BoundTabular input, BoundColumn bag, UnpackOptions options, EvaluateOperator syntax)
    {
        var sources = input.Output.Where(c => !ReferenceEquals(c, bag.Column)).ToList();
        var output = syntax.SchemaStar ? sources.ToList() : [];
        var assignments = new List<BoundAssignment>();
        foreach (var declared in syntax.Schema!)
        {
            var name = declared.Name.Text;
            var source = syntax.SchemaStar || options.Conflict == "replace_source" ? null : sources.Find(c => c.Name == name && c.Type == declared.Type);
            if (source is not null)
            {
                output.Add(source);
                continue;
            }

            var key = name.StartsWith(options.Prefix, StringComparison.Ordinal) ? name[options.Prefix.Length..] : null;
            var value = key is null || options.Ignored.Contains(key) ? new BoundConstant(Solid(declared.Type), null) : Property(bag, key, Solid(declared.Type));
            Unpack(output, assignments, new ColumnVariable(name, Solid(declared.Type)), value, options, syntax);
        }

        return new BoundProject(input, assignments, output);
    }

    private void Unpack(
        List<ColumnVariable> output, List<BoundAssignment> assignments, ColumnVariable column, BoundScalar value, UnpackOptions options, EvaluateOperator syntax)
    {
        if (output.Exists(c => c.Name == column.Name))
        {
            if (options.Conflict == "keep_source") return;
            if (options.Conflict == "error") _bag.DuplicateColumn(syntax.Span, column.Name);
        }

        Replace(output, column);
        assignments.Add(new BoundAssignment(column, value));
    }

    private BoundScalar Property(BoundColumn bag, string key, KqlType type) =>
        Convert(Member(bag, new BoundConstant(KqlType.String, key), default), type);

    private static SortedDictionary<string, KqlType> PropertyTypes(Column<object> bags)
    {
        var types = new SortedDictionary<string, KqlType>(StringComparer.Ordinal);
        var reader = bags.Read();
        for (var row = 0; row < bags.Length; row++)
        {
            if (reader[row] is not DynamicBag bag) continue;
            foreach (var (key, value) in bag)
            {
                if (value is null) continue;
                var type = TypeOf(value);
                types[key] = types.TryGetValue(key, out var known) && known != type ? KqlType.Dynamic : type;
            }
        }

        return types;
    }

    private static KqlType TypeOf(object value) => value switch
    {
        bool => KqlType.Bool,
        long => KqlType.Long,
        double => KqlType.Real,
        decimal => KqlType.Decimal,
        string => KqlType.String,
        DateTime => KqlType.DateTime,
        TimeSpan => KqlType.TimeSpan,
        Guid => KqlType.Guid,
        _ => KqlType.Dynamic,
    };

    /// <summary>How bag_unpack names columns, and what it does with a name that is taken.</summary>
    private sealed record UnpackOptions(string Prefix, string Conflict, IReadOnlySet<string> Ignored);
}

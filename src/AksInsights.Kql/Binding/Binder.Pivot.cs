using AksInsights.Kql.Columns;
using AksInsights.Kql.Diagnostics;
using AksInsights.Kql.Execution.Transforms;
using AksInsights.Kql.Syntax;
using AksInsights.Kql.Types;

namespace AksInsights.Kql.Binding;

/// <summary>This part: the plugins pivot and rolling_percentile.</summary>
internal sealed partial class Binder
{
    private BoundTabular BindPivot(BoundTabular input, EvaluateOperator syntax)
    {
        var call = syntax.Call;
        if (!HasArguments(call, 1, int.MaxValue)) return input;
        var pivot = PluginColumn(call, 0, "pivotColumn", input);
        if (pivot is null || BindPivotAggregate(call, input) is not { } aggregate) return input;

        // Without columns given, those stay that are neither turned nor aggregated.
        var used = new HashSet<ColumnVariable> { pivot };
        foreach (var argument in aggregate.Arguments) argument.CollectColumns(used);
        var given = call.Arguments.Skip(2).Select((_, i) => PluginColumn(call, i + 2, "column", input)).OfType<ColumnVariable>().ToArray();
        var kept = given.Length > 0 ? given : input.Output.Where(c => !used.Contains(c)).ToArray();
        var value = Convert(new BoundColumn(pivot), KqlType.String);
        var type = aggregate.Columns[0].Type;
        var turned = syntax.Schema is null ? Turned(input, value, kept, type, syntax) : TurnedAsDeclared(kept, type, syntax);
        BoundScalar[] reads = [value, .. kept.Select(c => new BoundColumn(c)), .. aggregate.Arguments];
        var transform = new PivotTransform(turned, kept.Length, aggregate.Create ?? throw new InvalidOperationException($"Aggregate {aggregate.Name} has no state."));
        return new BoundTransform(input, "pivot", reads, transform, [.. kept, .. turned.Select(t => t.Column)]);
    }

    private BoundAggregate? BindPivotAggregate(CallSyntax call, BoundTabular input)
    {
        if (call.Arguments.Count < 2) return CountRows(new ColumnVariable("count_", KqlType.Long));
        var aggregates = new List<BoundAggregate>();
        var value = BindScalar(call.Arguments[1].Value, new RowContext(input.Output) { Aggregates = aggregates });
        if (value is BoundColumn column && aggregates is [var only] && ReferenceEquals(only.Columns[0], column.Column)) return only;
        if (value.Type != KqlType.Error) _bag.NotSupported(call.Arguments[1].Span, "Anything but one aggregate as the second argument of `pivot`");
        return null;
    }

    /// <summary>A column for each value that the rows have, in the order in which they turn up.</summary>
    private PivotColumn[] Turned(BoundTabular input, BoundScalar value, IReadOnlyList<ColumnVariable> kept, KqlType type, EvaluateOperator syntax)
    {
        var column = new ColumnVariable("value", KqlType.String);
        if (RowsNow(new BoundProject(input, [new BoundAssignment(column, value)], [column]), syntax) is not { } rows) return [];
        var taken = kept.Select(c => c.Name).ToHashSet(StringComparer.Ordinal);
        var result = new List<PivotColumn>();
        var reader = ((Column<string>)rows[0]).Read();
        var seen = new HashSet<string>(StringComparer.Ordinal);
        for (var row = 0; row < rows.RowCount; row++)
        {
            if (!seen.Add(reader[row])) continue;
            var name = Unique(reader[row], taken);
            taken.Add(name);
            result.Add(new PivotColumn(reader[row], new ColumnVariable(name, type)));
        }

        return [.. result];
    }

    private PivotColumn[] TurnedAsDeclared(IReadOnlyList<ColumnVariable> kept, KqlType type, EvaluateOperator syntax)
    {
        var leading = string.Join(", ", kept.Select(c => $"{c.Name}: {c.Type.Name()}"));
        var declared = string.Join(", ", syntax.Schema!.Take(kept.Count).Select(c => $"{c.Name.Text}: {c.Type.Name()}"));
        if (!syntax.SchemaStar && leading != declared) _bag.SchemaMismatch(syntax.Span, declared, leading);
        var turned = syntax.SchemaStar ? syntax.Schema! : syntax.Schema!.Skip(kept.Count);
        foreach (var column in turned.Where(c => c.Type != type)) _bag.SchemaMismatch(column.Span, $"{column.Name.Text}: {column.Type.Name()}", $"{column.Name.Text}: {type.Name()}");
        return turned.Select(c => new PivotColumn(c.Name.Text, new ColumnVariable(c.Name.Text, type))).ToArray();
    }

    /// <summary>A plugin's argument that must be a column of the input; null (and told) if it is not.</summary>
    private ColumnVariable? PluginColumn(CallSyntax call, int place, string name, BoundTabular input)
    {
        var syntax = call.Arguments[place].Value;
        var value = BindScalar(syntax, new RowContext(input.Output));
        if (value is BoundColumn column) return column.Column;
        if (value.Type != KqlType.Error) _bag.ArgumentType(syntax.Span, call.Name.Text, name, "a column", value.Type);
        return null;
    }

    private BoundTabular BindRollingPercentile(BoundTabular input, CallSyntax call)
    {
        if (!HasArguments(call, 5, int.MaxValue)) return input;
        var value = PluginColumn(call, 0, "ValueColumn", input);
        var index = PluginColumn(call, 2, "IndexColumn", input);
        if (ConstantOf(call.Arguments[4].Value, call.Name.Text, "BinsPerWindow", KqlType.Long) is not long bins || value is null || index is null) return input;
        if (index.Type is not (KqlType.DateTime or KqlType.TimeSpan or KqlType.Int or KqlType.Long))
        {
            _bag.ArgumentType(call.Arguments[2].Span, call.Name.Text, "IndexColumn", "a datetime, timespan or whole number", index.Type);
            return input;
        }

        var sizeType = index.Type == KqlType.DateTime ? KqlType.TimeSpan : index.Type;
        if (ConstantOf(call.Arguments[3].Value, call.Name.Text, "BinSize", sizeType) is not long size) return input;
        if (size <= 0 || bins is <= 0 or > 100_000)
        {
            _bag.ParameterValue(call.Arguments[size <= 0 ? 3 : 4].Span, size <= 0 ? "BinSize" : "BinsPerWindow", size <= 0 ? "the values above 0" : "1 to 100000");
            return input;
        }

        var aggregates = new List<BoundAggregate>();
        var percentile = new CallSyntax(call.Span, new NameSyntax(call.Name.Span, "percentile"), [call.Arguments[0], call.Arguments[1]]);
        if (BindScalar(percentile, new RowContext(input.Output) { Aggregates = aggregates }).Type == KqlType.Error) return input;
        if (ConstantOf(call.Arguments[1].Value, call.Name.Text, "Percentile", KqlType.Real) is not double percent) return input;
        var dimensions = call.Arguments.Skip(5).Select((_, i) => PluginColumn(call, i + 5, "dimension", input)).OfType<ColumnVariable>().ToArray();
        var result = new ColumnVariable($"rolling_{bins}_percentile_{value.Name}_{TextOfNumber(percent)}", aggregates[0].Columns[0].Type);
        var time = new ColumnVariable(index.Name, index.Type);
        BoundScalar[] reads = [new BoundColumn(index), .. dimensions.Select(d => new BoundColumn(d)), .. aggregates[0].Arguments];
        var transform = new RollingPercentileTransform(time, result, size, (int)bins, dimensions.Length, aggregates[0].Create!);
        return new BoundTransform(input, call.Name.Text, reads, transform, [time, .. dimensions, result]);
    }

    // A column name has no point: 99.9 is written 99_9.
    private static string TextOfNumber(double number) => number.ToString(System.Globalization.CultureInfo.InvariantCulture).Replace('.', '_');
}

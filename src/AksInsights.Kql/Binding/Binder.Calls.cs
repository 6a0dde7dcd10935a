using AksInsights.Kql.Diagnostics;
using AksInsights.Kql.Functions;
using AksInsights.Kql.Syntax;
using AksInsights.Kql.Text;
using AksInsights.Kql.Types;

namespace AksInsights.Kql.Binding;

/// <summary>This part: calls of scalar, window and user functions.</summary>
internal sealed partial class Binder
{
    private BoundScalar BindCall(CallSyntax call, RowContext rows)
    {
        var name = call.Name.Text;
        switch (_scope.Find(name))
        {
            case FunctionBinding function:
                return CallUserScalar(function, call, rows);
            case TableBinding:
                return NotAValue(call.Span);
        }

        if (BindSpecial(call, rows) is { } special) return special;
        FunctionEntry? entry = null;
        var known = (rows.Aggregates is not null && FunctionCatalog.TryFindAggregate(name, out entry)) || FunctionCatalog.TryFind(name, out entry);
        if (!known || entry is null)
        {
            if (SpecialFunctions.IsRefused(name)) _bag.NotSupported(call.Name.Span, $"The function `{name}`");
            else _bag.UnknownFunction(call.Name.Span, name, FunctionNames());
            foreach (var argument in call.Arguments) BindScalar(argument.Value, rows);
            return Broken;
        }

        return entry.Kind switch
        {
            FunctionKind.Aggregate => BindAggregateCall(call, entry, rows),
            FunctionKind.Window => BindWindowCall(call, entry, rows),
            _ => BindScalarCall(call, entry, rows),
        };
    }

    private IEnumerable<string> FunctionNames() =>
        FunctionCatalog.All.Select(e => e.Name).Concat(SpecialFunctions.All.Select(f => f.Name)).Concat(_scope.Names);

    /// <summary>Functions that look at names or tables instead of values.</summary>
    private BoundScalar? BindSpecial(CallSyntax call, RowContext rows)
    {
        switch (call.Name.Text)
        {
            case "toscalar":
                return ToScalar(call, rows);
            case "column_ifexists" or "columnifexists":
                return ColumnIfExists(call, rows);
            case "pack_all":
                return PackColumns(rows.Columns, call);
            case "bag_pack_columns" or "pack_columns":
                return PackColumns(call.Arguments.Select(a => a.Value).OfType<NameExpression>().Select(n => rows.Find(n.Name.Text)).OfType<ColumnVariable>(), call);
            case "ingestion_time":
                return IngestionTime(rows);
            case "table" or "database" or "cluster" or "workspace" or "materialize" or "view":
                return NotAValue(call.Span);
            case "column_names_of":
                return ColumnNamesOf(call);
            case "estimate_data_size" when call.Arguments is [{ Value: StarSyntax }] && FunctionCatalog.TryFind(call.Name.Text, out var size):
                return Resolve(size, rows.Columns.Select(c => new BoundColumn(c)).ToArray(), call.Span);
            case "bin_auto":
                return BinAuto(call, rows);
            default:
                return null;
        }
    }

    private BoundScalar ToScalar(CallSyntax call, RowContext rows)
    {
        if (call.Arguments is not [{ Value: var value }])
        {
            _bag.ArgumentCount(call.Span, "toscalar", "1 argument", call.Arguments.Count);
            return Broken;
        }

        if (!IsTabular(value)) return BindScalar(value, rows);
        var table = BindTabular(value);
        if (table.Output.Count == 0) return Broken;
        var use = Use(Share("toscalar", table).Table);
        return new BoundSubqueryValue(use, use.Output[0]);
    }

    private BoundScalar ColumnIfExists(CallSyntax call, RowContext rows)
    {
        if (call.Arguments.Count != 2)
        {
            _bag.ArgumentCount(call.Span, call.Name.Text, "2 arguments", call.Arguments.Count);
            return Broken;
        }

        if (BindScalar(call.Arguments[0].Value, RowContext.None) is BoundConstant { Value: string column })
            return rows.Find(column) is { } found ? new BoundColumn(found) : BindScalar(call.Arguments[1].Value, rows);
        _bag.ConstantExpected(call.Arguments[0].Span, "The column name");
        return Broken;
    }

    private BoundScalar PackColumns(IEnumerable<ColumnVariable> columns, CallSyntax call)
    {
        if (!FunctionCatalog.TryFind("bag_pack", out var pack)) return Unexpected(call.Span, $"`{call.Name.Text}`");
        var skipEmpty = call.Name.Text == "pack_all" && call.Arguments is [{ Value: LiteralSyntax { Value: true } }];
        var arguments = columns.SelectMany(c => new BoundScalar[] { new BoundConstant(KqlType.String, c.Name), new BoundColumn(c) }).ToArray();
        var bag = arguments.Length == 0 ? new BoundConstant(KqlType.Dynamic, new DynamicBag()) : Resolve(pack, arguments, call.Span);
        return skipEmpty ? CallKernel("without_empty", KqlType.Dynamic, Map.Of<object, object>(WithoutEmpty), bag) : bag;
    }

    private static object WithoutEmpty(object value)
    {
        var bag = (DynamicBag)value;
        var result = new DynamicBag(bag.Count);
        foreach (var (key, item) in bag)
        {
            if (item is not (null or "")) result[key] = item;
        }

        return result;
    }

    /// <summary>When a row could first be queried: what the recording knows of it, else null, as for a table without the policy.</summary>
    private static BoundScalar IngestionTime(RowContext rows) =>
        rows.Find("_TimeReceived") is { Type: KqlType.DateTime } received ? new BoundColumn(received) : new BoundConstant(KqlType.DateTime, null);

    private BoundScalar ColumnNamesOf(CallSyntax call)
    {
        if (call.Arguments is [{ Value: var value }] && IsTabular(value))
        {
            var names = BindTabular(value).Output.Select(c => (object?)c.Name).ToArray();
            return new BoundConstant(KqlType.Dynamic, new DynamicArray(names));
        }

        _bag.TableExpected(call.Span);
        return Broken;
    }

    private BoundScalar BindScalarCall(CallSyntax call, FunctionEntry entry, RowContext rows)
    {
        var arguments = call.Arguments.Select(a => BindScalar(a.Value, rows)).ToArray();
        return Resolve(entry, arguments, call.Span, i => call.Arguments[i].Span);
    }

    private BoundScalar Resolve(FunctionEntry entry, IReadOnlyList<BoundScalar> arguments, TextSpan span, Func<int, TextSpan>? spanOf = null)
    {
        if (arguments.Any(a => a.Type == KqlType.Error)) return Broken;
        if (Match(entry, arguments, span, spanOf) is not { } match) return Broken;
        var converted = Converted(match, arguments);
        var shape = Shape(converted);
        var type = match.Signature.Result(shape);
        if (type == KqlType.Error)
        {
            var complaint = match.Signature.Complaint?.Invoke(shape);
            _bag.NotSupported(span, complaint?.What ?? $"`{entry.Name}` with these arguments", complaint?.Help);
            return Broken;
        }

        var kernel = match.Signature.Kernel ?? throw new InvalidOperationException($"Function {entry.Name} has a signature without kernel.");

        // What reads the clock or the order of rows waits for the run.
        var folds = entry is { Deterministic: true, Kind: FunctionKind.Scalar } && entry.Name is not ("now" or "ago");
        return Fold(new BoundCall(type, entry.Name, kernel(shape), converted, folds), span);
    }

    private OverloadResolution.Match? Match(FunctionEntry entry, IReadOnlyList<BoundScalar> arguments, TextSpan span, Func<int, TextSpan>? spanOf)
    {
        var match = OverloadResolution.Find(entry, arguments, out var mismatch);
        if (match is not null) return match;
        if (mismatch is null)
        {
            _bag.ArgumentCount(span, entry.Name, OverloadResolution.CountText(entry), arguments.Count);
            return null;
        }

        var argument = arguments[mismatch.Argument];
        var place = spanOf?.Invoke(mismatch.Argument) ?? span;
        if (mismatch.Parameter.Accepts.Holds(argument.Type) && mismatch.Parameter.IsConstant)
            _bag.ConstantExpected(place, $"`{mismatch.Parameter.Name}` of `{entry.Name}`");
        else
            _bag.ArgumentType(place, entry.Name, mismatch.Parameter.Name, TypesText(mismatch.Parameter), argument.Type);
        return null;
    }

    private static string TypesText(Parameter parameter)
    {
        if (parameter.IsCommon) return "a value of the same type as the others";
        var names = Enum.GetValues<KqlType>().Where(t => t != KqlType.Error && parameter.Accepts.Holds(t)).Select(t => $"`{t.Name()}`").ToArray();
        return names.Length == 1 ? $"a value of type {names[0]}" : $"one of {string.Join(", ", names)}";
    }

    private static BoundScalar[] Converted(OverloadResolution.Match match, IReadOnlyList<BoundScalar> arguments)
    {
        var result = new BoundScalar[arguments.Count];
        for (var i = 0; i < result.Length; i++)
        {
            var parameter = match.Parameters[i];
            var target = parameter.IsCommon ? match.CommonType : parameter.ConvertTo;
            result[i] = target is { } type ? Convert(arguments[i], type) : arguments[i];
        }

        return result;
    }

    private static CallShape Shape(IReadOnlyList<BoundScalar> arguments) => new(
        arguments.Select(a => a.Type).ToArray(), arguments.Select(a => (a as BoundConstant)?.Value).ToArray());

    private BoundScalar BindWindowCall(CallSyntax call, FunctionEntry entry, RowContext rows)
    {
        if (rows.Windows is null || !rows.IsSerialized)
        {
            _bag.NotSerialized(call.Name.Span, entry.Name);
            return Broken;
        }

        var value = BindScalarCall(call, entry, rows);
        if (value.Type == KqlType.Error) return Broken;
        var column = new ColumnVariable(entry.Name, value.Type);
        rows.Windows.Add(new BoundAssignment(column, value));
        return new BoundColumn(column);
    }

    private BoundScalar CallUserScalar(FunctionBinding function, CallSyntax call, RowContext rows)
    {
        if (!Enter(call.Span, call.Name.Text)) return Fail();
        var result = InFunction(function, call, rows, body => IsTabular(body) ? NotAValue(call.Span) : BindScalar(body, rows));
        Leave();
        return result ?? Broken;
    }

    /// <summary>Binds the last statement of a function's body where its parameters mean the call's arguments.</summary>
    private T? InFunction<T>(FunctionBinding function, CallSyntax call, RowContext rows, Func<ExpressionSyntax, T> bindBody)
        where T : class
    {
        var inner = new Scope(function.Scope);
        if (!BindArguments(function.Syntax, call, rows, inner)) return null;
        var outer = _scope;
        _scope = new Scope(inner);
        try
        {
            foreach (var statement in function.Syntax.Body)
            {
                if (statement is ExpressionStatement { Expression: var expression }) return bindBody(expression);
                BindDeclaration(statement);
            }

            _bag.NoResult(function.Syntax.Span);
            return null;
        }
        finally
        {
            _scope = outer;
        }
    }

    private bool BindArguments(FunctionSyntax function, CallSyntax call, RowContext rows, Scope inner)
    {
        var required = function.Parameters.Count(p => p.Default is null);
        if (call.Arguments.Count < required || call.Arguments.Count > function.Parameters.Count)
        {
            _bag.ArgumentCount(call.Span, call.Name.Text, $"{required} to {function.Parameters.Count} arguments", call.Arguments.Count);
            return false;
        }

        for (var i = 0; i < function.Parameters.Count; i++)
        {
            var parameter = function.Parameters[i];
            var argument = call.Arguments.FirstOrDefault(a => a.Name?.Text == parameter.Name.Text)
                ?? (i < call.Arguments.Count && call.Arguments[i].Name is null ? call.Arguments[i] : null);
            inner.TryAdd(parameter.Name.Text, ArgumentMeaning(parameter, argument, call, rows));
        }

        return true;
    }

    private object ArgumentMeaning(FunctionParameter parameter, ArgumentSyntax? argument, CallSyntax call, RowContext rows)
    {
        var value = argument?.Value ?? parameter.Default;
        if (value is null)
        {
            _bag.ArgumentCount(call.Span, call.Name.Text, $"a value for `{parameter.Name.Text}`", call.Arguments.Count);
            return Broken;
        }

        if (parameter.Schema is null)
        {
            var scalar = BindScalar(value, argument is null ? RowContext.None : rows);
            return scalar.Type == KqlType.Error ? scalar : Convert(scalar, parameter.Type);
        }

        var table = BindTabular(value);
        foreach (var column in parameter.Schema)
        {
            if (table.Output.All(c => c.Name != column.Name.Text)) _bag.UnknownColumn(value.Span, column.Name.Text, table.Output.Select(c => c.Name).ToArray());
        }

        return Share(parameter.Name.Text, table);
    }
}

using AksInsights.Kql.Columns;
using AksInsights.Kql.Functions;
using AksInsights.Kql.Types;

namespace AksInsights.Kql.Tests.Functions;

/// <summary>An argument whose type the value itself cannot tell: a typed null, a dynamic, an int.</summary>
public sealed record Typed(KqlType Type, object? Value);

/// <summary>Calls scalar functions without a query: finds the entry, picks the signature, converts the arguments and runs the kernel.</summary>
/// <remarks>
/// Every call runs over flat, coded and constant columns, alone and mixed, beside rows of nulls; all answers must agree, else the test fails.
/// Arguments: string, bool, long, int (as long), double, decimal, DateTime, TimeSpan, Guid are of the type of their literal;
/// for anything else write <see cref="Dyn"/>, <see cref="Null"/> or a <see cref="Typed"/>.
/// </remarks>
public static class FunctionFixture
{
    /// <summary>The query's clock in these calls.</summary>
    public static readonly DateTime Now = new(2024, 5, 1, 12, 0, 0, DateTimeKind.Utc);

    /// <summary>A dynamic argument, in the notation of a dynamic literal.</summary>
    public static Typed Dyn(string literal) => DynamicText.TryParseLenient(literal, out var value)
        ? new Typed(KqlType.Dynamic, value)
        : throw new ArgumentException($"`{literal}` is no dynamic literal.", nameof(literal));

    /// <summary>A null of a type.</summary>
    public static Typed Null(KqlType type) => new(type, null);

    /// <summary>The result as text: null, true, 12, 1.5 (reals as tostring has them), a string as it is, date-times in ISO form, dynamic as JSON.</summary>
    public static string Call(string name, params object?[] arguments) =>
        Show(Evaluate(name, arguments), TypeOf(name, arguments));

    /// <summary>The result type of a call.</summary>
    public static KqlType TypeOf(string name, params object?[] arguments)
    {
        var columns = arguments.Select(a => Constant(ToTyped(a))).ToArray();
        var (signature, parameters) = Pick(name, columns);
        return signature.Result(Shape(columns, parameters));
    }

    /// <summary>The result in in-memory form.</summary>
    public static object? Evaluate(string name, params object?[] arguments)
    {
        var typed = arguments.Select(ToTyped).ToArray();
        var constants = typed.Select(Constant).ToArray();
        var (signature, parameters) = Pick(name, constants);
        var expected = Run(signature, parameters, constants).Box(1);
        foreach (var columns in Encodings(typed, parameters))
        {
            var actual = RunAside(signature, parameters, columns);
            for (var row = 1; row < 3; row++)
            {
                var (one, other) = (Show(expected, actual.Type), Show(actual.Box(row), actual.Type));
                var encodings = string.Join(", ", columns.Select(c => c.GetType().Name));
                Assert.True(one == other, $"{name} gives {one} over constants and {other} over {encodings}, row {row}.");
            }
        }

        return expected;
    }

    /// <summary>Without the row of nulls where the function refuses what that row holds, though it took the values over constants.</summary>
    private static Column RunAside(Signature signature, Parameter[] parameters, Column[] columns)
    {
        try
        {
            return Run(signature, parameters, columns);
        }
        catch (CallFailedException)
        {
            int[] rows = [1, 1, 2];
            return Run(signature, parameters, [.. columns.Select(c => c.Gather(rows))]);
        }
    }

    private static Column Run(Signature signature, Parameter[] parameters, Column[] columns)
    {
        var shape = Shape(columns, parameters);
        var arguments = columns.Select((c, i) => Convert(c, shape.Types[i])).ToArray();
        var result = signature.Result(shape);
        var column = signature.Kernel!(shape).Evaluate(new CallSite(result, Now.Ticks, CancellationToken.None), arguments, 3);
        Assert.Equal(3, column.Length);
        Assert.Equal(result, column.Type);
        return column;
    }

    private static CallShape Shape(Column[] columns, Parameter[] parameters)
    {
        var common = Common(columns.Where((_, i) => parameters[i].IsCommon).Select(c => c.Type));
        var types = columns.Select((c, i) => parameters[i].IsCommon ? common : parameters[i].ConvertTo ?? c.Type).ToArray();
        return new CallShape(types, [.. columns.Select((c, i) => Map.IsConstant(c) ? Convert(c, types[i]).Box(0) : null)]);
    }

    private static Column Convert(Column column, KqlType target) => column.Type == target
        ? column
        : Conversions.For(column.Type, target).Evaluate(new CallSite(target, 0, CancellationToken.None), [column], column.Length);

    private static (Signature Signature, Parameter[] Parameters) Pick(string name, Column[] columns)
    {
        Assert.True(FunctionCatalog.TryFind(name, out var entry), $"There is no function {name}.");
        foreach (var signature in entry.Signatures)
        {
            if (Fits(signature, columns.Length, i => columns[i].Type, out var parameters)) return (signature, parameters);
        }

        throw new ArgumentException($"{name} takes no ({string.Join(", ", columns.Select(c => c.Type))}).", nameof(columns));
    }

    private static bool Fits(Signature signature, int count, Func<int, KqlType> typeOf, out Parameter[] parameters)
    {
        parameters = new Parameter[count];
        var declared = signature.Parameters;
        var fixedCount = signature.Repeats ? declared.Count - signature.RepeatCount - signature.AfterRepeat : declared.Count;
        if (!signature.Repeats && count > declared.Count) return false;
        for (var i = 0; i < count; i++)
        {
            if (i < fixedCount) parameters[i] = declared[i];
            else if (i >= count - signature.AfterRepeat) parameters[i] = declared[declared.Count - (count - i)];
            else parameters[i] = declared[fixedCount + ((i - fixedCount) % signature.RepeatCount)];
            if (!parameters[i].Accepts.Holds(typeOf(i))) return false;
        }

        return declared.Skip(count).All(p => p.IsOptional);
    }

    private static KqlType Common(IEnumerable<KqlType> types)
    {
        KqlType[] order = [KqlType.Int, KqlType.Long, KqlType.Real, KqlType.Decimal];
        return types.Distinct().OrderByDescending(t => Array.IndexOf(order, t)).FirstOrDefault(KqlType.Error);
    }

    /// <summary>Each way to hand over the arguments: row 0 holds nulls where the column is not constant, rows 1 and 2 the values.</summary>
    private static IEnumerable<Column[]> Encodings(Typed[] arguments, Parameter[] parameters)
    {
        Func<Typed, Column>[] varying = [Flat, Coded];
        foreach (var make in varying)
        {
            yield return [.. arguments.Select((a, i) => parameters[i].IsConstant ? Constant(a) : make(a))];
            for (var only = 0; only < arguments.Length; only++)
            {
                if (parameters[only].IsConstant) continue;
                var chosen = only;
                yield return [.. arguments.Select((a, i) => i == chosen ? make(a) : Constant(a))];
            }
        }
    }

    private static Column Constant(Typed argument) => Constants.Create(argument.Type, argument.Value, 3);

    private static Column Flat(Typed argument)
    {
        var builder = ColumnBuilder.Create(argument.Type);
        builder.AddNull();
        builder.AddBoxed(argument.Value);
        builder.AddBoxed(argument.Value);
        return builder.Build();
    }

    private static Column Coded(Typed argument) => argument.Type switch
    {
        KqlType.String => new CodedColumn<string>(KqlType.String, [1, 0, 0], new Pool<string>([(string?)argument.Value ?? "", ""], 2, isUnique: false)),
        KqlType.Dynamic => new CodedColumn<object>(KqlType.Dynamic, [1, 0, 0], new Pool<object>([argument.Value, null], 2, isUnique: false)),
        _ => Flat(argument),
    };

    private static Typed ToTyped(object? argument) => argument switch
    {
        Typed typed => typed with { Value = InMemory(typed.Value, typed.Type) },
        string => new Typed(KqlType.String, argument),
        bool => new Typed(KqlType.Bool, argument),
        int number => new Typed(KqlType.Long, (long)number),
        long => new Typed(KqlType.Long, argument),
        double => new Typed(KqlType.Real, argument),
        decimal => new Typed(KqlType.Decimal, argument),
        DateTime instant => new Typed(KqlType.DateTime, instant.Ticks),
        TimeSpan length => new Typed(KqlType.TimeSpan, length.Ticks),
        Guid => new Typed(KqlType.Guid, argument),
        DynamicArray or DynamicBag => new Typed(KqlType.Dynamic, argument),
        _ => throw new ArgumentException($"Say the type of {argument ?? "null"} with Typed.", nameof(argument)),
    };

    private static object? InMemory(object? value, KqlType type) => (value, type) switch
    {
        (int number, not KqlType.Dynamic) => (long)number,
        (DateTime instant, not KqlType.Dynamic) => instant.Ticks,
        (TimeSpan length, not KqlType.Dynamic) => length.Ticks,
        _ => value,
    };

    private static string Show(object? value, KqlType type) => (value, type) switch
    {
        (null, _) => "null",
        (long ticks, KqlType.DateTime) => DateTimeText.Format(ticks),
        (long ticks, KqlType.TimeSpan) => TimeSpanText.Format(ticks),
        (not string, KqlType.Dynamic) => DynamicText.Format(value),
        _ => Show(value),
    };

    private static string Show(object value) => value switch
    {
        bool truth => truth ? "true" : "false",
        double real => ScalarValues.ToText(real),
        IFormattable other => other.ToString(null, System.Globalization.CultureInfo.InvariantCulture),
        string text => text,
        _ => throw new ArgumentException($"No scalar is a {value.GetType().Name}.", nameof(value)),
    };
}

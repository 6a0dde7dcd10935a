using System.Diagnostics;
using AksInsights.Kql.Columns;
using AksInsights.Kql.Types;

namespace AksInsights.Kql.Functions.Scalar;

/// <summary>One name for all rows: the type of a value whose type is known.</summary>
internal sealed class OneType(string name) : ScalarKernel
{
    public override Column Evaluate(CallSite site, Column[] arguments, int length) => Constants.Create(KqlType.String, name, length);
}

/// <summary>The type of what each dynamic holds.</summary>
internal sealed class HeldTypes : ScalarKernel
{
    public override Column Evaluate(CallSite site, Column[] arguments, int length)
    {
        if (arguments[0] is ConstantColumn<object> constant) return Constants.Create(KqlType.String, NameOf(constant.Value), length);
        var values = ((Column<object>)arguments[0]).Read();
        var names = new string[length];
        for (var i = 0; i < length; i++) names[i] = NameOf(values[i]);
        return new FlatColumn<string>(KqlType.String, names);
    }

    private static string NameOf(object? value) => value switch
    {
        null => "null",
        bool => "bool",
        // The page shows int for parse_json('1'): a small whole number is held as one.
        long and >= int.MinValue and <= int.MaxValue => "int",
        long => "long",
        double => "real",
        decimal => "decimal",
        string => "string",
        DateTime => "datetime",
        TimeSpan => "timespan",
        Guid => "guid",
        DynamicArray => "array",
        DynamicBag => "dictionary",
        _ => throw new UnreachableException($"A dynamic value never holds a {value.GetType().Name}."),
    };
}

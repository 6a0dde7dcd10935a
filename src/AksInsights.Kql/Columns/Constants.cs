using System.Diagnostics;
using AksInsights.Kql.Types;

namespace AksInsights.Kql.Columns;

/// <summary>Makes constant columns from boxed values.</summary>
public static class Constants
{
    /// <summary>A column of one value; null is the typed null (for text: empty).</summary>
    public static Column Create(KqlType type, object? value, int length) => type switch
    {
        KqlType.Bool => Make(type, value is bool b && b, value is null, length),
        KqlType.Int or KqlType.Long or KqlType.DateTime or KqlType.TimeSpan => Make(type, value is long l ? l : 0L, value is null, length),
        KqlType.Real => Make(type, value is double d ? d : 0d, value is null, length),
        KqlType.Decimal => Make(type, value is decimal m ? m : 0m, value is null, length),
        KqlType.Guid => Make(type, value is Guid g ? g : Guid.Empty, value is null, length),
        KqlType.String => Make(type, value as string ?? "", false, length),
        KqlType.Dynamic or KqlType.Error => Make(type, value!, false, length),
        _ => throw new UnreachableException($"KqlType {type}"),
    };

    private static ConstantColumn<T> Make<T>(KqlType type, T value, bool isNull, int length) => new(type, value, isNull, length);
}

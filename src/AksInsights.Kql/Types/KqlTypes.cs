using System.Diagnostics;

namespace AksInsights.Kql.Types;

/// <summary>Names and kinds of the scalar types.</summary>
public static class KqlTypes
{
    /// <summary>The name as the Log Analytics API and <c>getschema</c> write it.</summary>
    public static string Name(this KqlType type) => type switch
    {
        KqlType.Bool => "bool",
        KqlType.Int => "int",
        KqlType.Long => "long",
        KqlType.Real => "real",
        KqlType.Decimal => "decimal",
        KqlType.DateTime => "datetime",
        KqlType.TimeSpan => "timespan",
        KqlType.Guid => "guid",
        KqlType.String => "string",
        KqlType.Dynamic => "dynamic",
        KqlType.Error => "unknown",
        _ => throw new UnreachableException($"KqlType {type}"),
    };

    /// <summary>Reads a type name, aliases included (<c>double</c>, <c>date</c>, <c>time</c>, <c>boolean</c>, <c>uuid</c>, ...).</summary>
    public static bool TryParse(ReadOnlySpan<char> name, out KqlType type)
    {
        type = name switch
        {
            "bool" or "boolean" => KqlType.Bool,
            "int" or "int32" => KqlType.Int,
            "long" or "int64" => KqlType.Long,
            "real" or "double" or "float" => KqlType.Real,
            "decimal" => KqlType.Decimal,
            "datetime" or "date" => KqlType.DateTime,
            "timespan" or "time" => KqlType.TimeSpan,
            "guid" or "uuid" or "uniqueid" => KqlType.Guid,
            "string" => KqlType.String,
            "dynamic" or "object" => KqlType.Dynamic,
            _ => KqlType.Error,
        };
        return type != KqlType.Error;
    }

    /// <summary>True for int, long, real and decimal.</summary>
    public static bool IsNumeric(this KqlType type) => type is KqlType.Int or KqlType.Long or KqlType.Real or KqlType.Decimal;

    /// <summary>True for int and long.</summary>
    public static bool IsInteger(this KqlType type) => type is KqlType.Int or KqlType.Long;

    /// <summary>True for the types held as a 64-bit whole number: int, long, datetime, timespan.</summary>
    public static bool IsInt64(this KqlType type) =>
        type is KqlType.Int or KqlType.Long or KqlType.DateTime or KqlType.TimeSpan;
}

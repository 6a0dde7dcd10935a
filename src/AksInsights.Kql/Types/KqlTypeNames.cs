namespace AksInsights.Kql.Types;

/// <summary>The names of the scalar types as written in queries, with their documented aliases.</summary>
internal static class KqlTypeNames
{
    /// <summary>The type of a name; false when the name is not that of a type. Names are lower case.</summary>
    public static bool TryParse(ReadOnlySpan<char> name, out KqlType type)
    {
        type = name switch
        {
            "bool" or "boolean" => KqlType.Bool,
            "int" or "int32" => KqlType.Int,
            "long" or "int64" => KqlType.Long,
            "real" or "double" => KqlType.Real,
            "decimal" => KqlType.Decimal,
            "datetime" or "date" => KqlType.DateTime,
            "timespan" or "time" => KqlType.TimeSpan,
            "guid" or "uuid" or "uniqueid" => KqlType.Guid,
            "string" => KqlType.String,
            "dynamic" => KqlType.Dynamic,
            _ => KqlType.Error,
        };
        return type != KqlType.Error;
    }

    /// <summary>The principal name of a type; <c>unknown</c> for <see cref="KqlType.Error"/>.</summary>
    public static string NameOf(KqlType type) => type switch
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
        _ => "unknown",
    };
}

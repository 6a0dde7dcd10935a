using AksInsights.Kql.Types;

namespace AksInsights.Kql.Functions;

/// <summary>A set of scalar types that a parameter accepts.</summary>
[Flags]
public enum TypeSet
{
    /// <summary>No type.</summary>
    None = 0,

    /// <summary>bool</summary>
    Bool = 1 << KqlType.Bool,

    /// <summary>int</summary>
    Int = 1 << KqlType.Int,

    /// <summary>long</summary>
    Long = 1 << KqlType.Long,

    /// <summary>real</summary>
    Real = 1 << KqlType.Real,

    /// <summary>decimal</summary>
    Decimal = 1 << KqlType.Decimal,

    /// <summary>datetime</summary>
    DateTime = 1 << KqlType.DateTime,

    /// <summary>timespan</summary>
    TimeSpan = 1 << KqlType.TimeSpan,

    /// <summary>guid</summary>
    Guid = 1 << KqlType.Guid,

    /// <summary>string</summary>
    String = 1 << KqlType.String,

    /// <summary>dynamic</summary>
    Dynamic = 1 << KqlType.Dynamic,

    /// <summary>int and long</summary>
    Integer = Int | Long,

    /// <summary>int, long, real and decimal</summary>
    Number = Integer | Real | Decimal,

    /// <summary>every type but dynamic</summary>
    NotDynamic = Bool | Number | DateTime | TimeSpan | Guid | String,

    /// <summary>every type</summary>
    Any = NotDynamic | Dynamic,
}

/// <summary>Membership in a <see cref="TypeSet"/>.</summary>
public static class TypeSets
{
    /// <summary>Whether the set holds the type. The error type is in every set, so that one mistake is told once.</summary>
    public static bool Holds(this TypeSet set, KqlType type) => type == KqlType.Error || ((int)set & (1 << (int)type)) != 0;
}

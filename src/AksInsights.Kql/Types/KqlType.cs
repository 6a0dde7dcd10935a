namespace AksInsights.Kql.Types;

/// <summary>The scalar types of KQL. Source: learn.microsoft.com/kusto/query/scalar-data-types.</summary>
/// <remarks>
/// In memory a value is: <see cref="Bool"/> <c>bool</c>; <see cref="Int"/> and <see cref="Long"/> <c>long</c>; <see cref="Real"/>
/// <c>double</c>; <see cref="Decimal"/> <c>decimal</c>; <see cref="DateTime"/> and <see cref="TimeSpan"/> <c>long</c> ticks of 100 ns
/// (a date-time counts from 0001-01-01 UTC); <see cref="Guid"/> <c>Guid</c>; <see cref="String"/> <c>string</c>, never null;
/// <see cref="Dynamic"/> <c>object?</c> as <see cref="DynamicValue"/> describes.
/// </remarks>
public enum KqlType
{
    /// <summary>The type of an expression that did not bind; it silences follow-on errors.</summary>
    Error,

    /// <summary>True or false.</summary>
    Bool,

    /// <summary>A 32-bit whole number, held in 64 bits.</summary>
    Int,

    /// <summary>A 64-bit whole number.</summary>
    Long,

    /// <summary>A 64-bit floating-point number.</summary>
    Real,

    /// <summary>A 128-bit decimal number.</summary>
    Decimal,

    /// <summary>A point in time, UTC.</summary>
    DateTime,

    /// <summary>A length of time.</summary>
    TimeSpan,

    /// <summary>A globally unique identifier.</summary>
    Guid,

    /// <summary>Unicode text; there is no null string, a missing one is empty.</summary>
    String,

    /// <summary>A JSON-like value: any scalar, an array or a property bag.</summary>
    Dynamic,
}

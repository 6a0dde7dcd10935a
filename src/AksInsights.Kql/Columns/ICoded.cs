using AksInsights.Kql.Types;

namespace AksInsights.Kql.Columns;

/// <summary>A <see cref="CodedColumn{T}"/> of whatever values: its codes alone.</summary>
internal interface ICoded
{
    /// <summary>The code of each row.</summary>
    ReadOnlySpan<int> Codes { get; }

    /// <summary>The number of codes.</summary>
    int CodeCount { get; }

    /// <summary>What the codes point into; two columns with one source have one meaning for a code.</summary>
    object Source { get; }

    /// <summary>The same rows with the values of another pool.</summary>
    CodedColumn<TOther> WithPool<TOther>(KqlType type, Pool<TOther> pool)
        where TOther : notnull;
}

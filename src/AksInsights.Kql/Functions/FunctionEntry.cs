namespace AksInsights.Kql.Functions;

/// <summary>What a function works on.</summary>
public enum FunctionKind
{
    /// <summary>Each row by itself.</summary>
    Scalar,

    /// <summary>The rows of a group: in summarize, make-series, top-nested.</summary>
    Aggregate,

    /// <summary>A serialized row set as a whole: prev, next, row_number and their kin.</summary>
    Window,
}

/// <summary>A function as the binder, the documentation and completion know it: one entry is all there is to write for a new one.</summary>
/// <param name="Name">The name in KQL.</param>
/// <param name="Kind">What it works on.</param>
/// <param name="Description">One sentence: what it gives, and its null rule if that is not «null in, null out».</param>
/// <param name="Example">An expression that shows it.</param>
/// <param name="Page">The page of the KQL reference, such as <c>strlen-function</c>.</param>
public sealed record FunctionEntry(string Name, FunctionKind Kind, string Description, string Example, string Page)
{
    /// <summary>Other names, such as deprecated ones.</summary>
    public IReadOnlyList<string> Aliases { get; init; } = [];

    /// <summary>The forms it can be called in; the first that fits is taken.</summary>
    public IReadOnlyList<Signature> Signatures { get; init; } = [];

    /// <summary>False when the same arguments may give another value (rand, new_guid): such a call is never folded.</summary>
    public bool Deterministic { get; init; } = true;

    /// <summary>
    /// True when an unnamed column of a call is called as its first argument would be: <c>bin(t, 1h)</c> is <c>t</c>, <c>abs(x + 1)</c> is <c>Column1</c>.
    /// </summary>
    public bool KeepsName { get; init; }

    /// <summary>The columns that a call makes of itself where columns are made; null for a function of one column. See <see cref="MultiColumnShape"/>.</summary>
    public MultiColumnShape? MultiColumn { get; init; }

    /// <summary>
    /// How the unnamed column of a call is called. Null: of an aggregate <c>name_argument</c>, of a function as <see cref="KeepsName"/> says.
    /// See <see cref="AggregateNaming"/>.
    /// </summary>
    public AggregateNaming? Naming { get; init; }
}

/// <summary>
/// The name of a call's unnamed result column, from the name of its first argument's column (null where it has none) and the constants; null for
/// <c>Column1</c> and so on.
/// </summary>
public delegate string? AggregateNaming(string? argument, IReadOnlyList<object?> constants);

using AksInsights.Kql.Types;

namespace AksInsights.Kql.Functions;

/// <summary>A parameter of a signature.</summary>
/// <param name="Name">Its name, for messages and named arguments.</param>
/// <param name="Accepts">The types an argument may have.</param>
/// <param name="ConvertTo">The type an accepted argument is converted to before the kernel sees it; null: as it is.</param>
public sealed record Parameter(string Name, TypeSet Accepts, KqlType? ConvertTo = null)
{
    /// <summary>May be left out, together with all after it.</summary>
    public bool IsOptional { get; init; }

    /// <summary>Must be a constant of the query: a literal, or what folds to one.</summary>
    public bool IsConstant { get; init; }

    /// <summary>Converted to the common type of all arguments so marked (<c>iff</c>, <c>coalesce</c>, <c>max_of</c>).</summary>
    public bool IsCommon { get; init; }

    /// <summary>With <see cref="IsCommon"/>: arguments without a common type are taken as dynamic instead of refused (<c>iff</c>, <c>case</c>).</summary>
    public bool MayMix { get; init; }

    /// <summary>Text; a dynamic is converted to its text.</summary>
    public static Parameter Text(string name) => new(name, TypeSet.String | TypeSet.Dynamic, KqlType.String);

    /// <summary>A whole number, as long.</summary>
    public static Parameter Long(string name) => new(name, TypeSet.Integer | TypeSet.Dynamic, KqlType.Long);

    /// <summary>Any number, as real.</summary>
    public static Parameter Real(string name) => new(name, TypeSet.Number | TypeSet.Dynamic, KqlType.Real);

    /// <summary>A truth value.</summary>
    public static Parameter Bool(string name) => new(name, TypeSet.Bool | TypeSet.Dynamic, KqlType.Bool);

    /// <summary>A point in time.</summary>
    public static Parameter DateTime(string name) => new(name, TypeSet.DateTime | TypeSet.Dynamic, KqlType.DateTime);

    /// <summary>A length of time.</summary>
    public static Parameter TimeSpan(string name) => new(name, TypeSet.TimeSpan | TypeSet.Dynamic, KqlType.TimeSpan);

    /// <summary>A dynamic value; other types are not accepted.</summary>
    public static Parameter Dynamic(string name) => new(name, TypeSet.Dynamic);

    /// <summary>Any value, as it is.</summary>
    public static Parameter Any(string name) => new(name, TypeSet.Any);

    /// <summary>Any value, converted to the common type of all arguments so marked.</summary>
    public static Parameter Common(string name, TypeSet accepts = TypeSet.Any) => new(name, accepts) { IsCommon = true };

    /// <summary>This parameter, left out at will.</summary>
    public Parameter Optional() => this with { IsOptional = true };

    /// <summary>This parameter, constants only.</summary>
    public Parameter Constant() => this with { IsConstant = true };
}

/// <summary>What the binder knows of a call when it asks for its result type or kernel.</summary>
/// <param name="Types">The types of the arguments after conversion.</param>
/// <param name="Constants">The values of constant arguments in in-memory form; null where an argument is not constant or is a null.</param>
public sealed record CallShape(IReadOnlyList<KqlType> Types, IReadOnlyList<object?> Constants);

/// <summary>What is wrong with the constants of a call.</summary>
/// <param name="What">What the engine does not take, as the subject of a sentence: <c>The unit `fortnight` of `datetime_diff`</c>.</param>
/// <param name="Help">A sentence that says what it does take.</param>
public sealed record Complaint(string What, string Help);

/// <summary>One form in which a function can be called.</summary>
/// <param name="Parameters">The parameters, in order.</param>
/// <param name="Result">The result type for a call; <see cref="KqlType.Error"/> when a constant makes no sense.</param>
public sealed record Signature(IReadOnlyList<Parameter> Parameters, Func<CallShape, KqlType> Result)
{
    /// <summary>A signature with one result type.</summary>
    public Signature(IReadOnlyList<Parameter> parameters, KqlType result)
        : this(parameters, _ => result)
    {
    }

    /// <summary>The last parameter may be given any number of times (at least once unless optional).</summary>
    public bool Repeats { get; init; }

    /// <summary>With <see cref="Repeats"/>: how many trailing parameters repeat together (2 for <c>case</c>'s pairs and <c>bag_pack</c>).</summary>
    public int RepeatCount { get; init; } = 1;

    /// <summary>With <see cref="Repeats"/>: parameters that follow the repeated ones (1 for <c>case</c>'s else). They stand last in <see cref="Parameters"/>.</summary>
    public int AfterRepeat { get; init; }

    /// <summary>For a call whose result type is an error: what is wrong with it and what would be right; null where there is no more to say.</summary>
    public Func<CallShape, Complaint>? Complaint { get; init; }

    /// <summary>The kernel of a scalar or window call.</summary>
    public Func<CallShape, ScalarKernel>? Kernel { get; init; }

    /// <summary>The aggregator of an aggregate call; made once per worker.</summary>
    public Func<CallShape, Aggregator>? Aggregator { get; init; }
}

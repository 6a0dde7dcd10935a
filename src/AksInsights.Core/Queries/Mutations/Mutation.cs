using AksInsights.Kql.Text;

namespace AksInsights.Core.Queries.Mutations;

/// <summary>A mistake planted into a query: a piece of its text that is replaced.</summary>
/// <param name="Kind">What kind of mistake it is.</param>
/// <param name="Span">The piece of the text.</param>
/// <param name="Replacement">What stands there instead.</param>
public sealed record Mutation(MutationKind Kind, TextSpan Span, string Replacement)
{
    /// <summary>The text with the mistake in it.</summary>
    public string Apply(string text) => string.Concat(text.AsSpan(0, Span.Start), Replacement, text.AsSpan(Span.End));
}

/// <summary>The kinds of mistakes that are planted.</summary>
public enum MutationKind
{
    /// <summary>A condition is taken out of a filter.</summary>
    DropFilter,

    /// <summary>A comparison is turned round: <c>==</c> becomes <c>!=</c>, <c>&lt;</c> becomes <c>&gt;=</c>.</summary>
    FlipComparison,

    /// <summary>A comparison takes the limit itself in or leaves it out: <c>&gt;</c> becomes <c>&gt;=</c>.</summary>
    MoveBoundary,

    /// <summary>A number or length of time is one more or one less, in the last place that is written.</summary>
    ChangeThreshold,

    /// <summary>A text is another, or a list lacks its first item.</summary>
    ChangeText,

    /// <summary>A column is taken out of what rows are grouped by.</summary>
    DropGroup,

    /// <summary>An aggregate is its opposite: <c>max</c> becomes <c>min</c>, <c>countif</c> becomes <c>count</c>.</summary>
    SwapAggregate,

    /// <summary>A join keeps or loses the rows without a partner.</summary>
    ChangeJoin,

    /// <summary><c>and</c> becomes <c>or</c>, and the other way round.</summary>
    SwapLogic,

    /// <summary><c>+</c> becomes <c>-</c>, <c>*</c> becomes <c>/</c>, and the other way round.</summary>
    SwapArithmetic,

    /// <summary>A choice loses a branch, or has its two results changed over.</summary>
    ChangeChoice,

    /// <summary>Rows come in the opposite order.</summary>
    ReverseOrder,
}

using AksInsights.Kql.Syntax;
using AksInsights.Kql.Types;

namespace AksInsights.Core.Queries;

/// <summary>The head of a query's text: the two reserved times and the parameters. Immutable.</summary>
/// <param name="Lookback">What the text itself takes off <c>endTime</c> to get <c>startTime</c>.</param>
/// <param name="Parameters">The other leading <c>let</c>s whose value is a literal, in order.</param>
public sealed record QueryHeader(TimeSpan Lookback, IReadOnlyList<QueryParameter> Parameters)
{
    /// <summary>The reserved name of the window's end.</summary>
    public const string EndTime = "endTime";

    /// <summary>The reserved name of the window's start.</summary>
    public const string StartTime = "startTime";

    /// <summary>The parameter of a name; null when there is none.</summary>
    public QueryParameter? Find(string name) => Parameters.FirstOrDefault(p => p.Name == name);

    /// <summary>Reads the head of a tree; what it lacks is reported, and null returned.</summary>
    internal static QueryHeader? Read(QuerySyntax query, FileReport report)
    {
        var lets = query.Statements.TakeWhile(s => s is LetStatement).Cast<LetStatement>().ToList();
        if (lets.Count == 0 || lets[0].Name.Text != EndTime || !IsCallOfNow(lets[0].Value))
        {
            report.NoEndTime(lets.Count == 0 ? new(0, 0) : lets[0].Span);
            return null;
        }

        if (lets.Count == 1 || lets[1].Name.Text != StartTime || LookbackOf(lets[1].Value) is not { } lookback)
        {
            report.NoStartTime(lets.Count == 1 ? lets[0].Span : lets[1].Span);
            return null;
        }

        var parameters = lets.Skip(2).Select(Parameter).TakeWhile(p => p is not null).OfType<QueryParameter>().ToList();
        return new QueryHeader(lookback, parameters);
    }

    /// <summary>The type and value of a literal, a minus before a number included; null for every other expression.</summary>
    internal static (KqlType Type, object? Value)? Literal(ExpressionSyntax expression) => expression switch
    {
        LiteralSyntax literal => (literal.Type, literal.Value),
        UnarySyntax { Operator: UnaryOperator.Minus, Operand: LiteralSyntax literal } when Negate(literal) is { } value => (literal.Type, value),
        _ => null,
    };

    private static QueryParameter? Parameter(LetStatement let) =>
        Literal(let.Value) is { } literal ? new QueryParameter(let.Name.Text, literal.Type, literal.Value) { NameSpan = let.Name.Span } : null;

    private static object? Negate(LiteralSyntax literal) => literal.Value switch
    {
        long number => -number,
        double number => -number,
        decimal number => -number,
        _ => null,
    };

    private static bool IsCallOfNow(ExpressionSyntax value) => value is CallSyntax { Name.Text: "now", Arguments.Count: 0 };

    private static TimeSpan? LookbackOf(ExpressionSyntax value) =>
        value is BinarySyntax { Operator: BinaryOperator.Subtract, Left: NameExpression { Name.Text: EndTime } } difference
        && Literal(difference.Right) is (KqlType.TimeSpan, long ticks) && ticks > 0
            ? new TimeSpan(ticks)
            : null;
}

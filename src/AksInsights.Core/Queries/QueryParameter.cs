using AksInsights.Kql.Text;
using AksInsights.Kql.Types;

namespace AksInsights.Core.Queries;

/// <summary>A value that the text of a query leaves to its user: a leading <c>let</c> whose value is a literal.</summary>
/// <param name="Name">The name of the <c>let</c>.</param>
/// <param name="Type">The type of its literal; a value of another type is refused.</param>
/// <param name="Default">The literal's value, in the in-memory form of <see cref="KqlType"/>.</param>
public sealed record QueryParameter(string Name, KqlType Type, object? Default)
{
    /// <summary>What it decides, in words; null when the <c>.yaml</c> says nothing.</summary>
    public string? Describe { get; init; }

    /// <summary>The least value that makes sense, of type <see cref="Type"/>; null when there is no bound.</summary>
    public object? Min { get; init; }

    /// <summary>The greatest value that makes sense, of type <see cref="Type"/>; null when there is no bound.</summary>
    public object? Max { get; init; }

    internal TextSpan NameSpan { get; init; }

    /// <summary>Reads a value for this parameter.</summary>
    /// <param name="text">The value as a person writes it: <c>3</c>, <c>0.9</c>, <c>15m</c>, <c>true</c>, <c>["a", "b"]</c>, text without quotes.</param>
    /// <param name="value">The value in the in-memory form of <see cref="Type"/>.</param>
    /// <param name="mistake">Why the value is refused, as a full sentence; null when it is not.</param>
    public bool TryRead(string? text, out object? value, out string? mistake)
    {
        mistake = null;
        if (!ValueText.TryRead(text, Type, null, out value) || value is null)
            mistake = $"`{text}` is no value of the parameter `{Name}`, whose type is {Type.Name()}.";
        else if (Compare(value, Min) < 0)
            mistake = $"`{text}` is less than {ParameterText.Format(Type, Min)}, the least value of the parameter `{Name}`.";
        else if (Compare(value, Max) > 0)
            mistake = $"`{text}` is more than {ParameterText.Format(Type, Max)}, the greatest value of the parameter `{Name}`.";
        return mistake is null;
    }

    private static int Compare(object value, object? bound) => bound is IComparable ? ((IComparable)value).CompareTo(bound) : 0;
}

/// <summary>Parameter values as people write them.</summary>
public static class ParameterText
{
    /// <summary>The form that <see cref="QueryParameter.TryRead"/> reads back.</summary>
    public static string Format(KqlType type, object? value) => (type, value) switch
    {
        (_, null) => "null",
        (KqlType.TimeSpan, long ticks) => Durations.Format(new TimeSpan(ticks)),
        (KqlType.DateTime, long ticks) => new DateTime(ticks, DateTimeKind.Utc).ToString("O"),
        (KqlType.Bool, bool flag) => flag ? "true" : "false",
        (KqlType.String, string text) => text,
        _ => DynamicText.Format(value),
    };
}

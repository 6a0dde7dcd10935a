namespace AksInsights.Kql.Types;

/// <summary>The inside of typed literals: what stands in the parentheses of <c>long(...)</c>, <c>guid(...)</c> and so on.</summary>
internal static class TypedLiteralText
{
    /// <summary>Reads the inside of a literal of the type. <c>null</c> gives the typed null; the text may be quoted.</summary>
    /// <remarks>The value has the in-memory form of <see cref="KqlType"/>. Dynamic is read by <see cref="DynamicText"/>.</remarks>
    public static bool TryParse(KqlType type, ReadOnlySpan<char> inside, out object? value)
    {
        value = null;
        inside = inside.Trim();
        if (inside.SequenceEqual("null"))
            return type != KqlType.String;
        if (inside.Length >= 2 && inside[0] is '"' or '\'' && inside[^1] == inside[0])
            inside = inside[1..^1];
        switch (type)
        {
            case KqlType.Bool:
                return TryBool(inside, out value);
            case KqlType.Int:
                return TryLong(inside, int.MinValue, int.MaxValue, out value);
            case KqlType.Long:
                return TryLong(inside, long.MinValue, long.MaxValue, out value);
            case KqlType.Real:
                return Boxed(NumberText.TryParseReal(inside, out var real), real, out value);
            case KqlType.Decimal:
                return Boxed(NumberText.TryParseDecimal(inside, out var number), number, out value);
            case KqlType.DateTime:
                return Boxed(DateTimeText.TryParse(inside, out var instant), instant, out value);
            case KqlType.TimeSpan:
                return Boxed(TimeSpanText.TryParse(inside, out var length), length, out value);
            case KqlType.Guid:
                return Boxed(Guid.TryParse(inside, out var id), id, out value);
            default:
                return false;
        }
    }

    private static bool TryBool(ReadOnlySpan<char> inside, out object? value)
    {
        var isTrue = inside.Equals("true", StringComparison.OrdinalIgnoreCase);
        if (isTrue || inside.Equals("false", StringComparison.OrdinalIgnoreCase))
            return Boxed(true, isTrue, out value);
        return Boxed(NumberText.TryParseLong(inside, out var number), number != 0, out value);
    }

    private static bool TryLong(ReadOnlySpan<char> inside, long min, long max, out object? value) =>
        Boxed(NumberText.TryParseLong(inside, out var number) && number >= min && number <= max, number, out value);

    private static bool Boxed<T>(bool read, T value, out object? boxed)
        where T : struct
    {
        boxed = read ? value : null;
        return read;
    }
}

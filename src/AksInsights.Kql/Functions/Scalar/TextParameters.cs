using AksInsights.Kql.Types;

namespace AksInsights.Kql.Functions.Scalar;

/// <summary>Parameters that text functions share.</summary>
internal static class TextParameters
{
    /// <summary>Any scalar, seen by the kernel as its text: what the reference calls «forcibly cast to string».</summary>
    public static Parameter AnyAsText(string name) => new(name, TypeSet.Any, KqlType.String);

    /// <summary>A dynamic argument that must be an array; the message of one that is not names the function.</summary>
    /// <exception cref="CallFailedException">The value is not an array.</exception>
    public static DynamicArray Array(string function, object value) => value as DynamicArray
        ?? throw new CallFailedException($"`{function}` needs an array, such as `dynamic(['a', 'b'])`; it was given `{DynamicText.Format(value)}`.");
}

/// <summary>Positions in a text counted in characters (Unicode code points), as the language counts them, and in the units .NET counts.</summary>
internal static class CodePoints
{
    /// <summary>Whether both ways of counting agree: the text has no character beyond U+FFFF.</summary>
    public static bool IsPlain(string text) => text.AsSpan().IndexOfAnyInRange('\uD800', '\uDFFF') < 0;

    /// <summary>The number of characters.</summary>
    public static long Count(ReadOnlySpan<char> text)
    {
        var count = 0L;
        foreach (var unit in text)
        {
            // The second half of a surrogate pair belongs to the code point already counted.
            if (!char.IsLowSurrogate(unit)) count++;
        }

        return count;
    }

    /// <summary>The unit at which a character begins; the text's length for a position at or behind its end, 0 for a negative one.</summary>
    public static int ToUnit(string text, long position)
    {
        if (position <= 0) return 0;
        if (IsPlain(text)) return (int)Math.Min(position, text.Length);
        var unit = 0;
        for (var left = position; left > 0 && unit < text.Length; left--)
            unit += char.IsSurrogatePair(text, unit) ? 2 : 1;
        return unit;
    }

    /// <summary>The number of the character that begins at a unit.</summary>
    public static long FromUnit(string text, int unit) => Count(text.AsSpan(0, unit));
}

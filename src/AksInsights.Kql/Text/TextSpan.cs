namespace AksInsights.Kql.Text;

/// <summary>A range of characters in a query text. Unit: UTF-16 code units from the start of the text.</summary>
/// <param name="Start">The index of the first character.</param>
/// <param name="Length">The number of characters; zero for a place between two characters.</param>
public readonly record struct TextSpan(int Start, int Length)
{
    /// <summary>The index of the first character after the range.</summary>
    public int End => Start + Length;

    /// <summary>The smallest range that holds both ranges.</summary>
    public static TextSpan Union(TextSpan first, TextSpan second)
    {
        var start = Math.Min(first.Start, second.Start);
        return new TextSpan(start, Math.Max(first.End, second.End) - start);
    }

    /// <summary>The range from one index up to, not including, another.</summary>
    public static TextSpan FromBounds(int start, int end) => new(start, end - start);
}

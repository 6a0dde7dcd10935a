namespace AksInsights.Kql.Text;

/// <summary>A place in a text as people count: both numbers start at 1.</summary>
/// <param name="Line">The line, from 1.</param>
/// <param name="Column">The character in the line, from 1. Unit: UTF-16 code units.</param>
public readonly record struct LinePosition(int Line, int Column)
{
    /// <summary>The position as <c>line:column</c>.</summary>
    public override string ToString() => $"{Line}:{Column}";
}

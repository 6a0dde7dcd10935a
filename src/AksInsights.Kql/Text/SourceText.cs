namespace AksInsights.Kql.Text;

/// <summary>A query text with the name it is known by, and its lines. Immutable.</summary>
public sealed class SourceText
{
    private int[]? _lineStarts;

    /// <summary>Wraps a text.</summary>
    /// <param name="text">The text.</param>
    /// <param name="name">The file or other name to show in messages; null when it has none.</param>
    public SourceText(string text, string? name = null)
    {
        Text = text;
        Name = name;
    }

    /// <summary>The whole text.</summary>
    public string Text { get; }

    /// <summary>The name to show in messages; null when there is none.</summary>
    public string? Name { get; }

    /// <summary>The number of lines; an empty text has one.</summary>
    public int LineCount => LineStarts.Length;

    // Lines are counted only when a message needs them: most queries have no mistakes.
    private int[] LineStarts => _lineStarts ??= FindLineStarts(Text);

    /// <summary>The line and column of an index; an index beyond the end is taken as the end. Cost: O(log lines).</summary>
    public LinePosition PositionOf(int index)
    {
        index = Math.Clamp(index, 0, Text.Length);
        var line = Array.BinarySearch(LineStarts, index);
        if (line < 0)
            line = ~line - 1;
        return new LinePosition(line + 1, index - LineStarts[line] + 1);
    }

    /// <summary>The characters of a line, without its line break.</summary>
    /// <param name="line">The line, from 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such line.</exception>
    public ReadOnlySpan<char> Line(int line)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(line, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(line, LineCount);
        var end = line < LineCount ? LineStarts[line] : Text.Length;
        return Text.AsSpan(LineStarts[line - 1], end - LineStarts[line - 1]).TrimEnd("\r\n");
    }

    /// <summary>The characters of a range; a range beyond the end is cut.</summary>
    public ReadOnlySpan<char> Slice(TextSpan span)
    {
        var start = Math.Clamp(span.Start, 0, Text.Length);
        return Text.AsSpan(start, Math.Clamp(span.End, start, Text.Length) - start);
    }

    private static int[] FindLineStarts(string text)
    {
        var starts = new List<int> { 0 };
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] == '\n')
                starts.Add(i + 1);
        }

        return [.. starts];
    }
}

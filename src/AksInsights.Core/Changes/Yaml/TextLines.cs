namespace AksInsights.Core.Changes.Yaml;

/// <summary>Lines of a text by place, with whatever line breaks it has.</summary>
internal static class TextLines
{
    /// <summary>The index of the first character of the line that an index is on.</summary>
    public static int StartOf(string text, int index)
    {
        while (index > 0 && text[index - 1] is not ('\n' or '\r')) index--;
        return index;
    }

    /// <summary>The index of the line break that ends the line an index is on, or the end of the text.</summary>
    public static int EndOf(string text, int index)
    {
        while (index < text.Length && text[index] is not ('\n' or '\r')) index++;
        return index;
    }

    /// <summary>How many characters stand before an index on its line.</summary>
    public static int ColumnOf(string text, int index) => index - StartOf(text, index);

    /// <summary>Whether a character is the first of its line, but for blanks.</summary>
    public static bool IsFirstOnLine(string text, int index) => text.AsSpan(StartOf(text, index), ColumnOf(text, index)).Trim(' ').IsEmpty;

    /// <summary>The line break in use at an index: the one that ends its line, else the first of the text, else a line feed.</summary>
    public static string BreakAt(string text, int index)
    {
        var end = EndOf(text, index);
        if (end == text.Length) end = EndOf(text, 0);
        if (end == text.Length) return "\n";
        if (text[end] == '\n') return "\n";
        return end + 1 < text.Length && text[end + 1] == '\n' ? "\r\n" : "\r";
    }

    /// <summary>Whether nothing but blanks and perhaps a comment follows on the line.</summary>
    public static bool EndsSoon(string text, int index)
    {
        var end = EndOf(text, index);
        var rest = text.AsSpan(index, end - index);
        var trimmed = rest.TrimStart(" \t");
        return trimmed.IsEmpty || (trimmed[0] == '#' && (trimmed.Length < rest.Length || index == StartOf(text, index)));
    }
}

namespace AksInsights.Service.Commands;

/// <summary>Writes rows of text with aligned columns.</summary>
internal static class AlignedText
{
    /// <summary>Writes names and rows; the last column is as wide as it likes.</summary>
    public static void Write(TextWriter to, string[] names, IEnumerable<string[]> rows)
    {
        string[][] lines = [names, .. rows];
        var widths = names.Select((_, column) => lines.Max(l => l[column].Length)).ToArray();
        foreach (var line in lines)
            to.Write(string.Join("  ", line.Select((cell, column) => cell.PadRight(widths[column]))).TrimEnd() + "\n");
    }
}

using System.Buffers;

namespace AksInsights.Adapters.Workspaces.Recorded.Json;

/// <summary>Tells the elements of a JSON array apart by brackets and quotes alone, so that a broken one does not hide the next.</summary>
internal static class JsonElements
{
    private static readonly SearchValues<byte> Marks = SearchValues.Create("\"{}[],"u8);

    /// <summary>Finds the end of an element.</summary>
    /// <param name="text">The inside of the array.</param>
    /// <param name="at">Where the element begins.</param>
    /// <returns>The index of the comma or bracket behind it; -1 when the text ends before.</returns>
    public static int End(ReadOnlySpan<byte> text, int at)
    {
        var depth = 0;
        while (true)
        {
            var step = text[at..].IndexOfAny(Marks);
            if (step < 0)
                return -1;
            at += step;
            switch (text[at])
            {
                case (byte)'"':
                    at = CloseQuote(text, at + 1);
                    if (at < 0)
                        return -1;
                    break;
                case (byte)'{' or (byte)'[':
                    depth++;
                    break;
                case (byte)',' when depth == 0:
                    return at;
                case (byte)']' or (byte)'}':
                    if (depth == 0)
                        return at;
                    depth--;
                    break;
                default:
                    break;
            }

            at++;
        }
    }

    private static int CloseQuote(ReadOnlySpan<byte> text, int at)
    {
        while (true)
        {
            var step = text[at..].IndexOfAny((byte)'"', (byte)'\\');
            if (step < 0)
                return -1;
            at += step;
            if (text[at] == '"')
                return at;
            at += 2;
            if (at > text.Length)
                return -1;
        }
    }
}

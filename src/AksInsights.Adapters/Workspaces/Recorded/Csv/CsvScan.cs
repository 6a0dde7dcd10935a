using System.Buffers;

namespace AksInsights.Adapters.Workspaces.Recorded.Csv;

/// <summary>Where a field stands in a CSV text, quotes left out.</summary>
/// <param name="Start">The index of its first byte.</param>
/// <param name="Length">Its length.</param>
/// <param name="Next">The index of what ends it: a comma, a line end, or the end of the text.</param>
/// <param name="IsWhole">False when the field is quoted and the text ends before the closing quote.</param>
/// <param name="IsBroken">True when something follows the closing quote.</param>
internal readonly record struct CsvField(int Start, int Length, int Next, bool IsWhole = true, bool IsBroken = false);

/// <summary>Tells fields and records apart. Source: RFC 4180; a quote inside a field that is not quoted stands for itself.</summary>
internal static class CsvScan
{
    private static readonly SearchValues<byte> Ends = SearchValues.Create(",\n"u8);

    /// <summary>The field that begins at an index.</summary>
    public static CsvField Field(ReadOnlySpan<byte> text, int at)
    {
        if (at < text.Length && text[at] == '"')
            return Quoted(text, at + 1);
        var end = NextEnd(text, at);
        var length = end - at;
        if (IsLineEnd(text, end) && length > 0 && text[end - 1] == '\r')
            length--;
        return new CsvField(at, length, end);
    }

    /// <summary>The index behind the line end of the record that begins at an index; -1 when the text ends before.</summary>
    public static int SkipRecord(ReadOnlySpan<byte> text, int at)
    {
        while (true)
        {
            var field = Field(text, at);
            if (field.Next >= text.Length)
                return -1;
            at = field.Next + 1;
            if (text[field.Next] == '\n')
                return at;
        }
    }

    private static CsvField Quoted(ReadOnlySpan<byte> text, int start)
    {
        var at = start;
        while (true)
        {
            var step = text[at..].IndexOf((byte)'"');
            if (step < 0)
                return new CsvField(start, text.Length - start, text.Length, IsWhole: false);
            at += step;
            if (at + 1 >= text.Length || text[at + 1] != '"')
                break;
            at += 2;
        }

        var next = NextEnd(text, at + 1);
        var behind = text[(at + 1)..next];
        var isBroken = !behind.IsEmpty && !(behind is [(byte)'\r'] && (IsLineEnd(text, next) || next == text.Length));
        return new CsvField(start, at - start, next, IsBroken: isBroken);
    }

    private static int NextEnd(ReadOnlySpan<byte> text, int at)
    {
        var step = text[at..].IndexOfAny(Ends);
        return step < 0 ? text.Length : at + step;
    }

    private static bool IsLineEnd(ReadOnlySpan<byte> text, int at) => at < text.Length && text[at] == '\n';
}

using System.Buffers;
using System.Runtime.CompilerServices;

namespace AksInsights.Adapters.Workspaces.Recorded.Json;

/// <summary>Finds where JSON values end, without building anything. Strict: what RFC 8259 does not allow is refused.</summary>
/// <remarks>Every method takes the index of a value's first byte and returns the index behind it, or the complement of the place that is broken.</remarks>
internal static class JsonScan
{
    /// <summary>How deep arrays and objects may be nested.</summary>
    public const int MaxDepth = 256;

    private static readonly SearchValues<byte> StringStops = SearchValues.Create(
        [.. Enumerable.Range(0, 32).Select(control => (byte)control), (byte)'"', (byte)'\\']);

    /// <summary>Skips one value of any kind.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static int SkipValue(ReadOnlySpan<byte> text, int at)
    {
        if ((uint)at >= (uint)text.Length)
            return ~at;
        return text[at] switch
        {
            (byte)'"' => SkipString(text, at),
            (byte)'{' or (byte)'[' => SkipContainer(text, at, 1),
            (byte)'t' => SkipWord(text, at, "true"u8),
            (byte)'f' => SkipWord(text, at, "false"u8),
            (byte)'n' => SkipWord(text, at, "null"u8),
            _ => SkipNumber(text, at),
        };
    }

    /// <summary>Skips a string that begins at its opening quote.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static int SkipString(ReadOnlySpan<byte> text, int at)
    {
        at++;
        while (true)
        {
            var step = text[at..].IndexOfAny(StringStops);
            if (step < 0)
                return ~text.Length;
            at += step;
            if (text[at] == '"')
                return at + 1;
            var escape = text[at] == '\\' ? EscapeLength(text[at..]) : 0;
            if (escape == 0)
                return ~at;
            at += escape;
        }
    }

    /// <summary>Skips the white space of JSON.</summary>
    public static int SkipSpace(ReadOnlySpan<byte> text, int at)
    {
        while ((uint)at < (uint)text.Length && text[at] is (byte)' ' or (byte)'\t' or (byte)'\n' or (byte)'\r')
            at++;
        return at;
    }

    /// <summary>Skips a number.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static int SkipNumber(ReadOnlySpan<byte> text, int at)
    {
        if (Byte(text, at) == '-')
            at++;
        var digits = SkipDigits(text, at);
        if (digits == at || (text[at] == '0' && digits > at + 1))
            return ~at;
        at = digits;
        if (Byte(text, at) == '.')
        {
            digits = SkipDigits(text, at + 1);
            if (digits == at + 1)
                return ~digits;
            at = digits;
        }

        if (Byte(text, at) is not ((byte)'e' or (byte)'E'))
            return at;
        at++;
        if (Byte(text, at) is (byte)'+' or (byte)'-')
            at++;
        digits = SkipDigits(text, at);
        return digits == at ? ~at : digits;
    }

    private static int SkipContainer(ReadOnlySpan<byte> text, int at, int depth)
    {
        var isObject = text[at] == '{';
        var close = isObject ? (byte)'}' : (byte)']';
        at = SkipSpace(text, at + 1);
        if (Byte(text, at) == close)
            return at + 1;
        while (true)
        {
            if (isObject && (at = SkipName(text, at)) < 0)
                return at;
            at = Byte(text, at) is (byte)'{' or (byte)'['
                ? depth < MaxDepth ? SkipContainer(text, at, depth + 1) : ~at
                : SkipValue(text, at);
            if (at < 0)
                return at;
            at = SkipSpace(text, at);
            var next = Byte(text, at);
            if (next == close)
                return at + 1;
            if (next != ',')
                return ~at;
            at = SkipSpace(text, at + 1);
        }
    }

    private static int SkipName(ReadOnlySpan<byte> text, int at)
    {
        if (Byte(text, at) != '"')
            return ~at;
        at = SkipString(text, at);
        if (at < 0)
            return at;
        at = SkipSpace(text, at);
        return Byte(text, at) == ':' ? SkipSpace(text, at + 1) : ~at;
    }

    private static int SkipWord(ReadOnlySpan<byte> text, int at, ReadOnlySpan<byte> word) =>
        text[at..].StartsWith(word) ? at + word.Length : ~at;

    private static int SkipDigits(ReadOnlySpan<byte> text, int at)
    {
        while ((uint)at < (uint)text.Length && (uint)(text[at] - '0') <= 9)
            at++;
        return at;
    }

    /// <summary>The length of an escape such as <c>\n</c> or <c>\u0041</c>; 0 when it is not one.</summary>
    private static int EscapeLength(ReadOnlySpan<byte> text)
    {
        if (text.Length < 2)
            return 0;
        if (text[1] != 'u')
            return text[1] is (byte)'"' or (byte)'\\' or (byte)'/' or (byte)'b' or (byte)'f' or (byte)'n' or (byte)'r' or (byte)'t' ? 2 : 0;
        if (text.Length < 6)
            return 0;
        foreach (var digit in text[2..6])
        {
            if (!char.IsAsciiHexDigit((char)digit))
                return 0;
        }

        return 6;
    }

    /// <summary>The byte at an index; 0, which no value contains, behind the end.</summary>
    private static byte Byte(ReadOnlySpan<byte> text, int at) => (uint)at < (uint)text.Length ? text[at] : (byte)0;
}

using System.Text;

namespace AksInsights.Adapters.Workspaces.Recorded.Json;

/// <summary>Turns the inside of a JSON string into text.</summary>
internal static class JsonUnescape
{
    /// <summary>The text between the quotes of a string that <see cref="JsonScan"/> has accepted.</summary>
    /// <remarks>Bytes that are not UTF-8 become U+FFFD; so does an escaped half of a surrogate pair.</remarks>
    public static string Text(ReadOnlySpan<byte> inside)
    {
        if (!inside.Contains((byte)'\\'))
            return Encoding.UTF8.GetString(inside);
        var text = new StringBuilder(inside.Length);
        while (!inside.IsEmpty)
        {
            var run = inside.IndexOf((byte)'\\');
            if (run < 0)
                run = inside.Length;
            text.Append(Encoding.UTF8.GetString(inside[..run]));
            inside = inside[run..];
            if (!inside.IsEmpty)
                inside = inside[Append(text, inside)..];
        }

        return Whole(text);
    }

    private static int Append(StringBuilder text, ReadOnlySpan<byte> escape)
    {
        if (escape[1] == 'u')
        {
            text.Append((char)Convert.ToUInt16(Encoding.ASCII.GetString(escape[2..6]), 16));
            return 6;
        }

        text.Append(escape[1] switch
        {
            (byte)'b' => '\b',
            (byte)'f' => '\f',
            (byte)'n' => '\n',
            (byte)'r' => '\r',
            (byte)'t' => '\t',
            var same => (char)same,
        });
        return 2;
    }

    private static string Whole(StringBuilder text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            if (!char.IsSurrogate(text[i]))
                continue;
            if (i + 1 < text.Length && char.IsSurrogatePair(text[i], text[i + 1]))
                i++;
            else
                text[i] = '�';
        }

        return text.ToString();
    }
}

using System.Globalization;
using System.Text;

namespace AksInsights.Core.Alerts;

/// <summary>Makes text from a cluster fit to be shown: one line, no characters that command a terminal or turn the direction of what follows.</summary>
public static class PlainText
{
    /// <summary>The text on one line: runs of white space become a blank, control and formatting characters go, half characters become a replacement sign.</summary>
    /// <remarks>Joiners stay, as emoji and several scripts are made with them. Cost: O(n).</remarks>
    public static string Line(string text)
    {
        var line = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
        {
            if (Rune.IsWhiteSpace(rune))
            {
                if (line.Length > 0 && line[^1] != ' ') line.Append(' ');
            }
            else if (IsShown(rune))
            {
                line.Append(rune.ToString());
            }
        }

        return line.ToString().TrimEnd();
    }

    private static bool IsShown(Rune rune) => Rune.GetUnicodeCategory(rune) switch
    {
        UnicodeCategory.Control => false,
        UnicodeCategory.Format => rune.Value is 0x200C or 0x200D,
        _ => true,
    };
}

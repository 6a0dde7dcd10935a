namespace AksInsights.Core.Dashboards.Shipping;

/// <summary>Puts texts into YAML as they are.</summary>
internal static class YamlBlock
{
    /// <summary>A text of several lines as a literal block: the sign after the key, and the lines below it.</summary>
    /// <param name="text">The text; its first line begins without a blank.</param>
    /// <param name="indent">How many blanks the lines get.</param>
    public static string Of(string text, int indent)
    {
        var margin = new string(' ', indent);
        return "|\n" + string.Concat(text.TrimEnd('\n').Split('\n').Select(line => line.Length == 0 ? "\n" : margin + line + "\n"));
    }

    /// <summary>A text of one line between double quotes, which JSON and YAML read alike.</summary>
    public static string Quoted(string text) => Newtonsoft.Json.JsonConvert.ToString(text);
}

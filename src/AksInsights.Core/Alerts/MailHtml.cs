using System.Net;
using System.Text;
using System.Text.RegularExpressions;
using AksInsights.Core.Findings;

namespace AksInsights.Core.Alerts;

/// <summary>Documents as HTML that mail programs show as meant: tables and inline styles, no style sheet, no script, no picture from elsewhere.</summary>
/// <remarks>Source for the restrictions: Outlook on Windows lays out with Word's engine, and Gmail drops style sheets.</remarks>
public static partial class MailHtml
{
    private const string Text = "font-family:Segoe UI,Helvetica,Arial,sans-serif;color:#1f2328;";

    /// <summary>A whole HTML page, as a file or a mail's HTML part.</summary>
    public static string Write(AlertDocument document)
    {
        var html = new StringBuilder();
        html.Append("<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width\">")
            .Append("<title>").Append(Encode(document.Title)).Append("</title></head>\n<body style=\"margin:0;padding:16px;background:#ffffff;").Append(Text).Append("\">\n")
            .Append("<table role=\"presentation\" width=\"100%\" cellpadding=\"0\" cellspacing=\"0\" style=\"max-width:760px\"><tr>")
            .Append("<td style=\"padding:10px 14px;border-left:6px solid ").Append(document.AllOver ? "#1a7f37" : Colour(document.Worst)).Append(";\">")
            .Append("<h1 style=\"margin:0;font-size:18px;line-height:24px;").Append(Text).Append("\">").Append(Bidi(document.Title)).Append("</h1>");
        if (document.Summary.Length > 0)
            html.Append("<p style=\"margin:6px 0 0;font-size:14px;line-height:20px;").Append(Text).Append("\">").Append(Bidi(document.Summary)).Append("</p>");
        html.Append("</td></tr></table>\n");
        foreach (var section in document.Sections) WriteSection(html, section);
        if (document.Link is { } link) html.Append("<p style=\"font-size:14px;").Append(Text).Append("\"><a href=\"").Append(Encode(link.ToString())).Append("\">Open in AksInsights</a></p>\n");
        return html.Append("</body></html>\n").ToString();
    }

    private static void WriteSection(StringBuilder html, AlertSection section)
    {
        if (section.Heading.Length > 0)
            html.Append("<h2 style=\"margin:18px 0 6px;font-size:15px;line-height:20px;").Append(Text).Append("\">").Append(Bidi(section.Heading)).Append("</h2>\n");
        html.Append("<table role=\"presentation\" width=\"100%\" cellpadding=\"0\" cellspacing=\"0\" style=\"max-width:760px;border-collapse:collapse\">\n");
        foreach (var line in section.Lines) WriteLine(html, line);
        if (section.LeftOut > 0) html.Append("<tr><td colspan=\"2\" style=\"padding:6px 8px;font-size:13px;").Append(Text).Append("\">and ").Append(section.LeftOut).Append(" more</td></tr>\n");
        html.Append("</table>\n");
    }

    private static void WriteLine(StringBuilder html, AlertLine line)
    {
        html.Append("<tr><td width=\"70\" valign=\"top\" style=\"padding:6px 8px;border-top:1px solid #d0d7de;font-size:12px;line-height:20px;font-weight:bold;")
            .Append(Text).Append("color:").Append(line.Over ? "#1a7f37" : line.Severity is { } worst ? Colour(worst) : "#57606a").Append("\">")
            .Append(line.Over ? "over" : line.Severity is { } severity ? SeverityText.Format(severity) : "")
            .Append("</td><td valign=\"top\" style=\"padding:6px 8px;border-top:1px solid #d0d7de;font-size:14px;line-height:20px;").Append(Text).Append("\">");
        if (line.Link is { } link) html.Append("<a href=\"").Append(Encode(link.ToString())).Append("\" style=\"color:#0550ae\">").Append(Bidi(line.Text)).Append("</a>");
        else html.Append(Bidi(line.Text));
        if (line.Detail is { Length: > 0 } detail) html.Append("<br><span style=\"font-size:13px;color:#57606a\">").Append(Bidi(detail)).Append("</span>");
        if (line.Action is { Length: > 0 } action) html.Append("<br><span style=\"font-size:13px\"><b>To do:</b> ").Append(Commands(Bidi(action))).Append("</span>");
        html.Append("</td></tr>\n");
    }

    // A name in a script that runs from right to left must not turn the words around it.
    private static string Bidi(string text) => $"<bdi>{Encode(text)}</bdi>";

    // Whatever stands between backticks was encoded before, so this adds the only tags there are.
    private static string Commands(string encoded) => Command().Replace(encoded, "<code style=\"background:#f3f4f6;padding:1px 4px\">$1</code>");

    [GeneratedRegex("`([^`]+)`")]
    private static partial Regex Command();

    private static string Encode(string text) => WebUtility.HtmlEncode(text);

    // Each has a contrast of at least 4.5 to 1 against white.
    private static string Colour(Severity severity) => severity switch
    {
        Severity.Critical => "#a40e26",
        Severity.Error => "#cf222e",
        Severity.Warning => "#8a5a00",
        _ => "#57606a",
    };
}

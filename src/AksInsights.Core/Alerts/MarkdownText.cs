using System.Text;
using AksInsights.Core.Findings;

namespace AksInsights.Core.Alerts;

/// <summary>Documents as Markdown, for files, terminals and channels that read it.</summary>
public static class MarkdownText
{
    /// <summary>The document: a heading, the summary, a list for each section. Lines end in LF.</summary>
    public static string Write(AlertDocument document)
    {
        var text = new StringBuilder().Append("# ").Append(Escape(document.Title)).Append('\n');
        if (document.Summary.Length > 0) text.Append('\n').Append(Escape(document.Summary)).Append('\n');
        foreach (var section in document.Sections) WriteSection(text, section);
        if (document.Link is { } link) text.Append("\n[Open in AksInsights](").Append(link).Append(")\n");
        return text.ToString();
    }

    /// <summary>Text whose characters mean nothing to Markdown or HTML.</summary>
    public static string Escape(string text)
    {
        var escaped = new StringBuilder(text.Length + 8);
        foreach (var c in text)
        {
            // Within words an underscore means nothing, and names are full of them; < and & would begin HTML.
            if (c is '\\' or '`' or '*' or '[' or ']' or '<' or '>' or '&' or '#' or '|' or '~' or '_' or '!') escaped.Append('\\');
            escaped.Append(c);
        }

        return escaped.ToString();
    }

    private static void WriteSection(StringBuilder text, AlertSection section)
    {
        if (section.Heading.Length > 0) text.Append("\n## ").Append(Escape(section.Heading)).Append('\n');
        if (section.Lines.Count + section.LeftOut > 0) text.Append('\n');
        foreach (var line in section.Lines)
        {
            text.Append("- ");
            if (line.Severity is { } severity) text.Append("**").Append(SeverityText.Format(severity)).Append("** ");
            if (line.Link is { } link) text.Append('[').Append(Escape(line.Text)).Append("](").Append(link).Append(')');
            else text.Append(Escape(line.Text));
            text.Append('\n');
            if (line.Detail is { Length: > 0 } detail) text.Append("  ").Append(Escape(detail)).Append('\n');
            if (line.Action is { Length: > 0 } action) text.Append("  *To do:* ").Append(Escape(action)).Append('\n');
        }

        if (section.LeftOut > 0) text.Append("- and ").Append(section.LeftOut).Append(" more\n");
    }
}

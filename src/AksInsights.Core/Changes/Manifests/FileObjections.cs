using System.Text.RegularExpressions;
using AksInsights.Core.Changes.Yaml;
using AksInsights.Kql.Text;

namespace AksInsights.Core.Changes.Manifests;

/// <summary>Finds out whether a file must not be edited although it can be read: it is encrypted, generated, or says a thing twice.</summary>
internal static partial class FileObjections
{
    /// <summary>Reports whatever speaks against editing.</summary>
    public static void Find(ManifestFile file, IReadOnlyList<SourceDocument> documents, ManifestReport report)
    {
        if (GeneratedLine(file.Text) is { } line) report.Generated(line, file.Text.Substring(line.Start, line.Length).TrimStart('#', ' '));
        foreach (var document in documents)
        {
            if (document.Map?.Find("sops") is { Value: SourceMap metadata } sops && metadata["mac"] is not null) report.Encrypted(sops.Key.Span, "SOPS");
            if (document.Map?.Text("kind") == "SealedSecret") report.Encrypted(document.Map.Find("kind")!.Value.Span, "a sealed secret");
            FindIn(document.Root, report);
        }
    }

    /// <summary>The place of the first mark of a template in a text that is no YAML; -1 when there is none.</summary>
    public static int TemplateMark(string text)
    {
        foreach (Match mark in TemplateMarks().Matches(text))
        {
            var before = text.AsSpan(TextLines.StartOf(text, mark.Index), TextLines.ColumnOf(text, mark.Index)).TrimStart();
            if (!before.StartsWith("#")) return mark.Index;
        }

        return -1;
    }

    private static void FindIn(SourceNode node, ManifestReport report)
    {
        switch (node)
        {
            case SourceMap map:
                foreach (var again in map.Entries.Select(e => e.Key).GroupBy(k => k.Value, StringComparer.Ordinal).Where(g => g.Count() > 1)) report.DuplicateKey(again.Last().Span, again.Key);
                foreach (var entry in map.Entries) FindIn(entry.Value, report);
                break;
            case SourceList list:
                foreach (var item in list.Items) FindIn(item, report);
                break;
            case SourceScalar { Tag: "!vault" } secret:
                report.Encrypted(secret.Span, "Ansible Vault");
                break;
            default:
                break;
        }
    }

    /// <summary>The comment at the head of the file, or of a rendered document, that says that a program wrote it.</summary>
    private static TextSpan? GeneratedLine(string text)
    {
        for (var start = 0; start < text.Length; start = TextLines.EndOf(text, start) + 1)
        {
            var line = text.AsSpan(start, TextLines.EndOf(text, start) - start).Trim();
            if (line.IsEmpty || line.StartsWith("---")) continue;
            if (!line.StartsWith("#")) break;
            if (GeneratedWords().IsMatch(line)) return new TextSpan(start, TextLines.EndOf(text, start) - start);
        }

        return RenderedLine().Match(text) is { Success: true } rendered ? new TextSpan(rendered.Index, rendered.Value.TrimEnd('\r').Length) : null;
    }

    [GeneratedRegex(@"\{\{|\{%")]
    private static partial Regex TemplateMarks();

    [GeneratedRegex(@"do not (manually |hand-?)?(edit|modify|change)|auto[- ]?generated|@generated|^#\s*code generated", RegexOptions.IgnoreCase)]
    private static partial Regex GeneratedWords();

    [GeneratedRegex(@"^# Source: \S+/templates/\S+\s*$", RegexOptions.Multiline)]
    private static partial Regex RenderedLine();
}

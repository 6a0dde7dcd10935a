using System.Text.RegularExpressions;
using AksInsights.Core.Findings;
using Markdig;
using Microsoft.AspNetCore.Components;

namespace AksInsights.Service.Web;

/// <summary>Markdown of the query library as HTML. Tags in it are shown, not obeyed; links lead to http and https only.</summary>
public static partial class MarkdownHtml
{
    private static readonly MarkdownPipeline Pipeline = new MarkdownPipelineBuilder().DisableHtml().UsePipeTables().Build();

    /// <summary>Renders a text; <c>&lt;workload&gt;</c> and the like in it become what the finding is about, so that commands can be copied.</summary>
    /// <param name="markdown">The text.</param>
    /// <param name="key">What the finding is about; null leaves the words as they are.</param>
    public static MarkupString Render(string markdown, FindingKey? key = null)
    {
        foreach (var (word, name) in key is null ? [] : CommandNames.Of(key))
            if (Plain().IsMatch(name)) markdown = markdown.Replace(word, name, StringComparison.Ordinal);
        var document = Markdown.Parse(markdown, Pipeline);
        foreach (var link in Markdig.Syntax.MarkdownObjectExtensions.Descendants<Markdig.Syntax.Inlines.LinkInline>(document))
            if (link.IsImage || !(link.Url?.StartsWith("https://", StringComparison.OrdinalIgnoreCase) == true || link.Url?.StartsWith("http://", StringComparison.OrdinalIgnoreCase) == true)) link.Url = "";
        return new MarkupString(document.ToHtml(Pipeline));
    }

    // Names of Kubernetes and Azure; whatever else came from a cluster is not pasted into Markdown.
    [GeneratedRegex(@"^[\w.:/-]+$")]
    private static partial Regex Plain();
}

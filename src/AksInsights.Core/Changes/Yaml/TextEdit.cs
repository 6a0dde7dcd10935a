using System.Text;
using AksInsights.Kql.Text;

namespace AksInsights.Core.Changes.Yaml;

/// <summary>A replacement of some characters of a text; an insertion where the span is empty.</summary>
internal sealed record TextEdit(TextSpan Span, string NewText)
{
    /// <summary>Makes all replacements; whatever lies outside of them stays, character by character.</summary>
    /// <param name="text">The text the spans are places of.</param>
    /// <param name="edits">The replacements, in any order; insertions at one place stay in their order.</param>
    /// <exception cref="InvalidOperationException">Two replacements overlap.</exception>
    public static string Apply(string text, IEnumerable<TextEdit> edits)
    {
        var result = new StringBuilder(text.Length + 256);
        var done = 0;
        foreach (var edit in edits.OrderBy(e => e.Span.Start).ThenBy(e => e.Span.Length > 0))
        {
            if (edit.Span.Start < done) throw new InvalidOperationException($"Two edits overlap at {edit.Span.Start}.");
            result.Append(text, done, edit.Span.Start - done).Append(edit.NewText);
            done = edit.Span.End;
        }

        return result.Append(text, done, text.Length - done).ToString();
    }
}

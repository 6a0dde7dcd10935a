using System.Text;
using AksInsights.Kql.Text;

namespace AksInsights.Kql.Tests.Syntax;

/// <summary>A text in which ranges are marked as <c>⟦range⟧</c>; ranges may be nested, and are numbered by their start.</summary>
internal sealed class AnnotatedText
{
    private AnnotatedText(string text, IReadOnlyList<TextSpan> spans)
    {
        Text = text;
        Spans = spans;
    }

    public string Text { get; }

    public IReadOnlyList<TextSpan> Spans { get; }

    public static AnnotatedText Parse(string annotated)
    {
        var text = new StringBuilder();
        var open = new Stack<int>();
        var spans = new List<TextSpan>();
        foreach (var c in annotated)
        {
            if (c == '⟦')
                open.Push(text.Length);
            else if (c == '⟧')
                spans.Add(TextSpan.FromBounds(open.Pop(), text.Length));
            else
                text.Append(c);
        }

        if (open.Count > 0)
            throw new ArgumentException("A marked range is not closed.", nameof(annotated));
        return new AnnotatedText(text.ToString(), [.. spans.OrderBy(s => s.Start).ThenByDescending(s => s.Length)]);
    }
}

namespace AksInsights.Core.Alerts;

/// <summary>Makes a document small enough for a channel: all of it, then without what to do, then without details, then with fewer lines, and always with a count.</summary>
/// <remarks>Cost: a handful of renderings, O(log lines) of them for the number of lines; what is measured is the rendered form, escapes included.</remarks>
public static class SizeFit
{
    /// <summary>The fullest form of a document that fits.</summary>
    /// <param name="document">The document.</param>
    /// <param name="render">Gives the form the channel sends.</param>
    /// <param name="fits">Whether a form is small enough.</param>
    /// <typeparam name="T">What the channel sends.</typeparam>
    /// <exception cref="InvalidOperationException">Not even the title fits, which is a mistake of the channel's renderer.</exception>
    public static T Fit<T>(AlertDocument document, Func<AlertDocument, T> render, Func<T, bool> fits)
    {
        AlertDocument[] forms = [document, Map(document, line => line with { Action = null }), Map(document, line => line with { Action = null, Detail = null })];
        foreach (var form in forms)
        {
            var whole = render(form);
            if (fits(whole)) return whole;
        }

        // The more lines, the larger: the most that fit are found by halving.
        var bare = forms[^1];
        int low = 0, high = bare.Sections.Sum(section => section.Lines.Count);
        T? best = default;
        var found = false;
        while (low <= high)
        {
            var lines = (low + high) / 2;
            var form = render(Cut(bare, lines));
            if (fits(form))
            {
                (best, found) = (form, true);
                low = lines + 1;
            }
            else
            {
                high = lines - 1;
            }
        }

        return found ? best! : throw new InvalidOperationException("A channel's form of a document without any line is larger than the channel allows.");
    }

    /// <summary>A text of at most so many UTF-16 units, ending in an ellipsis where it was cut, and never within a character.</summary>
    public static string Clip(string text, int most)
    {
        if (text.Length <= most) return text;
        var end = most - 1;
        if (end > 0 && char.IsHighSurrogate(text[end - 1])) end--;
        return text[..end] + "…";
    }

    /// <summary>The document with at most so many lines, sharing them out in order; the rest is counted.</summary>
    public static AlertDocument Cut(AlertDocument document, int lines)
    {
        var left = lines;
        var sections = new List<AlertSection>();
        foreach (var section in document.Sections)
        {
            var take = Math.Min(left, section.Lines.Count);
            left -= take;
            sections.Add(section with { Lines = [.. section.Lines.Take(take)], LeftOut = section.LeftOut + section.Lines.Count - take });
        }

        return document with { Sections = sections };
    }

    private static AlertDocument Map(AlertDocument document, Func<AlertLine, AlertLine> change) => document with
    {
        Sections = [.. document.Sections.Select(section => section with { Lines = [.. section.Lines.Select(change)] })],
    };
}

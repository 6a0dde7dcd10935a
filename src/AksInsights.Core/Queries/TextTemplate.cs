using System.Text;
using AksInsights.Core.Queries.Yaml;

namespace AksInsights.Core.Queries;

/// <summary>A text with result columns in braces: <c>{column}</c> or <c>{column:unit}</c>; <c>{{</c> and <c>}}</c> stand for braces. Immutable.</summary>
public sealed class TextTemplate
{
    private readonly List<Piece> _pieces = [];

    private TextTemplate(string text) => Text = text;

    /// <summary>A template that gives nothing.</summary>
    public static TextTemplate Empty { get; } = new("");

    /// <summary>The template as written.</summary>
    public string Text { get; }

    /// <summary>The columns it names, in order of first use.</summary>
    public IEnumerable<string> Columns => _pieces.Where(p => p.Column is not null).Select(p => p.Column!).Distinct();

    /// <summary>Reads a template; mistakes are given with the piece of text at fault, and that piece stays in the output as written.</summary>
    public static TextTemplate Parse(string text, out IReadOnlyList<TemplateMistake> mistakes)
    {
        var template = new TextTemplate(text);
        var found = new List<TemplateMistake>();
        var at = 0;
        while (at < text.Length) at = template.ReadPiece(at, found);
        mistakes = found;
        return template;
    }

    /// <summary>Fills the template.</summary>
    /// <param name="value">The value of a column; null where it has none.</param>
    /// <param name="unit">The unit of a column for which the template names none; null when it is unknown.</param>
    public string Render(Func<string, object?> value, Func<string, Unit?> unit)
    {
        var text = new StringBuilder();
        foreach (var piece in _pieces)
        {
            if (piece.Column is null) text.Append(piece.Text);
            else text.Append(UnitText.Format(value(piece.Column), piece.Unit ?? unit(piece.Column)));
        }

        return text.ToString();
    }

    /// <inheritdoc/>
    public override string ToString() => Text;

    private int ReadPiece(int start, List<TemplateMistake> found)
    {
        var first = Text[start];
        if (first is '{' or '}' && start + 1 < Text.Length && Text[start + 1] == first) return Add(new Piece(first.ToString()), start + 2);
        if (first == '{') return ReadColumn(start, found);
        if (first == '}')
        {
            found.Add(new TemplateMistake("}", "A closing brace has no opening one; write `}}` for a brace in the text."));
            return Add(new Piece("}"), start + 1);
        }

        var end = Text.AsSpan(start).IndexOfAny('{', '}');
        end = end < 0 ? Text.Length : start + end;
        return Add(new Piece(Text[start..end]), end);
    }

    private int ReadColumn(int start, List<TemplateMistake> found)
    {
        var close = Text.IndexOf('}', start);
        if (close < 0)
        {
            found.Add(new TemplateMistake(Text[start..], "An opening brace has no closing one; write `{{` for a brace in the text."));
            return Add(new Piece(Text[start..]), Text.Length);
        }

        var written = Text[start..(close + 1)];
        var inside = Text[(start + 1)..close];
        var colon = inside.IndexOf(':', StringComparison.Ordinal);
        var column = (colon < 0 ? inside : inside[..colon]).Trim();
        if (column.Length == 0) found.Add(new TemplateMistake(written, "The braces name no column."));
        Unit? unit = null;
        if (colon >= 0)
        {
            var name = inside[(colon + 1)..].Trim();
            if (Choices.TryParse<Unit>(name, out var known)) unit = known;
            else found.Add(new TemplateMistake(written, $"`{name}` is no unit; the units are {string.Join(", ", Choices.Names<Unit>())}."));
        }

        return Add(column.Length == 0 ? new Piece(written) : new Piece(written, column, unit), close + 1);
    }

    private int Add(Piece piece, int next)
    {
        _pieces.Add(piece);
        return next;
    }

    private readonly record struct Piece(string Text, string? Column = null, Unit? Unit = null);
}

/// <summary>A mistake in a template.</summary>
/// <param name="Written">The piece of the template at fault, as written.</param>
/// <param name="Message">What is wrong with it: a full sentence.</param>
public sealed record TemplateMistake(string Written, string Message);

using System.Text;
using AksInsights.Kql.Binding;
using AksInsights.Kql.Columns;
using AksInsights.Kql.Functions;
using AksInsights.Kql.Functions.Patterns;
using AksInsights.Kql.Types;

namespace AksInsights.Kql.Execution.Transforms;

/// <summary>How parse treats texts that do not fit.</summary>
internal enum ParseMode
{
    /// <summary>One value that does not convert leaves all columns of the row empty.</summary>
    Simple,

    /// <summary>As <see cref="Simple"/>, with regular expressions for the pattern's texts.</summary>
    Regex,

    /// <summary>A value that does not convert leaves its own column empty.</summary>
    Relaxed,
}

/// <summary>A piece of a parse pattern: a text, a column, or (both null) a star.</summary>
internal sealed record ParsePart(string? Text, ColumnVariable? Column);

/// <summary>parse and parse-where: cuts a text into columns by a pattern.</summary>
/// <remarks>Source: learn.microsoft.com/kusto/query/parse-operator. The pattern must fit from the beginning of the text.</remarks>
internal sealed class ParseTransform(IReadOnlyList<ParsePart> parts, ParseMode mode, string flags, bool dropUnmatched) : IRowTransform
{
    private readonly ColumnVariable[] _columns = parts.Select(p => p.Column).OfType<ColumnVariable>().ToArray();

    public TransformResult Apply(TransformContext context, int rowCount, Column[] reads)
    {
        var pattern = RegexTranslation.Get(PatternText());
        var texts = ((Column<string>)reads[0]).Read();
        var kept = new List<int>();
        var cells = Array.ConvertAll(_columns, _ => new string[rowCount]);
        var found = new bool[rowCount];
        for (var row = 0; row < rowCount; row++)
        {
            if ((row & 1023) == 0) context.Cancellation.ThrowIfCancellationRequested();
            var match = pattern.Match(texts[row]);
            found[row] = match.Success;
            for (var c = 0; c < cells.Length; c++)
                cells[c][row] = match.Success ? match.Groups[pattern.GroupNumbers[GroupName(c)]].Value : "";
        }

        var columns = Convert(context, cells, found);
        for (var row = 0; row < rowCount; row++)
        {
            if (found[row]) kept.Add(row);
        }

        return dropUnmatched ? Keep([.. kept], columns) : new TransformResult(rowCount, null, columns);
    }

    private static TransformResult Keep(int[] rows, Dictionary<ColumnVariable, Column> columns) =>
        new(rows.Length, rows, columns.ToDictionary(c => c.Key, c => c.Value.Gather(rows)));

    private static string GroupName(int column) => $"c{column}_";

    /// <summary>The pattern as a regular expression with a named group per column.</summary>
    private string PatternText()
    {
        var text = new StringBuilder();
        text.Append(mode == ParseMode.Regex ? (flags.Length > 0 ? $"(?{flags})" : "") : "(?s)^");
        var column = 0;
        for (var i = 0; i < parts.Count; i++)
        {
            var part = parts[i];
            if (part.Text is { } literal) text.Append(mode == ParseMode.Regex ? $"(?:{literal})" : Escape(literal));
            else if (part.Column is null) text.Append(mode == ParseMode.Regex && flags.Contains('U', StringComparison.Ordinal) ? ".*" : ".*?");
            else text.Append("(?P<").Append(GroupName(column++)).Append('>').Append(ValuePattern(part.Column.Type, i == parts.Count - 1)).Append(')');
        }

        if (mode != ParseMode.Regex && parts.Count > 0 && parts[^1].Column is not null) text.Append('$');
        return text.ToString();
    }

    private static string Escape(string text)
    {
        var result = new StringBuilder();
        foreach (var c in text)
        {
            if (char.IsAscii(c) && !char.IsLetterOrDigit(c) && c > ' ') result.Append('\\');
            result.Append(c);
        }

        return result.ToString();
    }

    private string ValuePattern(KqlType type, bool last)
    {
        if (mode == ParseMode.Relaxed) return type.IsNumeric() ? @"-?\d+(?:\.\d+)?|.*?" : ".*?";
        if (type.IsInteger()) return @"-?\d+";
        if (type is KqlType.Real or KqlType.Decimal) return @"-?\d*\.?\d+(?:[eE][-+]?\d+)?";
        return mode == ParseMode.Regex ? ".*" : last ? ".*" : ".*?";
    }

    private Dictionary<ColumnVariable, Column> Convert(TransformContext context, string[][] cells, bool[] found)
    {
        var columns = new Dictionary<ColumnVariable, Column>();
        for (var c = 0; c < cells.Length; c++)
        {
            var text = new FlatColumn<string>(KqlType.String, cells[c]);
            var typed = Typed(context, text, _columns[c].Type);
            columns[_columns[c]] = typed;
            if (mode == ParseMode.Relaxed || _columns[c].Type == KqlType.String) continue;
            for (var row = 0; row < found.Length; row++) found[row] &= !typed.IsNull(row);
        }

        if (mode == ParseMode.Relaxed || Array.TrueForAll(found, f => f)) return columns;
        var rows = new int[found.Length];
        for (var row = 0; row < rows.Length; row++) rows[row] = found[row] ? row : -1;
        return columns.ToDictionary(c => c.Key, c => c.Value.Gather(rows));
    }

    internal static Column Typed(TransformContext context, Column text, KqlType type) => type == KqlType.String || text.Length == 0
        ? type == KqlType.String ? text : ColumnBuilder.Create(type).Build()
        : Conversions.For(KqlType.String, type).Evaluate(new CallSite(type, context.NowTicks, context.Cancellation), [text], text.Length);
}

using System.Text;
using AksInsights.Kql.Binding;
using AksInsights.Kql.Columns;
using AksInsights.Kql.Functions.Patterns;
using AksInsights.Kql.Types;

namespace AksInsights.Kql.Execution.Transforms;

/// <summary>How the pairs of a text are told apart.</summary>
/// <param name="PairDelimiter">Between pairs; empty: any character that is neither a letter, a digit nor an underscore.</param>
/// <param name="ValueDelimiter">Between a key and its value; empty: as for pairs.</param>
/// <param name="Quotes">One quote character for both ends, or one for each; empty: none.</param>
/// <param name="Escape">The character that takes the meaning from a quote; empty: none.</param>
/// <param name="Greedy">An unquoted value reaches to the next key that is followed by the value delimiter.</param>
/// <param name="Regex">A regular expression with a group for the key and one for the value; null: not used.</param>
internal sealed record KvOptions(string PairDelimiter, string ValueDelimiter, string Quotes, string Escape, bool Greedy, string? Regex);

/// <summary>parse-kv: finds the values of named keys in a text. Source: learn.microsoft.com/kusto/query/parse-kv-operator.</summary>
internal sealed class ParseKvTransform(IReadOnlyList<ColumnVariable> columns, KvOptions options) : IRowTransform
{
    public TransformResult Apply(TransformContext context, int rowCount, Column[] reads)
    {
        var texts = ((Column<string>)reads[0]).Read();
        var places = new Dictionary<string, int>(StringComparer.Ordinal);
        for (var c = 0; c < columns.Count; c++) places[columns[c].Name] = c;
        var cells = columns.Select(_ => new string[rowCount]).ToArray();
        foreach (var column in cells) Array.Fill(column, "");
        for (var row = 0; row < rowCount; row++)
        {
            if ((row & 1023) == 0) context.Cancellation.ThrowIfCancellationRequested();
            foreach (var (key, value) in Pairs(texts[row]))
            {
                if (places.TryGetValue(key, out var place) && cells[place][row].Length == 0) cells[place][row] = value;
            }
        }

        var computed = new Dictionary<ColumnVariable, Column>();
        for (var c = 0; c < columns.Count; c++)
            computed[columns[c]] = ParseTransform.Typed(context, new FlatColumn<string>(KqlType.String, cells[c]), columns[c].Type);
        return new TransformResult(rowCount, null, computed);
    }

    private IEnumerable<(string Key, string Value)> Pairs(string text)
    {
        if (options.Regex is { } regex)
            return RegexTranslation.Get(regex).Matches(text).Select(m => (m.Groups[1].Value, m.Groups[2].Value));
        return options.Greedy ? GreedyPairs(text) : new KvScanner(text, options).Read();
    }

    /// <summary>Known keys cut the text: a value reaches to the next key, without the delimiters around it.</summary>
    private IEnumerable<(string Key, string Value)> GreedyPairs(string text)
    {
        var starts = columns
            .Select(c => (c.Name, Start: text.IndexOf(c.Name + options.ValueDelimiter, StringComparison.Ordinal)))
            .Where(k => k.Start >= 0)
            .OrderBy(k => k.Start)
            .ToArray();
        for (var i = 0; i < starts.Length; i++)
        {
            var begin = starts[i].Start + starts[i].Name.Length + options.ValueDelimiter.Length;
            var end = i + 1 < starts.Length ? starts[i + 1].Start : text.Length;
            var value = text[begin..Math.Max(begin, end)];
            if (value.EndsWith(options.PairDelimiter, StringComparison.Ordinal)) value = value[..^options.PairDelimiter.Length];
            yield return (starts[i].Name, value);
        }
    }
}

/// <summary>Reads pairs one after another.</summary>
internal sealed class KvScanner(string text, KvOptions options)
{
    private int _position;

    public IEnumerable<(string Key, string Value)> Read()
    {
        while (_position < text.Length)
        {
            SkipSpace();
            var key = ReadToken(isKey: true);
            if (!AtDelimiter(options.ValueDelimiter))
            {
                SkipDelimiter(options.PairDelimiter);
                continue;
            }

            _position += DelimiterLength(options.ValueDelimiter);
            SkipSpace();
            var value = ReadToken(isKey: false);
            SkipDelimiter(options.PairDelimiter);
            yield return (key, value);
        }
    }

    // Spaces around keys and values are not theirs, unless a space is what separates.
    private void SkipSpace()
    {
        while (_position < text.Length && (text[_position] == ' ' || (options.ValueDelimiter.Length == 0 && AtDelimiter("") && !AtQuote())) && options.PairDelimiter != " ") _position++;
    }

    private bool AtQuote() => options.Quotes.Length > 0 && _position < text.Length && text[_position] == options.Quotes[0];

    private string ReadToken(bool isKey)
    {
        if (AtQuote()) return ReadQuoted();
        var start = _position;
        while (_position < text.Length && !AtDelimiter(options.PairDelimiter) && !(isKey && AtDelimiter(options.ValueDelimiter))) _position++;
        return text[start.._position].Trim();
    }

    private string ReadQuoted()
    {
        var close = options.Quotes[^1];
        var value = new StringBuilder();
        for (_position++; _position < text.Length && text[_position] != close; _position++)
        {
            if (options.Escape.Length > 0 && text[_position] == options.Escape[0] && _position + 1 < text.Length) _position++;
            value.Append(text[_position]);
        }

        _position = Math.Min(text.Length, _position + 1);
        return value.ToString();
    }

    private bool AtDelimiter(string delimiter) => delimiter.Length == 0
        ? _position < text.Length && !char.IsLetterOrDigit(text[_position]) && text[_position] != '_'
        : string.CompareOrdinal(text, _position, delimiter, 0, delimiter.Length) == 0;

    private static int DelimiterLength(string delimiter) => Math.Max(1, delimiter.Length);

    private void SkipDelimiter(string delimiter)
    {
        if (_position < text.Length) _position += AtDelimiter(delimiter) ? DelimiterLength(delimiter) : 1;
    }
}

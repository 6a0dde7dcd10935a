using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace AksInsights.Core.Queries.RowTests;

/// <summary>Expands a series: <c>0x9 1+1x3 _x2 null 'two words'x1</c>.</summary>
/// <remarks>The rules are those of promtool's series, with text beside numbers. Source: prometheus.io/docs/prometheus/latest/configuration/unit_testing_rules, "series".</remarks>
internal static partial class SeriesNotation
{
    /// <summary>More values than this are taken for a typing mistake.</summary>
    public const int MostValues = 1_000_000;

    /// <summary>The values of a series; false, with the item at fault, when it cannot be read.</summary>
    public static bool TryExpand(string text, out IReadOnlyList<SeriesValue> values, out string fault)
    {
        var expanded = new List<SeriesValue>();
        values = expanded;
        fault = "";
        foreach (var item in Split(text))
        {
            fault = item.ToString();
            if (!Expand(item, expanded) || expanded.Count > MostValues) return false;
        }

        return expanded.Count > 0;
    }

    private static bool Expand(Item item, List<SeriesValue> into)
    {
        if (item.Quoted is not null) return Repeat(SeriesValue.Of(item.Quoted), item.Tail, into);
        if (Missing().Match(item.Tail) is { Success: true } missing)
        {
            if (!TryCount(missing.Groups[1], 1, out var rows)) return false;
            into.AddRange(Enumerable.Repeat(SeriesValue.Missing, rows));
            return true;
        }

        if (Stepped().Match(item.Tail) is { Success: true } stepped) return Step(stepped, into);
        var repeated = Repeated().Match(item.Tail);
        return repeated.Success ? Repeat(SeriesValue.Read(repeated.Groups[1].Value), "x" + repeated.Groups[2].Value, into) : Repeat(SeriesValue.Read(item.Tail), "", into);
    }

    private static bool Repeat(SeriesValue value, string times, List<SeriesValue> into)
    {
        var more = 0;
        if (times.Length > 0 && (times[0] != 'x' || !int.TryParse(times.AsSpan(1), NumberStyles.None, CultureInfo.InvariantCulture, out more))) return false;
        if (more > MostValues) return false;
        into.AddRange(Enumerable.Repeat(value, more + 1));
        return true;
    }

    private static bool Step(Match item, List<SeriesValue> into)
    {
        if (!TryCount(item.Groups[4], 0, out var more)) return false;
        if (!decimal.TryParse(item.Groups[1].ValueSpan, NumberStyles.Float, CultureInfo.InvariantCulture, out var value)) return false;
        if (!decimal.TryParse(item.Groups[3].ValueSpan, NumberStyles.Float, CultureInfo.InvariantCulture, out var step)) return false;
        if (item.Groups[2].Value == "-") step = -step;
        for (var i = 0; i <= more; i++) into.Add(SeriesValue.Of((value + (i * step)).ToString("0.############", CultureInfo.InvariantCulture)));
        return true;
    }

    private static bool TryCount(Group digits, int fallback, out int count)
    {
        count = fallback;
        return !digits.Success || (int.TryParse(digits.ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture, out count) && count <= MostValues);
    }

    private static IEnumerable<Item> Split(string text)
    {
        var at = 0;
        while (at < text.Length)
        {
            if (char.IsWhiteSpace(text[at]))
            {
                at++;
                continue;
            }

            string? quoted = null;
            if (text[at] == '\'') quoted = Unquote(text, ref at);
            var end = at;
            while (end < text.Length && !char.IsWhiteSpace(text[end])) end++;
            yield return new Item(quoted, text[at..end]);
            at = end;
        }
    }

    // A quote inside is written twice, as YAML does.
    private static string Unquote(string text, ref int at)
    {
        var value = new StringBuilder();
        for (at++; at < text.Length; at++)
        {
            if (text[at] != '\'') value.Append(text[at]);
            else if (at + 1 < text.Length && text[at + 1] == '\'') value.Append(text[++at]);
            else break;
        }

        at = Math.Min(at + 1, text.Length);
        return value.ToString();
    }

    [GeneratedRegex("^_(?:x([0-9]+))?$", RegexOptions.CultureInvariant)]
    private static partial Regex Missing();

    [GeneratedRegex("^(-?[0-9.]+(?:e[+-]?[0-9]+)?)([+-])([0-9.]+(?:e[+-]?[0-9]+)?)x([0-9]+)$", RegexOptions.CultureInvariant)]
    private static partial Regex Stepped();

    [GeneratedRegex("^(.+)x([0-9]+)$", RegexOptions.CultureInvariant)]
    private static partial Regex Repeated();

    private readonly record struct Item(string? Quoted, string Tail)
    {
        public override string ToString() => Quoted is null ? Tail : $"'{Quoted}'{Tail}";
    }
}

/// <summary>A value of a series: a text, an empty cell, or no row at all.</summary>
internal readonly record struct SeriesValue(string? Text, bool IsMissing)
{
    /// <summary>The row is left out.</summary>
    public static SeriesValue Missing { get; } = new(null, true);

    /// <summary>A text, whatever it looks like.</summary>
    public static SeriesValue Of(string text) => new(text, false);

    /// <summary>A text, or an empty cell for <c>null</c>.</summary>
    public static SeriesValue Read(string text) => new(text == "null" ? null : text, false);
}

using System.Text;
using AksInsights.Kql.Symbols;

namespace AksInsights.Adapters.Workspaces.Recorded.Cells;

/// <summary>Reads a cell's text, without quotes and escapes.</summary>
internal delegate bool CellParser<T>(string text, out T value);

/// <summary>Decodes cells of a type that recordings seldom have, from their text: bool, guid, decimal, timespan.</summary>
internal sealed class ParsedCollector<T>(ColumnSymbol column, CellParser<T> parse) : ScalarCollector<T>(column)
    where T : struct
{
    /// <inheritdoc/>
    protected override bool TryParse(ReadOnlySpan<byte> text, out T value) => parse(Encoding.UTF8.GetString(text), out value);
}

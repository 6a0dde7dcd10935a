using System.Diagnostics;
using AksInsights.Kql.Symbols;
using AksInsights.Kql.Types;

namespace AksInsights.Adapters.Workspaces.Recorded.Cells;

/// <summary>Makes the collector of a column.</summary>
internal static class CellCollectors
{
    /// <summary>A collector for the column's type.</summary>
    public static CellCollector Create(ColumnSymbol column) => column.Type switch
    {
        KqlType.String => new TextCollector(column),
        KqlType.DateTime => new InstantCollector(column),
        KqlType.Real => new RealCollector(column),
        KqlType.Int or KqlType.Long => new WholeCollector(column),
        KqlType.Dynamic => new DynamicCollector(column),
        KqlType.Bool => new ParsedCollector<bool>(column, bool.TryParse),
        KqlType.Guid => new ParsedCollector<Guid>(column, Guid.TryParse),
        KqlType.Decimal => new ParsedCollector<decimal>(column, TryDecimal),
        KqlType.TimeSpan => new ParsedCollector<long>(column, TryTimeSpan),
        _ => throw new UnreachableException($"KqlType {column.Type}"),
    };

    private static bool TryDecimal(string text, out decimal value) => NumberText.TryParseDecimal(text, out value);

    private static bool TryTimeSpan(string text, out long ticks) => TimeSpanText.TryParse(text, out ticks);
}

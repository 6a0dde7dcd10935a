using AksInsights.Kql.Columns;
using AksInsights.Kql.Symbols;

namespace AksInsights.Kql;

/// <summary>Where the engine's tables come from.</summary>
public interface ITableProvider
{
    /// <summary>All tables that a query may name, in name order.</summary>
    IReadOnlyList<TableSymbol> Tables { get; }

    /// <summary>The rows of a table, with at least the named columns; other columns may be absent.</summary>
    /// <param name="table">One of <see cref="Tables"/>.</param>
    /// <param name="columns">The columns that will be read.</param>
    /// <param name="cancellation">Ends a long load.</param>
    /// <remarks>Called once per query and table. An implementation keeps what it has decoded, so a second query over the same columns is free.</remarks>
    TableRows Load(TableSymbol table, IReadOnlyCollection<string> columns, CancellationToken cancellation);
}

/// <summary>Decoded rows of a table: equally long columns by name.</summary>
public sealed record TableRows(int RowCount, IReadOnlyDictionary<string, Column> Columns);

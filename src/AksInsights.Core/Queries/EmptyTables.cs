using AksInsights.Kql;
using AksInsights.Kql.Columns;
using AksInsights.Kql.Symbols;

namespace AksInsights.Core.Queries;

/// <summary>Tables without rows: enough to compile a query and learn its columns.</summary>
internal sealed class EmptyTables(IReadOnlyList<TableSymbol> tables) : ITableProvider
{
    /// <inheritdoc/>
    public IReadOnlyList<TableSymbol> Tables => tables;

    /// <inheritdoc/>
    public TableRows Load(TableSymbol table, IReadOnlyCollection<string> columns, CancellationToken cancellation) => new(
        0, table.Columns.Where(c => columns.Contains(c.Name)).ToDictionary(c => c.Name, c => Constants.Create(c.Type, null, 0)));
}

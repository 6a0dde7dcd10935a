using AksInsights.Kql.Symbols;
using AksInsights.Kql.Types;

namespace AksInsights.Kql.Tests;

/// <summary>Tables with columns and no rows, for tests of what is decided before a row is read.</summary>
internal sealed class EmptyTables(params TableSymbol[] tables) : ITableProvider
{
    /// <summary>Two tables of Container Insights, and the one-letter names that the sample queries use.</summary>
    public static EmptyTables Samples { get; } = new(
        Table("A"),
        Table("B"),
        Table("KubeEvents", ("TimeGenerated", KqlType.DateTime), ("Name", KqlType.String), ("Reason", KqlType.String)),
        Table("KubePodInventory", ("Name", KqlType.String), ("Namespace", KqlType.String), ("Restarts", KqlType.Int)),
        Table("T", ("x", KqlType.Real), ("t", KqlType.DateTime), ("d", KqlType.Dynamic), ("k", KqlType.String)),
        Table("U"));

    public IReadOnlyList<TableSymbol> Tables { get; } = tables;

    public TableRows Load(TableSymbol table, IReadOnlyCollection<string> columns, CancellationToken cancellation) =>
        throw new InvalidOperationException("These tables are for binding only.");

    private static TableSymbol Table(string name, params (string Name, KqlType Type)[] columns) =>
        new(name, [.. columns.Select(c => new ColumnSymbol(c.Name, c.Type)), new("a", KqlType.Long), new("b", KqlType.Long), new("c", KqlType.String)]);
}

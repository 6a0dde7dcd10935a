using System.Text.Json;
using AksInsights.Kql.Symbols;
using AksInsights.Kql.Types;

namespace AksInsights.Adapters.Workspaces.Recorded.Schema;

/// <summary>The tables that Container Insights and AKS write, and Resource Graph's table of resources, with the types of their columns: embedded facts.</summary>
/// <remarks>
/// Source: MicrosoftDocs/azure-reference-other, the table pages of 20 Nov 2024, and the columns every table has without being listed; for <c>Resources</c> the
/// objects that Resource Graph answers with, as the samples of learn.microsoft.com/azure/governance/resource-graph show them.
/// </remarks>
public static class KnownTables
{
    private static readonly Lazy<IReadOnlyDictionary<string, TableSymbol>> Loaded = new(Read);

    /// <summary>The tables by name. Cost: the first use reads 27 KB of JSON.</summary>
    public static IReadOnlyDictionary<string, TableSymbol> ByName => Loaded.Value;

    private static Dictionary<string, TableSymbol> Read()
    {
        using var tables = Open("container-insights-schema.json");
        using var additions = Open("container-insights-schema-additions.json");
        var everywhere = ReadColumns(additions.RootElement.GetProperty("*"));
        var result = new Dictionary<string, TableSymbol>(StringComparer.Ordinal);
        foreach (var table in tables.RootElement.EnumerateObject())
        {
            var columns = ReadColumns(table.Value);
            if (additions.RootElement.TryGetProperty(table.Name, out var more))
                AddMissing(columns, ReadColumns(more));
            AddMissing(columns, everywhere);
            result.Add(table.Name, new TableSymbol(table.Name, columns));
        }

        using var graph = Open("resource-graph-schema.json");
        foreach (var table in graph.RootElement.EnumerateObject()) result.Add(table.Name, new TableSymbol(table.Name, ReadColumns(table.Value)));
        return result;
    }

    private static JsonDocument Open(string name)
    {
        using var stream = typeof(KnownTables).Assembly.GetManifestResourceStream(name)
            ?? throw new InvalidOperationException($"The resource {name} was not embedded into the assembly.");
        return JsonDocument.Parse(stream);
    }

    private static List<ColumnSymbol> ReadColumns(JsonElement columns)
    {
        var result = new List<ColumnSymbol>();
        foreach (var column in columns.EnumerateArray())
        {
            var typeName = column.GetProperty("type").GetString() ?? "";
            if (!KqlTypes.TryParse(typeName, out var type))
                throw new InvalidOperationException($"The embedded schema has a column of type {typeName}, which is no KQL type.");
            result.Add(new ColumnSymbol(column.GetProperty("name").GetString() ?? "", type));
        }

        return result;
    }

    private static void AddMissing(List<ColumnSymbol> columns, IEnumerable<ColumnSymbol> more)
    {
        foreach (var column in more)
        {
            if (columns.TrueForAll(known => known.Name != column.Name))
                columns.Add(column);
        }
    }
}

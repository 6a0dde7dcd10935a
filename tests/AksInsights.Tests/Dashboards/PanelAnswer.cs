using System.Data.Common;
using System.Text.Json;
using AksInsights.Core.Dashboards.Queries;
using AksInsights.Kql.Results;
using AksInsights.Kql.Types;

namespace AksInsights.Tests.Dashboards;

/// <summary>What a question got: the columns, each with the kinds of its values, and how many rows. Null has no kind.</summary>
/// <param name="Kinds">The kinds of the values that are not null, by column.</param>
/// <param name="Rows">How many rows there were.</param>
internal sealed record PanelAnswer(IReadOnlyDictionary<string, IReadOnlySet<ColumnKind>> Kinds, int Rows)
{
    /// <summary>What does not fit what the panel names; null when everything fits.</summary>
    public string? Mistake(PanelQuery query)
    {
        foreach (var column in query.Columns)
        {
            if (!Kinds.TryGetValue(column.Name, out var kinds)) return $"has no column {column.Name}, only {string.Join(", ", Kinds.Keys)}";
            if (column.Kind != ColumnKind.Other && kinds.Any(kind => kind != column.Kind)) return $"has {string.Join(", ", kinds)} in {column.Name}, which is {column.Kind}";
        }

        return null;
    }

    /// <summary>The rows of a database; whole seconds in a column of times are times.</summary>
    public static async Task<PanelAnswer> ReadAsync(DbDataReader reader, PanelQuery query)
    {
        var kinds = Enumerable.Range(0, reader.FieldCount).Select(i => (Name: reader.GetName(i), Kinds: new HashSet<ColumnKind>())).ToList();
        var rows = 0;
        for (; await reader.ReadAsync(); rows++)
            for (var i = 0; i < kinds.Count; i++) Add(kinds[i].Kinds, reader.IsDBNull(i) ? null : reader.GetValue(i), IsTime(query, kinds[i].Name));
        return new PanelAnswer(kinds.ToDictionary(k => k.Name, k => (IReadOnlySet<ColumnKind>)k.Kinds), rows);
    }

    /// <summary>The items of an answer of the API, as the data source takes them apart.</summary>
    public static PanelAnswer Read(JsonElement items, PanelQuery query)
    {
        var kinds = query.Columns.ToDictionary(column => column.Name, _ => new HashSet<ColumnKind>());
        foreach (var item in items.EnumerateArray())
        {
            Assert.Equal(query.Columns.Select(column => column.Name).Order(StringComparer.Ordinal), item.EnumerateObject().Select(member => member.Name).Order(StringComparer.Ordinal));
            foreach (var member in item.EnumerateObject()) Add(kinds[member.Name], Value(member.Value), IsTime(query, member.Name));
        }

        return new PanelAnswer(kinds.ToDictionary(k => k.Key, k => (IReadOnlySet<ColumnKind>)k.Value), items.GetArrayLength());
    }

    /// <summary>A table of KQL: its columns have kinds also where there is no row.</summary>
    public static PanelAnswer Of(IEnumerable<ResultColumn> columns, int rows) =>
        new(columns.ToDictionary(column => column.Name, column => (IReadOnlySet<ColumnKind>)new HashSet<ColumnKind> { KindOf(column.Type) }), rows);

    private static bool IsTime(PanelQuery query, string name) => query.Columns.Any(column => column.Name == name && column.Kind == ColumnKind.Time);

    private static void Add(HashSet<ColumnKind> kinds, object? value, bool isTime)
    {
        if (value is null) return;
        kinds.Add(value switch
        {
            string => ColumnKind.Text,
            bool => ColumnKind.Flag,
            int or long when isTime => ColumnKind.Time,
            int or long or double or decimal => ColumnKind.Number,
            _ => ColumnKind.Other,
        });
    }

    private static object? Value(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Null => null,
        JsonValueKind.String => value.GetString(),
        JsonValueKind.True or JsonValueKind.False => value.GetBoolean(),
        JsonValueKind.Number => value.TryGetInt64(out var whole) ? (object)whole : value.GetDouble(),
        _ => value,
    };

    private static ColumnKind KindOf(KqlType type) => type switch
    {
        KqlType.String => ColumnKind.Text,
        KqlType.Int or KqlType.Long or KqlType.Real or KqlType.Decimal => ColumnKind.Number,
        KqlType.DateTime => ColumnKind.Time,
        KqlType.Bool => ColumnKind.Flag,
        _ => ColumnKind.Other,
    };
}

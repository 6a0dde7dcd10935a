using AksInsights.Kql.Columns;
using AksInsights.Kql.Types;

namespace AksInsights.Kql.Results;

/// <summary>The name and type of a result column.</summary>
public sealed record ResultColumn(string Name, KqlType Type);

/// <summary>A finished table: what a query gives back. Immutable.</summary>
public sealed class ResultTable
{
    private readonly Column[] _data;

    /// <summary>Wraps columns of equal length.</summary>
    public ResultTable(string name, IReadOnlyList<ResultColumn> columns, Column[] data, int rowCount)
    {
        Name = name;
        Columns = columns;
        _data = data;
        RowCount = rowCount;
    }

    /// <summary>The table's name; <c>PrimaryResult</c> for a query's first.</summary>
    public string Name { get; }

    /// <summary>The columns, in order.</summary>
    public IReadOnlyList<ResultColumn> Columns { get; }

    /// <summary>The number of rows.</summary>
    public int RowCount { get; }

    /// <summary>
    /// A cell: <c>bool</c>, <c>long</c> (int and long), <c>double</c>, <c>decimal</c>, <c>DateTime</c> (UTC), <c>TimeSpan</c>, <c>Guid</c>, <c>string</c>,
    /// a dynamic value as <see cref="DynamicValue"/> describes, or null.
    /// </summary>
    public object? this[int row, int column]
    {
        get
        {
            var value = _data[column].Box(row);
            return (Columns[column].Type, value) switch
            {
                (KqlType.DateTime, long ticks) => new DateTime(ticks, DateTimeKind.Utc),
                (KqlType.TimeSpan, long ticks) => new TimeSpan(ticks),
                _ => value,
            };
        }
    }

    /// <summary>The position of a column by its exact name, or -1.</summary>
    public int IndexOf(string name)
    {
        for (var i = 0; i < Columns.Count; i++)
        {
            if (Columns[i].Name == name) return i;
        }

        return -1;
    }

    /// <summary>The cells of a column, for readers that want them in the in-memory form of their type.</summary>
    public Column Data(int column) => _data[column];
}

using AksInsights.Kql.Columns;
using AksInsights.Kql.Results;
using AksInsights.Kql.Types;

namespace AksInsights.Tests.Evaluation;

/// <summary>Result tables written down by hand: <c>name:type</c> for each column, then the cells row by row.</summary>
internal static class Results
{
    public static ResultTable Table(string columns, params object?[][] rows)
    {
        var declared = columns.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(Declared).ToArray();
        var data = declared.Select((column, i) => Data(column.Type, [.. rows.Select(row => row[i])])).ToArray();
        return new ResultTable("PrimaryResult", declared, data, rows.Length);
    }

    private static ResultColumn Declared(string text)
    {
        var parts = text.Split(':');
        return new ResultColumn(parts[0], Enum.Parse<KqlType>(parts[1], ignoreCase: true));
    }

    private static Column Data(KqlType type, object?[] cells) => type switch
    {
        KqlType.String => new FlatColumn<string>(type, [.. cells.Select(cell => (string?)cell ?? "")]),
        KqlType.Long => Flat(type, cells, cell => (long)(int)cell),
        KqlType.Real => Flat(type, cells, cell => (double)cell),
        KqlType.DateTime => Flat(type, cells, cell => ((DateTimeOffset)cell).UtcTicks),
        KqlType.TimeSpan => Flat(type, cells, cell => ((TimeSpan)cell).Ticks),
        KqlType.Bool => Flat(type, cells, cell => (bool)cell),
        KqlType.Dynamic => new FlatColumn<object?>(type, cells),
        _ => throw new ArgumentException($"No test writes a {type} yet."),
    };

    private static FlatColumn<T> Flat<T>(KqlType type, object?[] cells, Func<object, T> read) =>
        new(type, [.. cells.Select(cell => cell is null ? default! : read(cell))], [.. cells.Select(cell => cell is null)]);
}

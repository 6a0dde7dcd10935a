using System.Text;
using AksInsights.Kql.Columns;
using AksInsights.Kql.Types;

namespace AksInsights.Kql.Results;

/// <summary>How large rows are, as the service counts them: the width of fixed types, the UTF-8 bytes of text, the text of dynamic values.</summary>
internal static class ResultSize
{
    private const int TimeTextBytes = 28;
    private const int NumberTextBytes = 20;
    private const int DecimalOrGuidBytes = 16;

    /// <summary>How many of the first rows fit.</summary>
    /// <param name="columns">The cells.</param>
    /// <param name="rows">The number of rows.</param>
    /// <param name="budgetBytes">What they may take together; lessened by what the rows that fit take.</param>
    /// <remarks>Cost: O(rows) for text and dynamic columns, nothing for the rest.</remarks>
    public static int RowsWithin(IReadOnlyList<Column> columns, int rows, ref long budgetBytes)
    {
        var fixedWidth = columns.Sum(c => (long)WidthOf(c.Type));
        var varying = columns.Select(BytesOfRow).OfType<Func<int, long>>().ToArray();
        if (varying.Length == 0)
        {
            var fitting = fixedWidth == 0 ? rows : (int)Math.Min(rows, budgetBytes / fixedWidth);
            budgetBytes -= fitting * fixedWidth;
            return fitting;
        }

        for (var row = 0; row < rows; row++)
        {
            var bytes = fixedWidth;
            foreach (var column in varying) bytes += column(row);
            if (bytes > budgetBytes) return row;
            budgetBytes -= bytes;
        }

        return rows;
    }

    private static int WidthOf(KqlType type) => type switch
    {
        KqlType.String or KqlType.Dynamic => 0,
        KqlType.Bool => 1,
        KqlType.Int => sizeof(int),
        KqlType.Decimal or KqlType.Guid => DecimalOrGuidBytes,
        _ => sizeof(long),
    };

    private static Func<int, long>? BytesOfRow(Column column) => column switch
    {
        CodedColumn<string> text => OncePerCode(text, TextBytes),
        CodedColumn<object> dynamic => OncePerCode(dynamic, DynamicBytes),
        Column<string> text => Each(text, TextBytes),
        Column<object> dynamic => Each(dynamic, DynamicBytes),
        _ => null,
    };

    private static Func<int, long> Each<T>(Column<T> column, Func<T?, long> size)
    {
        var reader = column.Read();
        return row => size(reader[row]);
    }

    private static Func<int, long> OncePerCode<T>(CodedColumn<T> column, Func<T?, long> size)
        where T : notnull
    {
        // A pool may be far larger than a short result; then it is not worth an array of its length.
        if (column.Length < column.Pool.Count / 4) return Each(column, size);
        var known = new long[column.Pool.Count];
        return row =>
        {
            var code = column.Codes[row];
            if (known[code] == 0) known[code] = size(column.Pool.Values[code]) + 1;
            return known[code] - 1;
        };
    }

    private static long TextBytes(string? text) => text is null ? 0 : Encoding.UTF8.GetByteCount(text);

    private static long DynamicBytes(object? value) => value switch
    {
        null or bool => 4,
        string text => TextBytes(text) + 2,
        DynamicArray array => 2 + array.Sum(item => DynamicBytes(item) + 1),
        DynamicBag bag => 2 + bag.Sum(item => TextBytes(item.Key) + 4 + DynamicBytes(item.Value)),
        DateTime or TimeSpan => TimeTextBytes,
        _ => NumberTextBytes,
    };
}

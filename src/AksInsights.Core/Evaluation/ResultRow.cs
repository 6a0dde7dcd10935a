using AksInsights.Kql.Results;

namespace AksInsights.Core.Evaluation;

/// <summary>One row of a result, read by column name.</summary>
/// <param name="Table">The result.</param>
/// <param name="Row">The row's number, from 0.</param>
public readonly record struct ResultRow(ResultTable Table, int Row)
{
    /// <summary>The cell of a column as <see cref="ResultTable"/> gives it; null for a null cell and for a column that does not exist.</summary>
    public object? this[string column]
    {
        get
        {
            var index = Table.IndexOf(column);
            return index < 0 ? null : Table[Row, index];
        }
    }
}

namespace AksInsights.Adapters.Storage;

/// <summary>One statement that is run for many rows; the dialect knows the quickest way to do so.</summary>
/// <typeparam name="T">What a row is made from.</typeparam>
/// <param name="sql">The statement; its parameters are written <c>@name</c>, each once and in this order.</param>
/// <param name="values">The values of the parameters for a row: text, 64-bit numbers or null.</param>
internal sealed class RowStatement<T>(string sql, params Func<T, object?>[] values)
{
    /// <summary>The statement.</summary>
    public string Sql { get; } = sql;

    /// <summary>The values of its parameters, in order.</summary>
    public Func<T, object?>[] Values { get; } = values;
}

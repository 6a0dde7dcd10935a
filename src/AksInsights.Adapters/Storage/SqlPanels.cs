using AksInsights.Core.Dashboards.Queries;
using AksInsights.Core.Findings;
using Dapper;

namespace AksInsights.Adapters.Storage;

/// <summary>Answers the questions of dashboards, for those who cannot ask the database themselves.</summary>
public sealed class SqlPanels
{
    private readonly StoreConnections _connections;

    /// <summary>Reads over the connections of its store.</summary>
    internal SqlPanels(StoreConnections connections) => _connections = connections;

    /// <summary>The rows of a question, each with the values of its columns in their order: texts, numbers and null.</summary>
    /// <param name="query">The question. Its text is ours; what the viewer chose goes into parameters.</param>
    /// <param name="choice">What the viewer chose.</param>
    /// <param name="cancellation">Gives up.</param>
    /// <exception cref="StoreException">The store cannot work.</exception>
    public Task<IReadOnlyList<object?[]>> RowsAsync(StoreQuery query, PanelChoice choice, CancellationToken cancellation) => _connections.ReadAsync<IReadOnlyList<object?[]>>(
        async connection =>
        {
            var command = new CommandDefinition(StoreSql.Parametrise(query.Sql), Values(query, choice), cancellationToken: cancellation);
            var reader = await connection.ExecuteReaderAsync(command).ConfigureAwait(false);
            await using (reader.ConfigureAwait(false))
            {
                var places = query.Columns.Select(column => reader.GetOrdinal(column.Name)).ToArray();
                var rows = new List<object?[]>();
                while (await reader.ReadAsync(cancellation).ConfigureAwait(false))
                    rows.Add([.. places.Select(place => reader.IsDBNull(place) ? null : reader.GetValue(place))]);
                return rows;
            }
        },
        cancellation);

    private static DynamicParameters Values(StoreQuery query, PanelChoice choice)
    {
        var values = new DynamicParameters();
        values.Add("from", choice.From);
        values.Add("to", choice.To);
        values.Add("step", choice.Step);
        foreach (var name in StoreSql.Variables(query.Sql))
        {
            var chosen = choice.Chosen.GetValueOrDefault(name);
            values.Add($"all_{name}", chosen is null);
            values.Add(name, chosen ?? [""]);
        }

        return values;
    }
}

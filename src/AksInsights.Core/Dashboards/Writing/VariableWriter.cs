using Newtonsoft.Json.Linq;

namespace AksInsights.Core.Dashboards.Writing;

/// <summary>Writes what a viewer can choose: first the data sources that the dashboard needs, then its own variables.</summary>
internal static class VariableWriter
{
    /// <summary>The list of variables.</summary>
    public static JArray Write(Dashboard board, DataSources sources) => new(
        Needed(board, sources).Select(Source).Concat(board.Variables.Select(variable => Write(variable, sources))));

    private static IEnumerable<DataSource> Needed(Dashboard board, DataSources sources) => board.Queries().Select(sources.Of).Distinct();

    private static JObject Source(DataSource source) => new()
    {
        ["name"] = source.Variable,
        ["label"] = source.Label,
        ["type"] = "datasource",
        ["query"] = source.Type,
        ["regex"] = "",
        ["refresh"] = 1,
        ["multi"] = false,
        ["includeAll"] = false,
        ["hide"] = 0,
        ["skipUrlSync"] = false,
        ["options"] = new JArray(),
    };

    private static JObject Write(Variable variable, DataSources sources) => variable switch
    {
        QueryVariable query => Query(query, sources),
        ChoiceVariable choice => Choice(choice),
        TextVariable text => Text(text),
        SubscriptionVariable subscription => Subscription(subscription),
        _ => throw new InvalidOperationException($"A {variable.GetType().Name} cannot be written."),
    };

    private static JObject Query(QueryVariable variable, DataSources sources)
    {
        var json = new JObject
        {
            ["name"] = variable.Name,
            ["label"] = variable.Label,
            ["type"] = "query",
            ["datasource"] = sources.Of(variable.Query).Reference(),
            ["query"] = TargetWriter.OfVariable(variable.Query, sources),
            ["regex"] = variable.Regex,
            ["refresh"] = 2,
            ["sort"] = 1,
        };
        return Selection(json, variable.IsMulti, variable.IsHidden);
    }

    private static JObject Choice(ChoiceVariable variable)
    {
        var json = new JObject
        {
            ["name"] = variable.Name,
            ["label"] = variable.Label,
            ["type"] = "custom",
            ["query"] = string.Join(',', variable.Values),
        };
        return Selection(json, variable.IsMulti, isHidden: false);
    }

    private static JObject Text(TextVariable variable) => new()
    {
        ["name"] = variable.Name,
        ["label"] = variable.Label,
        ["type"] = "textbox",
        ["query"] = variable.Value,
        ["current"] = new JObject { ["text"] = variable.Value, ["value"] = variable.Value },
        ["hide"] = 0,
        ["skipUrlSync"] = false,
        ["options"] = new JArray(),
    };

    private static JObject Subscription(SubscriptionVariable variable)
    {
        var json = new JObject
        {
            ["name"] = variable.Name,
            ["label"] = variable.Label,
            ["type"] = "query",
            ["datasource"] = DataSources.Subscriptions.Reference(),
            ["query"] = new JObject { ["refId"] = "A", ["queryType"] = "Azure Subscriptions" },
            ["regex"] = "",
            ["refresh"] = 1,
            ["sort"] = 1,
        };
        return Selection(json, isMulti: false, isHidden: false);
    }

    private static JObject Selection(JObject json, bool isMulti, bool isHidden)
    {
        json["multi"] = isMulti;
        json["includeAll"] = isMulti;
        if (isMulti)
        {
            json["allValue"] = Variable.All;
            json["current"] = new JObject { ["text"] = "All", ["value"] = "$__all" };
        }

        json["hide"] = isHidden ? 2 : 0;
        json["skipUrlSync"] = false;
        json["options"] = new JArray();
        return json;
    }
}

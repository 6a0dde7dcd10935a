using System.Globalization;
using System.Text.Json.Nodes;
using AksInsights.Adapters.Storage;
using AksInsights.Core.Dashboards;
using AksInsights.Core.Dashboards.Queries;
using AksInsights.Core.Rightsizing.Policies;
using AksInsights.Service.Api.Answers;
using AksInsights.Service.Hosting;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace AksInsights.Service.Api;

/// <summary>The rows of dashboard panels, for Grafana where it cannot ask the store's database: the same text gives the same rows.</summary>
internal static class PanelEndpoints
{
    // A line has as many points as a screen is wide; more would only be work.
    private const long MostSteps = 20_000;
    private const long DayMilliseconds = 86_400_000;

    private static readonly ApiParameter<long?> From = Milliseconds("from", "The start of the range, in milliseconds since 1970; a day before its end when not given.");
    private static readonly ApiParameter<long?> To = Milliseconds("to", "The end of the range, in milliseconds since 1970; now when not given.");
    private static readonly ApiParameter<long?> Step = Milliseconds("step", "The width of a bar, in milliseconds; a minute when not given.");

    private static readonly IReadOnlyList<ApiParameter<string>> Variables =
        [.. new[] { "workspace", "cluster", "namespace", "area", "severity" }.Select(name => ApiParameters.Text(name, $"Only these, with commas between; `*` means every {name}. A panel about something else passes it over."))];

    /// <summary>Adds the routes.</summary>
    public static void Map(IEndpointRouteBuilder routes) => routes.MapGet("/panels/{name}", RowsAsync).WithTags("Dashboards")
        .Tells("getPanel", "The rows of a panel of the Grafana dashboards", "What the dashboards for Grafana's Infinity data source ask. Columns may change with the dashboards of the same version; programs are better off with the other paths.")
        .Takes([From, To, Step, .. Variables]).Answers<Page<IReadOnlyDictionary<string, object?>>>().MayLack();

    private static async Task<IResult> RowsAsync(string name, SqlFindingStore store, AdviceCache advice, TimeProvider time, HttpContext context)
    {
        var query = RequestQuery.Of(context);
        var choice = Read(query, time);
        if (query.Mistake is { } mistake) return ApiResults.BadRequest(mistake);
        if (name == RecommendationRows.Name)
        {
            var view = await advice.ReadAsync(PolicyTable.All[0], context.RequestAborted).ConfigureAwait(false);
            return ApiResults.List(context, view is null ? [] : RecommendationRows.Of(view.Report, choice));
        }

        if (DashboardSet.FindStoreQuery(name) is not { } panel) return ApiResults.NotFound($"No panel asks for `{name}`.");
        var rows = await store.Panels.RowsAsync(panel, choice, context.RequestAborted).ConfigureAwait(false);
        return ApiResults.List(context, rows.Select(row => panel.Columns.Zip(row).ToDictionary(cell => cell.First.Name, cell => cell.Second)));
    }

    private static PanelChoice Read(RequestQuery query, TimeProvider time)
    {
        var to = query.Get(To) ?? time.GetUtcNow().ToUnixTimeMilliseconds();
        var from = query.Get(From) ?? to - DayMilliseconds;
        var step = Math.Max(1, (query.Get(Step) ?? 60_000) / 1000);
        if ((to - from) / 1000 / step > MostSteps) query.Wrong($"From `from` to `to` there are more than {MostSteps} steps of {step} seconds. Make `step` longer.");
        var chosen = new Dictionary<string, IReadOnlyList<string>>();
        foreach (var variable in Variables)
        {
            // What Grafana sends for all, with the quotes that other data sources need.
            if (query.Get(variable) is { } text && text is not ("*" or Variable.All)) chosen.Add(variable.Name, text.Split(','));
        }

        return new PanelChoice(from / 1000, to / 1000, step, chosen);
    }

    private static ApiParameter<long?> Milliseconds(string name, string description) => new(
        name, description, new JsonObject { ["type"] = "integer" }, "A number of milliseconds is expected.",
        text => long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number < 1L << 50 ? number : null);
}

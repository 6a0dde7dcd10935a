using AksInsights.Core.Dashboards.Panels;
using AksInsights.Core.Dashboards.Queries;

namespace AksInsights.Core.Dashboards.Boards;

/// <summary>The service itself: whether it evaluates, how long that takes, what fails, what it costs.</summary>
internal static class SelfBoard
{
    /// <summary>Its uid.</summary>
    public const string Uid = "aksinsights-self";

    /// <summary>The dashboard.</summary>
    public static Dashboard Create() => new()
    {
        Uid = Uid,
        Title = "AksInsights itself",
        FileName = "self.json",
        Description = "Whether AksInsights does its work: from the metrics that it offers to Prometheus at /metrics.",
        From = "now-6h",
        Refresh = "1m",
        Rows =
        [
            new DashboardRow(null, [LastEvaluation(), Troubles(), Evaluations(), Durations(), Slowest(), Messages(), Transitions()]),
            new DashboardRow("The process", [Memory(), Cpu(), Collections(), Requests()]),
        ],
    };

    private static StatPanel LastEvaluation() => new("Since an evaluation ended")
    {
        Description = "More than a quarter of an hour means that nothing is watched.",
        Width = 6,
        Height = 4,
        Measure = new Measure("s", 0),
        Thresholds = new Thresholds(Palette.Good, (900, Palette.Warning), (3600, Palette.Critical)),
        Queries = [new MetricQuery("time() - max(aksinsights_evaluation_last_seconds)", "ago")],
    };

    private static StatPanel Troubles() => new("Trouble in the range")
    {
        Width = 18,
        Height = 4,
        Thresholds = new Thresholds(Palette.Good, (1, Palette.Error)),
        Queries =
        [
            Increase("aksinsights_windows_skipped_total", "Windows skipped"), Increase("aksinsights_evaluations_overrun_total", "Evaluations that took too long"),
            Increase("aksinsights_store_failures_total", "Failures of the store"), new MetricQuery("sum(increase(aksinsights_messages_total{outcome=\"refused\"}[$__range])) or vector(0)", "Messages refused"),
        ],
    };

    private static MetricQuery Increase(string metric, string legend) => new($"sum(increase({metric}[$__range])) or vector(0)", legend);

    private static TimeSeriesPanel Evaluations() => Lines(
        "Evaluations by outcome, a minute", "sum by (outcome) (rate(aksinsights_evaluations_total[$__rate_interval])) * 60", "{{outcome}}", Measure.Number,
        ("complete", Palette.Good), ("gaps", Palette.Warning), ("no-data", Palette.Error), ("partial", Palette.Critical), ("failed", Palette.Critical), ("too-many", Palette.Critical)) with
    { IsStacked = true };

    private static TimeSeriesPanel Durations() => new("How long asking the workspace takes")
    {
        Measure = new Measure("s"),
        Queries = [Quantile(0.5), Quantile(0.95), Quantile(0.99)],
    };

    private static MetricQuery Quantile(double share) => new(
        FormattableString.Invariant($"histogram_quantile({share}, sum by (le) (rate(aksinsights_evaluation_duration_seconds_bucket[$__rate_interval])))"), FormattableString.Invariant($"{share:P0} within"));

    private static TimeSeriesPanel Slowest() => Lines(
        "The five slowest checks, seconds an evaluation",
        "topk(5, sum by (query) (rate(aksinsights_evaluation_duration_seconds_sum[$__rate_interval])) / sum by (query) (rate(aksinsights_evaluation_duration_seconds_count[$__rate_interval])))",
        "{{query}}",
        new Measure("s"));

    private static TimeSeriesPanel Messages() => Lines(
        "Messages by outcome, a minute", "sum by (outcome) (rate(aksinsights_messages_total[$__rate_interval])) * 60", "{{outcome}}", Measure.Number,
        ("delivered", Palette.Good), ("put-off", Palette.Warning), ("refused", Palette.Critical));

    private static TimeSeriesPanel Transitions() => Lines(
        "What happened to findings, a minute", "sum by (kind) (rate(aksinsights_findings_transitions_total[$__rate_interval])) * 60", "{{kind}}", Measure.Number, ("opened", Palette.Error), ("resolved", Palette.Good)) with
    {
        Width = 24,
        IsStacked = true,
    };

    private static TimeSeriesPanel Memory() => Lines("Memory", "dotnet_process_memory_working_set_bytes", "{{instance}}", Measure.Bytes);

    private static TimeSeriesPanel Cpu() => Lines("CPU in cores", "sum by (instance) (rate(dotnet_process_cpu_time_seconds_total[$__rate_interval]))", "{{instance}}", Measure.Number);

    private static TimeSeriesPanel Collections() => Lines("Time in garbage collection", "rate(dotnet_gc_pause_time_seconds_total[$__rate_interval])", "{{instance}}", new Measure("percentunit", 2));

    private static TimeSeriesPanel Requests() => Lines("Requests of the API, a second", "sum by (http_route, http_response_status_code) (rate(http_server_request_duration_seconds_count[$__rate_interval]))", "{{http_route}} {{http_response_status_code}}", Measure.Number);

    private static TimeSeriesPanel Lines(string title, string expression, string legend, Measure measure, params (string Legend, string Color)[] colors) => new(title)
    {
        Measure = measure,
        Queries = [new MetricQuery(expression, legend) { Columns = [.. colors.Select(color => PanelColumn.Number(color.Legend) with { Color = color.Color })] }],
    };
}

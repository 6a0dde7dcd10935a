using System.Diagnostics.Metrics;
using AksInsights.Core.Alerts;
using AksInsights.Core.Evaluation;
using AksInsights.Core.Findings;
using AksInsights.Core.Workspaces;
using AksInsights.Service.Commands;
using AksInsights.Service.Hosting;
using MediatR;
using Microsoft.Extensions.Logging;

namespace AksInsights.Service.Telemetry;

/// <summary>What the service tells about itself: counts, times and logs of what it does. Safe for concurrent use.</summary>
internal sealed class ServiceInstruments :
    IEvaluationObserver, IDeliveryObserver, INotificationHandler<FindingOpened>, INotificationHandler<FindingChanged>, INotificationHandler<FindingResolved>, IDisposable
{
    /// <summary>The name of the meter.</summary>
    public const string MeterName = "AksInsights";

    private readonly Meter _meter = new(MeterName);
    private readonly ILogger<ServiceInstruments> _logger;
    private readonly Counter<long> _evaluations;
    private readonly Histogram<double> _evaluationSeconds;
    private readonly Counter<long> _skipped;
    private readonly Counter<long> _overruns;
    private readonly Counter<long> _storeFailures;
    private readonly Counter<long> _transitions;
    private readonly Counter<long> _messages;
    private readonly Gauge<double> _lastEvaluation;
    private readonly TimeProvider _time;

    /// <summary>Makes the instruments.</summary>
    public ServiceInstruments(ILogger<ServiceInstruments> logger, TimeProvider time)
    {
        _logger = logger;
        _time = time;
        _evaluations = _meter.CreateCounter<long>("aksinsights.evaluations", "{evaluation}", "Evaluations by query and outcome.");
        _evaluationSeconds = _meter.CreateHistogram(
            "aksinsights.evaluation.duration", "s", "How long asking the workspace took.", advice: new InstrumentAdvice<double> { HistogramBucketBoundaries = [0.05, 0.2, 1, 5, 20, 60, 180, 600] });
        _skipped = _meter.CreateCounter<long>("aksinsights.windows.skipped", "{window}", "Windows that lay too far back to be made up for.");
        _overruns = _meter.CreateCounter<long>("aksinsights.evaluations.overrun", "{evaluation}", "Evaluations that were ended because they took too long.");
        _storeFailures = _meter.CreateCounter<long>("aksinsights.store.failures", "{failure}", "How often the store could not work.");
        _transitions = _meter.CreateCounter<long>("aksinsights.findings.transitions", "{transition}", "What happened to findings.");
        _messages = _meter.CreateCounter<long>("aksinsights.messages", "{message}", "Messages by what became of an attempt.");
        _lastEvaluation = _meter.CreateGauge<double>("aksinsights.evaluation.last", "s", "When the newest evaluation ended, in seconds since 1970.");
    }

    /// <summary>When the newest evaluation was done; null before the first.</summary>
    public DateTimeOffset? LastEvaluation { get; private set; }

    /// <summary>Why the store could not be written the last time; null when it could.</summary>
    public string? StoreTrouble { get; private set; }

    /// <inheritdoc/>
    public void Evaluated(EvaluationReport report)
    {
        LastEvaluation = _time.GetUtcNow();
        _lastEvaluation.Record(LastEvaluation.Value.ToUnixTimeSeconds());
        if (report.AlreadyDone) return;
        StoreTrouble = null;
        var (record, outcome) = (report.Record, FindingJson.Kebab(report.Record.Outcome.ToString()));
        _evaluations.Add(1, new("query", record.Id.Query.Value), new("workspace", record.Id.Workspace.Value), new("outcome", outcome));
        _evaluationSeconds.Record(record.Took.TotalSeconds, new KeyValuePair<string, object?>("query", record.Id.Query.Value));
        if (record.Outcome is EvaluationOutcome.Complete or EvaluationOutcome.Superseded)
            _logger.Evaluated(record.Id.Query.Value, record.Id.Workspace.Value, record.Id.End, outcome, record.Rows, record.Events, (long)record.Took.TotalMilliseconds);
        else
            _logger.NoVerdict(record.Id.Query.Value, record.Id.Workspace.Value, record.Id.End, outcome, record.Reason);
    }

    /// <inheritdoc/>
    public void Skipped(WorkspaceId workspace, QueryId query, long windows)
    {
        _skipped.Add(windows, new("query", query.Value), new("workspace", workspace.Value));
        _logger.Skipped(query.Value, workspace.Value, windows);
    }

    /// <inheritdoc/>
    public void Overran(WorkspaceId workspace, QueryId query, DateTimeOffset end, TimeSpan limit)
    {
        _overruns.Add(1, new("query", query.Value), new("workspace", workspace.Value));
        _logger.Overran(query.Value, workspace.Value, end, limit);
    }

    /// <inheritdoc/>
    public void StoreFailed(WorkspaceId workspace, QueryId? query, StoreException trouble) => StoreFailed(trouble);

    /// <inheritdoc/>
    public void StoreFailed(StoreException trouble)
    {
        _storeFailures.Add(1);
        StoreTrouble = trouble.Message;
        _logger.StoreFailed(trouble.Message);
    }

    /// <inheritdoc/>
    public void Dispatched(DispatchReport report)
    {
        StoreTrouble = null;
        _messages.Add(report.Delivered, new KeyValuePair<string, object?>("outcome", "delivered"));
        _messages.Add(report.PutOff, new KeyValuePair<string, object?>("outcome", "put-off"));
        _messages.Add(report.Refused, new KeyValuePair<string, object?>("outcome", "refused"));
        _logger.Dispatched(report.Delivered, report.Delivered + report.PutOff + report.Refused, report.PutOff, report.Refused);
        if (report.LastTrouble is { } trouble) _logger.DeliveryTrouble(trouble);
    }

    /// <inheritdoc/>
    public void RepeatFailed(string channel, string trouble) => _logger.RepeatFailed(channel, trouble);

    /// <inheritdoc/>
    public void DigestMade(string digest, int channels) => _logger.DigestMade(digest, channels);

    /// <inheritdoc/>
    public void DigestFailed(string digest, string trouble) => _logger.DigestFailed(digest, trouble);

    /// <summary>A listener of notifications failed.</summary>
    public void ListenerFailed(Exception failure) => _logger.ListenerFailed(failure);

    /// <inheritdoc/>
    public Task Handle(FindingOpened notification, CancellationToken cancellationToken) => Count(notification.Episode == 1 ? "opened" : "reopened", notification.Severity);

    /// <inheritdoc/>
    public Task Handle(FindingChanged notification, CancellationToken cancellationToken) => Count(FindingJson.Kebab(notification.Kind.ToString()), notification.Severity);

    /// <inheritdoc/>
    public Task Handle(FindingResolved notification, CancellationToken cancellationToken) => Count("resolved", null);

    /// <inheritdoc/>
    public void Dispose() => _meter.Dispose();

    private Task Count(string kind, Severity? severity)
    {
        _transitions.Add(1, new("kind", kind), new("severity", severity is { } known ? SeverityText.Format(known) : ""));
        return Task.CompletedTask;
    }
}

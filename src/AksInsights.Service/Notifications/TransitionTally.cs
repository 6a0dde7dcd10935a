using System.Collections.Concurrent;
using AksInsights.Core.Findings;
using MediatR;

namespace AksInsights.Service.Notifications;

/// <summary>Counts what happens to findings, for the summary of a scan and for metrics. Safe for concurrent use.</summary>
public sealed class TransitionTally : INotificationHandler<FindingOpened>, INotificationHandler<FindingChanged>, INotificationHandler<FindingResolved>
{
    private readonly ConcurrentDictionary<FindingEventKind, int> _counts = new();

    /// <summary>How often something happened so far.</summary>
    public int this[FindingEventKind kind] => _counts.GetValueOrDefault(kind);

    /// <inheritdoc/>
    public Task Handle(FindingOpened notification, CancellationToken cancellationToken) =>
        Count(notification.Episode == 1 ? FindingEventKind.Opened : FindingEventKind.Reopened);

    /// <inheritdoc/>
    public Task Handle(FindingChanged notification, CancellationToken cancellationToken) => Count(notification.Kind);

    /// <inheritdoc/>
    public Task Handle(FindingResolved notification, CancellationToken cancellationToken) => Count(FindingEventKind.Resolved);

    private Task Count(FindingEventKind kind)
    {
        _counts.AddOrUpdate(kind, 1, static (_, count) => count + 1);
        return Task.CompletedTask;
    }
}

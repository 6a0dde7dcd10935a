using AksInsights.Core.Workspaces;
using MediatR;

namespace AksInsights.Core.Findings;

/// <summary>A finding was opened or reopened. Published after the commit; a nudge, not the truth: that is the stored event.</summary>
/// <param name="Workspace">Where.</param>
/// <param name="Finding">Which.</param>
/// <param name="Query">Of which query.</param>
/// <param name="Severity">How bad.</param>
/// <param name="Episode">1 when opened, more when reopened.</param>
/// <param name="At">The end of the evaluated window.</param>
/// <param name="Tell">Whether people are to be told.</param>
public sealed record FindingOpened(
    WorkspaceId Workspace, FindingId Finding, QueryId Query, Severity Severity, int Episode, DateTimeOffset At, bool Tell) : INotification;

/// <summary>Something happened to a finding other than opening and resolving. Published after the commit.</summary>
/// <param name="Workspace">Where.</param>
/// <param name="Finding">Which.</param>
/// <param name="Query">Of which query.</param>
/// <param name="Severity">How bad it is now.</param>
/// <param name="Kind">What happened.</param>
/// <param name="At">The end of the evaluated window.</param>
/// <param name="Tell">Whether people are to be told.</param>
public sealed record FindingChanged(
    WorkspaceId Workspace, FindingId Finding, QueryId Query, Severity Severity, FindingEventKind Kind, DateTimeOffset At, bool Tell) : INotification;

/// <summary>A finding was resolved. Published after the commit.</summary>
/// <param name="Workspace">Where.</param>
/// <param name="Finding">Which.</param>
/// <param name="Query">Of which query.</param>
/// <param name="Reason">Why, as <see cref="ResolveReasonText"/> writes it.</param>
/// <param name="At">The end of the evaluated window.</param>
/// <param name="Tell">Whether people are to be told.</param>
public sealed record FindingResolved(
    WorkspaceId Workspace, FindingId Finding, QueryId Query, string Reason, DateTimeOffset At, bool Tell) : INotification;

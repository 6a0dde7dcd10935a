using AksInsights.Core.Findings;

namespace AksInsights.Core.Alerts;

/// <summary>Who is told what: routes, owners, and what silences what. Immutable; pure.</summary>
public sealed class AlertPolicy
{
    private readonly IReadOnlyList<AlertRoute> _routes;
    private readonly IReadOnlyList<NamespaceOwner> _owners;

    /// <summary>Makes a policy.</summary>
    /// <param name="routes">The routes, looked at in order.</param>
    /// <param name="owners">The owners of namespaces, the first that fits counts.</param>
    public AlertPolicy(IReadOnlyList<AlertRoute> routes, IReadOnlyList<NamespaceOwner> owners)
    {
        _routes = routes;
        _owners = owners;
    }

    /// <summary>The routes.</summary>
    public IReadOnlyList<AlertRoute> Routes => _routes;

    /// <summary>Who owns which namespaces.</summary>
    public IReadOnlyList<NamespaceOwner> Owners => _owners;

    /// <summary>Who owns the namespace of a finding; null when nobody is known to.</summary>
    public NamespaceOwner? OwnerOf(FindingKey key) => _owners.FirstOrDefault(owner => owner.Owns(key));

    /// <summary>The messages that tell of what an evaluation changed, to be saved with it.</summary>
    /// <param name="commit">What it changed.</param>
    public IReadOnlyList<OutgoingMessage> Announce(EvaluationCommit commit)
    {
        if (!commit.Events.Any(happened => happened.Tell)) return [];
        var findings = commit.Changed.ToDictionary(finding => finding.Id);
        return
        [
            .. commit.Events.Where(happened => happened.Tell)
                .SelectMany(happened => Announce(findings[happened.Finding], AlertBody.Of(happened), commit.Record.RanAt)),
        ];
    }

    /// <summary>The messages that tell of one thing that happened to a finding.</summary>
    /// <param name="finding">The finding after it.</param>
    /// <param name="body">What happened.</param>
    /// <param name="now">The clock on the wall.</param>
    public IEnumerable<OutgoingMessage> Announce(Finding finding, AlertBody body, DateTimeOffset now)
    {
        foreach (var (route, channel) in Ways(finding, body))
            yield return Message(finding, body with { Route = route.Name }, route, channel, now);
    }

    /// <summary>The message that tells of something by one way.</summary>
    public OutgoingMessage Message(Finding finding, AlertBody body, AlertRoute route, string channel, DateTimeOffset now)
    {
        var group = GroupOf(finding, route);
        var what = $"{channel}\n{finding.Id.Value}\n{body.Episode}\n{body.Kind}\n{body.At.UtcTicks}\n{body.Repeat}";
        return new OutgoingMessage
        {
            Key = "msg_" + AlertKeys.Hash(what),
            Channel = channel,
            Group = group,
            Kind = body.KindText,
            Finding = finding.Id,
            BodyJson = body.ToJson(),
            CreatedAt = now,
            DueAt = Due(route, now),
        };
    }

    /// <summary>By which routes and channels a finding's news go; each channel once.</summary>
    /// <remarks>The end of a problem goes wherever its beginning may have gone, however bad it was then; the dispatcher knows whether it did.</remarks>
    public IEnumerable<(AlertRoute Route, string Channel)> Ways(Finding finding, AlertBody body)
    {
        var owner = OwnerOf(finding.Key);
        var severity = body.Kind == FindingEventKind.Resolved ? Severity.Critical : Counted(body.Severity, owner);
        var channels = new HashSet<string>(StringComparer.Ordinal);
        foreach (var route in _routes)
        {
            if (!route.Match.Takes(finding, severity, owner?.Name)) continue;
            foreach (var channel in owner is { Channels.Count: > 0 } ? owner.Channels : route.Channels)
                if (channels.Add(channel)) yield return (route, channel);
            if (!route.Continue && body.Kind != FindingEventKind.Resolved) break;
        }
    }

    /// <summary>How bad a finding counts as where its owner says so.</summary>
    public static Severity Counted(Severity severity, NamespaceOwner? owner) => owner?.MaxSeverity < severity ? owner.MaxSeverity.Value : severity;

    private string GroupOf(Finding finding, AlertRoute route)
    {
        var parts = route.GroupBy.Select(column => column switch
        {
            "query" => finding.Query.Value,
            "owner" => OwnerOf(finding.Key)?.Name,
            _ => finding.Key[column],
        });
        // A finding that has none of these, such as one about a node, stands by itself.
        var group = string.Join('\n', parts);
        return group.Trim('\n').Length == 0 ? finding.Id.Value : group;
    }

    // Messages of one wait go out together: they are due at the same multiple of it.
    private static DateTimeOffset Due(AlertRoute route, DateTimeOffset now)
    {
        var due = route.Wait <= TimeSpan.Zero ? now : new DateTimeOffset(((now.UtcTicks / route.Wait.Ticks) + 1) * route.Wait.Ticks, TimeSpan.Zero);
        return MuteTime.FirstAllowed(route.MuteTimes, due);
    }
}

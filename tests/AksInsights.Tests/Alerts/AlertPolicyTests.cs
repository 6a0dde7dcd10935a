using AksInsights.Core.Alerts;
using AksInsights.Core.Findings;
using AksInsights.Tests.Findings;

namespace AksInsights.Tests.Alerts;

public sealed class AlertPolicyTests
{
    private static readonly AlertBody Opened = new(FindingEventKind.Opened, 1, Severity.Error, Samples.Start);

    [Theory]
    [InlineData("pods/*", "", "", true)]
    [InlineData("pods/crash-loop", "c1", "shop", true)]
    [InlineData("", "*/managedclusters/c1", "sh*", true)]
    [InlineData("nodes/*", "", "", false)]
    [InlineData("", "c2", "", false)]
    [InlineData("", "", "web", false)]
    public void ARouteTakesWhatFitsAllItsConditions(string query, string cluster, string space, bool taken)
    {
        var match = new RouteMatch { Queries = List(query), Clusters = List(cluster), Namespaces = List(space) };
        Assert.Equal(taken, match.Takes(Samples.Open(), Severity.Error, null));
    }

    [Fact]
    public void TheFirstRouteThatFitsTakesAFindingUnlessItLetsOthersGoOn()
    {
        Assert.Equal(["a"], Channels([Route("1", "a"), Route("2", "b")], Opened));
        Assert.Equal(["a", "b"], Channels([Route("1", "a") with { Continue = true }, Route("2", "b")], Opened));
        Assert.Equal(["a"], Channels([Route("1", "a") with { Continue = true }, Route("2", "a")], Opened));
    }

    [Fact]
    public void TheEndGoesWhereverTheBeginningMayHaveGone()
    {
        var routes = new[] { Route("1", "pager") with { Match = new RouteMatch { MinSeverity = Severity.Critical } }, Route("2", "chat") };
        Assert.Equal(["chat"], Channels(routes, Opened));
        Assert.Equal(["pager", "chat"], Channels(routes, Opened with { Kind = FindingEventKind.Resolved }));
    }

    [Fact]
    public void AnOwnersChannelsComeInsteadAndItsCapCounts()
    {
        var owner = new NamespaceOwner { Name = "team-shop", Namespaces = ["shop"], Channels = ["shop-chat"], MaxSeverity = Severity.Warning };
        var policy = new AlertPolicy([Route("1", "chat") with { Match = new RouteMatch { MinSeverity = Severity.Error } }, Route("2", "rest")], [owner]);
        Assert.Equal([("2", "shop-chat")], policy.Ways(Samples.Open(), Opened).Select(w => (w.Route.Name, w.Channel)));
    }

    [Fact]
    public void TheKeyOfAMessageIsTheSameWheneverItIsMade()
    {
        var policy = new AlertPolicy([Route("1", "a")], []);
        var one = policy.Announce(Samples.Open(), Opened, Samples.Minute(1)).Single();
        var two = policy.Announce(Samples.Open(), Opened, Samples.Minute(9)).Single();
        var other = policy.Announce(Samples.Open(), Opened with { Episode = 2 }, Samples.Minute(1)).Single();
        Assert.Equal(one.Key, two.Key);
        Assert.NotEqual(one.Key, other.Key);
    }

    [Fact]
    public void MessagesOfOneWaitAreDueTogether()
    {
        var policy = new AlertPolicy([Route("1", "a") with { Wait = TimeSpan.FromMinutes(1) }], []);
        var due = new[] { 0, 20, 59 }.Select(second => policy.Announce(Samples.Open(), Opened, Samples.Start.AddSeconds(second)).Single().DueAt);
        Assert.Equal([Samples.Minute(1)], due.Distinct());
    }

    [Theory]
    [InlineData("2026-01-05T21:59:00Z", "2026-01-05T21:59:00Z")]
    [InlineData("2026-01-05T22:00:00Z", "2026-01-06T06:00:00Z")]
    [InlineData("2026-01-06T05:59:59Z", "2026-01-06T06:00:00Z")]
    [InlineData("2026-01-06T06:00:00Z", "2026-01-06T06:00:00Z")]
    [InlineData("2026-01-10T12:00:00Z", "2026-01-12T06:00:00Z")]
    public void MuteTimesPutOffToTheirEnd(string at, string due)
    {
        MuteTime[] times =
        [
            new([], new TimeOnly(22, 0), new TimeOnly(6, 0), TimeZoneInfo.Utc),
            new([DayOfWeek.Saturday, DayOfWeek.Sunday], new TimeOnly(0, 0), new TimeOnly(0, 0), TimeZoneInfo.Utc),
        ];
        Assert.Equal(Time(due), MuteTime.FirstAllowed(times, Time(at)));
    }

    [Fact]
    public void AMuteTimeFollowsItsClockThroughTheChangeOfHours()
    {
        // On 29 March 2026 the clocks of Berlin go from 2:00 to 3:00: a night until 2:30 ends when that time would be, at 1:00 UTC or after.
        var night = new MuteTime([], new TimeOnly(1, 0), new TimeOnly(2, 30), TimeZoneInfo.FindSystemTimeZoneById("Europe/Berlin"));
        Assert.Equal(Time("2026-03-29T01:00:00Z"), night.EndOf(Time("2026-03-29T00:30:00Z")));
        Assert.Equal(Time("2026-03-28T01:30:00Z"), night.EndOf(Time("2026-03-28T00:30:00Z")));
    }

    [Fact]
    public void PausesGrowAreSpreadAndEnd()
    {
        var backOff = BackOff.People;
        Assert.InRange(backOff.After(1, TimeSpan.Zero, TimeSpan.Zero, "a")!.Value, TimeSpan.FromSeconds(30), TimeSpan.FromSeconds(33));
        Assert.InRange(backOff.After(50, TimeSpan.FromHours(5), TimeSpan.Zero, "a")!.Value, TimeSpan.FromMinutes(15), TimeSpan.FromMinutes(16.5));
        Assert.InRange(backOff.After(1, TimeSpan.Zero, TimeSpan.FromMinutes(7), "a")!.Value, TimeSpan.FromMinutes(7), TimeSpan.FromMinutes(7.7));
        Assert.InRange(backOff.After(1, TimeSpan.Zero, TimeSpan.FromDays(9), "a")!.Value, TimeSpan.FromHours(1), TimeSpan.FromHours(1.1));
        Assert.Null(backOff.After(9, TimeSpan.FromHours(24), TimeSpan.Zero, "a"));
    }

    private static string[] List(string pattern) => pattern.Length == 0 ? [] : [pattern];

    private static AlertRoute Route(string name, params string[] channels) => new() { Name = name, Channels = channels };

    private static IEnumerable<string> Channels(AlertRoute[] routes, AlertBody body) => new AlertPolicy(routes, []).Ways(Samples.Open(), body).Select(w => w.Channel);

    private static DateTimeOffset Time(string text) => DateTimeOffset.Parse(text, System.Globalization.CultureInfo.InvariantCulture);
}

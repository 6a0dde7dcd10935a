using AksInsights.Core.Alerts;
using AksInsights.Core.Digests;
using AksInsights.Core.Findings;
using AksInsights.Tests.Findings;

namespace AksInsights.Tests.Alerts;

public sealed class DigestTests
{
    private static readonly AlertPolicy Policy = new([], [new NamespaceOwner { Name = "team-shop", Namespaces = ["shop"] }]);
    private static readonly DigestWriter Writer = new(AlertTemplates.Shipped, new FindingNotes([]), null);

    [Fact]
    public void TheFirstDigestCountsAndDoesNotCallAnythingNew()
    {
        var digest = Build(null, [Samples.Open(), Samples.Open(workload: "web")], []);
        Assert.Equal((2, 0), (digest.Open, digest.New.Count));
        Assert.Equal("AksInsights: first look, 2 open findings", Writer.Write(digest).Title);
    }

    [Fact]
    public void EachFindingStandsWhereItBelongs()
    {
        var fresh = Samples.Open(workload: "fresh");
        var worse = Samples.Open(Severity.Critical, "worse") with { EpisodeSince = Samples.Minute(-3000) };
        var old = Samples.Open(Severity.Warning, "old") with { EpisodeSince = Samples.Minute(-5000) };
        var gone = Samples.Open(workload: "gone") with { Condition = Condition.Resolved, ConditionSince = Samples.Minute(30), EpisodeSince = Samples.Minute(-90), ResolveReason = ResolveReason.SubjectGone };
        FindingEvent[] events =
        [
            Happened(fresh, FindingEventKind.Opened, 5), Happened(worse, FindingEventKind.Escalated, 10), Happened(gone, FindingEventKind.Resolved, 30),
        ];
        var digest = Build(Samples.Start, [fresh, worse, old, gone], events);
        Assert.Equal(["fresh"], Workloads(digest.New));
        Assert.Equal(["worse"], Workloads(digest.Worse));
        Assert.Equal(["gone"], Workloads(digest.Resolved));
        Assert.Equal(["old", "worse"], Workloads(digest.Oldest));
        Assert.Equal((3, 3), (digest.Open, digest.OpenBefore));
        var document = Writer.Write(digest);
        Assert.Equal("AksInsights: 1 new · 1 worse · 1 resolved · 3 open (0)", document.Title);
        Assert.Equal(["New (1)", "Worse (1)", "Resolved (1)", "Oldest (2)"], document.Sections.Select(s => s.Heading));
        Assert.Equal("error, 2 h, restarts 3, cluster c1 (subject-gone)", document.Sections[2].Lines[0].Detail);
        Assert.Null(document.Sections[2].Lines[0].Action);
    }

    [Fact]
    public void WhenNothingChangedOneLineSaysSo()
    {
        var document = Writer.Write(Build(Samples.Start, [Samples.Open() with { EpisodeSince = Samples.Minute(-600) }], []));
        Assert.Equal("AksInsights: nothing changed, 1 still open", document.Title);
        Assert.Empty(document.Sections);
    }

    [Fact]
    public void ADigestOfAnOwnerHasTheFindingsOfItsNamespacesOnly()
    {
        var other = Samples.Open() with { Key = new FindingKey([new("cluster", Samples.Cluster), new("namespace", "web")]), Id = new FindingId("0123456789abcdef") };
        var digest = DigestBuilder.Build(null, Samples.Minute(60), [Samples.Open(), other], [], new DigestScope(Owner: "team-shop"), Policy);
        Assert.Equal((1, "team-shop"), (digest.Open, digest.Scope));
        Assert.Equal(2, DigestBuilder.Build(null, Samples.Minute(60), [Samples.Open(), other], [], new DigestScope(Cluster: "c1"), Policy).Open);
        Assert.Equal(0, DigestBuilder.Build(null, Samples.Minute(60), [Samples.Open(), other], [], new DigestScope(Cluster: "c2"), Policy).Open);
    }

    [Fact]
    public void TheTrendIsCountedBackFromNow()
    {
        var one = Samples.Open();
        var two = Samples.Open(workload: "web");
        FindingEvent[] events = [Happened(one, FindingEventKind.Opened, -3000), Happened(two, FindingEventKind.Opened, 5)];
        var digest = Build(Samples.Start, [one, two], events);
        Assert.Equal([0, 1, 1, 2], digest.Trend.TakeLast(4));
    }

    [Fact]
    public void SilencedFindingsAreCountedAndNotListed()
    {
        var silenced = Samples.Open() with { Workflow = new Workflow.Suppressed("a", Samples.Start, "known", Samples.Minute(9999)) };
        var digest = Build(Samples.Start, [silenced], [Happened(silenced, FindingEventKind.Opened, 5)]);
        Assert.Equal((1, 0, 0), (digest.Open, digest.New.Count, digest.Oldest.Count));
    }

    [Fact]
    public void TenThousandFindingsMakeAMailBelowTheLimitThatCountsTheRest()
    {
        var html = SizeFit.Fit(AlertSamples.Long(10_000), MailHtml.Write, text => System.Text.Encoding.UTF8.GetByteCount(text) <= 95_000);
        Assert.InRange(System.Text.Encoding.UTF8.GetByteCount(html), 80_000, 95_000);
        Assert.Matches("and 9[0-9]{3} more", html);
    }

    [Fact]
    public void AMailHasNoScriptAndEscapesNames()
    {
        var html = MailHtml.Write(AlertSamples.Message(AlertSamples.Item(AlertSamples.Saying("<script>alert(1)</script> \"x\" & y"))).Document);
        Assert.DoesNotContain("<script", html, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("&lt;script&gt;alert(1)&lt;/script&gt; &quot;x&quot; &amp; y", html, StringComparison.Ordinal);
    }

    [Fact]
    public void AUsersTemplateIsUsedAndAWrongOneIsSaid()
    {
        var folder = Directory.CreateTempSubdirectory("aksinsights-templates-");
        try
        {
            File.WriteAllText(Path.Combine(folder.FullName, "alert-line.hbs"), "{{severity}}! {{title}} [{{workload}}]");
            File.WriteAllText(Path.Combine(folder.FullName, "alert-titel.hbs"), "x");
            File.WriteAllText(Path.Combine(folder.FullName, "digest-line.hbs"), "{{#if x}}");
            var templates = AlertTemplates.ReadFolder(folder.FullName, out var mistakes);
            Assert.Equal(2, mistakes.Count);
            Assert.Contains("There is no template `alert-titel`", mistakes[0], StringComparison.Ordinal);
            var document = new AlertWriter(templates, new FindingNotes([]), null).Write([AlertSamples.Item()], "");
            Assert.Equal("error! cart restarts [cart]", document.Sections[0].Lines[0].Text);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public void ADigestIsDueAtItsTimeByItsClock()
    {
        var plan = new DigestPlan { Name = "d", Channels = [], At = new TimeOnly(8, 0), Zone = TimeZoneInfo.FindSystemTimeZoneById("Europe/Berlin"), Days = [DayOfWeek.Monday] };
        Assert.Equal(new DateTimeOffset(2026, 1, 5, 7, 0, 0, TimeSpan.Zero), plan.LatestDue(new DateTimeOffset(2026, 1, 5, 7, 0, 0, TimeSpan.Zero)));
        Assert.Equal(new DateTimeOffset(2025, 12, 29, 7, 0, 0, TimeSpan.Zero), plan.LatestDue(new DateTimeOffset(2026, 1, 5, 6, 59, 0, TimeSpan.Zero)));
    }

    private static Digest Build(DateTimeOffset? since, IReadOnlyList<Finding> findings, IReadOnlyList<FindingEvent> events) =>
        DigestBuilder.Build(since, Samples.Minute(60), findings, events, new DigestScope(), Policy);

    private static FindingEvent Happened(Finding finding, FindingEventKind kind, double minute) =>
        new(finding.Id, Samples.Minute(minute), kind, 1, finding.Severity, finding.Condition, true);

    private static IEnumerable<string?> Workloads(IEnumerable<Finding> findings) => findings.Select(f => f.Key["workload"]);
}

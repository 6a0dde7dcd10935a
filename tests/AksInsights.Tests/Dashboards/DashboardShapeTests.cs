using System.Text.RegularExpressions;
using AksInsights.Core.Dashboards;
using Newtonsoft.Json.Linq;

namespace AksInsights.Tests.Dashboards;

/// <summary>What Grafana does not check, or notices only when somebody looks.</summary>
public sealed partial class DashboardShapeTests
{
    // What @grafana/data of Grafana 13 runs in a browser without a plugin; a test in IntegrationTests asks the package itself.
    private static readonly string[] Units =
        ["none", "short", "percent", "percentunit", "bytes", "binBps", "s", "ms", "dtdurations", "currencyUSD", "dateTimeAsIso", "dateTimeFromNow", "suffix: cores", "suffix:/s"];

    public static TheoryData<string> Dashboards => [.. AllDashboards.Files.Select(f => AllDashboards.Name(f.Flavour, f.File))];

    [Fact]
    public void NamesAreUniqueWhereGrafanaNeedsThemToBe()
    {
        // Of the flavours that show findings one is installed; all others go together with any of them.
        foreach (var store in DashboardSet.Stores)
        {
            var together = AllDashboards.Files.Where(f => f.Flavour == store || !DashboardSet.Stores.Contains(f.Flavour)).Select(f => f.File).ToList();
            Assert.Equal(together.Count, together.Select(file => file.Uid).Distinct().Count());
            Assert.Equal(together.Count, together.Select(file => (file.Folder, file.Title)).Distinct().Count());
        }

        Assert.All(AllDashboards.Files, f => Assert.Matches("^[a-z0-9-]{1,40}$", f.File.Uid));
    }

    [Theory]
    [MemberData(nameof(Dashboards))]
    public void PanelsHaveNumbersAndPlacesOfTheirOwn(string name)
    {
        var content = Find(name);
        var all = content["panels"]!.Cast<JObject>().SelectMany(panel => new[] { panel }.Concat((panel["panels"] as JArray ?? []).Cast<JObject>())).ToList();
        Assert.Equal(all.Count, all.Select(panel => (int)panel["id"]!).Distinct().Count());
        var titles = all.Where(panel => (string?)panel["type"] != "row").Select(panel => (string)panel["title"]!).Where(title => title.Length > 0).ToList();
        Assert.Equal(titles.Distinct(), titles);
        var taken = new HashSet<(int X, int Y)>();
        foreach (var place in all.Select(panel => panel["gridPos"]!))
        {
            for (var x = (int)place["x"]!; x < (int)place["x"]! + (int)place["w"]!; x++)
            {
                Assert.InRange(x, 0, 23);
                for (var y = (int)place["y"]!; y < (int)place["y"]! + (int)place["h"]!; y++) Assert.True(taken.Add((x, y)), $"Two panels stand at {x}, {y}.");
            }
        }
    }

    [Theory]
    [MemberData(nameof(Dashboards))]
    public void UnitsAreOnesThatGrafanaKnows(string name)
    {
        var content = Find(name);
        var direct = content.Descendants().OfType<JProperty>().Where(p => p.Name == "unit").Select(p => (string)p.Value!);
        var overrides = content.Descendants().OfType<JObject>().Where(o => (string?)(o["id"] as JValue) == "unit").Select(o => (string)o["value"]!);
        Assert.Empty(direct.Concat(overrides).Distinct().Except(Units));
    }

    /// <summary>Grafana's table keeps a row's cells by heading: of two columns of the same heading one would show the other's values.</summary>
    [Theory]
    [MemberData(nameof(Dashboards))]
    public void HeadingsOfATableAreUnique(string name)
    {
        foreach (var panel in AllDashboards.Panels(Find(name)).Where(panel => (string?)panel["type"] == "table"))
        {
            var headings = panel["fieldConfig"]!["overrides"]!.SelectMany(o => o["properties"]!).Where(p => (string?)p["id"] == "displayName").Select(p => (string)p["value"]!).ToList();
            Assert.Equal(headings.Distinct(), headings);
        }
    }

    [Theory]
    [MemberData(nameof(Dashboards))]
    public void EveryVariableThatIsNamedIsThere(string name)
    {
        var content = Find(name);
        var there = content["templating"]!["list"]!.Select(variable => (string)variable["name"]!).ToList();
        Assert.Equal(there.Distinct(), there);
        var texts = content.Descendants().OfType<JValue>().Where(value => value.Type == JTokenType.String && !IsAddress(value)).Select(value => (string)value!);
        Assert.Empty(texts.SelectMany(text => Named().Matches(text)).Select(match => match.Groups[1].Value + match.Groups[2].Value).Distinct().Except([.. there, "left", "right"]));
    }

    [Theory]
    [MemberData(nameof(Dashboards))]
    public void LinksLeadToOurDashboardsAndGiveVariablesThatAreThere(string name)
    {
        foreach (var url in Find(name).Descendants().OfType<JProperty>().Where(p => p.Name == "url").Select(p => (string)p.Value!).Where(url => url.StartsWith("/d/", StringComparison.Ordinal)))
        {
            var (uid, query) = (url[3..url.IndexOf('?', StringComparison.Ordinal)], url[(url.IndexOf('?', StringComparison.Ordinal) + 1)..]);
            foreach (var target in AllDashboards.Files.Where(f => f.File.Uid == uid).Select(f => f.File).DefaultIfEmpty(null))
            {
                Assert.True(target is not null, $"{url} leads nowhere.");
                var there = target.Content["templating"]!["list"]!.Select(variable => (string)variable["name"]!).ToList();
                Assert.Empty(query.Split('&').Where(part => part.StartsWith("var-", StringComparison.Ordinal)).Select(part => part[4..part.IndexOf('=', StringComparison.Ordinal)]).Except(there));
            }
        }
    }

    [Theory]
    [MemberData(nameof(Dashboards))]
    public void WhatIsWrittenIsWhatAFileNeeds(string name)
    {
        var content = Find(name);
        Assert.Equal(JTokenType.Null, content["id"]!.Type);
        Assert.Null(content["version"]);
        Assert.Equal(42, (int)content["schemaVersion"]!);
        // A hard-coded data source would be one of somebody else's installation.
        Assert.All(
            content.Descendants().OfType<JProperty>().Where(p => p.Name == "datasource").Select(p => (string)p.Value["uid"]!),
            uid => Assert.True(uid == "-- Grafana --" || uid.StartsWith("${", StringComparison.Ordinal), uid));
    }

    private static JObject Find(string name) => AllDashboards.Files.Single(f => AllDashboards.Name(f.Flavour, f.File) == name).File.Content;

    private static bool IsAddress(JValue value) => value.Parent is JProperty { Name: "url" } && ((string)value!).StartsWith("/d/", StringComparison.Ordinal);

    // $name and ${name:format}, but no macro, no column of a row, and no anchor of a regular expression. KQL has $left and $right of its own.
    [GeneratedRegex(@"\$([a-z]+)\b|\$\{([a-z]+)(?::[a-z]+)?\}")]
    private static partial Regex Named();
}

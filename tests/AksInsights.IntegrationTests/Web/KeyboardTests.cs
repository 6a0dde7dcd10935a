using Microsoft.Playwright;

namespace AksInsights.IntegrationTests.Web;

/// <summary>Without a mouse, and by ear: everything is reached with Tab, one sees where one is, and the page has a structure to go along.</summary>
[Needs(WebBrowser.Program)]
[Collection(WebTests.Name)]
public sealed class KeyboardTests(WebFixture web)
{
    // More than any page has before what is looked for.
    private const int MostStops = 120;

    /// <summary>What is wrong with the outline of a page: headings that skip a level, landmarks that are not there once, tables without caption or with heads of nothing, fields without a name.</summary>
    private const string Faults = """
        () => {
          const faults = [];
          let level = 0;
          document.querySelectorAll("h1, h2, h3, h4").forEach(heading => {
            const next = Number(heading.tagName[1]);
            if (next > level + 1) faults.push(`${heading.tagName} ${heading.textContent} after h${level}`);
            level = next;
          });
          for (const [landmark, name] of [["body > header", "banner"], ["main", "main"], ["body > footer", "contentinfo"], ["nav[aria-label=Main]", "navigation"]])
            if (document.querySelectorAll(landmark).length !== 1) faults.push(`not one ${name}`);
          document.querySelectorAll("nav:not([aria-label])").forEach(nav => faults.push(`nav without a name: ${nav.textContent}`));
          document.querySelectorAll("table").forEach(table => {
            if (!table.caption || !table.caption.textContent.trim()) faults.push("table without caption");
            table.querySelectorAll("th:not([scope])").forEach(head => faults.push(`head of nothing: ${head.textContent}`));
            table.querySelectorAll("thead th").forEach(head => { if (!head.textContent.trim()) faults.push("empty head"); });
          });
          document.querySelectorAll("input:not([type=hidden]), select").forEach(field => { if (field.labels.length === 0) faults.push(`field without a label: ${field.name}`); });
          return faults;
        }
        """;

    /// <summary>Whether one sees where the focus is: an outline, or a link that only appears with it.</summary>
    private const string Seen = """
        () => {
          const at = document.activeElement, style = getComputedStyle(at), box = at.getBoundingClientRect();
          return box.width > 0 && box.right > 0 && box.bottom > 0 && box.top < innerHeight && style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2;
        }
        """;

    public static TheoryData<string> Each => EveryPageTests.Each;

    [Theory]
    [MemberData(nameof(Each))]
    public async Task APageHasAnOutlineToGoAlong(string address)
    {
        await using var browser = await web.Browser.OpenAsync(web.Scene.Site);
        await EveryPageTests.GoAsync(browser, address);
        Assert.Empty(await browser.Page.EvaluateAsync<string[]>(Faults));
    }

    [Fact]
    public async Task FromTheOverviewToAnAcknowledgementWithKeysAlone()
    {
        await using var scene = await WebScene.StartAsync(WebStory.Of(40));
        await using var browser = await web.Browser.OpenAsync(scene.Site);
        var page = browser.Page;
        await browser.GoAsync("/");
        await TabToAsync(page, "nav a[href='/findings']");
        await PressAsync(browser, "Enter");
        Assert.Equal("Findings", await browser.HeadingAsync());

        // A choice by keys changes nothing until it is sent: the arrows pass over others on the way.
        await TabToAsync(page, "[name=severity]");
        await page.Keyboard.PressAsync("ArrowDown");
        await page.Keyboard.PressAsync("ArrowDown");
        Assert.Equal("error", await page.Locator("[name=severity]").InputValueAsync());
        Assert.DoesNotContain("severity=", page.Url, StringComparison.Ordinal);
        await TabToAsync(page, ".filters button");
        await PressAsync(browser, "Enter");
        Assert.Contains("severity=error", page.Url, StringComparison.Ordinal);

        await page.Keyboard.PressAsync("Tab");
        await page.Keyboard.PressAsync("Enter");
        Assert.True(await page.EvaluateAsync<bool>("document.activeElement.id === 'content'"), "The first stop leads past the navigation.");
        await TabToAsync(page, "table.findings .what > a");
        Assert.Equal(WebStory.Worst, await page.Locator(":focus").InnerTextAsync());
        await PressAsync(browser, "Enter");

        await TabToAsync(page, "#acknowledge-name");
        await page.Keyboard.TypeAsync("Ann");
        await TabToAsync(page, "#acknowledge-reason");
        await page.Keyboard.TypeAsync("growing the disk");
        await TabToAsync(page, "form[action$='/acknowledge'] button");
        await PressAsync(browser, "Space");
        Assert.Contains("Acknowledged", await page.GetByRole(AriaRole.Status).InnerTextAsync(), StringComparison.Ordinal);
        Assert.StartsWith("Acknowledged", await page.TitleAsync(), StringComparison.Ordinal);
        Assert.Contains("by Ann", await page.Locator("section[aria-labelledby=say]").InnerTextAsync(), StringComparison.Ordinal);
        Assert.Empty(browser.Complaints);
    }

    /// <summary>Presses Tab until the focus is there; at each stop one must see it.</summary>
    private static async Task TabToAsync(IPage page, string selector)
    {
        for (var stop = 0; stop < MostStops; stop++)
        {
            await page.Keyboard.PressAsync("Tab");
            Assert.True(await page.EvaluateAsync<bool>(Seen), $"The focus is not seen on {await page.EvaluateAsync<string>("document.activeElement.outerHTML.slice(0, 120)")}");
            if (await page.EvaluateAsync<bool>("selector => document.activeElement.matches(selector)", selector)) return;
        }

        Assert.Fail($"Tab does not lead to {selector}.");
    }

    private static Task PressAsync(BrowserPage browser, string key) => browser.LeaveAsync(() => browser.Page.Keyboard.PressAsync(key));
}

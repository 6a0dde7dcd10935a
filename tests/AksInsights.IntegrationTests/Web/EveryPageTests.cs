using Deque.AxeCore.Playwright;
using Microsoft.Playwright;

namespace AksInsights.IntegrationTests.Web;

/// <summary>What holds of every page: anybody can read it, in light and dark, on a phone, and nothing comes from elsewhere.</summary>
[Needs(WebBrowser.Program)]
[Collection(WebTests.Name)]
public sealed class EveryPageTests(WebFixture web)
{
    /// <summary>The kinds of pages, each with something on it.</summary>
    internal static readonly string[] Pages = ["/", "/findings", "/findings?text=nothing-is-called-so", "/findings/WORST", "/recommendations", "/recommendations/FIRST", "/queries", "/queries?health=trouble", "/queries/storage/pv-nearly-full", "/digests", "/digests/FIRST", "/nowhere", "/sign-in"];

    public static TheoryData<string> Each => new(Pages);

    [Theory]
    [MemberData(nameof(Each))]
    public async Task EverybodyCanReadItAndTheBrowserHasNothingToComplainOf(string address)
    {
        await using var browser = await web.Browser.OpenAsync(web.Scene.Site);
        var page = browser.Page;
        var elsewhere = new List<string>();
        page.Request += (_, request) =>
        {
            if (!request.Url.StartsWith(web.Scene.Site.ToString(), StringComparison.Ordinal)) elsewhere.Add(request.Url);
        };
        await GoAsync(browser, address);
        Assert.Equal(1, await page.Locator("h1").CountAsync());
        Assert.Equal(1, await page.GetByRole(AriaRole.Main).CountAsync());
        // Nothing inline, so that the policy could stay as strict as it is.
        Assert.Equal(0, await page.Locator("[style], style, script:not([src]), [onclick]").CountAsync());
        for (var closed = page.Locator("main details:not([open]) > summary"); await closed.CountAsync() > 0;) await closed.First.ClickAsync();

        foreach (var colours in new[] { ColorScheme.Light, ColorScheme.Dark })
        {
            await page.EmulateMediaAsync(new PageEmulateMediaOptions { ColorScheme = colours, ReducedMotion = ReducedMotion.Reduce });
            var result = await page.RunAxe();
            Assert.True(result.Passes.Length > 10, "The checker checked next to nothing.");
            var serious = result.Violations.Where(v => v.Impact is "serious" or "critical").ToList();
            Assert.True(serious.Count == 0, $"{colours}: {string.Join("; ", serious.Select(v => $"{v.Id}: {string.Join(" ", v.Nodes.Take(3).Select(n => n.Html))}"))}");
        }

        await page.SetViewportSizeAsync(390, 844);
        Assert.Equal(390, await page.EvaluateAsync<int>("document.documentElement.scrollWidth"));
        Assert.Empty(browser.Complaints);
        Assert.Empty(elsewhere);
    }

    [Fact]
    public async Task ThePolicyAndTheRestOfTheHeadersAreStrict()
    {
        await using var browser = await web.Browser.OpenAsync(web.Scene.Site);
        var answer = (await browser.Page.GotoAsync("/"))!;
        var headers = await answer.AllHeadersAsync();
        Assert.Equal("default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; form-action 'self'; frame-ancestors 'none'; base-uri 'none'", headers["content-security-policy"]);
        Assert.Equal("nosniff", headers["x-content-type-options"]);
        Assert.Equal("private, no-cache", headers["cache-control"]);
        var style = await browser.Page.Locator("link[rel=stylesheet]").GetAttributeAsync("href");
        var kept = await browser.Page.APIRequest.GetAsync(style!);
        Assert.Equal("public, max-age=31536000, immutable", kept.Headers["cache-control"]);
        Assert.Equal(404, (await browser.Page.APIRequest.GetAsync(style!.Replace("/assets/", "/assets/0", StringComparison.Ordinal))).Status);
    }

    /// <summary>Goes to a page; WORST stands for the worst finding, FIRST for the first of a list.</summary>
    internal static async Task GoAsync(BrowserPage browser, string address)
    {
        if (address.Contains("WORST", StringComparison.Ordinal))
        {
            await browser.GoAsync("/findings?text=orders-db");
            address = (await browser.Page.Locator("table.findings .what > a").First.GetAttributeAsync("href"))!;
        }

        if (address.EndsWith("/FIRST", StringComparison.Ordinal))
        {
            var list = address[..^"/FIRST".Length];
            await browser.GoAsync(list);
            address = (await browser.Page.Locator($"main :is(.what, .messages) a[href^='{list}/']").First.GetAttributeAsync("href"))!;
        }

        await browser.GoAsync(address);
    }
}

using Microsoft.Playwright;

namespace AksInsights.IntegrationTests.Web;

/// <summary>From the list of recommendations to one of them, and from the list of digests to what they tell; with scripts and without.</summary>
[Needs(WebBrowser.Program)]
[Collection(WebTests.Name)]
public sealed class AdviceJourneyTests(WebFixture web)
{
    private const string Manifest = "apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: checkout, namespace: shop}\nspec:\n  template:\n    spec:\n      containers:\n      - name: app\n        resources:\n          requests: {cpu: \"1\", memory: 1Gi}\n          limits: {cpu: \"2\", memory: 2Gi}\n";

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task ARecommendationIsFoundInTheListAndReadWithUsageAmountsPastAndChange(bool scripts)
    {
        await using var browser = await web.Browser.OpenAsync(web.Scene.Site, new BrowserPageOptions { Scripts = scripts });
        var page = browser.Page;
        await browser.GoAsync("/");
        await browser.ClickAsync(AriaRole.Link, "Recommendations");
        Assert.Equal("Requests and limits", await browser.HeadingAsync());
        Assert.Equal(2, await page.Locator("table.advice tbody tr").CountAsync());

        await page.Locator("[name=namespace]").SelectOptionAsync("shop");
        if (!scripts) await browser.ClickAsync(AriaRole.Button, "Show");
        await page.WaitForURLAsync("**/recommendations?*namespace=shop*");
        Assert.Equal(1, await page.Locator("table.advice tbody tr").CountAsync());

        await browser.ClickAsync(AriaRole.Link, WebAdvice.Container);
        Assert.Equal("checkout: app", await browser.HeadingAsync());
        foreach (var resource in new[] { "CPU", "Memory" }) Assert.StartsWith($"{resource}: samples from ", await page.Locator($"section[aria-labelledby={resource.ToLowerInvariant()}] svg").GetAttributeAsync("aria-label"), StringComparison.Ordinal);
        foreach (var line in new[] { "request-now", "request-proposed", "limit-now" }) Assert.Equal(2, await page.Locator($".usage line.{line}").CountAsync());
        var change = await page.GetByLabel("The change as YAML").InnerTextAsync();
        Assert.Contains("-     cpu: 1\n", change, StringComparison.Ordinal);
        Assert.Contains("-     memory: 1Gi\n", change, StringComparison.Ordinal);
        Assert.Contains("OOM kills", await page.Locator("section[aria-labelledby=past]").InnerTextAsync(), StringComparison.Ordinal);
        await browser.ClickAsync(AriaRole.Link, "shop");
        Assert.Equal("shop", await page.Locator("[name=namespace]").InputValueAsync());
        Assert.Empty(browser.Complaints);
    }

    [Fact]
    public async Task WithTheFolderOfTheManifestsTheChangeIsTheDiffOfTheFile()
    {
        var folder = Directory.CreateTempSubdirectory("aksinsights-manifests").FullName;
        try
        {
            await File.WriteAllTextAsync(Path.Combine(folder, "checkout.yaml"), Manifest);
            await using var scene = await WebScene.StartAsync(WebAdvice.With(1), manifests: folder);
            await using var browser = await web.Browser.OpenAsync(scene.Site, new BrowserPageOptions { Scripts = false });
            await browser.GoAsync("/recommendations?namespace=shop");
            await browser.ClickAsync(AriaRole.Link, WebAdvice.Container);
            var diff = await browser.Page.GetByLabel("The change of the manifests").InnerTextAsync();
            Assert.Contains("+++ b/checkout.yaml", diff, StringComparison.Ordinal);
            Assert.Contains("-          requests: {cpu: \"1\", memory: 1Gi}", diff, StringComparison.Ordinal);

            await browser.GoAsync("/recommendations?namespace=payments");
            await browser.ClickAsync(AriaRole.Link, "payments/ledger: app");
            Assert.Contains("No file is changed", await browser.Page.Locator("section[aria-labelledby=diff]").InnerTextAsync(), StringComparison.Ordinal);
            Assert.Contains("-     cpu: 1\n", await browser.Page.GetByLabel("The change as YAML").InnerTextAsync(), StringComparison.Ordinal);
            Assert.Empty(browser.Complaints);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task ADigestThatWasSentIsFoundInTheListAndLeadsToItsFindings(bool scripts)
    {
        await using var browser = await web.Browser.OpenAsync(web.Scene.Site, new BrowserPageOptions { Scripts = scripts });
        await browser.GoAsync("/");
        await browser.ClickAsync(AriaRole.Link, "Digests");
        await browser.ClickAsync(browser.Page.Locator(".messages a").First);
        Assert.Contains("/digests/msg_", browser.Page.Url, StringComparison.Ordinal);
        Assert.Contains("daily to team", await browser.Page.GetByRole(AriaRole.Navigation, new PageGetByRoleOptions { Name = "Where you are" }).InnerTextAsync(), StringComparison.Ordinal);
        // Its links hold the address that people outside use, and lead to this service all the same.
        var told = browser.Page.Locator(".wide .items a").First;
        var title = await told.InnerTextAsync();
        await browser.ClickAsync(told);
        Assert.Equal(title, await browser.HeadingAsync());
        Assert.StartsWith(web.Scene.Site.ToString(), browser.Page.Url, StringComparison.Ordinal);
        Assert.Empty(browser.Complaints);
    }
}

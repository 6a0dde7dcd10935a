using System.Net;
using Microsoft.Playwright;

namespace AksInsights.IntegrationTests.Web;

/// <summary>Who is let in to the page, and who is not.</summary>
[Needs(WebBrowser.Program)]
[Collection(WebTests.Name)]
public sealed class SignInTests(WebFixture web)
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task AKeyLetsSomebodyInWhereTheyWantedToGoUntilTheySignOut(bool scripts)
    {
        await using var scene = await WebScene.StartAsync(WebStory.Of(20), withKey: true);
        await using var browser = await web.Browser.OpenAsync(scene.Site, new BrowserPageOptions { Scripts = scripts });
        var page = browser.Page;
        Assert.Equal(401, await browser.GoAsync("/findings?severity=critical"));
        await page.GetByLabel("Key").FillAsync("aks_wrong");
        await browser.ClickAsync(page.Locator("main button"));
        Assert.Equal("This is nobody’s key.", await page.GetByRole(AriaRole.Alert).InnerTextAsync());
        await page.GetByLabel("Key").FillAsync(scene.Key!);
        await browser.ClickAsync(page.Locator("main button"));
        Assert.Equal("Findings", await browser.HeadingAsync());
        Assert.EndsWith("/findings?severity=critical", page.Url, StringComparison.Ordinal);

        var session = Assert.Single(await page.Context.CookiesAsync(), cookie => cookie.Name == "aksinsights-session");
        Assert.True(session.HttpOnly);
        Assert.Equal(SameSiteAttribute.Strict, session.SameSite);
        Assert.DoesNotContain(scene.Key!, session.Value, StringComparison.Ordinal);

        await browser.ClickAsync(AriaRole.Link, WebStory.Worst);
        await browser.ClickAsync(AriaRole.Button, "Acknowledge");
        Assert.Contains("by ann", await page.Locator("section", new PageLocatorOptions { HasText = "What people say" }).InnerTextAsync(), StringComparison.Ordinal);

        await browser.ClickAsync(AriaRole.Button, "Sign out");
        Assert.Equal(401, await browser.GoAsync("/findings"));
        Assert.Empty(browser.Complaints);
    }

    [Fact]
    public async Task ALinkFromElsewhereLeadsIn()
    {
        await using var scene = await WebScene.StartAsync(WebStory.Of(20), withKey: true);
        await using var browser = await web.Browser.OpenAsync(scene.Site, new BrowserPageOptions { Scripts = false });
        await browser.GoAsync("/sign-in");
        await browser.Page.GetByLabel("Key").FillAsync(scene.Key!);
        await browser.ClickAsync(browser.Page.Locator("main button"));
        Assert.Equal("20 open findings", await browser.HeadingAsync());

        // As in a mail that is read in the browser: another site, so the session is not sent at first.
        await browser.Page.RouteAsync("http://mail.example/**", route => route.FulfillAsync(new RouteFulfillOptions { ContentType = "text/html", Body = $"<a href='{scene.Site}findings'>Open</a>" }));
        await browser.Page.GotoAsync("http://mail.example/");
        await browser.Page.GetByRole(AriaRole.Link).ClickAsync();
        await Assertions.Expect(browser.Page.Locator("h1")).ToHaveTextAsync("Findings", new LocatorAssertionsToHaveTextOptions { Timeout = 120_000 });
    }

    [Fact]
    public async Task ProgramsAreAnsweredAsBeforeAndFormsOfOtherSitesAreRefused()
    {
        await using var scene = await WebScene.StartAsync(WebStory.Of(5), withKey: true);
        using var client = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false, UseCookies = false }) { BaseAddress = scene.Site };
        using var data = await client.GetAsync("api/v1/findings");
        Assert.Equal((HttpStatusCode.Unauthorized, "application/problem+json"), (data.StatusCode, data.Content.Headers.ContentType!.MediaType));

        using var foreign = Form("sign-in", scene.Key!, ("Sec-Fetch-Site", "cross-site"));
        using var refused = await client.SendAsync(foreign);
        Assert.Equal(HttpStatusCode.Forbidden, refused.StatusCode);
        using var entered = await client.SendAsync(Form("sign-in", scene.Key!, ("Origin", scene.Site.GetLeftPart(UriPartial.Authority))));
        Assert.Equal(HttpStatusCode.Found, entered.StatusCode);
        var session = entered.Headers.GetValues("Set-Cookie").Single().Split(';')[0];

        using var forged = Form("findings/0000000000000000/acknowledge", "", ("Cookie", session), ("Sec-Fetch-Site", "cross-site"));
        using var notTaken = await client.SendAsync(forged);
        Assert.Equal(HttpStatusCode.Forbidden, notTaken.StatusCode);
        using var changed = new HttpRequestMessage(HttpMethod.Get, "findings") { Headers = { { "Cookie", session[..^1] + (session[^1] == '0' ? '1' : '0') }, { "Accept", "text/html" } } };
        using var unsigned = await client.SendAsync(changed);
        Assert.Equal(HttpStatusCode.Unauthorized, unsigned.StatusCode);
        using var good = new HttpRequestMessage(HttpMethod.Get, "findings") { Headers = { { "Cookie", session }, { "Accept", "text/html" } } };
        using var shown = await client.SendAsync(good);
        Assert.Equal(HttpStatusCode.OK, shown.StatusCode);
    }

    [Theory]
    [InlineData("//evil.example/")]
    [InlineData("/\\evil.example/")]
    [InlineData("https://evil.example/")]
    public async Task SigningInLeadsToNoOtherSite(string back)
    {
        await using var scene = await WebScene.StartAsync(WebStory.Of(5), withKey: true);
        using var client = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false }) { BaseAddress = scene.Site };
        using var form = Form("sign-in", scene.Key!, ("Sec-Fetch-Site", "same-origin"));
        form.Content = new FormUrlEncodedContent([new("key", scene.Key), new("return", back)]);
        using var answer = await client.SendAsync(form);
        Assert.Equal("/", answer.Headers.Location!.OriginalString);
    }

    private static HttpRequestMessage Form(string path, string key, params (string Name, string Value)[] headers)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = new FormUrlEncodedContent([new("key", key)]) };
        foreach (var (name, value) in headers) request.Headers.Add(name, value);
        return request;
    }
}

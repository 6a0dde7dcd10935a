using Microsoft.Playwright;

namespace AksInsights.IntegrationTests.Web;

/// <summary>
/// <c>web-pictures FOLDER [SITE]</c>: pictures of every page of a service that runs at SITE, or of one with findings made up for tests: light, dark, and as on a phone.
/// </summary>
internal static class WebPictures
{
    private static readonly (string Name, string Address)[] Pages =
    [
        ("overview", "/"), ("findings", "/findings"), ("finding", "/findings/WORST"), ("recommendations", "/recommendations"), ("queries", "/queries"), ("query", "/queries/storage/pv-nearly-full"), ("digests", "/digests"),
        ("nowhere", "/nowhere"), ("sign-in", "/sign-in"),
    ];

    public static async Task<int> RunAsync(string folder, IReadOnlyList<string> arguments)
    {
        await using var browser = await WebBrowser.StartAsync();
        await using var scene = arguments.Count == 0 ? await WebScene.StartAsync(WebStory.Of(240)) : null;
        var site = scene?.Site ?? new Uri(arguments[0]);
        Directory.CreateDirectory(folder);
        foreach (var (look, options, whole) in new[]
        {
            ("light", new BrowserPageOptions { Height = 860 }, false),
            ("dark", new BrowserPageOptions { Height = 860, Dark = true }, false),
            ("whole", new BrowserPageOptions { Height = 860 }, true),
            ("phone", new BrowserPageOptions { Width = 390, Height = 844 }, false),
        })
        {
            await using var page = await browser.OpenAsync(site, options);
            foreach (var (name, address) in Pages)
            {
                await GoAsync(page, address);
                await page.Page.ScreenshotAsync(new PageScreenshotOptions { Path = Path.Combine(folder, $"web-{name}-{look}.png"), FullPage = whole });
            }

            foreach (var complaint in page.Complaints) Console.WriteLine($"{look}: {complaint}");
        }

        return 0;
    }

    private static async Task GoAsync(BrowserPage page, string address)
    {
        if (address == "/findings/WORST")
        {
            await page.GoAsync("/findings?severity=critical&text=full");
            address = (await page.Page.Locator("table.findings .what > a").First.GetAttributeAsync("href"))!;
        }

        await page.GoAsync(address);
    }
}

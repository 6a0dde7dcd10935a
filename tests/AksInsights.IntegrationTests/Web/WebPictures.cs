using Microsoft.Playwright;

namespace AksInsights.IntegrationTests.Web;

/// <summary>
/// <c>web-pictures FOLDER [SITE]</c>: pictures of every page of a service that runs at SITE, or of one with findings made up for tests: as they are first seen in light and dark colours, whole, on
/// a phone and on paper. <c>docs/pictures/make-web.sh</c> takes those that documentation shows from it.
/// </summary>
internal static class WebPictures
{
    // Longer ones could not be looked at: a list goes on as it began.
    private const int MostHeight = 3000;

    // The width of A4 between margins of a centimetre and a half, at 96 dots an inch.
    private const int PaperWidth = 680;

    /// <summary>What is drawn: a name, an address, and the link that is followed from there, the first of its kind.</summary>
    private static readonly (string Name, string Address, string? Follow)[] Pages =
    [
        ("overview", "/", null),
        ("findings", "/findings", null),
        ("finding", "/findings?severity=critical", "table.findings .what > a"),
        ("nothing-found", "/findings?text=nothing-is-called-so", null),
        ("recommendations", "/recommendations", null),
        ("recommendation", "/recommendations", "table.advice .what > a"),
        ("queries", "/queries", null),
        ("query", "/queries/storage/pv-nearly-full", null),
        ("digests", "/digests", null),
        ("digest", "/digests", ".messages a[href^='/digests/']"),
        ("nowhere", "/nowhere", null),
        ("sign-in", "/sign-in", null),
    ];

    private static readonly (string Name, BrowserPageOptions Options, bool Whole, Media Media)[] Looks =
    [
        ("light", new BrowserPageOptions { Height = 860 }, false, Media.Screen),
        ("dark", new BrowserPageOptions { Height = 860, Dark = true }, false, Media.Screen),
        ("whole", new BrowserPageOptions { Height = 860 }, true, Media.Screen),
        ("phone", new BrowserPageOptions { Width = 390, Height = 844 }, true, Media.Screen),
        // From a dark screen: what is printed must not be.
        ("paper", new BrowserPageOptions { Width = PaperWidth, Dark = true }, true, Media.Print),
    ];

    public static async Task<int> RunAsync(string folder, IReadOnlyList<string> arguments)
    {
        await using var browser = await WebBrowser.StartAsync();
        await using var scene = arguments.Count == 0 ? await WebScene.StartAsync(WebAdvice.With(240)) : null;
        var site = scene?.Site ?? new Uri(arguments[0]);
        Directory.CreateDirectory(folder);
        foreach (var (look, options, whole, media) in Looks)
        {
            await using var page = await browser.OpenAsync(site, options);
            await page.Page.EmulateMediaAsync(new PageEmulateMediaOptions { Media = media });
            foreach (var (name, address, follow) in Pages)
            {
                if (await GoAsync(page, address, follow)) await DrawAsync(page, Path.Combine(folder, $"web-{name}-{look}.png"), options, whole);
                else if (look == Looks[0].Name) Console.WriteLine($"There is no {name} at {site}.");
            }

            foreach (var complaint in page.Complaints) Console.WriteLine($"{look}: {complaint}");
        }

        return 0;
    }

    private static async Task<bool> GoAsync(BrowserPage page, string address, string? follow)
    {
        await page.GoAsync(address);
        if (follow is null) return true;
        var link = page.Page.Locator(follow).First;
        if (await link.CountAsync() == 0) return false;
        await page.GoAsync((await link.GetAttributeAsync("href"))!);
        return true;
    }

    private static async Task DrawAsync(BrowserPage page, string path, BrowserPageOptions options, bool whole)
    {
        var height = whole ? Math.Min(MostHeight, await page.Page.EvaluateAsync<int>("document.documentElement.scrollHeight")) : options.Height;
        await page.Page.ScreenshotAsync(new PageScreenshotOptions { Path = path, FullPage = true, Clip = new Clip { X = 0, Y = 0, Width = options.Width, Height = height } });
    }
}

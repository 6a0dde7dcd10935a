using Microsoft.Playwright;

namespace AksInsights.IntegrationTests.Web;

/// <summary>The system's Chromium, driven by Playwright. One process for all tests; each page is in a profile of its own.</summary>
internal sealed class WebBrowser : IAsyncDisposable
{
    /// <summary>The program.</summary>
    public const string Program = "chromium";

    private readonly IPlaywright _playwright;
    private readonly IBrowser _browser;

    private WebBrowser(IPlaywright playwright, IBrowser browser)
    {
        _playwright = playwright;
        _browser = browser;
    }

    public static async Task<WebBrowser> StartAsync()
    {
        var playwright = await Playwright.CreateAsync();
        var browser = await playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions
        {
            ExecutablePath = InstalledPrograms.Find(Program),
            // It runs as root in CI, without a sandbox, and has nothing to fetch from elsewhere.
            Args = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"],
            Timeout = 180_000,
        });
        return new WebBrowser(playwright, browser);
    }

    /// <summary>A page in a profile of its own.</summary>
    public async Task<BrowserPage> OpenAsync(Uri site, BrowserPageOptions? options = null)
    {
        options ??= new BrowserPageOptions();
        var context = await _browser.NewContextAsync(new BrowserNewContextOptions
        {
            BaseURL = site.ToString(),
            JavaScriptEnabled = options.Scripts,
            ColorScheme = options.Dark ? ColorScheme.Dark : ColorScheme.Light,
            ViewportSize = new ViewportSize { Width = options.Width, Height = options.Height },
            ReducedMotion = ReducedMotion.Reduce,
        });
        context.SetDefaultTimeout(120_000);
        return new BrowserPage(context, await context.NewPageAsync());
    }

    public async ValueTask DisposeAsync()
    {
        await _browser.DisposeAsync();
        _playwright.Dispose();
    }
}

/// <summary>How a page is looked at.</summary>
internal sealed record BrowserPageOptions
{
    /// <summary>Whether scripts run.</summary>
    public bool Scripts { get; init; } = true;

    /// <summary>Whether the system prefers dark colours.</summary>
    public bool Dark { get; init; }

    /// <summary>The width of the window.</summary>
    public int Width { get; init; } = 1280;

    /// <summary>Its height.</summary>
    public int Height { get; init; } = 900;
}

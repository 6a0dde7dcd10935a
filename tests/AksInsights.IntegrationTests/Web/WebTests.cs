namespace AksInsights.IntegrationTests.Web;

/// <summary>The browser, started once, and a service with a few hundred findings, recommendations and a digest that no test changes.</summary>
public sealed class WebFixture : IAsyncLifetime
{
    /// <summary>How many findings there are.</summary>
    public const int Findings = 240;

    private WebBrowser? _browser;
    private WebScene? _scene;

    internal WebBrowser Browser => _browser!;

    internal WebScene Scene => _scene!;

    public async Task InitializeAsync()
    {
        if (InstalledPrograms.Find(WebBrowser.Program) is null) return;
        _browser = await WebBrowser.StartAsync();
        _scene = await WebScene.StartAsync(WebAdvice.With(Findings));
    }

    public async Task DisposeAsync()
    {
        if (_scene is not null) await _scene.DisposeAsync();
        if (_browser is not null) await _browser.DisposeAsync();
    }
}

/// <summary>Tests in the browser follow each other: on a small machine two browsers at a time only wait for each other.</summary>
[CollectionDefinition(Name)]
public sealed class WebTests : ICollectionFixture<WebFixture>
{
    public const string Name = "web";
}

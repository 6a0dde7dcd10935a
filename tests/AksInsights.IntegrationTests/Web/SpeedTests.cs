namespace AksInsights.IntegrationTests.Web;

/// <summary>Ten thousand findings do not make the page slow. The figures that are promised are measured by <c>web-load</c>; here a busy machine gets five times as long.</summary>
[Needs(WebBrowser.Program)]
[Collection(WebTests.Name)]
public sealed class SpeedTests(WebFixture web)
{
    private const int Findings = 10_000;
    private const double Promised = 200;

    [Fact]
    public async Task TheFirstContentIsThereAtOnce()
    {
        await using var scene = await WebScene.StartAsync(WebStory.Of(Findings));
        foreach (var page in new[] { "/", "/findings", "/findings?order=newest-first&page=150" })
        {
            var times = await WebLoad.FirstContentAsync(web.Browser, scene, page, 6);
            Assert.True(times.Min() < 5 * Promised, $"{page} took {string.Join(", ", times.Select(t => $"{t:0} ms"))}.");
        }
    }
}

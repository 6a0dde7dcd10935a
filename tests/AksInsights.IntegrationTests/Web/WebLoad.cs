using System.Diagnostics;
using System.Globalization;
using AksInsights.Core.Findings;

namespace AksInsights.IntegrationTests.Web;

/// <summary><c>web-load [findings] [rounds]</c>: how long pages take over many findings: the first byte and the whole answer, and when the browser first shows something.</summary>
internal static class WebLoad
{
    private static readonly string[] Pages = ["/", "/findings", "/findings?page=150", "/findings?order=newest-first&page=40", "/findings?text=cart", "/findings/WORST"];

    public static async Task<int> RunAsync(string[] args)
    {
        var count = args.Length > 0 ? int.Parse(args[0], CultureInfo.InvariantCulture) : 10_000;
        var rounds = args.Length > 1 ? int.Parse(args[1], CultureInfo.InvariantCulture) : 20;
        await using var browser = await WebBrowser.StartAsync();
        await using var scene = await WebScene.StartAsync(WebStory.Of(count));
        Console.WriteLine($"{count:N0} findings, {rounds} rounds; milliseconds, median (slowest)");
        Console.WriteLine("page                                       first byte   whole answer   first content");
        foreach (var page in Pages) Console.WriteLine(await MeasureAsync(browser, scene, page, rounds));
        return 0;
    }

    /// <summary>The times until a browser shows the first content of a page, in milliseconds, one for each round.</summary>
    internal static async Task<IReadOnlyList<double>> FirstContentAsync(WebBrowser browser, WebScene scene, string address, int rounds)
    {
        var times = new List<double>();
        await using var page = await browser.OpenAsync(scene.Site);
        for (var round = 0; round < rounds; round++)
        {
            await EveryPageTests.GoAsync(page, address);
            times.Add(await page.Page.EvaluateAsync<double>(
                "new Promise(done => new PerformanceObserver(list => list.getEntriesByName('first-contentful-paint').forEach(e => done(e.startTime))).observe({ type: 'paint', buffered: true }))"));
        }

        return times;
    }

    private static async Task<string> MeasureAsync(WebBrowser browser, WebScene scene, string address, int rounds)
    {
        var shown = await FirstContentAsync(browser, scene, address, rounds + 1);
        using var client = new HttpClient { BaseAddress = scene.Site };
        var (first, whole) = (new List<double>(), new List<double>());
        client.DefaultRequestHeaders.Accept.ParseAdd("text/html");
        var worst = (await scene.Store.ListAsync(new FindingFilter { Limit = 1 }, default))[0];
        var path = address.Replace("WORST", worst.Id.Value, StringComparison.Ordinal);
        for (var round = 0; round <= rounds; round++)
        {
            var clock = Stopwatch.StartNew();
            using var answer = await client.GetAsync(path, HttpCompletionOption.ResponseHeadersRead);
            answer.EnsureSuccessStatusCode();
            first.Add(clock.Elapsed.TotalMilliseconds);
            await answer.Content.ReadAsByteArrayAsync();
            whole.Add(clock.Elapsed.TotalMilliseconds);
        }

        // The first round of each is the program's and the browser's own start.
        return $"{address,-40} {Text(first)} {Text(whole)} {Text(shown)}";
    }

    private static string Text(IReadOnlyList<double> times)
    {
        var sorted = times.Skip(1).Order().ToList();
        return string.Create(CultureInfo.InvariantCulture, $"{sorted[sorted.Count / 2],6:0} ({sorted[^1],4:0})");
    }
}

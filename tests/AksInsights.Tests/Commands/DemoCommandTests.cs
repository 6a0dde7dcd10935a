using System.Diagnostics;
using System.Net;
using System.Text.Json;
using System.Text.RegularExpressions;
using AksInsights.Adapters.Storage;
using AksInsights.Core.Alerts;
using AksInsights.Service.Commands;

namespace AksInsights.Tests.Commands;

/// <summary><c>demo</c> as somebody runs it who sees the program for the first time.</summary>
public sealed partial class DemoCommandTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("aksinsights-demo-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task ADayIsReplayedToldWrittenAndServed()
    {
        // What an earlier demo left is replaced, and what is somebody's own stays.
        await File.WriteAllTextAsync(Path.Combine(_folder, "demo.db"), "no database");
        await File.WriteAllTextAsync(Path.Combine(_folder, "mine.txt"), "mine");
        using var stop = new CancellationTokenSource();
        using var results = new StringWriter();
        using var messages = new StringWriter();
        var said = TextWriter.Synchronized(results);
        var io = new CommandIo(TextReader.Null, said, messages, IsInteractive: false, Width: null, TimeProvider.System);
        var run = CommandLineTable.RunAsync(["demo", "--serve", "--urls", "http://127.0.0.1:0", "--out", _folder], io, stop.Token);
        var url = await UrlAsync(run, () => Read(said, results));
        using (var http = new HttpClient { BaseAddress = url })
        {
            Assert.Equal(HttpStatusCode.OK, (await http.GetAsync("healthz/ready")).StatusCode);
            using var found = JsonDocument.Parse(await http.GetStringAsync("api/v1/findings?severity=critical"));
            Assert.Equal(3, found.RootElement.GetProperty("items").GetArrayLength());
        }

        await NothingIsRefusedAsync(Path.Combine(_folder, "demo.db"));
        await stop.CancelAsync();
        Assert.True(await run == ExitCode.Done, messages.ToString());
        CheckText(results.ToString());
        CheckFiles();
    }

    [Fact]
    public async Task AFolderThatCannotBeIsRefused()
    {
        var file = Path.Combine(_folder, "file");
        await File.WriteAllTextAsync(file, "");
        using var results = new StringWriter();
        using var messages = new StringWriter();
        var io = new CommandIo(TextReader.Null, results, messages, IsInteractive: false, Width: null, TimeProvider.System);
        Assert.Equal(ExitCode.Impossible, await CommandLineTable.RunAsync(["demo", "--out", Path.Combine(file, "below")], io, CancellationToken.None));
        Assert.Contains("--out DIR", messages.ToString(), StringComparison.Ordinal);
        Assert.Equal("", results.ToString());
    }

    /// <summary>The picture in the README is drawn from a run of the program (docs/pictures/make-demo.sh); here it is held against another.</summary>
    private static void CheckPicture(IEnumerable<string> lines)
    {
        var picture = Packed(WebUtility.HtmlDecode(Tags().Replace(File.ReadAllText(Repository.Path("docs/pictures/demo.svg")), "")));
        foreach (var line in lines) Assert.Contains(Packed(line), picture, StringComparison.Ordinal);
    }

    // The day ends with a message that waits because another explains it: it goes on waiting, and is not refused because the demo has no channel.
    private static async Task NothingIsRefusedAsync(string path)
    {
        await using var store = await SqlFindingStore.OpenFileAsync(path, TimeProvider.System, default);
        var patience = Stopwatch.StartNew();
        while ((await store.Outbox.BacklogAsync(TimeProvider.System.GetUtcNow(), default)).OldestDue is not null)
        {
            Assert.True(patience.Elapsed < TimeSpan.FromMinutes(1), "A message that is due was not looked at.");
            await Task.Delay(100);
        }

        Assert.Empty(await store.Outbox.ListAsync(new MessageFilter(State: MessageState.Refused), default));
    }

    private static void CheckText(string text)
    {
        var lines = text.Split('\n').Select(line => line.TrimEnd()).ToList();
        var story = lines.SkipWhile(line => line != "What your channel would have been told").TakeWhile(line => line.Length > 0).ToList();
        Assert.Equal(12, story.Count);
        // What the recording was made with, among much else: see demo-truth.tsv.
        Assert.Contains(lines, line => line.Contains("Cluster aks-edge-lab has sent no data", StringComparison.Ordinal));
        Assert.Contains(lines, line => line.Contains("Deployment shop/orders-worker: container app keeps restarting", StringComparison.Ordinal));
        Assert.Contains(lines, line => line.Contains("StatefulSet data/orders-db: volume data-orders-db-0 is 97.6 % full", StringComparison.Ordinal));
        Assert.Contains(lines, line => line.StartsWith("media/pdf-tools app: CPU request 130m, memory request 3Gi -> ", StringComparison.Ordinal));
        CheckPicture(story.Concat(lines.Where(line => line.StartsWith("What is wrong", StringComparison.Ordinal) || line.StartsWith("Requests and limits", StringComparison.Ordinal))));
    }

    private void CheckFiles()
    {
        Assert.Equal("mine", File.ReadAllText(Path.Combine(_folder, "mine.txt")));
        Assert.Contains("aks-edge-lab", File.ReadAllText(Path.Combine(_folder, "digest.md")), StringComparison.Ordinal);
        Assert.Contains("aks-edge-lab", File.ReadAllText(Path.Combine(_folder, "digest.html")), StringComparison.Ordinal);
        Assert.Contains("pdf-tools", File.ReadAllText(Path.Combine(_folder, "recommendations.md")), StringComparison.Ordinal);
        Assert.Contains("pdf-tools", File.ReadAllText(Path.Combine(_folder, "recommendations.html")), StringComparison.Ordinal);
        using (JsonDocument.Parse(File.ReadAllBytes(Path.Combine(_folder, "recommendations.json")))) { }

        var dashboards = Directory.GetFiles(Path.Combine(_folder, "dashboards"), "*.json", SearchOption.AllDirectories);
        Assert.NotEmpty(dashboards);
        Assert.StartsWith("SQLite format 3", File.ReadAllText(Path.Combine(_folder, "demo.db")), StringComparison.Ordinal);
    }

    private static async Task<Uri> UrlAsync(Task<int> run, Func<string> text)
    {
        while (true)
        {
            if (Served().Match(text()) is { Success: true } match) return new Uri(match.Groups[1].Value);
            Assert.False(run.IsCompleted, text());
            await Task.Delay(100);
        }
    }

    // A synchronized writer locks itself.
    private static string Read(TextWriter synchronized, StringWriter results)
    {
        lock (synchronized) return results.ToString();
    }

    private static string Packed(string text) => Blanks().Replace(text, "");

    [GeneratedRegex(@"See it in a browser: (http://\S+)")]
    private static partial Regex Served();

    [GeneratedRegex("<[^>]*>")]
    private static partial Regex Tags();

    [GeneratedRegex(@"\s")]
    private static partial Regex Blanks();
}

using System.Collections.Concurrent;
using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;

namespace AksInsights.IntegrationTests.Crashes;

/// <summary>
/// Stands in for Log Analytics over HTTP on this machine: its answers follow from a seed, the query and the window's end alone, so that whoever asks again, or later,
/// gets the same. Problems come, get worse, go and come back; some answers are partial or refused. Whether an answer is late or fails in passing is chance.
/// </summary>
internal sealed partial class SeededAzure : IAsyncDisposable
{
    private const int Subjects = 30;
    private static readonly string[] FindingColumns = ["cluster:string", "namespace:string", "workload:string", "restarts:long", "Severity:string"];

    private readonly WebApplication _app;
    private readonly ConcurrentDictionary<(int Query, DateTime End), bool> _answered = new();
    private readonly int _seed;
    private int _requests;

    private SeededAzure(int seed)
    {
        _seed = seed;
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => kestrel.Listen(System.Net.IPAddress.Loopback, 0));
        _app = builder.Build();
        _app.Run(AnswerAsync);
    }

    /// <summary>Where it listens.</summary>
    public Uri Address => new(_app.Urls.Single());

    /// <summary>How often it was asked.</summary>
    public int Requests => _requests;

    /// <summary>Which windows of which queries it has answered, well or badly.</summary>
    public ICollection<(int Query, DateTime End)> Answered => _answered.Keys;

    /// <summary>Whether it is slow at times, and fails in passing.</summary>
    public bool IsTroubled { get; set; } = true;

    /// <summary>Whether it does not answer at all.</summary>
    public bool Hangs { get; set; }

    /// <summary>Waits until it was asked so often.</summary>
    public Task UntilAskedAsync(int times) => Until.HoldsAsync(() => Task.FromResult(Requests >= times));

    public static async Task<SeededAzure> StartAsync(int seed)
    {
        var azure = new SeededAzure(seed);
        await azure._app.StartAsync();
        return azure;
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private async Task AnswerAsync(HttpContext context)
    {
        var chance = new Random(Interlocked.Increment(ref _requests) + _seed);
        if (Hangs) await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, context.RequestAborted).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (IsTroubled)
        {
            await Task.Delay(chance.Next(150));
            if (chance.Next(40) == 0)
            {
                context.Response.StatusCode = 503;
                return;
            }
        }

        using var body = await JsonDocument.ParseAsync(context.Request.Body);
        var text = body.RootElement.GetProperty("query").GetString()!;
        var (status, answer) = Answer(text);
        context.Response.StatusCode = status;
        context.Response.ContentType = "application/json";
        if (answer is not null) await context.Response.Body.WriteAsync(Encoding.UTF8.GetBytes(answer.ToJsonString()));
        if (Number().Match(text) is { Success: true } number) _answered[(int.Parse(number.Groups[1].Value, CultureInfo.InvariantCulture), EndOf(text))] = true;
    }

    private static DateTime EndOf(string text) =>
        Times().Matches(text).Select(match => DateTime.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture, DateTimeStyles.AdjustToUniversal)).Max();

    private (int Status, JsonObject? Answer) Answer(string text)
    {
        var end = EndOf(text);
        if (text.Contains("summarize newest", StringComparison.Ordinal))
            return (200, Table(["cluster:string", "newest:datetime", "oldest:datetime", "moments:long"], [.. Enumerable.Range(0, 3).Select(i => new object[] { $"/s/c{i}", end.AddSeconds(-1), end.AddSeconds(-61), 2 })]));
        if (text.Contains("summarize oldest", StringComparison.Ordinal)) return (200, Table(["oldest:datetime"], [end.Date.AddDays(-3)]));
        if (text.Contains("make_list(bucket)", StringComparison.Ordinal)) return (200, Histograms(end.Date));
        if (text.Contains("podsAverage", StringComparison.Ordinal)) return (200, Containers(end.Date));
        return Number().Match(text) is { Success: true } number ? Problems(int.Parse(number.Groups[1].Value, CultureInfo.InvariantCulture), end) : (204, null);
    }

    private (int Status, JsonObject? Answer) Problems(int query, DateTime end)
    {
        var random = new Random(HashCode(query, (int)(end.Ticks / TimeSpan.TicksPerSecond % int.MaxValue)));
        var trouble = random.Next(20);
        if (trouble == 0) return (400, new JsonObject { ["error"] = Error("BadArgumentError", "The request had some invalid properties.") });
        var rows = Enumerable.Range(0, Subjects).Where(_ => random.Next(10) < 7)
            .Select(i => new object[] { $"/s/c{i % 3}", $"shop-{i % 4}", $"w{i}", random.Next(100), random.Next(6) == 0 ? "critical" : "warning" });
        var answer = Table(FindingColumns, [.. rows]);
        if (trouble == 1) answer["error"] = Error("PartialError", "Some shards did not answer.");
        return (200, answer);
    }

    private JsonObject Histograms(DateTime day)
    {
        var random = new Random(HashCode(-1, (int)(day.Ticks / TimeSpan.TicksPerDay)));
        string[] columns =
        [
            "cluster:string", "namespace:string", "workloadKind:string", "workload:string", "container:string", "resource:string", "samples:long", "maxValue:real", "hoursSeen:long",
            "intervalSeconds:real", "buckets:dynamic", "counts:dynamic", "peakBuckets:dynamic", "peakCounts:dynamic",
        ];
        return Table(columns, [.. Enumerable.Range(0, 40).Select(i => new object[]
        {
            "/s/c0", "shop", "Deployment", $"w{i / 2}", "app", i % 2 == 0 ? "cpu" : "memory", 1440, 1e8 + random.Next(1000), 24, 60.0,
            "[100,101,102]", $"[{random.Next(1, 500)},{random.Next(1, 500)},1]", "[102]", "[24]",
        })]);
    }

    private static JsonObject Containers(DateTime day)
    {
        string[] columns =
        [
            "cluster:string", "namespace:string", "workloadKind:string", "workload:string", "container:string", "podsAverage:real", "restarts:long", "oomKills:long", "oomLimitBytes:real",
            "cpuRequestNanoCores:real", "cpuLimitNanoCores:real", "memoryRequestBytes:real", "memoryLimitBytes:real", "nodePool:string", "vmSize:string", "vmSizes:long", "optOut:string",
        ];
        return Table(columns, [.. Enumerable.Range(0, 20).Select(i => new object[]
        {
            "/s/c0", "shop", "Deployment", $"w{i}", "app", 2.0, day.Day, 0, 0.0, 1e8, 2e8, 1e8, 2e8, "user", "Standard_D4s_v5", 1, "",
        })]);
    }

    private static JsonObject Table(string[] columns, params object[][] rows) => new()
    {
        ["tables"] = new JsonArray(new JsonObject
        {
            ["name"] = "PrimaryResult",
            ["columns"] = new JsonArray([.. columns.Select(column => new JsonObject { ["name"] = column.Split(':')[0], ["type"] = column.Split(':')[1] })]),
            ["rows"] = new JsonArray([.. rows.Select(row => new JsonArray([.. row.Select(Cell)]))]),
        }),
    };

    private static JsonValue? Cell(object value) => value switch
    {
        DateTime time => JsonValue.Create(time.ToString("yyyy-MM-dd'T'HH:mm:ss.fffffff'Z'", CultureInfo.InvariantCulture)),
        string text => JsonValue.Create(text),
        int number => JsonValue.Create(number),
        double number => JsonValue.Create(number),
        _ => throw new ArgumentException($"A cell of a kind that is not written: {value.GetType()}."),
    };

    private static JsonObject Error(string code, string message) => new() { ["code"] = code, ["message"] = message };

    // The framework's own hash differs from process to process.
    private int HashCode(int a, int b) => unchecked((((_seed * 31) + a) * 1_000_003) + (b * 7919));

    [GeneratedRegex(@"let number = (\d+)")]
    private static partial Regex Number();

    [GeneratedRegex(@"datetime\((\d[^)]+)\)")]
    private static partial Regex Times();
}

using AksInsights.Adapters.Storage;
using AksInsights.Core.Alerts;
using AksInsights.Core.Findings;
using AksInsights.Service.Alerts;
using AksInsights.Service.Hosting;
using Microsoft.Extensions.Configuration;

namespace AksInsights.Tests.Hosting;

/// <summary>What the service delivers by itself, by the clock.</summary>
[System.Diagnostics.CodeAnalysis.SuppressMessage("Design", "CA1001", Justification = "A writer of text holds nothing.")]
public sealed class DeliveryLoopTests
{
    private readonly ManualTime _time = new(new DateTimeOffset(2026, 1, 5, 20, 0, 0, TimeSpan.Zero));
    private readonly StringWriter _out = new();

    [Fact]
    public async Task ADigestThatWasDueBeforeTheServiceFirstRanIsNotSentButTheNextIsAndOneThatWasMissedLater()
    {
        await using var store = await SqlFindingStore.OpenMemoryAsync(_time, default);
        await RunAsync(store, "2026-01-05T20:00Z", "2026-01-06T07:59Z");
        Assert.Equal("", _out.ToString());
        await RunAsync(store, "2026-01-06T08:00Z", "2026-01-06T09:00Z");
        Assert.Single(Titles(), "AksInsights: first look, 0 open findings");
        // The service is away at eight, and makes up for it.
        await RunAsync(store, "2026-01-07T10:00Z");
        Assert.Equal(2, Titles().Count);
    }

    private List<string> Titles() => [.. _out.ToString().Split('\n').Where(line => line.StartsWith("# ", StringComparison.Ordinal)).Select(line => line[2..].TrimEnd('\r'))];

    /// <summary>A service that is started at the first of some moments and looks at all of them.</summary>
    private async Task RunAsync(SqlFindingStore store, params string[] moments)
    {
        DeliveryLoop? loop = null;
        var settings = AlertSettings.Read(
            new ConfigurationBuilder().AddInMemoryCollection(
            [
                new("Alerts:Channels:out:Kind", "file"), new("Alerts:Channels:out:Format", "markdown"),
                new("Alerts:Digests:0:Name", "daily"), new("Alerts:Digests:0:Channels", "out"), new("Alerts:Digests:0:At", "08:00"),
            ]).Build(),
            _time,
            _out,
            out var mistakes);
        Assert.Empty(mistakes);
        await using var closing = settings!;
        foreach (var moment in moments)
        {
            _time.Now = DateTimeOffset.Parse(moment, System.Globalization.CultureInfo.InvariantCulture);
            loop ??= new DeliveryLoop(new AlertTools(settings!, []), store, new Deaf(), _time);
            await loop.RunOnceAsync(default);
        }
    }

    private sealed class Deaf : IDeliveryObserver
    {
        public void Dispatched(DispatchReport report) => Assert.Null(report.LastTrouble);

        public void RepeatFailed(string channel, string trouble) => Assert.Fail(trouble);

        public void DigestMade(string digest, int channels) => Assert.Equal(1, channels);

        public void DigestFailed(string digest, string trouble) => Assert.Fail(trouble);

        public void StoreFailed(StoreException trouble) => Assert.Fail(trouble.Message);
    }
}

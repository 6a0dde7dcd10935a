using System.Diagnostics.Metrics;
using System.Reflection;
using System.Text.RegularExpressions;
using AksInsights.Core.Telemetry;
using AksInsights.Service.Telemetry;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace AksInsights.Tests.Hosting;

/// <summary>What the service tells about itself is what its page says: people build alerts on numbers and names, so they change on purpose only.</summary>
public sealed partial class TelemetryPageTests
{
    private static readonly string Page = File.ReadAllText(Repository.Path("docs", "service.md"));

    [Fact]
    public void TheEventsOfTheLogAreThoseOfThePage()
    {
        var events = typeof(LogEvents).GetMethods(BindingFlags.Public | BindingFlags.Static)
            .Select(method => method.GetCustomAttribute<LoggerMessageAttribute>()).OfType<LoggerMessageAttribute>()
            .Select(message => $"{message.EventId} {message.Level}").ToList();
        Assert.Equal(events.Distinct(), events);
        Assert.Equal(EventRow().Matches(Page).Select(row => $"{row.Groups[1].Value} {row.Groups[2].Value}"), events.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void TheMetricsAreThoseOfThePage()
    {
        var metrics = new List<string>();
        using var listener = new MeterListener { InstrumentPublished = (instrument, _) => Add(instrument) };
        listener.Start();
        using var instruments = new ServiceInstruments(NullLogger<ServiceInstruments>.Instance, TimeProvider.System);
        Assert.Equal(MetricRow().Matches(Page).Select(row => $"{row.Groups[1].Value} {row.Groups[2].Value}"), metrics.Distinct().Order(StringComparer.Ordinal));

        void Add(Instrument instrument)
        {
            if (instrument.Meter.Name == ServiceInstruments.MeterName) metrics.Add($"{instrument.Name} {instrument.Unit!.Trim('{', '}')}");
        }
    }

    [Fact]
    public void TheSpansAreThoseOfThePage() => Assert.Equal(
        SpanRow().Matches(Page).Select(row => row.Groups[1].Value).Order(),
        new[] { Tracing.Evaluate, Tracing.Ask, Tracing.Commit, Tracing.Deliver }.Order());

    [GeneratedRegex(@"^\| ([0-9]{4}) \| (\w+) \|", RegexOptions.Multiline)]
    private static partial Regex EventRow();

    [GeneratedRegex(@"^\| `(aksinsights\.[a-z.]+)` \| (\w+) \|", RegexOptions.Multiline)]
    private static partial Regex MetricRow();

    [GeneratedRegex(@"^\| span `(\w+)` \|", RegexOptions.Multiline)]
    private static partial Regex SpanRow();
}

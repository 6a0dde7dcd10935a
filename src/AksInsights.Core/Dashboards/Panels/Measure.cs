using AksInsights.Core.Queries;

namespace AksInsights.Core.Dashboards.Panels;

/// <summary>How a number is written: the unit by Grafana's name, and the digits behind the point.</summary>
/// <param name="Unit">Grafana's id of the unit. One that Grafana does not know becomes a suffix, so a test compares with a list.</param>
/// <param name="Decimals">Digits behind the point; null leaves it to Grafana.</param>
public sealed record Measure(string Unit, int? Decimals = null)
{
    /// <summary>Things.</summary>
    public static Measure Count { get; } = new("none", 0);

    /// <summary>A bare number.</summary>
    public static Measure Number { get; } = new("none");

    /// <summary>Processor cores.</summary>
    public static Measure Cores { get; } = new("suffix: cores", 2);

    /// <summary>Bytes in powers of 1024.</summary>
    public static Measure Bytes { get; } = new("bytes", 1);

    /// <summary>A share of one.</summary>
    public static Measure Ratio { get; } = new("percentunit", 0);

    /// <summary>Seconds as a length of time.</summary>
    public static Measure Seconds { get; } = new("dtdurations");

    /// <summary>Thousandths of a second.</summary>
    public static Measure Milliseconds { get; } = new("ms", 0);

    /// <summary>Milliseconds since 1970, as the time that has passed.</summary>
    public static Measure Ago { get; } = new("dateTimeFromNow");

    /// <summary>Milliseconds since 1970, as date and time.</summary>
    public static Measure Moment { get; } = new("dateTimeAsIso");

    /// <summary>Money, which needs its digits: without them Grafana prints three that count.</summary>
    public static Measure Dollars { get; } = new("currencyUSD", 2);

    /// <summary>The way to write a unit of the query library.</summary>
    public static Measure Of(Unit unit) => unit switch
    {
        Core.Queries.Unit.Count => new("none"),
        Core.Queries.Unit.Cores => Cores,
        Core.Queries.Unit.Bytes => Bytes,
        Core.Queries.Unit.BytesPerSecond => new("binBps", 1),
        Core.Queries.Unit.Percent => new("percent", 1),
        Core.Queries.Unit.Ratio => new("percentunit", 1),
        Core.Queries.Unit.Seconds or Core.Queries.Unit.Duration => Seconds,
        Core.Queries.Unit.Milliseconds => Milliseconds,
        Core.Queries.Unit.Timestamp => Moment,
        Core.Queries.Unit.PerSecond => new("suffix:/s", 2),
        _ => Number,
    };
}

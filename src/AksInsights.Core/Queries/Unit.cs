namespace AksInsights.Core.Queries;

/// <summary>What the numbers of a column count; it decides how a person is shown them.</summary>
public enum Unit
{
    /// <summary>Things: restarts, pods, rows.</summary>
    Count,

    /// <summary>A bare number.</summary>
    Number,

    /// <summary>Processor cores.</summary>
    Cores,

    /// <summary>Bytes, shown in powers of 1024.</summary>
    Bytes,

    /// <summary>Bytes in a second.</summary>
    BytesPerSecond,

    /// <summary>Hundredths: 93 is 93 %.</summary>
    Percent,

    /// <summary>A share of one: 0.93 is 93 %.</summary>
    Ratio,

    /// <summary>Seconds, shown as a duration.</summary>
    Seconds,

    /// <summary>Thousandths of a second.</summary>
    Milliseconds,

    /// <summary>A point in time: a date-time, or seconds since 1970.</summary>
    Timestamp,

    /// <summary>A length of time, of KQL's type timespan.</summary>
    Duration,

    /// <summary>Events in a second.</summary>
    PerSecond,
}

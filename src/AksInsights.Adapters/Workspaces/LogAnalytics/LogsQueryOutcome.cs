using AksInsights.Core.Secrets;
using AksInsights.Kql.Results;

namespace AksInsights.Adapters.Workspaces.LogAnalytics;

/// <summary>What came of asking the query API once: exactly the cases that a caller must tell apart.</summary>
public abstract record LogsQueryOutcome
{
    private LogsQueryOutcome()
    {
    }

    /// <summary>The whole answer.</summary>
    /// <param name="Tables">Its tables; at least one.</param>
    public sealed record Complete(IReadOnlyList<ResultTable> Tables) : LogsQueryOutcome;

    /// <summary>Some of the answer.</summary>
    /// <param name="Tables">The rows that came; at least one table.</param>
    /// <param name="Error">Why others did not.</param>
    public sealed record Partial(IReadOnlyList<ResultTable> Tables, LogsError Error) : LogsQueryOutcome;

    /// <summary>The query is wrong, or what it names is not there; asking again is useless.</summary>
    public sealed record BadQuery(LogsError Error) : LogsQueryOutcome;

    /// <summary>Not allowed, or not known who asks.</summary>
    public sealed record Unauthorised(LogsError Error) : LogsQueryOutcome;

    /// <summary>There is no such workspace or resource.</summary>
    public sealed record NotFound(LogsError Error) : LogsQueryOutcome;

    /// <summary>Too much was asked lately.</summary>
    /// <param name="Error">What the service said.</param>
    /// <param name="RetryAfter">How long it wants to be left alone; null when it did not say.</param>
    public sealed record Throttled(LogsError Error, TimeSpan? RetryAfter) : LogsQueryOutcome;

    /// <summary>It took longer than was allowed; less at a time may do.</summary>
    public sealed record TimedOut(LogsError Error) : LogsQueryOutcome;

    /// <summary>The answer is larger than the service or this program takes, and nothing of it came.</summary>
    public sealed record TooLarge(LogsError Error) : LogsQueryOutcome;

    /// <summary>A passing trouble: the same question may work a little later.</summary>
    /// <param name="Error">What happened.</param>
    /// <param name="RetryAfter">How long to wait, if the service said so.</param>
    public sealed record Transient(LogsError Error, TimeSpan? RetryAfter) : LogsQueryOutcome;

    /// <summary>A success without any answer. 204 is the service's way to say that a workspace has no data; 200 is none of its documented ways.</summary>
    /// <param name="SaysNoContent">Whether it was 204.</param>
    public sealed record Empty(bool SaysNoContent) : LogsQueryOutcome;
}

/// <summary>An error as the service described it, or as it looked from here.</summary>
/// <param name="Codes">The codes, from the widest to the narrowest; empty when there are none.</param>
/// <param name="Message">What happened, in the narrowest words.</param>
/// <param name="Place">The place in the query as <c>line:position</c>; null when there is none.</param>
public sealed record LogsError(IReadOnlyList<string> Codes, string Message, string? Place = null)
{
    private const string ResultTooLarge = "-2133196797";

    /// <summary>An error seen from here.</summary>
    public LogsError(string message)
        : this([], message)
    {
    }

    /// <summary>An error seen from here, with the first line of what a library said about it, as a full sentence.</summary>
    public static LogsError Seen(string what, Exception failure) => new($"{what}: {AddressCredentials.HideIn(failure.Message.Split('\n')[0]).TrimEnd().TrimEnd('.')}.");

    /// <summary>Whether the answer was cut off because it was too large.</summary>
    public bool IsTooLarge => Codes.Contains(ResultTooLarge) || Message.Contains("E_QUERY_RESULT_SET_TOO_LARGE", StringComparison.Ordinal);

    /// <summary>The narrowest code; null when there is none.</summary>
    public string? Code => Codes.Count > 0 ? Codes[^1] : null;

    /// <summary>The error for people.</summary>
    public override string ToString() =>
        (Code, Place) switch
        {
            (null, _) => Message,
            (var code, null) => $"{Message} ({code})",
            (var code, var place) => $"{Message} ({code} at {place})",
        };
}

using AksInsights.Kql;

namespace AksInsights.Service.Serving;

/// <summary>A query as a request asks it.</summary>
/// <param name="Text">The KQL.</param>
/// <param name="Scope">The rows it may see.</param>
/// <param name="Preferences">What the header says.</param>
internal sealed record ServedQuery(string Text, RowScope Scope, RequestPreferences Preferences);

/// <summary>What a request gets.</summary>
internal abstract record ServedAnswer
{
    private ServedAnswer()
    {
    }

    /// <summary>Tables.</summary>
    /// <param name="Result">They, and what <c>render</c> said.</param>
    /// <param name="Error">Why they are not whole; null when they are.</param>
    /// <param name="Cost">What the query cost.</param>
    public sealed record Rows(KqlResult Result, ServiceError? Error, QueryCost Cost) : ServedAnswer;

    /// <summary>No tables.</summary>
    /// <param name="Status">The HTTP status.</param>
    /// <param name="Error">Why.</param>
    /// <param name="RetryAfter">When to ask again; null when that is not said.</param>
    public sealed record Refused(int Status, ServiceError Error, TimeSpan? RetryAfter = null) : ServedAnswer;
}

/// <summary>What a query cost.</summary>
/// <param name="Took">From the request to the last row.</param>
/// <param name="RowsRead">The rows of the tables that it read.</param>
internal sealed record QueryCost(TimeSpan Took, long RowsRead);

namespace AksInsights.Adapters.Grafana;

/// <summary>What can become of a dashboard that is pushed: a closed set of cases.</summary>
public abstract record PushOutcome
{
    /// <summary>It was not there, and is now; in a dry run it would be.</summary>
    public sealed record Created : PushOutcome;

    /// <summary>It was there with another content; in a dry run it would be written.</summary>
    /// <param name="Before">What was there, in the form in which contents are compared.</param>
    public sealed record Updated(string Before) : PushOutcome;

    /// <summary>It was there with this content.</summary>
    public sealed record Unchanged : PushOutcome;

    /// <summary>Somebody writes it at the same time; it was looked at twice.</summary>
    /// <param name="Reason">What Grafana said.</param>
    public sealed record Conflict(string Reason) : PushOutcome;

    /// <summary>Grafana does not take it.</summary>
    /// <param name="Reason">Why.</param>
    /// <param name="Help">What to do; null when nothing is known.</param>
    public sealed record Refused(string Reason, string? Help) : PushOutcome;

    /// <summary>Grafana could not be asked, several times; whether it was written is not known. The next run looks.</summary>
    /// <param name="Reason">What happened.</param>
    public sealed record Failed(string Reason) : PushOutcome;
}

using System.Diagnostics;

namespace AksInsights.Core.Telemetry;

/// <summary>The spans of the program: what it did, with whom, and how long each part took. They cost nothing while nobody listens.</summary>
/// <remarks>No secret and no row of a workspace is among the tags.</remarks>
public static class Tracing
{
    /// <summary>The name under which listeners find them.</summary>
    public const string SourceName = "AksInsights";

    /// <summary>One evaluation of a query over a window; its parts are spans within it.</summary>
    public const string Evaluate = "evaluate";

    /// <summary>One request to the query API or Resource Graph.</summary>
    public const string Ask = "ask";

    /// <summary>Saving what an evaluation changed.</summary>
    public const string Commit = "commit";

    /// <summary>Handing messages that go out together to a channel.</summary>
    public const string Deliver = "deliver";

    /// <summary>The source.</summary>
    public static ActivitySource Source { get; } = new(SourceName);

    /// <summary>Begins a span. Dispose what it gives when the work has ended.</summary>
    /// <param name="name">One of the names above.</param>
    /// <param name="tags">What is known from the start, by name without the prefix <c>aksinsights.</c>.</param>
    /// <returns>Null while nobody listens.</returns>
    public static Activity? Start(string name, params ReadOnlySpan<(string Name, object? Value)> tags)
    {
        var activity = Source.StartActivity(name, name is Ask or Deliver ? ActivityKind.Client : ActivityKind.Internal);
        if (activity is not null)
            foreach (var (tag, value) in tags) activity.Tag(tag, value);
        return activity;
    }

    /// <summary>Adds what became known.</summary>
    public static void Tag(this Activity activity, string name, object? value) => activity.SetTag($"aksinsights.{name}", value);

    /// <summary>Says that the work failed, and why.</summary>
    public static void Fail(this Activity activity, string reason) => activity.SetStatus(ActivityStatusCode.Error, reason);
}

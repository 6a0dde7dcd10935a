using AksInsights.Core.Findings;

namespace AksInsights.Service.Api.Answers;

/// <summary>An evaluation of a query in a workspace.</summary>
internal sealed class RunAnswer
{
    private readonly EvaluationRecord _record;

    /// <summary>The answer about an evaluation.</summary>
    public RunAnswer(EvaluationRecord record) => _record = record;

    /// <summary>Where it looked.</summary>
    public string Workspace => _record.Id.Workspace.Value;

    /// <summary>What it looked for.</summary>
    public string Query => _record.Id.Query.Value;

    /// <summary>The start of its window.</summary>
    public DateTimeOffset Start => _record.Start;

    /// <summary>The end of its window.</summary>
    public DateTimeOffset End => _record.Id.End;

    /// <summary>The end of its window, in seconds since 1970.</summary>
    public long EndS => _record.Id.End.ToUnixTimeSeconds();

    /// <summary>How it came out.</summary>
    public EvaluationOutcome Outcome => _record.Outcome;

    /// <summary>Why, where there is something to explain.</summary>
    public string? Reason => _record.Reason;

    /// <summary>How many rows the result had.</summary>
    public int Rows => _record.Rows;

    /// <summary>How many events it made.</summary>
    public int Events => _record.Events;

    /// <summary>When it began, by the clock on the wall.</summary>
    public DateTimeOffset RanAt => _record.RanAt;

    /// <summary>When it began, in seconds since 1970.</summary>
    public long RanAtS => _record.RanAt.ToUnixTimeSeconds();

    /// <summary>How many seconds asking the workspace took.</summary>
    public double Seconds => _record.Took.TotalSeconds;

    /// <summary>The revision of the query; it changes with its text, files and parameters.</summary>
    public string Revision => _record.Revision;
}

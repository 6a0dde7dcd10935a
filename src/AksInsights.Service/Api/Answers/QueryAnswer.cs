using AksInsights.Core.Findings;
using AksInsights.Core.Queries;
using AksInsights.Core.Workspaces;
using AksInsights.Kql.Types;

namespace AksInsights.Service.Api.Answers;

/// <summary>A query of the library, with how its evaluations go.</summary>
internal class QueryAnswer
{
    private readonly QueryDefinition _query;

    /// <summary>The answer about a query.</summary>
    /// <param name="query">The query.</param>
    /// <param name="latest">The newest evaluation in each workspace that is watched and has one.</param>
    public QueryAnswer(QueryDefinition query, IEnumerable<EvaluationRecord> latest)
    {
        _query = query;
        Health = [.. latest.Select(record => new QueryHealth(record))];
        Parameters = [.. query.Text.Header.Parameters.Select(parameter => new ParameterAnswer(parameter))];
    }

    /// <summary>Its name: area and name.</summary>
    public string Id => _query.Id.Value;

    /// <summary>Its area.</summary>
    public string Area => _query.Id.Area;

    /// <summary>What it is called.</summary>
    public string Name => _query.Metadata.Name;

    /// <summary>How bad its findings are unless a row says otherwise.</summary>
    public Severity Severity => _query.Metadata.Severity;

    /// <summary>How settled it is.</summary>
    public QueryStatus Status => _query.Metadata.Status;

    /// <summary>The time between two evaluations, such as `15m`.</summary>
    public string Every => Durations.Format(_query.Metadata.Schedule.Every);

    /// <summary>The length of the window, such as `1h`.</summary>
    public string Lookback => Durations.Format(_query.Metadata.Schedule.Lookback);

    /// <summary>Whom it asks.</summary>
    public QuerySource Source => _query.Metadata.Source;

    /// <summary>The tables it needs.</summary>
    public IReadOnlyList<string> Tables => [.. _query.Metadata.Requires.Tables, .. _query.Metadata.Requires.Sparse];

    /// <summary>A hash of its files.</summary>
    public string Revision => _query.Revision;

    /// <summary>What can be set.</summary>
    public IReadOnlyList<ParameterAnswer> Parameters { get; }

    /// <summary>The newest evaluation in each workspace; workspaces in which it was never evaluated are left out.</summary>
    public IReadOnlyList<QueryHealth> Health { get; }
}

/// <summary>A query with its texts.</summary>
internal sealed class QueryDetail : QueryAnswer
{
    private readonly QueryDefinition _query;

    /// <summary>The answer about a query.</summary>
    public QueryDetail(QueryDefinition query, IEnumerable<EvaluationRecord> latest)
        : base(query, latest) => _query = query;

    /// <summary>What is detected and how.</summary>
    public string Description => _query.Metadata.Description;

    /// <summary>What happens when nothing is done.</summary>
    public string Impact => _query.Metadata.Impact;

    /// <summary>What to do, in Markdown.</summary>
    public string Remediation => _query.Metadata.Remediation;

    /// <summary>Known cases in which the finding is true and yet no problem.</summary>
    public IReadOnlyList<string> FalsePositives => _query.Metadata.FalsePositives;

    /// <summary>The columns that say which subject a finding is about.</summary>
    public IReadOnlyList<string> KeyColumns => _query.Metadata.Key;

    /// <summary>The text of the query, which runs in the portal as it is.</summary>
    public string Kql => _query.Text.Kql;
}

/// <summary>A value that a query leaves to its user.</summary>
internal sealed class ParameterAnswer
{
    private readonly QueryParameter _parameter;

    /// <summary>The answer about a parameter.</summary>
    public ParameterAnswer(QueryParameter parameter) => _parameter = parameter;

    /// <summary>What it is called.</summary>
    public string Name => _parameter.Name;

    /// <summary>Its type in KQL.</summary>
    public string Type => _parameter.Type.Name();

    /// <summary>The value when nothing is said.</summary>
    public string Default => ParameterText.Format(_parameter.Type, _parameter.Default);

    /// <summary>What it decides.</summary>
    public string? Description => _parameter.Describe;

    /// <summary>The least value that makes sense.</summary>
    public string? Min => _parameter.Min is { } bound ? ParameterText.Format(_parameter.Type, bound) : null;

    /// <summary>The greatest value that makes sense.</summary>
    public string? Max => _parameter.Max is { } bound ? ParameterText.Format(_parameter.Type, bound) : null;
}

/// <summary>How the evaluations of a query go in one workspace.</summary>
internal sealed class QueryHealth
{
    private readonly EvaluationRecord _record;

    /// <summary>The answer about the newest evaluation.</summary>
    public QueryHealth(EvaluationRecord record) => _record = record;

    /// <summary>The workspace.</summary>
    public string Workspace => _record.Id.Workspace.Value;

    /// <summary>How the newest evaluation came out.</summary>
    public EvaluationOutcome Outcome => _record.Outcome;

    /// <summary>Why, where there is something to explain.</summary>
    public string? Reason => _record.Reason;

    /// <summary>The end of its window.</summary>
    public DateTimeOffset End => _record.Id.End;

    /// <summary>The end of its window, in seconds since 1970.</summary>
    public long EndS => _record.Id.End.ToUnixTimeSeconds();

    /// <summary>When it began, by the clock on the wall.</summary>
    public DateTimeOffset RanAt => _record.RanAt;

    /// <summary>How many seconds asking the workspace took.</summary>
    public double Seconds => _record.Took.TotalSeconds;

    /// <summary>How many rows the result had.</summary>
    public int Rows => _record.Rows;
}

/// <summary>A workspace that is watched.</summary>
/// <param name="Id">Its name.</param>
/// <param name="Queries">How many queries are evaluated in it.</param>
/// <param name="AsOf">The time at which a recording stands still.</param>
internal sealed record WorkspaceAnswer(string Id, int Queries, DateTimeOffset? AsOf);

using AksInsights.Core.Evaluation;
using AksInsights.Core.Workspaces;

namespace AksInsights.Service.Api.Answers;

/// <summary>How a table stands for one cluster, or for a whole workspace where it is not there at all.</summary>
internal sealed class TableAnswer
{
    private readonly TableStanding _table;

    /// <summary>The answer about a table.</summary>
    public TableAnswer(WorkspaceId workspace, TableStanding table)
    {
        Workspace = workspace.Value;
        _table = table;
    }

    /// <summary>The workspace.</summary>
    public string Workspace { get; }

    /// <summary>The cluster, by its resource id; left out where it is the whole workspace.</summary>
    public string? Cluster => _table.Cluster;

    /// <summary>The table.</summary>
    public string Table => _table.Table;

    /// <summary>In one word: `fresh`; `quiet`, which no query minds; `stale`; `missing`; `unknown`.</summary>
    public TableState State => _table.State;

    /// <summary>The moment that was asked about.</summary>
    public DateTimeOffset MeasuredAt => _table.MeasuredAt;

    /// <summary>The moment that was asked about, in seconds since 1970.</summary>
    public long MeasuredAtS => _table.MeasuredAt.ToUnixTimeSeconds();

    /// <summary>The time of the newest row then.</summary>
    public DateTimeOffset? Newest => _table.Newest;

    /// <summary>The time of the newest row then, in seconds since 1970.</summary>
    public long? NewestS => _table.Newest?.ToUnixTimeSeconds();

    /// <summary>How many seconds old that row was: how late rows come, at the most.</summary>
    public double? LagSeconds => _table.Lag?.TotalSeconds;

    /// <summary>How many seconds rows usually are apart.</summary>
    public double? IntervalSeconds => _table.Interval?.TotalSeconds;

    /// <summary>How many queries read the table.</summary>
    public int Queries => _table.Needed;

    /// <summary>How many of them have no verdict because of it.</summary>
    public int BlindQueries => _table.Blind;

    /// <summary>What is wrong, and what to do.</summary>
    public string? Reason => _table.Reason;
}

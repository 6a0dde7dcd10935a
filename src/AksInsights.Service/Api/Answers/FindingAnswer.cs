using AksInsights.Core.Findings;

namespace AksInsights.Service.Api.Answers;

/// <summary>A finding. Its times are ends of evaluation windows; those whose names end in S are seconds since 1970.</summary>
internal class FindingAnswer
{
    private readonly Finding _finding;
    private readonly OrderedDictionary<string, string> _key = [];
    private readonly OrderedDictionary<string, double> _measures = [];
    private readonly OrderedDictionary<string, string> _units = [];
    private readonly OrderedDictionary<string, RawJson> _evidence = [];

    /// <summary>The answer about a finding.</summary>
    public FindingAnswer(Finding finding)
    {
        _finding = finding;
        foreach (var part in finding.Key)
            if (part.Value is not null) _key[part.Column] = part.Value;
        foreach (var measure in finding.Content.Measures)
        {
            if (measure.Value is not { } value) continue;
            _measures[measure.Name] = value;
            _units[measure.Name] = measure.Unit;
        }

        foreach (var item in finding.Content.Evidence) _evidence[item.Name] = new RawJson(item.Json);
    }

    /// <summary>Its name: 16 hexadecimal digits.</summary>
    public string Id => _finding.Id.Value;

    /// <summary>The identity of query and subject, the same for all findings about it.</summary>
    public string Fingerprint => _finding.Fingerprint.Value;

    /// <summary>Where it was found.</summary>
    public string Workspace => _finding.Workspace.Value;

    /// <summary>The query it is an instance of.</summary>
    public string Query => _finding.Query.Value;

    /// <summary>The area of the query.</summary>
    public string Area => _finding.Query.Area;

    /// <summary>What was found, in one line.</summary>
    public string Title => _finding.Content.Title;

    /// <summary>More about it.</summary>
    public string? Message => _finding.Content.Message;

    /// <summary>How bad it is.</summary>
    public Severity Severity => _finding.Severity;

    /// <summary>How bad it is as a number, from 0 for info to 3 for critical.</summary>
    public int SeverityRank => (int)_finding.Severity;

    /// <summary>What the machine says about it.</summary>
    public Condition Condition => _finding.Condition;

    /// <summary>Why it is over.</summary>
    public ResolveReason? ResolveReason => _finding.ResolveReason;

    /// <summary>What people say about it.</summary>
    public WorkflowKind Workflow => _finding.Workflow.Kind;

    /// <summary>Who said so.</summary>
    public string? WorkflowBy => _finding.Workflow.Author;

    /// <summary>Why, or what is being done.</summary>
    public string? WorkflowReason => _finding.Workflow.Grounds;

    /// <summary>When what people say ends by itself.</summary>
    public DateTimeOffset? WorkflowUntil => _finding.Workflow.Until;

    /// <summary>What it is about: the columns of the query's key that have a value.</summary>
    public IReadOnlyDictionary<string, string> Key => _key;

    /// <summary>The cluster of the key, by its resource id.</summary>
    public string? Cluster => _finding.Key.Cluster;

    /// <summary>The namespace of the key.</summary>
    public string? Namespace => _finding.Key["namespace"];

    /// <summary>The kind of the key's workload.</summary>
    public string? WorkloadKind => _finding.Key["workloadKind"];

    /// <summary>The workload of the key.</summary>
    public string? Workload => _finding.Key["workload"];

    /// <summary>The container of the key.</summary>
    public string? Container => _finding.Key["container"];

    /// <summary>The node of the key.</summary>
    public string? Node => _finding.Key["node"];

    /// <summary>What was measured, by result column; what has no value is left out.</summary>
    public IReadOnlyDictionary<string, double> Measures => _measures;

    /// <summary>The units of the measures, by result column.</summary>
    public IReadOnlyDictionary<string, string> Units => _units;

    /// <summary>What helps to understand it, by result column.</summary>
    public IReadOnlyDictionary<string, RawJson> Evidence => _evidence;

    /// <summary>How often it has been open.</summary>
    public int Episode => _finding.Episode;

    /// <summary>When it was first seen.</summary>
    public DateTimeOffset FirstSeen => _finding.FirstSeen;

    /// <summary>When it was first seen, in seconds since 1970.</summary>
    public long FirstSeenS => _finding.FirstSeen.ToUnixTimeSeconds();

    /// <summary>When the present episode began.</summary>
    public DateTimeOffset EpisodeSince => _finding.EpisodeSince;

    /// <summary>When the present episode began, in seconds since 1970.</summary>
    public long EpisodeSinceS => _finding.EpisodeSince.ToUnixTimeSeconds();

    /// <summary>Since when it is in its condition.</summary>
    public DateTimeOffset ConditionSince => _finding.ConditionSince;

    /// <summary>Since when it is in its condition, in seconds since 1970.</summary>
    public long ConditionSinceS => _finding.ConditionSince.ToUnixTimeSeconds();

    /// <summary>When it was last seen.</summary>
    public DateTimeOffset LastSeen => _finding.LastSeen;

    /// <summary>When it was last seen, in seconds since 1970.</summary>
    public long LastSeenS => _finding.LastSeen.ToUnixTimeSeconds();

    /// <summary>By how many evaluations it was seen.</summary>
    public int SeenCount => _finding.SeenCount;

    /// <summary>Since when it comes and goes.</summary>
    public DateTimeOffset? FlappingSince => _finding.FlappingSince;

    /// <summary>Since when it comes and goes, in seconds since 1970.</summary>
    public long? FlappingSinceS => _finding.FlappingSince?.ToUnixTimeSeconds();

    /// <summary>Since when evaluations can say nothing about it.</summary>
    public DateTimeOffset? NoDataSince => _finding.NoData?.Since;

    /// <summary>Why they can say nothing.</summary>
    public string? NoDataReason => _finding.NoData?.Reason;

    /// <summary>Whether it was there at the first look at its cluster: counted, not alerted.</summary>
    public bool Baseline => _finding.Baseline;

    /// <summary>Whether people were told of the present episode.</summary>
    public bool Told => _finding.Told;
}

/// <summary>A finding with its history.</summary>
internal sealed class FindingDetail : FindingAnswer
{
    /// <summary>The answer about a finding.</summary>
    /// <param name="finding">The finding.</param>
    /// <param name="events">What happened to it.</param>
    /// <param name="messages">What was told of it.</param>
    public FindingDetail(Finding finding, IEnumerable<FindingEventAnswer> events, IEnumerable<MessageAnswer> messages)
        : base(finding)
    {
        Events = [.. events];
        Messages = [.. messages];
    }

    /// <summary>What happened to it, oldest first.</summary>
    public IReadOnlyList<FindingEventAnswer> Events { get; }

    /// <summary>What was told of it, oldest first.</summary>
    public IReadOnlyList<MessageAnswer> Messages { get; }
}

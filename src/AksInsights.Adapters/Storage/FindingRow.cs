using System.Globalization;
using AksInsights.Core.Findings;

namespace AksInsights.Adapters.Storage;

/// <summary>A row of the table <c>findings</c>, one property a column; numbers are 64-bit in every database.</summary>
internal sealed class FindingRow
{
    public string Id { get; set; } = "";
    public string WorkspaceName { get; set; } = "";
    public long WorkspaceId { get; set; }
    public string QueryId { get; set; } = "";
    public string EvaluatedBy { get; set; } = "";
    public string Fingerprint { get; set; } = "";
    public long IsLatest { get; set; }
    public string KeyJson { get; set; } = "";
    public string Cluster { get; set; } = "";
    public string Namespace { get; set; } = "";
    public long Severity { get; set; }
    public string Title { get; set; } = "";
    public string? Message { get; set; }
    public string MeasuresJson { get; set; } = "";
    public string EvidenceJson { get; set; } = "";
    public string Condition { get; set; } = "";
    public long ConditionSince { get; set; }
    public string? ResolveReason { get; set; }
    public string Workflow { get; set; } = "";
    public string? WorkflowBy { get; set; }
    public long? WorkflowAt { get; set; }
    public long? WorkflowUntil { get; set; }
    public string? WorkflowReason { get; set; }
    public long Episode { get; set; }
    public long FirstSeen { get; set; }
    public long EpisodeSince { get; set; }
    public long LastSeen { get; set; }
    public long LastEvaluated { get; set; }
    public long SeenCount { get; set; }
    public long LowerCount { get; set; }
    public long LowerWorst { get; set; }
    public string Turns { get; set; } = "";
    public long? FlappingSince { get; set; }
    public long? NoDataSince { get; set; }
    public string? NoDataReason { get; set; }
    public long IsBaseline { get; set; }
    public long IsTold { get; set; }

    /// <summary>The row of a finding that is the newest about its subject.</summary>
    /// <param name="finding">The finding.</param>
    /// <param name="workspaceId">The number of its workspace.</param>
    /// <param name="before">Its row as it was; null when it is new. What cannot have changed is taken from it rather than written anew.</param>
    public static FindingRow From(Finding finding, long workspaceId, FindingRow? before = null)
    {
        var (by, at, reason) = Said(finding.Workflow);
        return new FindingRow
        {
            Id = finding.Id.Value,
            WorkspaceName = finding.Workspace.Value,
            WorkspaceId = workspaceId,
            QueryId = finding.Query.Value,
            EvaluatedBy = finding.EvaluatedBy.Value,
            Fingerprint = finding.Fingerprint.Value,
            IsLatest = 1,
            KeyJson = before?.KeyJson ?? StoredContent.Key(finding.Key),
            Cluster = before?.Cluster ?? finding.Key.Cluster ?? "",
            Namespace = before?.Namespace ?? finding.Key["namespace"] ?? "",
            Severity = (long)finding.Severity,
            Title = finding.Content.Title,
            Message = finding.Content.Message,
            MeasuresJson = StoredContent.Measures(finding.Content.Measures),
            EvidenceJson = StoredContent.Evidence(finding.Content.Evidence),
            Condition = StoredNames<Condition>.Format(finding.Condition),
            ConditionSince = StoredTime.From(finding.ConditionSince),
            ResolveReason = finding.ResolveReason is { } why ? ResolveReasonText.Format(why) : null,
            Workflow = StoredNames<WorkflowKind>.Format(finding.Workflow.Kind),
            WorkflowBy = by,
            WorkflowAt = StoredTime.From(at),
            WorkflowUntil = StoredTime.From(finding.Workflow.Until),
            WorkflowReason = reason,
            Episode = finding.Episode,
            FirstSeen = StoredTime.From(finding.FirstSeen),
            EpisodeSince = StoredTime.From(finding.EpisodeSince),
            LastSeen = StoredTime.From(finding.LastSeen),
            LastEvaluated = StoredTime.From(finding.LastEvaluated),
            SeenCount = finding.SeenCount,
            LowerCount = finding.Lower?.Evaluations ?? 0,
            LowerWorst = (long)(finding.Lower?.Worst ?? default),
            Turns = WriteTurns(finding.Turns),
            FlappingSince = StoredTime.From(finding.FlappingSince),
            NoDataSince = StoredTime.From(finding.NoData?.Since),
            NoDataReason = finding.NoData?.Reason,
            IsBaseline = finding.Baseline ? 1 : 0,
            IsTold = finding.Told ? 1 : 0,
        };
    }

    /// <summary>The finding of the row.</summary>
    public Finding ToFinding() => new()
    {
        Id = new FindingId(Id),
        Workspace = StoredIds.Workspace(WorkspaceName),
        Query = StoredIds.Query(QueryId),
        EvaluatedBy = StoredIds.Query(EvaluatedBy),
        Key = StoredContent.ReadKey(KeyJson),
        Fingerprint = new Fingerprint(Fingerprint),
        Severity = (Severity)Severity,
        Content = new FindingContent(Title, Message, StoredContent.ReadMeasures(MeasuresJson), StoredContent.ReadEvidence(EvidenceJson)),
        Condition = StoredNames<Condition>.Parse(Condition),
        ConditionSince = StoredTime.To(ConditionSince),
        ResolveReason = ResolveReason is null ? null : ResolveReasonText.Parse(ResolveReason),
        Workflow = ReadWorkflow(),
        Episode = (int)Episode,
        FirstSeen = StoredTime.To(FirstSeen),
        EpisodeSince = StoredTime.To(EpisodeSince),
        LastSeen = StoredTime.To(LastSeen),
        LastEvaluated = StoredTime.To(LastEvaluated),
        SeenCount = (int)SeenCount,
        Lower = LowerCount == 0 ? null : new LowerSeverity((int)LowerCount, (Severity)LowerWorst),
        Turns = Turns.Length == 0 ? [] : [.. Turns.Split(' ').Select(turn => StoredTime.To(long.Parse(turn, CultureInfo.InvariantCulture)))],
        FlappingSince = StoredTime.To(FlappingSince),
        NoData = NoDataSince is { } since ? new NoDataOverlay(StoredTime.To(since), NoDataReason ?? "") : null,
        Baseline = IsBaseline != 0,
        Told = IsTold != 0,
    };

    private static string WriteTurns(IReadOnlyList<DateTimeOffset> turns) =>
        turns.Count == 0 ? "" : string.Join(' ', turns.Select(turn => StoredTime.From(turn).ToString(CultureInfo.InvariantCulture)));

    private static (string? By, DateTimeOffset? At, string? Reason) Said(Workflow workflow) => workflow switch
    {
        Core.Findings.Workflow.Acknowledged said => (said.By, said.At, said.Note),
        Core.Findings.Workflow.Suppressed said => (said.By, said.At, said.Reason),
        Core.Findings.Workflow.FalsePositive said => (said.By, said.At, said.Reason),
        _ => (null, null, null),
    };

    private Workflow ReadWorkflow()
    {
        var at = StoredTime.To(WorkflowAt ?? 0);
        var until = StoredTime.To(WorkflowUntil);
        return Workflow switch
        {
            "new" => Core.Findings.Workflow.New,
            "acknowledged" => new Workflow.Acknowledged(WorkflowBy ?? "", at, WorkflowReason, until),
            "suppressed" => new Workflow.Suppressed(WorkflowBy ?? "", at, WorkflowReason ?? "", until ?? at),
            "false-positive" => new Workflow.FalsePositive(WorkflowBy ?? "", at, WorkflowReason ?? ""),
            _ => throw new InvalidOperationException($"The store has `{Workflow}` where a workflow belongs."),
        };
    }
}

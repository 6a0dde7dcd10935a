using AksInsights.Core.Alerts;
using AksInsights.Core.Findings;

namespace AksInsights.Adapters.Storage;

/// <summary>The statements of the outbox, common to all databases, and a row of its table.</summary>
internal static class OutboxSql
{
    /// <summary>Adds messages; those whose key is there already are passed over.</summary>
    public static readonly RowInsert<OutgoingMessage> Add = new(
        "outbox",
        RowColumn<OutgoingMessage>.Of("message_key", m => m.Key),
        RowColumn<OutgoingMessage>.Of("channel", m => m.Channel),
        RowColumn<OutgoingMessage>.Of("group_key", m => m.Group),
        RowColumn<OutgoingMessage>.Of("kind", m => m.Kind),
        RowColumn<OutgoingMessage>.Of("finding_id", m => m.Finding?.Value),
        RowColumn<OutgoingMessage>.Of("body_json", m => m.BodyJson),
        RowColumn<OutgoingMessage>.Of("created_at", m => StoredTime.From(m.CreatedAt)),
        RowColumn<OutgoingMessage>.Of("due_at", m => StoredTime.From(m.DueAt)),
        RowColumn<OutgoingMessage>.Of("state", _ => StoredNames<MessageState>.Format(MessageState.Waiting)),
        RowColumn<OutgoingMessage>.Of("attempts", _ => 0))
    {
        Unless = "message_key",
    };

    private const string Columns =
        "o.seq AS Seq, o.message_key AS MessageKey, o.channel AS Channel, o.group_key AS GroupKey, o.kind AS Kind, o.finding_id AS FindingId, "
        + "o.body_json AS BodyJson, o.created_at AS CreatedAt, o.due_at AS DueAt, o.state AS State, o.attempts AS Attempts, o.settled_at AS SettledAt, "
        + "o.answer AS Answer, o.batch AS Batch FROM outbox o ";

    /// <summary>Messages that may be taken: due, taken by nobody, and with none before them in their group that is not to be taken now.</summary>
    public const string SelectDue =
        "SELECT " + Columns
        + "WHERE o.state = 'waiting' AND o.due_at <= @now AND (o.claimed_until IS NULL OR o.claimed_until <= @now) AND NOT EXISTS ("
        + "SELECT 1 FROM outbox e WHERE e.state = 'waiting' AND e.channel = o.channel AND e.group_key = o.group_key AND e.seq < o.seq "
        + "AND (e.due_at > @now OR e.claimed_until > @now)) ORDER BY o.due_at, o.seq LIMIT @limit";

    /// <summary>One message.</summary>
    public const string SelectOne = "SELECT " + Columns + "WHERE o.message_key = @key";

    /// <summary>The messages about a finding.</summary>
    public const string SelectAbout = "SELECT " + Columns + "WHERE o.finding_id = @finding ORDER BY o.seq";

    /// <summary>What a channel was told about what is open, or ended lately.</summary>
    public const string SelectTold =
        "SELECT " + Columns
        + "JOIN findings f ON f.id = o.finding_id WHERE o.channel = @channel AND o.state = 'delivered' "
        + "AND (f.condition IN ('open', 'clearing') OR (o.kind = 'resolved' AND o.settled_at > @since)) ORDER BY o.seq";

    /// <summary>What a channel was told last in a stretch of time about findings that are open and untouched: nothing that went out, or waits to, came after it.</summary>
    /// <remarks>The channel is compared in a way that no index knows, so that databases go by the time, which selects most.</remarks>
    public const string SelectLastTold =
        "SELECT " + Columns
        + "JOIN findings f ON f.id = o.finding_id WHERE o.settled_at > @after AND o.settled_at <= @until AND o.channel || '' = @channel AND o.state = 'delivered' "
        + "AND o.kind <> 'resolved' AND f.condition IN ('open', 'clearing') AND f.workflow = 'new' AND coalesce(o.answer, '') NOT LIKE 'Not sent%' AND NOT EXISTS ("
        + "SELECT 1 FROM outbox n WHERE n.finding_id = o.finding_id AND n.seq > o.seq AND n.channel = o.channel "
        + "AND (n.state = 'waiting' OR (n.state = 'delivered' AND coalesce(n.answer, '') NOT LIKE 'Not sent%'))) ORDER BY o.settled_at, o.seq";

    /// <summary>Takes a message.</summary>
    public const string Claim = "UPDATE outbox SET claim = @claim, claimed_until = @until, attempts = attempts + 1, batch = @batch WHERE seq = @seq";

    /// <summary>Ends a message, if the claim is still the worker's.</summary>
    public const string Settle =
        "UPDATE outbox SET state = @state, settled_at = @now, answer = @answer, claim = NULL, claimed_until = NULL "
        + "WHERE seq = @seq AND claim = @claim AND state = 'waiting'";

    /// <summary>Puts a message off, if the claim is still the worker's.</summary>
    public const string PutOff =
        "UPDATE outbox SET due_at = @due, answer = @answer, claim = NULL, claimed_until = NULL WHERE seq = @seq AND claim = @claim AND state = 'waiting'";

    /// <summary>Gives a message back untried, if the claim is still the worker's.</summary>
    public const string HoldBack =
        "UPDATE outbox SET due_at = @due, answer = @answer, attempts = attempts - 1, batch = NULL, claim = NULL, claimed_until = NULL "
        + "WHERE seq = @seq AND claim = @claim AND state = 'waiting'";

    /// <summary>Lets a refused message wait again, as new. A digest keeps its time, which the next one goes on from.</summary>
    public const string Resend =
        "UPDATE outbox SET state = 'waiting', settled_at = NULL, attempts = 0, batch = NULL, due_at = @now, created_at = CASE WHEN kind = 'digest' THEN created_at ELSE @now END WHERE message_key = @key AND state = 'refused'";

    /// <summary>Messages, newest first.</summary>
    public static string List(MessageFilter filter)
    {
        var conditions = new List<string>();
        if (filter.Channel is not null) conditions.Add("o.channel = @channel");
        if (filter.Kind is not null) conditions.Add("o.kind = @kind");
        if (filter.State is not null) conditions.Add("o.state = @state");
        if (filter.Before is not null) conditions.Add("o.seq < @before");
        var where = conditions.Count == 0 ? "" : $"WHERE {string.Join(" AND ", conditions)} ";
        return $"SELECT {Columns}{where}ORDER BY o.seq DESC LIMIT @limit";
    }

    /// <summary>How many messages wait.</summary>
    public const string CountWaiting = "SELECT count(*) FROM outbox WHERE state = 'waiting'";

    /// <summary>When the oldest message that is due became so.</summary>
    public const string OldestDue = "SELECT min(due_at) FROM outbox WHERE state = 'waiting' AND due_at <= @now";
}

/// <summary>A row of the table <c>outbox</c>.</summary>
internal sealed class OutboxRow
{
    public long Seq { get; set; }
    public string MessageKey { get; set; } = "";
    public string Channel { get; set; } = "";
    public string GroupKey { get; set; } = "";
    public string Kind { get; set; } = "";
    public string? FindingId { get; set; }
    public string BodyJson { get; set; } = "";
    public long CreatedAt { get; set; }
    public long DueAt { get; set; }
    public string State { get; set; } = "";
    public long Attempts { get; set; }
    public long? SettledAt { get; set; }
    public string? Answer { get; set; }
    public string? Batch { get; set; }

    /// <summary>The message of the row.</summary>
    public OutgoingMessage ToMessage() => new()
    {
        Key = MessageKey,
        Channel = Channel,
        Group = GroupKey,
        Kind = Kind,
        Finding = FindingId is null ? null : new FindingId(FindingId),
        BodyJson = BodyJson,
        CreatedAt = StoredTime.To(CreatedAt),
        DueAt = StoredTime.To(DueAt),
    };

    /// <summary>The message with what has become of it.</summary>
    public MessageRecord ToRecord() => new(Seq, ToMessage(), StoredNames<MessageState>.Parse(State), (int)Attempts, StoredTime.To(SettledAt), Answer);
}

using AksInsights.Core.Findings;

namespace AksInsights.Core.Alerts;

/// <summary>Decides, right before messages are sent, which of them still make sense: what is explained by something else waits, what nobody needs is dropped with a reason.</summary>
internal sealed class AlertScreening
{
    /// <summary>How the answer of a message begins that was not sent because something else explains it.</summary>
    public const string HeldBack = "Held back";

    private static readonly TimeSpan LookAgain = TimeSpan.FromMinutes(2);

    private readonly IOutbox _outbox;
    private readonly IFindingStore _findings;
    private readonly AlertPolicy _policy;
    private readonly IReadOnlyList<Inhibition> _inhibitions;
    private readonly TimeProvider _time;
    private IReadOnlyList<Finding> _sources = [];

    /// <summary>Makes a screening.</summary>
    public AlertScreening(IOutbox outbox, IFindingStore findings, AlertPolicy policy, IReadOnlyList<Inhibition> inhibitions, TimeProvider time)
    {
        _outbox = outbox;
        _findings = findings;
        _policy = policy;
        _inhibitions = inhibitions;
        _time = time;
    }

    /// <summary>Looks up what is open and may explain others; once for each pass.</summary>
    public async Task BeginAsync(CancellationToken cancellation)
    {
        var open = new List<Finding>();
        foreach (var source in _inhibitions.Select(rule => rule.Source).Distinct())
        {
            if (!QueryId.TryParse(source, out var query)) continue;
            open.AddRange(await _findings.ListAsync(new FindingFilter { Query = query, Conditions = [Condition.Open, Condition.Clearing] }, cancellation).ConfigureAwait(false));
        }

        _sources = open;
    }

    /// <summary>Parts a batch into what is sent and what is settled without.</summary>
    /// <param name="batch">Messages of one channel and group, in order.</param>
    /// <param name="cancellation">Gives up.</param>
    public async Task<ScreenedBatch> ScreenAsync(IReadOnlyList<ClaimedMessage> batch, CancellationToken cancellation)
    {
        var screened = new ScreenedBatch();
        foreach (var claimed in batch)
        {
            if (claimed.Message.Kind == OutgoingKind.Digest)
            {
                screened.Send(claimed, AlertDocument.Parse(claimed.Message.BodyJson));
                continue;
            }

            var body = AlertBody.Parse(claimed.Message.BodyJson);
            var finding = claimed.Message.Finding is { } id ? await _findings.FindAsync(id, cancellation).ConfigureAwait(false) : null;
            if (finding is null) screened.Settle(claimed, "Not sent: the finding is no longer in the store.");
            else await ScreenAsync(claimed, body, finding, batch, screened, cancellation).ConfigureAwait(false);
        }

        return screened;
    }

    private async Task ScreenAsync(
        ClaimedMessage claimed, AlertBody body, Finding finding, IReadOnlyList<ClaimedMessage> batch, ScreenedBatch screened, CancellationToken cancellation)
    {
        var earlier = (await _outbox.AboutAsync(finding.Id, cancellation).ConfigureAwait(false))
            .Where(m => m.Message.Channel == claimed.Message.Channel && m.Sequence < claimed.Sequence && m.Message.Kind != OutgoingKind.Digest).ToList();
        var beginnings = earlier.Where(m => AlertBody.Parse(m.Message.BodyJson).Episode == body.Episode).ToList();
        var wasTold = beginnings.Exists(m => m.State == MessageState.Delivered && !IsUnsent(m));
        if (body.Kind == FindingEventKind.Resolved)
        {
            var tried = beginnings.Where(m => m.State == MessageState.Waiting && !IsHeld(m)).ToList();
            if (!wasTold && tried.Count == 0)
            {
                screened.Settle(claimed, beginnings.Count == 0 ? "Not sent: nobody was told here that it began." : "Not sent: it was over before anybody was told that it began.");
                return;
            }
        }
        else if (EndsIn(batch, claimed, body))
        {
            // The beginning and the end go out together: one line says both.
            screened.Settle(claimed, IsHeld(claimed) ? "Not sent: it was over before anybody was told." : null);
            return;
        }
        else if (body.Repeat > 0 && (finding.Condition == Condition.Resolved || finding.Workflow is not Workflow.Untouched))
        {
            screened.Settle(claimed, "Not sent: it is over, or somebody knows of it.");
            return;
        }
        else if (finding.Workflow.Mutes && !wasTold)
        {
            screened.Settle(claimed, "Not sent: people have silenced the finding since.");
            return;
        }
        else if (Inhibition.Explain(_inhibitions, _sources, finding) is { } cause)
        {
            screened.HoldBack(claimed, _time.GetUtcNow() + LookAgain, $"{HeldBack}: {cause.Content.Title} explains it.");
            return;
        }

        screened.Send(claimed, new AlertItem(finding, body.Kind, body.Episode, AlertPolicy.Counted(body.Severity, _policy.OwnerOf(finding.Key)), body.At, _policy.OwnerOf(finding.Key)?.Name)
        {
            Before = body.Before,
            IsRepeat = body.Repeat > 0,
        }, earlier.LastOrDefault(m => m.State == MessageState.Delivered && !IsUnsent(m))?.Answer);
    }

    /// <summary>Whether a message was settled without going out.</summary>
    public static bool IsUnsent(MessageRecord message) => message.Answer?.StartsWith("Not sent", StringComparison.Ordinal) == true;

    private bool IsHeld(MessageRecord message) => message.Answer?.StartsWith(HeldBack, StringComparison.Ordinal) == true || WasMuted(message.Message);

    private bool IsHeld(ClaimedMessage claimed) => WasMuted(claimed.Message) || claimed.LastAnswer?.StartsWith(HeldBack, StringComparison.Ordinal) == true;

    /// <summary>Whether a message was made in a mute time of its route.</summary>
    private bool WasMuted(OutgoingMessage message)
    {
        var name = AlertBody.Parse(message.BodyJson).Route;
        var route = _policy.Routes.FirstOrDefault(r => r.Name == name);
        return route?.MuteTimes.Any(mute => mute.EndOf(message.CreatedAt) is not null) == true;
    }

    private static bool EndsIn(IReadOnlyList<ClaimedMessage> batch, ClaimedMessage claimed, AlertBody body) => batch.Any(other =>
        other.Sequence > claimed.Sequence
        && other.Message.Finding == claimed.Message.Finding
        && other.Message.Kind != OutgoingKind.Digest
        && AlertBody.Parse(other.Message.BodyJson) is { Kind: FindingEventKind.Resolved } end
        && end.Episode == body.Episode);
}

/// <summary>A batch after screening.</summary>
internal sealed class ScreenedBatch
{
    private readonly List<ClaimedMessage> _messages = [];
    private readonly List<AlertItem> _items = [];
    private readonly List<(ClaimedMessage Message, DeliveryOutcome Outcome)> _settled = [];
    private readonly List<(ClaimedMessage Message, DateTimeOffset Until, string Reason)> _held = [];

    /// <summary>What is sent, in order.</summary>
    public IReadOnlyList<ClaimedMessage> Messages => _messages;

    /// <summary>What the sent messages tell; empty for a digest.</summary>
    public IReadOnlyList<AlertItem> Items => _items;

    /// <summary>The words, where they are fixed already, as for a digest.</summary>
    public AlertDocument? Document { get; private set; }

    /// <summary>How the channel called an earlier message about the same.</summary>
    public string? ThreadReference { get; private set; }

    /// <summary>What is settled without being sent.</summary>
    public IReadOnlyList<(ClaimedMessage Message, DeliveryOutcome Outcome)> Settled => _settled;

    /// <summary>Adds a message with a document of its own.</summary>
    public void Send(ClaimedMessage message, AlertDocument document)
    {
        _messages.Add(message);
        Document = document;
    }

    /// <summary>Adds a message about a finding.</summary>
    public void Send(ClaimedMessage message, AlertItem item, string? reference)
    {
        _messages.Add(message);
        _items.Add(item);
        ThreadReference ??= reference;
    }

    /// <summary>Settles a message for good, with the reason for people.</summary>
    public void Settle(ClaimedMessage message, string? reason) => _settled.Add((message, new DeliveryOutcome.Delivered(reason)));

    /// <summary>What waits, untried, until a time.</summary>
    public IReadOnlyList<(ClaimedMessage Message, DateTimeOffset Until, string Reason)> Held => _held;

    /// <summary>Keeps a message back without an attempt.</summary>
    public void HoldBack(ClaimedMessage message, DateTimeOffset until, string reason) => _held.Add((message, until, reason));
}

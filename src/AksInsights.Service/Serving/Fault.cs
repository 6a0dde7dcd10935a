using System.Text.Json;

namespace AksInsights.Service.Serving;

/// <summary>Something that goes wrong with an answer because a test asked for it.</summary>
/// <param name="Kind">What goes wrong; one of <see cref="Kinds"/>.</param>
/// <param name="Contains">Only for requests whose query has this text; null for all.</param>
/// <param name="After">The wait of <c>slow</c> and <c>slow-body</c>, and what <c>Retry-After</c> of <c>throttled</c> says.</param>
internal sealed record Fault(string Kind, string? Contains, TimeSpan After)
{
    /// <summary>Rows are missing, and an error says so.</summary>
    public const string Partial = "partial";

    /// <summary>The connection ends in the middle of the body.</summary>
    public const string Truncated = "truncated";

    /// <summary>The body ends in the middle, as if that were all.</summary>
    public const string CutJson = "cut-json";

    /// <summary>The connection ends before an answer.</summary>
    public const string Dropped = "dropped";

    /// <summary>The answer comes late.</summary>
    public const string Slow = "slow";

    /// <summary>The answer begins at once, and its second half comes late.</summary>
    public const string SlowBody = "slow-body";

    /// <summary>The columns say that they are of another type than their cells.</summary>
    public const string WrongTypes = "wrong-types";

    /// <summary>A success without a body.</summary>
    public const string Empty = "empty";

    /// <summary>A success that says there is no content.</summary>
    public const string NoContent = "no-content";

    /// <summary>A gateway's page instead of an answer.</summary>
    public const string BadGateway = "bad-gateway";

    private static readonly Dictionary<string, ServedAnswer.Refused> Refusals = new(StringComparer.Ordinal)
    {
        ["expired-token"] = new(401, new ServiceError("InvalidTokenError", "The provided authentication is not valid for this resource")),
        ["forbidden"] = new(403, new ServiceError("InsufficientAccessError", "The provided credentials have insufficient access to perform the requested operation")),
        ["not-found"] = new(404, new ServiceError("ResourceNotFoundError", "The workspace could not be found")),
        ["too-large"] = new(413, new ServiceError("ResponseSizeError", "Maximum response size of 100000000 bytes exceeded")),
        ["throttled"] = new(429, new ServiceError("ThrottledError", "Rate limit is exceeded")),
        ["throttled-silently"] = new(429, new ServiceError("ThrottledError", "Rate limit is exceeded")),
        ["server-error"] = new(500, new ServiceError("InternalServerError", "The server had an error")),
        ["unavailable"] = new(503, new ServiceError("ServiceUnavailable", "The service is unavailable")),
        ["timeout"] = QueryRunner.TimedOut(TimeSpan.FromMinutes(3)),
    };

    /// <summary>All kinds, in the order of the alphabet.</summary>
    public static IReadOnlyList<string> Kinds { get; } =
        [.. Refusals.Keys.Concat([Partial, Truncated, CutJson, Dropped, Slow, SlowBody, WrongTypes, Empty, NoContent, BadGateway]).Order(StringComparer.Ordinal)];

    /// <summary>The refusal that the kind stands for; null when it is something else.</summary>
    public ServedAnswer.Refused? Refusal =>
        Refusals.GetValueOrDefault(Kind) is { } refusal ? refusal with { RetryAfter = Kind == "throttled" ? After : null } : null;

    /// <summary>Reads one from an object <c>{"kind", "contains"?, "seconds"?, "times"?}</c>.</summary>
    /// <param name="item">The object.</param>
    /// <param name="times">How often it is to happen.</param>
    /// <exception cref="RequestException">It is no such object.</exception>
    public static Fault Read(JsonElement item, out int times)
    {
        if (item.ValueKind != JsonValueKind.Object) throw RequestException.Bad("InvalidFault", "A fault is not an object");
        var kind = RequestBody.Text(item, "kind");
        if (kind is null || !Kinds.Contains(kind)) throw RequestException.Bad("InvalidFault", $"`kind` is `{kind}`. Allowed: {string.Join(", ", Kinds)}");
        times = RequestBody.Number(item, "times", 1, 1_000_000) ?? 1;
        return new Fault(kind, RequestBody.Text(item, "contains"), TimeSpan.FromSeconds(RequestBody.Number(item, "seconds", 0, 3600) ?? 1));
    }
}

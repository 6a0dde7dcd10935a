using System.Text.Json;
using System.Text.Json.Serialization;
using AksInsights.Core.Findings;

namespace AksInsights.Core.Alerts;

/// <summary>What a message of the outbox says about its finding: the content of <see cref="OutgoingMessage.BodyJson"/>.</summary>
/// <param name="Kind">What happened.</param>
/// <param name="Episode">In which episode.</param>
/// <param name="Severity">How bad it was after it.</param>
/// <param name="At">When.</param>
public sealed record AlertBody(FindingEventKind Kind, int Episode, Severity Severity, DateTimeOffset At)
{
    private static readonly JsonSerializerOptions Options = new()
    {
        Converters = { new JsonStringEnumConverter() },
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingDefault,
    };

    /// <summary>How bad it was before, where that is what changed.</summary>
    public Severity? Before { get; init; }

    /// <summary>Which repetition this is, counted from 1; 0 for the first telling.</summary>
    public int Repeat { get; init; }

    /// <summary>The route it goes by.</summary>
    public string Route { get; init; } = "";

    /// <summary>What happened, as the store names it.</summary>
    [JsonIgnore]
    public string KindText => Repeat > 0 ? "repeated" : JsonNamingPolicy.KebabCaseLower.ConvertName(Kind.ToString());

    /// <summary>What an event says.</summary>
    public static AlertBody Of(FindingEvent happened) => new(happened.Kind, happened.Episode, happened.Severity, happened.At)
    {
        Before = happened.Kind is FindingEventKind.Escalated && happened.Detail is { } detail
            && SeverityText.TryParse(detail.Replace("from ", "", StringComparison.Ordinal), out var before) ? before : null,
    };

    /// <summary>Reads a body back.</summary>
    /// <exception cref="InvalidOperationException">It is none of ours.</exception>
    public static AlertBody Parse(string json) =>
        JsonSerializer.Deserialize<AlertBody>(json, Options) ?? throw new InvalidOperationException("A message of the outbox has an empty body.");

    /// <summary>The body as JSON.</summary>
    public string ToJson() => JsonSerializer.Serialize(this, Options);
}

using System.Globalization;
using System.Text.Json;

namespace AksInsights.Adapters.Workspaces.LogAnalytics;

/// <summary>Reads the service's errors: objects whose codes become narrower inwards.</summary>
internal static class LogsErrorReader
{
    private const int Longest = 300;

    /// <summary>Reads the value of a member <c>error</c>.</summary>
    public static LogsError Read(JsonElement error)
    {
        var codes = new List<string>();
        var message = "";
        string? place = null;
        for (JsonElement? at = error; at is { ValueKind: JsonValueKind.Object } level; at = Inner(level))
        {
            if (Text(level, "code") is { } code) codes.Add(code);
            if (Text(level, "message") is { Length: > 0 } narrower) message = narrower;
            if (level.TryGetProperty("line", out var line) && level.TryGetProperty("pos", out var position)) place = string.Create(CultureInfo.InvariantCulture, $"{line}:{position}");
        }

        return new LogsError(codes, message, place);
    }

    /// <summary>Reads the body of an answer that is no success; what is no JSON of the service's, such as a gateway's page, is told by its status.</summary>
    public static LogsError ReadBody(ReadOnlyMemory<byte> body, int status, string? reason)
    {
        try
        {
            using var document = JsonDocument.Parse(body);
            var root = document.RootElement;
            if (root.ValueKind == JsonValueKind.Object && root.TryGetProperty("error", out var error) && error.ValueKind == JsonValueKind.Object) return Read(error);
            if (root.ValueKind == JsonValueKind.Object && Text(root, "message") is { Length: > 0 } message) return new LogsError($"HTTP {status}: {Cut(message)}");
        }
        catch (JsonException)
        {
            // A page of some gateway; its status says what there is to say.
        }

        return new LogsError(string.IsNullOrEmpty(reason) ? $"HTTP {status}." : $"HTTP {status} {reason}.");
    }

    private static JsonElement? Inner(JsonElement level)
    {
        if (level.TryGetProperty("innererror", out var inner)) return inner;
        return level.TryGetProperty("details", out var details) && details.ValueKind == JsonValueKind.Array && details.GetArrayLength() > 0 ? details[0] : null;
    }

    private static string? Text(JsonElement item, string name) =>
        item.TryGetProperty(name, out var value) ? value.ValueKind switch { JsonValueKind.String => value.GetString(), JsonValueKind.Number => value.GetRawText(), _ => null } : null;

    private static string Cut(string text) => text.Length <= Longest ? text : string.Concat(text.AsSpan(0, Longest), "...");
}

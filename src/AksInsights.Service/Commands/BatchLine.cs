using System.Diagnostics.CodeAnalysis;
using System.Text.Json;

namespace AksInsights.Service.Commands;

/// <summary>A line of <c>kql --batch</c>: <c>{"id": "...", "query": "..."}</c>.</summary>
internal static class BatchLine
{
    /// <summary>Reads a line; members beyond the two are passed over.</summary>
    public static bool TryRead(string line, [NotNullWhen(true)] out string? id, [NotNullWhen(true)] out string? query)
    {
        (id, query) = (null, null);
        try
        {
            using var json = JsonDocument.Parse(line);
            if (json.RootElement.ValueKind != JsonValueKind.Object) return false;
            id = Text(json.RootElement, "id");
            query = Text(json.RootElement, "query");
            return id is not null && query is not null;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    private static string? Text(JsonElement line, string name) =>
        line.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}

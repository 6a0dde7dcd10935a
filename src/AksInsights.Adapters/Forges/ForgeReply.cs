using System.Globalization;
using System.Net;
using System.Text.Json;
using System.Text.RegularExpressions;
using AksInsights.Core.Secrets;

namespace AksInsights.Adapters.Forges;

/// <summary>An answer of a forge.</summary>
/// <param name="Status">Its status.</param>
/// <param name="Root">The JSON in it; undefined when there is none.</param>
/// <param name="Next">The address of the next page; null when this is the last.</param>
/// <param name="Bytes">All of it.</param>
internal sealed partial record ForgeReply(HttpStatusCode Status, JsonElement Root, string? Next, ReadOnlyMemory<byte> Bytes)
{
    /// <summary>What is taken out of what the forge says.</summary>
    public Secret? Token { get; init; }

    /// <summary>Whether it was done.</summary>
    public bool IsSuccess => (int)Status is >= 200 and < 300;

    /// <summary>What the forge says about it, in one line of at most 300 characters.</summary>
    public string Message
    {
        get
        {
            var texts = new List<string>();
            Collect(Root, texts);
            var text = string.Join("; ", texts.Distinct()).ReplaceLineEndings(" ");
            if (Token is not null) text = Token.HideIn(text);
            return text.Length == 0 ? $"{(int)Status} {Status}" : text.Length <= 300 ? text : text[..300] + "...";
        }
    }

    /// <summary>Whether the forge says some words.</summary>
    public bool Says(string words) => Message.Contains(words, StringComparison.OrdinalIgnoreCase);

    /// <summary>Reads an answer; false when what should be JSON is not.</summary>
    /// <param name="response">The answer.</param>
    /// <param name="content">Its body.</param>
    /// <param name="isJson">Whether it says that it is JSON.</param>
    /// <param name="token">What is taken out of what the forge says.</param>
    /// <param name="reply">The answer, read.</param>
    public static bool TryRead(HttpResponseMessage response, byte[] content, bool isJson, Secret token, out ForgeReply reply)
    {
        var link = response.Headers.TryGetValues("Link", out var links) ? NextLink().Match(string.Join(", ", links)) : Match.Empty;
        reply = new ForgeReply(response.StatusCode, default, link.Success ? link.Groups[1].Value : null, content) { Token = token };
        if (!isJson || content.Length == 0) return true;
        try
        {
            using var document = JsonDocument.Parse(content);
            reply = reply with { Root = document.RootElement.Clone() };
            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    private static void Collect(JsonElement element, List<string> texts)
    {
        switch (element.ValueKind)
        {
            case JsonValueKind.String when element.GetString() is { Length: > 0 } text:
                texts.Add(text);
                break;
            case JsonValueKind.Array:
                foreach (var item in element.EnumerateArray()) Collect(item, texts);
                break;
            case JsonValueKind.Object:
                foreach (var name in new[] { "message", "errors", "error", "error_description" })
                {
                    if (element.TryGetProperty(name, out var below)) Collect(below, texts);
                }

                break;
            default:
                break;
        }
    }

    [GeneratedRegex("<([^>]+)>;\\s*rel=\"next\"")]
    private static partial Regex NextLink();
}

/// <summary>Reads members of answers that must be there.</summary>
internal static class ForgeJson
{
    /// <summary>A text; empty when it is not there or null.</summary>
    public static string Text(this JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString()! : "";

    /// <summary>A member; undefined when it is not there.</summary>
    public static JsonElement Member(this JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var value) ? value : default;

    /// <summary>A whole number; zero when it is not there.</summary>
    public static int Number(this JsonElement element, string name) =>
        element.Member(name) is { ValueKind: JsonValueKind.Number } number && number.TryGetInt32(out var value) ? value : 0;

    /// <summary>A time in ISO 8601; null when it is not there or is none.</summary>
    public static DateTimeOffset? Time(this JsonElement element, string name) =>
        DateTimeOffset.TryParse(element.Text(name), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var time) ? time : null;

    /// <summary>The items of a list; none when it is not there.</summary>
    public static IEnumerable<JsonElement> Items(this JsonElement element, string name) =>
        element.Member(name) is { ValueKind: JsonValueKind.Array } list ? list.EnumerateArray() : [];
}

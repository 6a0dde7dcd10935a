using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace AksInsights.Service.Serving;

/// <summary><c>$batch</c>: several queries in one request, answered one after the other in the order of the request.</summary>
/// <remarks>The service answers in any order, but Microsoft's JavaScript client takes the answers by their place.</remarks>
/// <param name="requests">Reads queries.</param>
/// <param name="runner">Runs them.</param>
/// <param name="settings">The limits.</param>
internal sealed class BatchEndpoint(QueryRequests requests, QueryRunner runner, ServeSettings settings)
{
    private const int MostRequests = 100;

    /// <summary>Answers a request.</summary>
    /// <exception cref="RequestException">The request as a whole makes no sense.</exception>
    public async Task AnswerAsync(HttpContext http)
    {
        if (!HttpMethods.IsPost(http.Request.Method)) throw QueryRequests.MethodNotAllowed(http.Request);
        var body = await RequestBody.ReadObjectAsync(http.Request, http.RequestAborted).ConfigureAwait(false);
        if (RequestBody.Member(body, "requests") is not { ValueKind: JsonValueKind.Array } items) throw RequestException.Bad("MissingRequests", "`requests` is not an array");
        if (items.GetArrayLength() > MostRequests) throw RequestException.Bad("TooManyRequests", $"`requests` has {items.GetArrayLength()} items; the most is {MostRequests}");
        http.Response.ContentType = ServedResponse.JsonType;
        var writer = new AnswerWriter(http.Response.BodyWriter);
        await using (writer.ConfigureAwait(false))
        {
            writer.Json.WriteStartObject();
            writer.Json.WriteStartArray("responses");
            foreach (var item in items.EnumerateArray()) await AnswerAsync(item, writer, http.RequestAborted).ConfigureAwait(false);
            writer.Json.WriteEndArray();
            writer.Json.WriteEndObject();
            await writer.FlushAsync(http.RequestAborted).ConfigureAwait(false);
        }
    }

    private async Task AnswerAsync(JsonElement item, AnswerWriter writer, CancellationToken aborted)
    {
        var preferences = RequestPreferences.Read(null, settings.MaxWait);
        ServedAnswer answer;
        try
        {
            preferences = RequestPreferences.Read(Prefer(item), settings.MaxWait);
            answer = await runner.RunAsync(Read(item, preferences), aborted).ConfigureAwait(false);
        }
        catch (RequestException failure)
        {
            answer = failure.Answer;
        }

        writer.Json.WriteStartObject();
        writer.Json.WriteString("id", item.ValueKind == JsonValueKind.Object && RequestBody.Member(item, "id") is { } id ? id.ToString() : "");
        writer.Json.WriteNumber("status", answer is ServedAnswer.Refused refused ? refused.Status : 200);
        writer.Json.WritePropertyName("body");
        await writer.WriteAsync(answer, preferences, aborted).ConfigureAwait(false);
        writer.Json.WriteEndObject();
    }

    private ServedQuery Read(JsonElement item, RequestPreferences preferences)
    {
        if (item.ValueKind != JsonValueKind.Object) throw RequestException.Bad("InvalidJsonBody", "An item of `requests` is not an object");
        if (RequestBody.Text(item, "path") is { } path && path.Trim('/') != "query") throw RequestException.NoSuchPath();
        var workspace = RequestBody.Text(item, "workspace") ?? throw RequestException.Bad("MissingWorkspace", "`workspace` is missing");
        if (RequestBody.Member(item, "body") is not { ValueKind: JsonValueKind.Object } body) throw RequestException.Bad("InvalidJsonBody", "`body` is not an object");
        return requests.Read(new RequestTarget.Workspace(workspace), body, preferences);
    }

    private static string? Prefer(JsonElement item) =>
        item.ValueKind == JsonValueKind.Object && RequestBody.Member(item, "headers") is { ValueKind: JsonValueKind.Object } headers
            ? headers.EnumerateObject().Where(h => h.Name.Equals("prefer", StringComparison.OrdinalIgnoreCase)).Select(h => h.Value.ToString()).FirstOrDefault()
            : null;
}

using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace AksInsights.Service.Serving;

/// <summary>Reads the JSON of requests; a mistake in it is the service's error.</summary>
internal static class RequestBody
{
    /// <summary>Reads a body that must be one JSON object.</summary>
    /// <exception cref="RequestException">It is not, or it is too large.</exception>
    /// <exception cref="OperationCanceledException">The sender is gone.</exception>
    public static async Task<JsonElement> ReadObjectAsync(HttpRequest request, CancellationToken cancellation)
    {
        try
        {
            using var document = await JsonDocument.ParseAsync(request.Body, default, cancellation).ConfigureAwait(false);
            if (document.RootElement.ValueKind == JsonValueKind.Object) return document.RootElement.Clone();
            throw RequestException.Bad("InvalidJsonBody", $"The body is a JSON {document.RootElement.ValueKind}, where an object is expected");
        }
        catch (JsonException failure)
        {
            throw RequestException.Bad("InvalidJsonBody", $"The body is no JSON: {failure.Message}");
        }
        catch (BadHttpRequestException failure)
        {
            throw new RequestException(new ServedAnswer.Refused(failure.StatusCode, new ServiceError("RequestError", failure.Message)));
        }
    }

    /// <summary>A member that is a text; null when it is not there or null.</summary>
    /// <exception cref="RequestException">It is something else.</exception>
    public static string? Text(JsonElement item, string name) => Member(item, name) switch
    {
        null => null,
        { ValueKind: JsonValueKind.String } text => text.GetString(),
        { } other => throw RequestException.Bad("InvalidPropertyType", $"`{name}` is a JSON {other.ValueKind}, where a text is expected"),
    };

    /// <summary>A member that is an array of texts; null when it is not there or null.</summary>
    /// <exception cref="RequestException">It is something else.</exception>
    public static IReadOnlyList<string>? Texts(JsonElement item, string name)
    {
        if (Member(item, name) is not { } member) return null;
        if (member.ValueKind == JsonValueKind.Array && member.EnumerateArray().All(i => i.ValueKind == JsonValueKind.String))
            return [.. member.EnumerateArray().Select(i => i.GetString()!)];
        throw RequestException.Bad("InvalidPropertyType", $"`{name}` is not an array of texts");
    }

    /// <summary>A member that is a whole number; null when it is not there or null.</summary>
    /// <exception cref="RequestException">It is something else, or out of range.</exception>
    public static int? Number(JsonElement item, string name, int least, int most)
    {
        if (Member(item, name) is not { } member) return null;
        if (member.ValueKind == JsonValueKind.Number && member.TryGetInt32(out var number) && number >= least && number <= most) return number;
        throw RequestException.Bad("InvalidPropertyType", $"`{name}` is not a whole number from {least} to {most}");
    }

    /// <summary>A member; null when it is not there or null.</summary>
    public static JsonElement? Member(JsonElement item, string name) =>
        item.TryGetProperty(name, out var member) && member.ValueKind != JsonValueKind.Null ? member : null;
}

/// <summary>A request that is answered with an error before anything is run.</summary>
/// <param name="answer">The answer.</param>
internal sealed class RequestException(ServedAnswer.Refused answer) : Exception(answer.Error.Message)
{
    /// <summary>The answer.</summary>
    public ServedAnswer.Refused Answer { get; } = answer;

    /// <summary>A request that makes no sense.</summary>
    public static RequestException Bad(string code, string message) =>
        new(new ServedAnswer.Refused(400, ServiceError.BadArgument(new ServiceError("QueryValidationError", "Failed parsing the query") { Details = [new(code, message)] })));

    /// <summary>A path that leads nowhere.</summary>
    public static RequestException NoSuchPath() => new(new ServedAnswer.Refused(404, new ServiceError("PathNotFoundError", "The requested path does not exist")));
}

using System.Security.Cryptography;
using System.Text.Json;
using AksInsights.Kql.Results;
using Microsoft.AspNetCore.Http;

namespace AksInsights.Service.Api;

/// <summary>Answers of the API: JSON with an ETag, and problems as RFC 9457 describes them.</summary>
internal static class ApiResults
{
    /// <summary>An object, or the word that the caller has it already.</summary>
    public static IResult Object(HttpContext context, Action<Utf8JsonWriter> members)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer, ResultJson.Options))
        {
            json.WriteStartObject();
            members(json);
            json.WriteEndObject();
        }

        var body = buffer.ToArray();
        var tag = $"\"{Convert.ToHexStringLower(SHA256.HashData(body).AsSpan(0, 12))}\"";
        context.Response.Headers.ETag = tag;
        context.Response.Headers.CacheControl = "no-cache";
        return context.Request.Headers.IfNoneMatch.Contains(tag)
            ? Results.StatusCode(StatusCodes.Status304NotModified)
            : Results.Bytes(body, "application/json; charset=utf-8");
    }

    /// <summary>A list with an object for each item, and the cursor of the next page where there is one.</summary>
    public static IResult List<T>(HttpContext context, IEnumerable<T> items, Action<Utf8JsonWriter, T> members, string? next = null) => Object(context, json =>
    {
        json.WriteStartArray("items");
        foreach (var item in items)
        {
            json.WriteStartObject();
            members(json, item);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        if (next is not null) json.WriteString("next", next);
    });

    /// <summary>A mistake of the caller.</summary>
    public static IResult BadRequest(string detail) => Results.Problem(detail, statusCode: StatusCodes.Status400BadRequest, title: "The request makes no sense.");

    /// <summary>Something that is not there.</summary>
    public static IResult NotFound(string detail) => Results.Problem(detail, statusCode: StatusCodes.Status404NotFound, title: "There is no such thing.");
}

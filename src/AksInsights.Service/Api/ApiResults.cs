using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using AksInsights.Service.Api.Answers;
using Microsoft.AspNetCore.Http;

namespace AksInsights.Service.Api;

/// <summary>Answers of the API: JSON with an ETag, and problems as RFC 9457 describes them.</summary>
internal static class ApiResults
{
    /// <summary>An object, or the word that the caller has it already.</summary>
    public static IResult Object<T>(HttpContext context, T answer) =>
        Bytes(context, JsonSerializer.SerializeToUtf8Bytes(answer, ApiJson.Options), "application/json; charset=utf-8");

    /// <summary>A whole list.</summary>
    public static IResult List<T>(HttpContext context, IEnumerable<T> items) => Page(context, items, null);

    /// <summary>A page of a list, and the cursor of the next one where there is one.</summary>
    public static IResult Page<T>(HttpContext context, IEnumerable<T> items, string? next) => Object(context, new Page<T>([.. items], next));

    /// <summary>A text.</summary>
    public static IResult Text(HttpContext context, string text, string type) => Bytes(context, Encoding.UTF8.GetBytes(text), type);

    /// <summary>A mistake of the caller.</summary>
    public static IResult BadRequest(string detail) => Results.Problem(detail, statusCode: StatusCodes.Status400BadRequest, title: "The request makes no sense.");

    /// <summary>Something that is not there.</summary>
    public static IResult NotFound(string detail) => Results.Problem(detail, statusCode: StatusCodes.Status404NotFound, title: "There is no such thing.");

    private static IResult Bytes(HttpContext context, byte[] body, string type)
    {
        var tag = $"\"{Convert.ToHexStringLower(SHA256.HashData(body).AsSpan(0, 12))}\"";
        context.Response.Headers.ETag = tag;
        context.Response.Headers.CacheControl = "no-cache";
        return Knows(context.Request, tag) ? Results.StatusCode(StatusCodes.Status304NotModified) : Results.Bytes(body, type);
    }

    // A proxy that compresses weakens the tag, and a caller may name several.
    private static bool Knows(HttpRequest request, string tag) => HttpMethods.IsGet(request.Method)
        && request.Headers.IfNoneMatch.SelectMany(header => (header ?? "").Split(',')).Select(known => known.Trim()).Any(known => known == tag || known == "W/" + tag || known == "*");
}

using System.Globalization;
using Microsoft.AspNetCore.Http;

namespace AksInsights.Service.Serving;

/// <summary>Answers over HTTP.</summary>
internal static class ServedResponse
{
    /// <summary>The content type of every answer.</summary>
    public const string JsonType = "application/json; charset=utf-8";

    /// <summary>Sends an answer.</summary>
    /// <exception cref="OperationCanceledException">The reader is gone.</exception>
    public static async Task SendAsync(HttpContext http, ServedAnswer answer, RequestPreferences? preferences = null)
    {
        if (answer is ServedAnswer.Refused refused)
        {
            http.Response.StatusCode = refused.Status;
            if (refused.RetryAfter is { } wait) http.Response.Headers.RetryAfter = Math.Ceiling(wait.TotalSeconds).ToString(CultureInfo.InvariantCulture);
            if (refused.Status == 401) http.Response.Headers.WWWAuthenticate = "Bearer authorization_uri=\"https://login.microsoftonline.com/common\", error=\"invalid_token\"";
        }

        http.Response.ContentType = JsonType;
        var writer = new AnswerWriter(http.Response.BodyWriter);
        await using (writer.ConfigureAwait(false))
        {
            await writer.WriteAsync(answer, preferences ?? new RequestPreferences(default, false, false), http.RequestAborted).ConfigureAwait(false);
            await writer.FlushAsync(http.RequestAborted).ConfigureAwait(false);
        }
    }
}

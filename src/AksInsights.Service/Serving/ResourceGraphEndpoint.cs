using System.Globalization;
using System.Text;
using System.Text.Json;
using AksInsights.Kql.Results;
using AksInsights.Kql.Types;
using Microsoft.AspNetCore.Http;

namespace AksInsights.Service.Serving;

/// <summary>Azure Resource Graph over the recording's table <c>Resources</c>, page by page.</summary>
/// <remarks>Source: learn.microsoft.com/rest/api/azureresourcegraph/resourcegraph/resources/resources, version 2024-04-01.</remarks>
/// <param name="runner">Runs queries.</param>
/// <param name="settings">The limits.</param>
internal sealed class ResourceGraphEndpoint(QueryRunner runner, ServeSettings settings)
{
    private const int LargestPage = 1000;
    private const int UsualPage = 100;

    /// <summary>Answers a request.</summary>
    /// <exception cref="RequestException">It makes no sense.</exception>
    public async Task AnswerAsync(HttpContext http)
    {
        if (!HttpMethods.IsPost(http.Request.Method)) throw QueryRequests.MethodNotAllowed(http.Request);
        if (!http.Request.Query.ContainsKey("api-version"))
            throw new RequestException(new ServedAnswer.Refused(400, new ServiceError("MissingApiVersionParameter", "The api-version query parameter (?api-version=) is required for all requests.")));
        var asked = Read(await RequestBody.ReadObjectAsync(http.Request, http.RequestAborted).ConfigureAwait(false));
        var answer = await runner.RunAsync(asked.Query, table => table.Name == "Resources", http.RequestAborted).ConfigureAwait(false);
        // About 15 requests in 5 seconds are allowed by the service; here it is only said.
        http.Response.Headers["x-ms-user-quota-remaining"] = "14";
        http.Response.Headers["x-ms-user-quota-resets-after"] = "00:00:05";
        if (answer is not ServedAnswer.Rows { Error: null } rows)
        {
            await ServedResponse.SendAsync(http, answer is ServedAnswer.Rows partial ? new ServedAnswer.Refused(400, partial.Error!) : answer).ConfigureAwait(false);
            return;
        }

        http.Response.ContentType = ServedResponse.JsonType;
        var writer = new AnswerWriter(http.Response.BodyWriter);
        await using (writer.ConfigureAwait(false))
        {
            Write(writer.Json, rows.Result.Tables[0], asked);
            await writer.FlushAsync(http.RequestAborted).ConfigureAwait(false);
        }
    }

    private Asked Read(JsonElement body)
    {
        var text = RequestBody.Text(body, "query");
        if (string.IsNullOrWhiteSpace(text)) throw RequestException.Bad("MissingQuery", "`query` is missing");
        var options = RequestBody.Member(body, "options") is { ValueKind: JsonValueKind.Object } given ? given : JsonDocument.Parse("{}").RootElement;
        var skip = RequestBody.Text(options, "$skipToken") is { } token ? SkipOf(token, text) : RequestBody.Number(options, "$skip", 0, int.MaxValue) ?? 0;
        var format = RequestBody.Text(options, "resultFormat") ?? "objectArray";
        if (format is not ("objectArray" or "table")) throw RequestException.Bad("InvalidResultFormat", $"`resultFormat` is `{format}`. Allowed: `objectArray`, `table`");
        var scope = new RowScope { Subscriptions = RequestBody.Texts(body, "subscriptions") is { Count: > 0 } subscriptions ? subscriptions : null };
        var query = new ServedQuery(text, scope, new RequestPreferences(settings.MaxWait, false, false));
        return new Asked(query, skip, RequestBody.Number(options, "$top", 1, LargestPage) ?? UsualPage, format == "table");
    }

    private static void Write(Utf8JsonWriter json, ResultTable table, Asked asked)
    {
        var first = Math.Min(asked.Skip, table.RowCount);
        var count = Math.Min(asked.Top, table.RowCount - first);
        var hasMore = first + count < table.RowCount;
        json.WriteStartObject();
        json.WriteNumber("totalRecords", table.RowCount);
        json.WriteNumber("count", count);
        // Pages need rows that keep their order, for which the service looks at the id.
        var isPaged = hasMore && table.IndexOf("id") >= 0;
        json.WriteString("resultTruncated", hasMore && !isPaged ? "true" : "false");
        if (isPaged) json.WriteString("$skipToken", TokenOf(first + count, asked.Query.Text));
        json.WriteStartArray("facets");
        json.WriteEndArray();
        json.WritePropertyName("data");
        if (asked.AsTable) WriteTable(json, table, first, count);
        else WriteObjects(json, table, first, count);
        json.WriteEndObject();
    }

    private static void WriteObjects(Utf8JsonWriter json, ResultTable table, int first, int count)
    {
        json.WriteStartArray();
        for (var row = first; row < first + count; row++)
        {
            json.WriteStartObject();
            for (var column = 0; column < table.Columns.Count; column++)
            {
                json.WritePropertyName(table.Columns[column].Name);
                WriteCell(json, table[row, column]);
            }

            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteTable(Utf8JsonWriter json, ResultTable table, int first, int count)
    {
        json.WriteStartObject();
        json.WriteStartArray("columns");
        foreach (var column in table.Columns)
        {
            json.WriteStartObject();
            json.WriteString("name", column.Name);
            json.WriteString("type", TypeName(column.Type));
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteStartArray("rows");
        for (var row = first; row < first + count; row++)
        {
            json.WriteStartArray();
            for (var column = 0; column < table.Columns.Count; column++) WriteCell(json, table[row, column]);
            json.WriteEndArray();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static string TypeName(KqlType type) => type switch
    {
        KqlType.Int or KqlType.Long => "integer",
        KqlType.Real or KqlType.Decimal => "number",
        KqlType.Bool => "boolean",
        KqlType.Dynamic => "object",
        KqlType.DateTime => "datetime",
        _ => "string",
    };

    // A cell as JSON is what it is as a dynamic value, written without quotes around it: objects are objects here.
    private static void WriteCell(Utf8JsonWriter json, object? cell) => json.WriteRawValue(DynamicText.Format(cell));

    private static string TokenOf(int skip, string query) =>
        Convert.ToBase64String(Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{skip}:{Fingerprint(query)}")));

    private static int SkipOf(string token, string query)
    {
        var bytes = new byte[token.Length];
        if (Convert.TryFromBase64String(token, bytes, out var length)
            && Encoding.UTF8.GetString(bytes, 0, length).Split(':') is [var skip, var of]
            && of == Fingerprint(query)
            && int.TryParse(skip, NumberStyles.None, CultureInfo.InvariantCulture, out var number)) return number;
        throw RequestException.Bad("InvalidSkipToken", "`$skipToken` is not one that was given out for this query");
    }

    private static string Fingerprint(string query) =>
        Convert.ToHexString(System.Security.Cryptography.SHA256.HashData(Encoding.UTF8.GetBytes(query)).AsSpan(0, 8));

    private sealed record Asked(ServedQuery Query, int Skip, int Top, bool AsTable);
}

using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace AksInsights.Service.Serving;

/// <summary>The faults that are still to come. Thread-safe.</summary>
internal sealed class FaultPlan
{
    private readonly Lock _access = new();
    private List<(Fault Fault, int Times)> _planned = [];

    /// <summary>The first fault that is meant for a query, and one less of it; null when there is none.</summary>
    public Fault? Take(string query)
    {
        lock (_access)
        {
            var place = _planned.FindIndex(p => p.Fault.Contains is not { } part || query.Contains(part, StringComparison.Ordinal));
            if (place < 0) return null;
            var (fault, times) = _planned[place];
            if (times == 1) _planned.RemoveAt(place);
            else _planned[place] = (fault, times - 1);
            return fault;
        }
    }

    /// <summary>Answers <c>/faults</c>: PUT replaces what is planned by the array in <c>faults</c>, DELETE plans nothing, and each, like GET, tells what is planned.</summary>
    /// <exception cref="RequestException">The request makes no sense.</exception>
    public async Task AnswerAsync(HttpContext http)
    {
        if (HttpMethods.IsPut(http.Request.Method)) Plan(await RequestBody.ReadObjectAsync(http.Request, http.RequestAborted).ConfigureAwait(false));
        else if (HttpMethods.IsDelete(http.Request.Method)) Plan([]);
        else if (!HttpMethods.IsGet(http.Request.Method)) throw QueryRequests.MethodNotAllowed(http.Request);
        http.Response.ContentType = ServedResponse.JsonType;
        var writer = new AnswerWriter(http.Response.BodyWriter);
        await using (writer.ConfigureAwait(false))
        {
            Write(writer.Json);
            await writer.FlushAsync(http.RequestAborted).ConfigureAwait(false);
        }
    }

    private void Plan(JsonElement body)
    {
        if (RequestBody.Member(body, "faults") is not { ValueKind: JsonValueKind.Array } items) throw RequestException.Bad("InvalidFault", "`faults` is not an array");
        var planned = new List<(Fault, int)>();
        foreach (var item in items.EnumerateArray()) planned.Add((Fault.Read(item, out var times), times));
        Plan(planned);
    }

    private void Plan(List<(Fault Fault, int Times)> planned)
    {
        lock (_access) _planned = planned;
    }

    private void Write(Utf8JsonWriter json)
    {
        (Fault Fault, int Times)[] planned;
        lock (_access) planned = [.. _planned];
        json.WriteStartObject();
        json.WriteStartArray("faults");
        foreach (var (fault, times) in planned)
        {
            json.WriteStartObject();
            json.WriteString("kind", fault.Kind);
            json.WriteString("contains", fault.Contains);
            json.WriteNumber("seconds", fault.After.TotalSeconds);
            json.WriteNumber("times", times);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }
}

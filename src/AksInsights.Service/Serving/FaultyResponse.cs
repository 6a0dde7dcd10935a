using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace AksInsights.Service.Serving;

/// <summary>Makes answers go wrong on the wire.</summary>
internal static class FaultyResponse
{
    /// <summary>Does what a fault says before there is an answer.</summary>
    /// <returns>True when that was all there is to be; false when the request is to be answered.</returns>
    /// <exception cref="OperationCanceledException">The reader is gone.</exception>
    public static async Task<bool> BeforeAsync(HttpContext http, Fault fault, TimeProvider time)
    {
        if (fault.Refusal is { } refusal)
        {
            await ServedResponse.SendAsync(http, refusal).ConfigureAwait(false);
            return true;
        }

        switch (fault.Kind)
        {
            case Fault.Dropped:
                http.Abort();
                return true;
            case Fault.Empty:
                http.Response.ContentLength = 0;
                return true;
            case Fault.NoContent:
                http.Response.StatusCode = StatusCodes.Status204NoContent;
                return true;
            case Fault.BadGateway:
                http.Response.StatusCode = StatusCodes.Status502BadGateway;
                http.Response.ContentType = "text/html";
                await http.Response.Body.WriteAsync("<html><body><h1>502 Bad Gateway</h1></body></html>"u8.ToArray(), http.RequestAborted).ConfigureAwait(false);
                return true;
            case Fault.Slow:
                await Task.Delay(fault.After, time, http.RequestAborted).ConfigureAwait(false);
                return false;
            default:
                return false;
        }
    }

    /// <summary>Leaves out half of the rows, and says so.</summary>
    public static ServedAnswer Halve(ServedAnswer answer)
    {
        if (answer is not ServedAnswer.Rows rows) return answer;
        var tables = rows.Result.Tables.Select(t => new Kql.Results.ResultTable(
            t.Name, t.Columns, [.. Enumerable.Range(0, t.Columns.Count).Select(c => t.Data(c).Slice(0, t.RowCount / 2))], t.RowCount / 2)).ToList();
        return rows with { Result = rows.Result with { Tables = tables }, Error = ServiceError.Partial("-2133196797", "Half of the rows were left out, as asked.") };
    }

    /// <summary>Answers a request, but sends half of the body only.</summary>
    /// <param name="http">The request.</param>
    /// <param name="answer">What answers it.</param>
    /// <param name="endConnection">Whether the connection ends there; otherwise the body does.</param>
    public static async Task CutAsync(HttpContext http, Func<Task> answer, bool endConnection)
    {
        var real = http.Features.GetRequiredFeature<IHttpResponseBodyFeature>();
        using var whole = new MemoryStream();
        var held = new StreamResponseBodyFeature(whole);
        http.Features.Set<IHttpResponseBodyFeature>(held);
        await answer().ConfigureAwait(false);
        await held.Writer.FlushAsync(http.RequestAborted).ConfigureAwait(false);
        http.Features.Set(real);
        await real.Stream.WriteAsync(whole.GetBuffer().AsMemory(0, (int)whole.Length / 2), http.RequestAborted).ConfigureAwait(false);
        await real.Stream.FlushAsync(http.RequestAborted).ConfigureAwait(false);
        if (endConnection) http.Abort();
    }
}

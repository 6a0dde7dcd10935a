using System.Text;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace AksInsights.Service.Serving;

/// <summary>Makes answers go wrong on the wire.</summary>
internal static partial class FaultyResponse
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

    /// <summary>Whether a fault is one of the body, which <see cref="SpoilAsync"/> brings about.</summary>
    public static bool IsOfBody(Fault fault) => fault.Kind is Fault.Truncated or Fault.CutJson or Fault.SlowBody or Fault.WrongTypes;

    /// <summary>Answers a request, but not with the body as it should be.</summary>
    /// <param name="http">The request.</param>
    /// <param name="fault">What is wrong with it.</param>
    /// <param name="answer">What answers it.</param>
    /// <param name="time">The clock that the second half waits by.</param>
    public static async Task SpoilAsync(HttpContext http, Fault fault, Func<Task> answer, TimeProvider time)
    {
        var real = http.Features.GetRequiredFeature<IHttpResponseBodyFeature>();
        using var whole = new MemoryStream();
        var held = new StreamResponseBodyFeature(whole);
        http.Features.Set<IHttpResponseBodyFeature>(held);
        await answer().ConfigureAwait(false);
        await held.Writer.FlushAsync(http.RequestAborted).ConfigureAwait(false);
        http.Features.Set(real);
        var body = whole.ToArray();
        if (fault.Kind == Fault.WrongTypes)
        {
            var text = ColumnType().Replace(Encoding.UTF8.GetString(body), "\"type\":\"guid\"");
            await real.Stream.WriteAsync(Encoding.UTF8.GetBytes(text), http.RequestAborted).ConfigureAwait(false);
            return;
        }

        await real.Stream.WriteAsync(body.AsMemory(0, body.Length / 2), http.RequestAborted).ConfigureAwait(false);
        await real.Stream.FlushAsync(http.RequestAborted).ConfigureAwait(false);
        if (fault.Kind == Fault.Truncated) http.Abort();
        if (fault.Kind != Fault.SlowBody) return;
        await Task.Delay(fault.After, time, http.RequestAborted).ConfigureAwait(false);
        await real.Stream.WriteAsync(body.AsMemory(body.Length / 2), http.RequestAborted).ConfigureAwait(false);
    }

    [GeneratedRegex("\"type\":\"[a-z]+\"")]
    private static partial Regex ColumnType();
}

using System.Text.Json;

namespace AksInsights.Service.Commands;

/// <summary>How long a query took.</summary>
/// <param name="Load">Reading the rows it needs that nothing before it had read.</param>
/// <param name="Bind">Reading, checking and planning its text.</param>
/// <param name="First">The first execution.</param>
/// <param name="Repeats">The executions after it; empty when it was not to be repeated.</param>
/// <param name="RepeatsCpu">The processor time of all <paramref name="Repeats"/> together, of all threads.</param>
internal sealed record KqlTiming(TimeSpan Load, TimeSpan Bind, TimeSpan First, IReadOnlyList<TimeSpan> Repeats, TimeSpan RepeatsCpu)
{
    /// <summary>Writes the member <c>timing</c> into an open object: milliseconds, <c>cpuMs</c> for one execution.</summary>
    public void Write(Utf8JsonWriter json)
    {
        json.WriteStartObject("timing");
        if (Repeats.Count > 0)
        {
            Write(json, "medianMs", Median(Repeats));
            Write(json, "minMs", Repeats.Min());
            Write(json, "cpuMs", RepeatsCpu / Repeats.Count);
        }

        Write(json, "loadMs", Load);
        Write(json, "bindMs", Bind);
        Write(json, "executeMs", First);
        json.WriteEndObject();
    }

    private static TimeSpan Median(IReadOnlyList<TimeSpan> times)
    {
        var sorted = times.Order().ToArray();
        return (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2;
    }

    private static void Write(Utf8JsonWriter json, string name, TimeSpan time) => json.WriteNumber(name, Math.Round(time.TotalMilliseconds, 3));
}

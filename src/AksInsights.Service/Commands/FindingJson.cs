using System.Text.Json;
using AksInsights.Core.Findings;

namespace AksInsights.Service.Commands;

/// <summary>A finding as the members of a JSON object: the shape of <c>scan --output json</c>, <c>findings</c> and the API.</summary>
internal static class FindingJson
{
    /// <summary>Writes the members into an open object; key parts and measures without a value are left out, an evidence column keeps its name.</summary>
    public static void Write(Utf8JsonWriter json, Finding finding)
    {
        json.WriteString("id", finding.Id.Value);
        json.WriteString("fingerprint", finding.Fingerprint.Value);
        json.WriteString("query", finding.Query.Value);
        json.WriteString("title", finding.Content.Title);
        json.WriteString("severity", SeverityText.Format(finding.Severity));
        json.WriteString("condition", Kebab(finding.Condition.ToString()));
        json.WriteString("workflow", WorkflowName(finding.Workflow));
        json.WriteStartObject("key");
        foreach (var part in finding.Key.Where(p => p.Value is not null)) json.WriteString(part.Column, part.Value);
        json.WriteEndObject();
        json.WriteStartObject("measures");
        foreach (var measure in finding.Content.Measures.Where(m => m.Value is not null)) json.WriteNumber(measure.Name, measure.Value!.Value);
        json.WriteEndObject();
        json.WriteStartObject("evidence");
        foreach (var item in finding.Content.Evidence)
        {
            json.WritePropertyName(item.Name);
            json.WriteRawValue(item.Json);
        }

        json.WriteEndObject();
        json.WriteString("firstSeen", Time(finding.FirstSeen));
        json.WriteString("lastSeen", Time(finding.LastSeen));
    }

    /// <summary>Writes the member <c>events</c>, oldest first.</summary>
    public static void WriteEvents(Utf8JsonWriter json, IReadOnlyList<FindingEvent> events)
    {
        json.WriteStartArray("events");
        foreach (var happened in events)
        {
            json.WriteStartObject();
            json.WriteString("at", Time(happened.At));
            json.WriteString("kind", Kebab(happened.Kind.ToString()));
            if (happened.Detail is not null) json.WriteString("detail", happened.Detail);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    /// <summary>The written form of what people say: <c>new</c>, <c>acknowledged</c>, <c>suppressed</c> or <c>false-positive</c>.</summary>
    public static string WorkflowName(Workflow workflow) => Kebab(workflow.Kind.ToString());

    /// <summary>A time in UTC, to the second.</summary>
    public static string Time(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'");

    /// <summary>A name of an enumeration as the product writes it.</summary>
    public static string Kebab(string name) => JsonNamingPolicy.KebabCaseLower.ConvertName(name);
}

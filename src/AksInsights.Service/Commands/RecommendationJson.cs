using System.Globalization;
using System.Text.Json;
using AksInsights.Core.Quantities;
using AksInsights.Core.Rightsizing;

namespace AksInsights.Service.Commands;

/// <summary>A recommendation as the members of a JSON object: the shape of <c>recommend --output json</c>, which <c>propose --recommendations</c> reads.</summary>
internal static class RecommendationJson
{
    /// <summary>Writes the members into an open object. Amounts are texts as manifests have them; one that is not set is null.</summary>
    public static void Write(Utf8JsonWriter json, Recommendation recommendation)
    {
        var key = recommendation.Container;
        json.WriteString("cluster", key.Cluster);
        json.WriteString("namespace", key.Namespace);
        json.WriteString("workloadKind", key.WorkloadKind);
        json.WriteString("workload", key.Workload);
        json.WriteString("container", key.Container);
        json.WriteString("policy", recommendation.Policy);
        WriteResources(json, "current", recommendation.Current);
        WriteResources(json, "proposed", recommendation.Proposed);
        JsonText.WriteTexts(json, "reasons", recommendation.Reasons);
        json.WriteString("confidence", FindingJson.Kebab(recommendation.Confidence.Level.ToString()));
        JsonText.WriteTexts(json, "doubts", recommendation.Confidence.Doubts);
        json.WriteString("qosBefore", recommendation.QosBefore.ToString());
        json.WriteString("qosAfter", recommendation.QosAfter.ToString());
        json.WriteNumber("replicas", recommendation.Replicas);
        json.WriteNumber("monthlySaving", recommendation.MonthlySaving);
        json.WriteString("currency", recommendation.Currency);
        JsonText.WriteTexts(json, "risks", recommendation.Risks);
        WriteUsage(json, recommendation.Usage);
        WriteBacktest(json, recommendation.Backtest);
    }

    /// <summary>Reads an array of recommendations.</summary>
    /// <param name="text">The JSON text.</param>
    /// <param name="mistake">What is wrong and where, as the end of a sentence; null when nothing is.</param>
    public static IReadOnlyList<Recommendation> Read(string text, out string? mistake)
    {
        mistake = null;
        try
        {
            using var document = JsonDocument.Parse(text);
            if (document.RootElement.ValueKind == JsonValueKind.Array) return [.. document.RootElement.EnumerateArray().Select((item, i) => Read(new JsonMembers(item, $"[{i}]")))];
            mistake = "it is no array of recommendations";
        }
        catch (JsonException error)
        {
            mistake = string.Create(CultureInfo.InvariantCulture, $"it is no JSON: line {error.LineNumber + 1}, byte {error.BytePositionInLine + 1}");
        }
        catch (FormatException error)
        {
            mistake = error.Message;
        }

        return [];
    }

    private static Recommendation Read(JsonMembers json) => new()
    {
        Container = new ContainerKey(json.Text("cluster"), json.Text("namespace"), json.Text("workloadKind"), json.Text("workload"), json.Text("container")),
        Current = ReadResources(json.Object("current")),
        Proposed = ReadResources(json.Object("proposed")),
        Policy = json.Text("policy"),
        Reasons = json.Texts("reasons"),
        Confidence = new Confidence(json.Choice<ConfidenceLevel>("confidence"), json.Texts("doubts")),
        QosBefore = json.Choice<QosClass>("qosBefore"),
        QosAfter = json.Choice<QosClass>("qosAfter"),
        Replicas = json.Number("replicas"),
        MonthlySaving = (decimal)json.Number("monthlySaving"),
        Currency = json.Text("currency"),
        Risks = json.Texts("risks"),
        Usage = ReadUsage(json.Object("usage")),
        Backtest = json.OptionalObject("backtest") is { } backtest ? ReadBacktest(backtest) : null,
    };

    private static void WriteResources(Utf8JsonWriter json, string name, ContainerResources resources)
    {
        json.WriteStartObject(name);
        foreach (var field in Enum.GetValues<ResourceField>()) json.WriteString(JsonNamingPolicy.CamelCase.ConvertName(field.ToString()), resources[field]);
        json.WriteEndObject();
    }

    private static ContainerResources ReadResources(JsonMembers json) => new(
        Cpu(json, "cpuRequest"), Cpu(json, "cpuLimit"), Memory(json, "memoryRequest"), Memory(json, "memoryLimit"));

    private static CpuQuantity? Cpu(JsonMembers json, string name)
    {
        if (json.OptionalText(name) is not { } text) return null;
        return CpuQuantity.TryParse(text, out var amount, out var problem) ? amount : throw json.Wrong(name, $"`{text}` {problem}");
    }

    private static MemoryQuantity? Memory(JsonMembers json, string name)
    {
        if (json.OptionalText(name) is not { } text) return null;
        return MemoryQuantity.TryParse(text, out var amount, out var problem) ? amount : throw json.Wrong(name, $"`{text}` {problem}");
    }

    private static void WriteUsage(Utf8JsonWriter json, UsageSummary usage)
    {
        json.WriteStartObject("usage");
        json.WriteString("from", FindingJson.Time(usage.From));
        json.WriteString("to", FindingJson.Time(usage.To));
        json.WriteNumber("hoursSeen", usage.HoursSeen);
        json.WriteNumber("intervalSeconds", (long)usage.Interval.TotalSeconds);
        WriteLevels(json, "cpu", usage.Cpu);
        WriteLevels(json, "memory", usage.Memory);
        json.WriteNumber("oomKills", usage.OomKills);
        json.WriteNumber("restarts", usage.Restarts);
        json.WriteEndObject();
    }

    private static void WriteLevels<T>(Utf8JsonWriter json, string name, UsageLevels<T> levels)
        where T : struct
    {
        json.WriteStartObject(name);
        json.WriteString("median", levels.Median.ToString());
        json.WriteString("p95", levels.P95.ToString());
        json.WriteString("max", levels.Max.ToString());
        json.WriteEndObject();
    }

    private static UsageSummary ReadUsage(JsonMembers json)
    {
        var (cpu, memory) = (json.Object("cpu"), json.Object("memory"));
        return new UsageSummary(
            json.Time("from"),
            json.Time("to"),
            (int)json.Number("hoursSeen"),
            TimeSpan.FromSeconds(json.Number("intervalSeconds")),
            new UsageLevels<CpuQuantity>(Cpu(cpu, "median") ?? default, Cpu(cpu, "p95") ?? default, Cpu(cpu, "max") ?? default),
            new UsageLevels<MemoryQuantity>(Memory(memory, "median") ?? default, Memory(memory, "p95") ?? default, Memory(memory, "max") ?? default),
            (int)json.Number("oomKills"),
            (int)json.Number("restarts"));
    }

    private static void WriteBacktest(Utf8JsonWriter json, BacktestSummary? backtest)
    {
        if (backtest is null)
        {
            json.WriteNull("backtest");
            return;
        }

        json.WriteStartObject("backtest");
        json.WriteNumber("days", backtest.Days);
        json.WriteNumber("oomKills", backtest.OomKills);
        json.WriteNumber("throttled", backtest.Throttled);
        json.WriteNumber("cpuAboveRequest", backtest.CpuAboveRequest);
        json.WriteNumber("memoryAboveRequest", backtest.MemoryAboveRequest);
        if (backtest.ReservedChange is { } change) json.WriteNumber("reservedChange", change);
        else json.WriteNull("reservedChange");
        json.WriteEndObject();
    }

    private static BacktestSummary ReadBacktest(JsonMembers json) => new(
        json.Number("days"), (int)json.Number("oomKills"), json.Number("throttled"), json.Number("cpuAboveRequest"), json.Number("memoryAboveRequest"), json.OptionalNumber("reservedChange"));
}

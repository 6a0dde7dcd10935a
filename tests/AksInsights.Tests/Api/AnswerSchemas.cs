using System.Text.Json;
using System.Text.Json.Nodes;
using Json.Schema;

namespace AksInsights.Tests.Api;

/// <summary>The schemas of the API's document, made strict: a member that the document does not name is a mistake.</summary>
internal sealed class AnswerSchemas
{
    private readonly JsonNode _document;

    /// <summary>Takes the schemas of a document.</summary>
    public AnswerSchemas(JsonNode document) => _document = document;

    /// <summary>What is wrong with an answer of a path; empty when nothing is.</summary>
    /// <param name="path">The path as the document has it.</param>
    /// <param name="method">The method, in lower case.</param>
    /// <param name="status">The status of the answer.</param>
    /// <param name="type">The media type of the answer.</param>
    /// <param name="answer">The answer.</param>
    public IReadOnlyList<string> Mistakes(string path, string method, int status, string type, JsonNode answer)
    {
        if (_document["paths"]?[path]?[method]?["responses"]?[$"{status}"]?["content"]?[type]?["schema"] is not { } schema) return [$"The document has no answer {status} of {type} for {method} {path}."];
        var whole = (JsonObject)schema.DeepClone();
        whole["$defs"] = _document["components"]!["schemas"]!.DeepClone();
        Restrict(whole["$defs"]!);
        // A document has its schemas elsewhere than a schema of its own does.
        var text = whole.ToJsonString().Replace("#/components/schemas/", "#/$defs/", StringComparison.Ordinal);
        using var instance = JsonDocument.Parse(answer.ToJsonString());
        var found = JsonSchema.FromText(text).Evaluate(instance.RootElement, new EvaluationOptions { OutputFormat = OutputFormat.List });
        return found.IsValid ? [] : [.. (found.Details ?? []).Where(part => part.Errors is not null).SelectMany(part => part.Errors!.Select(error => $"{part.InstanceLocation}: {error.Value}"))];
    }

    private static void Restrict(JsonNode node)
    {
        if (node is JsonArray list)
        {
            foreach (var item in list.OfType<JsonNode>()) Restrict(item);
        }
        else if (node is JsonObject schema)
        {
            foreach (var (_, child) in schema.ToList()) if (child is not null) Restrict(child);
            if (schema["properties"] is JsonObject && (string?)schema["type"] == "object" && !schema.ContainsKey("additionalProperties")) schema["additionalProperties"] = false;
        }
    }
}

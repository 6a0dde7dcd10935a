using System.Text.Json.Nodes;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace AksInsights.Service.Api;

/// <summary>Paths in the document: with the parameters that their routes declare.</summary>
internal static class ApiOperations
{
    private static readonly Dictionary<string, string> PathParameters = new(StringComparer.Ordinal)
    {
        ["id"] = "Its `id` in lists.",
        ["key"] = "Its `key` in lists.",
        ["area"] = "The area of the query: what stands before the slash of its name.",
        ["name"] = "What stands behind the slash of its name.",
    };

    private static readonly Dictionary<string, JsonSchemaType> Types = new(StringComparer.Ordinal)
    {
        ["string"] = JsonSchemaType.String,
        ["integer"] = JsonSchemaType.Integer,
        ["array"] = JsonSchemaType.Array,
    };

    /// <summary>Adds parameters and what any path may answer.</summary>
    public static Task Describe(OpenApiOperation operation, OpenApiOperationTransformerContext context, CancellationToken cancellation)
    {
        var metadata = context.Description.ActionDescriptor.EndpointMetadata;
        operation.Parameters ??= [];
        foreach (var taken in metadata.OfType<TakenParameters>().SelectMany(taken => taken.All))
            operation.Parameters.Add(Parameter(taken));
        foreach (var (status, response) in operation.Responses ?? [])
            if (response is OpenApiResponse plain && Word(status) is { } word) plain.Description = word;
        foreach (var named in operation.Parameters.OfType<OpenApiParameter>().Where(parameter => parameter.In == ParameterLocation.Path)) named.Description ??= PathParameters[named.Name!];
        if (metadata.OfType<MarkdownToo>().Any()) operation.Responses!["200"].Content!["text/markdown"] = new OpenApiMediaType { Schema = new OpenApiSchema { Type = JsonSchemaType.String } };
        return Task.CompletedTask;
    }

    private static OpenApiParameter Parameter(ApiParameter parameter) => new()
    {
        Name = parameter.Name,
        In = ParameterLocation.Query,
        Description = parameter.Description,
        // Several values have commas between.
        Style = ParameterStyle.Form,
        Explode = false,
        Schema = Schema(parameter.Schema),
    };

    private static OpenApiSchema Schema(JsonObject json)
    {
        var schema = new OpenApiSchema
        {
            Format = (string?)json["format"],
            Default = json["default"]?.DeepClone(),
            Minimum = json["minimum"]?.ToJsonString(),
            Maximum = json["maximum"]?.ToJsonString(),
            Enum = json["enum"]?.AsArray().Select(one => one!.DeepClone()).ToList(),
            Items = json["items"] is JsonObject items ? Schema(items) : null,
            AnyOf = json["anyOf"]?.AsArray().Select(IOpenApiSchema (one) => Schema(one!.AsObject())).ToList(),
        };
        if ((string?)json["type"] is { } type) schema.Type = Types[type];
        return schema;
    }

    private static string? Word(string status) => status switch
    {
        "200" => "The answer, with its ETag.",
        "304" => "The caller has the answer already, as its `If-None-Match` says.",
        "400" => "The request makes no sense; the problem says why.",
        "401" => "A key or token is needed, where the service asks for one: `Authorization: Bearer ...`.",
        "403" => "The caller may not do that; the problem says why.",
        "404" => "There is no such thing.",
        "415" => "The body is no JSON by its content type.",
        "503" => "The store cannot work; the problem says why.",
        _ => null,
    };
}

using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.OpenApi;

namespace AksInsights.Service.Api;

/// <summary>The routes of the API, and the OpenAPI document that is made from what they say of themselves.</summary>
internal static class ApiDocument
{
    /// <summary>Where the document is.</summary>
    public const string Path = "/openapi/v1.json";

    private const string KeyScheme = "key";

    /// <summary>Adds what makes the document.</summary>
    public static void AddServices(IServiceCollection services)
    {
        services.Configure<JsonOptions>(json => ApiJson.Make(json.SerializerOptions));
        services.AddOpenApi("v1", options =>
        {
            options.OpenApiVersion = OpenApiSpecVersion.OpenApi3_1;
            options.CreateSchemaReferenceId = info => ApiSchemas.NameOf(info.Type) ?? OpenApiOptions.CreateDefaultSchemaReferenceId(info);
            options.AddSchemaTransformer(ApiSchemas.Describe);
            options.AddOperationTransformer(ApiOperations.Describe);
            options.AddDocumentTransformer(DescribeAsync);
            options.AddDocumentTransformer(ApiSchemas.LeaveOutNull);
        });
    }

    /// <summary>Adds the document's own route.</summary>
    public static void Map(IEndpointRouteBuilder app) => app.MapOpenApi("/openapi/{documentName}.json");

    /// <summary>Adds the routes of the API.</summary>
    public static void MapRoutes(IEndpointRouteBuilder app)
    {
        var api = app.MapGroup("/api/v1")
            .ProducesProblem(StatusCodes.Status401Unauthorized).ProducesProblem(StatusCodes.Status403Forbidden).ProducesProblem(StatusCodes.Status503ServiceUnavailable);
        FindingEndpoints.Map(api);
        SayingEndpoints.Map(api);
        HistoryEndpoints.Map(api);
        ServiceEndpoints.Map(api);
        RecommendationEndpoints.Map(api);
        MessageEndpoints.Map(api);
        DigestEndpoints.Map(api);
        PanelEndpoints.Map(api);
    }

    private static Task DescribeAsync(OpenApiDocument document, OpenApiDocumentTransformerContext context, CancellationToken cancellation)
    {
        document.Info = new OpenApiInfo
        {
            Title = "AksInsights",
            Version = "v1",
            Description = "Findings about AKS clusters, what happened to them, how evaluations go, and recommendations. Mistakes are problems as RFC 9457 describes them; "
                + "answers have an ETag, and `If-None-Match` saves sending what is known. Members of answers may be added, not taken away.",
        };
        // The document is the same wherever the service listens.
        document.Servers = null;
        document.Components ??= new OpenApiComponents();
        document.Components.SecuritySchemes = new Dictionary<string, IOpenApiSecurityScheme>
        {
            [KeyScheme] = new OpenApiSecurityScheme { Type = SecuritySchemeType.Http, Scheme = "bearer", Description = "A key that `aksinsights serve-key` made, or a token of Entra ID; needed where the service asks for one." },
        };
        document.Security = [new OpenApiSecurityRequirement { [new OpenApiSecuritySchemeReference(KeyScheme, document)] = [] }];
        return Task.CompletedTask;
    }
}

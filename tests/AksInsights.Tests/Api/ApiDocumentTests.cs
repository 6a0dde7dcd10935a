using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Routing;

namespace AksInsights.Tests.Api;

/// <summary>The OpenAPI document: whole, described, and the one that is in the repository.</summary>
public sealed class ApiDocumentTests(StartedService service) : IClassFixture<StartedService>
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true, Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping, NewLine = "\n" };

    [Fact]
    public async Task TheCopyInTheRepositoryIsWhatTheServiceServes()
    {
        var served = (await DocumentAsync()).ToJsonString(Indented) + "\n";
        var (copy, renewed) = (Repository.Path("docs", "openapi.json"), Repository.Path("artifacts", "openapi.json"));
        var kept = File.Exists(copy) ? await File.ReadAllTextAsync(copy) : "";
        if (kept != served) await File.WriteAllTextAsync(renewed, served);
        Assert.True(kept == served, $"docs/openapi.json is not what the service serves. Look at the difference to {renewed}; if it is meant, copy that file.");
    }

    [Fact]
    public async Task EveryRouteIsInIt()
    {
        // The page of Prometheus has a format of its own, and the document is no part of itself; what is not for programs is not in it.
        var routes = service.Routes
            .Where(route => route.Metadata.GetMetadata<HttpMethodMetadata>() is not null && route.Metadata.GetMetadata<IExcludeFromDescriptionMetadata>() is null && !route.RoutePattern.RawText!.StartsWith("/openapi", StringComparison.Ordinal))
            .SelectMany(route => route.Metadata.GetMetadata<HttpMethodMetadata>()!.HttpMethods.Select(method => $"{method} /{route.RoutePattern.RawText!.Trim('/')}"));
        var described = (await DocumentAsync())["paths"]!.AsObject().SelectMany(path => path.Value!.AsObject().Select(operation => $"{operation.Key.ToUpperInvariant()} {path.Key}"));
        Assert.Equal(routes.Order(StringComparer.Ordinal), described.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task EverythingInItIsDescribed()
    {
        var document = await DocumentAsync();
        var silent = new List<string>();
        foreach (var (path, operations) in document["paths"]!.AsObject())
        {
            foreach (var (method, operation) in operations!.AsObject())
            {
                if (operation!["summary"] is null || operation["operationId"] is null) silent.Add($"{method} {path}");
                silent.AddRange((operation["parameters"]?.AsArray() ?? []).Where(p => p!["description"] is null).Select(p => $"{method} {path} {p!["name"]}"));
            }
        }

        foreach (var (name, schema) in document["components"]!["schemas"]!.AsObject().Where(schema => schema.Key != "ProblemDetails"))
            silent.AddRange((schema!["properties"]?.AsObject() ?? []).Where(member => member.Value!["description"] is null).Select(member => $"{name}.{member.Key}"));
        Assert.Empty(silent);
    }

    private Task<JsonNode> DocumentAsync() => service.GetAsync("openapi/v1.json");
}

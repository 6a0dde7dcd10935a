using System.Collections.Frozen;
using System.Reflection;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace AksInsights.Service.Web;

/// <summary>Style sheet, script and icon, embedded in the program. Their addresses hold a hash of their content, so that a browser may keep them for ever.</summary>
public static class WebAssets
{
    /// <summary>Where all of them are.</summary>
    internal const string Root = "/assets";

    private const string Folder = "Web/Assets/";

    private static readonly FrozenDictionary<string, Asset> Assets = Load();

    /// <summary>The address of an asset.</summary>
    /// <exception cref="KeyNotFoundException">There is none of that name.</exception>
    public static string Address(string name) => $"{Root}/{Assets[name].Hash}/{name}";

    /// <summary>Adds the route.</summary>
    internal static void Map(IEndpointRouteBuilder routes) => routes.MapGet(Root + "/{hash}/{name}", (string hash, string name, HttpContext context) =>
    {
        // An old address must not be kept with new content.
        if (!Assets.TryGetValue(name, out var asset) || asset.Hash != hash) return Results.NotFound();
        context.Response.Headers.CacheControl = "public, max-age=31536000, immutable";
        context.Response.Headers.XContentTypeOptions = "nosniff";
        return Results.Bytes(asset.Content, asset.Type);
    });

    private static FrozenDictionary<string, Asset> Load()
    {
        var assembly = Assembly.GetExecutingAssembly();
        return assembly.GetManifestResourceNames().Where(name => name.StartsWith(Folder, StringComparison.Ordinal)).ToFrozenDictionary(name => name[Folder.Length..], name =>
        {
            using var stream = assembly.GetManifestResourceStream(name)!;
            var content = new byte[stream.Length];
            stream.ReadExactly(content);
            return new Asset(content, Convert.ToHexStringLower(SHA256.HashData(content).AsSpan(0, 8)), TypeOf(name));
        });
    }

    private static string TypeOf(string name) => Path.GetExtension(name) switch
    {
        ".css" => "text/css; charset=utf-8",
        ".js" => "text/javascript; charset=utf-8",
        ".svg" => "image/svg+xml",
        var other => throw new InvalidOperationException($"`{name}` is embedded, but `{other}` has no content type here."),
    };

    private sealed record Asset(byte[] Content, string Hash, string Type);
}

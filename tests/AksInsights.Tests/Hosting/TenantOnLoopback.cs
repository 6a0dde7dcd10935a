using System.Buffers.Text;
using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.Json.Nodes;
using AksInsights.Service.Serving;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace AksInsights.Tests.Hosting;

/// <summary>A tenant of Entra ID of the tests' own: publishes its metadata and keys over https on this machine, and signs tokens.</summary>
internal sealed class TenantOnLoopback : IAsyncDisposable
{
    public const string Id = "0f5a4d52-0000-4000-8000-00000000000a";
    private const string KeyId = "first";

    private readonly X509Certificate2 _certificate = LoopbackCertificate.Create(TimeProvider.System);
    private readonly RSA _key = RSA.Create(2048);
    private readonly WebApplication _app;

    private TenantOnLoopback()
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().UseKestrelHttpsConfiguration();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(System.Net.IPAddress.Loopback, 0, listen => listen.UseHttps(_certificate)));
        builder.Services.AddRoutingCore();
        _app = builder.Build();
    }

    /// <summary>Where it gives tokens.</summary>
    public Uri Instance => new(_app.Urls.Single() + "/");

    /// <summary>Who it is in its tokens.</summary>
    public string Issuer => $"{Instance}{Id}/v2.0";

    /// <summary>How often its keys were fetched.</summary>
    public int Fetched { get; private set; }

    /// <summary>A way to it that trusts its certificate, and no other.</summary>
    public HttpMessageHandler Transport => new SocketsHttpHandler
    {
        SslOptions = new SslClientAuthenticationOptions { RemoteCertificateValidationCallback = (_, given, _, _) => given is X509Certificate2 other && other.Thumbprint == _certificate.Thumbprint },
    };

    public static async Task<TenantOnLoopback> StartAsync()
    {
        var tenant = new TenantOnLoopback();
        tenant._app.MapGet($"/{Id}/v2.0/.well-known/openid-configuration", () => Results.Text(new JsonObject { ["issuer"] = tenant.Issuer, ["jwks_uri"] = $"{tenant.Instance}keys" }.ToJsonString()));
        tenant._app.MapGet("/keys", () =>
        {
            tenant.Fetched++;
            var key = tenant._key.ExportParameters(false);
            return Results.Text(new JsonObject
            {
                ["keys"] = new JsonArray(new JsonObject { ["kty"] = "RSA", ["use"] = "sig", ["kid"] = KeyId, ["n"] = Base64Url.EncodeToString(key.Modulus), ["e"] = Base64Url.EncodeToString(key.Exponent) }),
            }.ToJsonString());
        });
        await tenant._app.StartAsync();
        return tenant;
    }

    /// <summary>A token with claims besides those that every token has; a claim of null leaves one of those out.</summary>
    public string Token(params (string Name, JsonNode? Value)[] claims) => Sign(Claims(claims), _key, "RS256");

    /// <summary>The same, signed by another key under the same name.</summary>
    public string Forged(params (string Name, JsonNode? Value)[] claims)
    {
        using var other = RSA.Create(2048);
        return Sign(Claims(claims), other, "RS256");
    }

    /// <summary>The same without a signature.</summary>
    public string Unsigned(params (string Name, JsonNode? Value)[] claims) => Text("""{"alg":"none","typ":"JWT"}""") + "." + Text(Claims(claims)) + ".";

    /// <summary>The same with the public key as if it were a shared secret, which is public.</summary>
    public string SignedByPublicKey(params (string Name, JsonNode? Value)[] claims)
    {
        var head = Text(new JsonObject { ["alg"] = "HS256", ["typ"] = "JWT", ["kid"] = KeyId }.ToJsonString()) + "." + Text(Claims(claims));
        return head + "." + Base64Url.EncodeToString(HMACSHA256.HashData(_key.ExportRSAPublicKey(), Encoding.ASCII.GetBytes(head)));
    }

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        _certificate.Dispose();
        _key.Dispose();
    }

    private string Claims((string Name, JsonNode? Value)[] claims)
    {
        var now = TimeProvider.System.GetUtcNow().ToUnixTimeSeconds();
        var all = new JsonObject { ["iss"] = Issuer, ["aud"] = EntraTokenTests.Application, ["exp"] = now + 3600, ["nbf"] = now - 60, ["tid"] = Id };
        foreach (var (name, value) in claims)
        {
            if (value is null) all.Remove(name);
            else all[name] = value.DeepClone();
        }

        return all.ToJsonString();
    }

    private static string Sign(string claims, RSA key, string algorithm)
    {
        var head = Text(new JsonObject { ["alg"] = algorithm, ["typ"] = "JWT", ["kid"] = KeyId }.ToJsonString()) + "." + Text(claims);
        return head + "." + Base64Url.EncodeToString(key.SignData(Encoding.ASCII.GetBytes(head), HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1));
    }

    private static string Text(string json) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(json));
}

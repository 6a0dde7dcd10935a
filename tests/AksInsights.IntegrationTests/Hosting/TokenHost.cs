using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;

namespace AksInsights.IntegrationTests.Hosting;

/// <summary>Stands in over https for Grafana, GitHub, GitLab and Azure DevOps, as far as they tell whom a token stands for; answers as their documentation has them.</summary>
internal sealed class TokenHost : IAsyncDisposable
{
    /// <summary>May do all that is needed.</summary>
    public const string Writer = "token-of-a-writer";

    /// <summary>May read only.</summary>
    public const string Reader = "token-of-a-reader";

    private readonly WebApplication _app;
    private readonly X509Certificate2 _certificate;

    private TokenHost(X509Certificate2 certificate)
    {
        _certificate = certificate;
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().UseKestrelHttpsConfiguration().ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0, listen => listen.UseHttps(certificate)));
        _app = builder.Build();
        _app.Run(AnswerAsync);
    }

    public Uri Address => new($"https://localhost:{new Uri(_app.Urls.Single()).Port}/");

    /// <summary>The certificate, for those who are to trust it.</summary>
    public string Pem => _certificate.ExportCertificatePem();

    public static async Task<TokenHost> StartAsync(TimeSpan validFor)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN=localhost {Guid.NewGuid():N}", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName("localhost");
        request.CertificateExtensions.Add(names.Build());
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(certificateAuthority: true, hasPathLengthConstraint: false, pathLengthConstraint: 0, critical: true));
        var now = TimeProvider.System.GetUtcNow();
        using var made = request.CreateSelfSigned(now.AddDays(-30), now + validFor);
        var host = new TokenHost(X509CertificateLoader.LoadPkcs12(made.Export(X509ContentType.Pkcs12), null));
        await host._app.StartAsync();
        return host;
    }

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        _certificate.Dispose();
    }

    private static async Task AnswerAsync(HttpContext context)
    {
        var token = TokenOf(context.Request);
        var (status, body) = token is Writer or Reader ? Answer(context.Request.Path, token == Writer) : (401, """{"message":"Bad credentials"}""");
        context.Response.StatusCode = status;
        context.Response.ContentType = "application/json";
        await context.Response.WriteAsync(body);
    }

    private static (int Status, string Body) Answer(string path, bool mayWrite) => path switch
    {
        "/api/org" => (200, """{"id":1,"name":"Main Org."}"""),
        "/api/access-control/user/permissions" => (200, mayWrite
            ? """{"dashboards:create":["folders:*"],"dashboards:write":["folders:*"],"folders:create":["folders:*"],"folders:read":["folders:*"]}"""
            : """{"dashboards:read":["folders:*"],"folders:read":["folders:*"]}"""),
        "/repos/shop/manifests" => (200, $$$"""{"default_branch":"main","permissions":{"admin":false,"push":{{{(mayWrite ? "true" : "false")}}},"pull":true}}"""),
        "/user" => (200, """{"login":"octocat"}"""),
        "/api/v4/projects/shop%2Fmanifests" => (200, $$$"""{"default_branch":"main","permissions":{"project_access":{"access_level":{{{(mayWrite ? 40 : 20)}}}},"group_access":null}}"""),
        "/api/v4/user" => (200, """{"username":"tanuki"}"""),
        "/api/v4/personal_access_tokens/self" => (200, """{"scopes":["api"]}"""),
        "/shop/_apis/git/repositories/manifests" => mayWrite ? (200, """{"defaultBranch":"refs/heads/main"}""") : (403, """{"message":"TF401027: You need the Git 'Read' permission"}"""),
        "/_apis/connectionData" => (200, """{"authenticatedUser":{"providerDisplayName":"Ann"}}"""),
        _ => (404, """{"message":"Not Found"}"""),
    };

    private static string TokenOf(HttpRequest request)
    {
        if (request.Headers["PRIVATE-TOKEN"] is { Count: 1 } own) return own.ToString();
        var given = request.Headers.Authorization.ToString().Split(' ', 2);
        return given[0] == "Basic" ? System.Text.Encoding.UTF8.GetString(Convert.FromBase64String(given[1])).TrimStart(':') : given[^1];
    }
}

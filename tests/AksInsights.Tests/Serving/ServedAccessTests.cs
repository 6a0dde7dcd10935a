using System.Net;
using System.Net.Http.Headers;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json.Nodes;
using AksInsights.Service.Serving;

namespace AksInsights.Tests.Serving;

/// <summary>Who may ask, over which connection, and what goes wrong on demand.</summary>
public class ServedAccessTests
{
    [Fact]
    public async Task ATokenIsAskedForWhereThereIsOne()
    {
        await using var served = await ServedRecording.StartAsync(s => s with { Token = new Core.Secrets.Secret("secret") });
        Assert.Equal((401, "AuthenticationFailed"), await StatusAsync(served, null));
        Assert.Equal((401, "InvalidTokenError"), await StatusAsync(served, "Secret"));
        Assert.Equal((200, ""), await StatusAsync(served, "secret"));
    }

    [Fact]
    public async Task AnotherNameForThisMachineIsTurnedAway()
    {
        await using var served = await ServedRecording.StartAsync();
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri("v1/workspaces/w/query?query=print%201", UriKind.Relative));
        request.Headers.Host = "rebound.example";
        var error = await ServedRecording.ErrorAsync(served.Client.SendAsync(request));
        Assert.Equal((421, "MisdirectedRequest"), (error.Status, error.Codes));
    }

    [Fact]
    public async Task TheCertificateThatIsMadeIsGoodForWhoTrustsIt()
    {
        using var certificate = LoopbackCertificate.Create(TimeProvider.System);
        using var trusted = X509CertificateLoader.LoadCertificate(certificate.RawData);
        Assert.False(trusted.HasPrivateKey);
        var policy = new X509ChainPolicy { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck };
        policy.CustomTrustStore.Add(trusted);
        var handler = new SocketsHttpHandler { SslOptions = new SslClientAuthenticationOptions { CertificateChainPolicy = policy } };
        await using var served = await ServedRecording.StartAsync(s => s with { Addresses = [ListenAddress.Read("https://localhost:0", out _)!], Certificate = certificate }, handler);
        Assert.Equal("https", served.Client.BaseAddress!.Scheme);
        Assert.Equal("[[4]]", await ServedRecording.RowsAsync(served.AskAsync("KubeEvents | count")));
        using var stranger = new HttpClient { BaseAddress = served.Client.BaseAddress };
        await Assert.ThrowsAsync<HttpRequestException>(() => stranger.GetAsync(new Uri("v1/workspaces/w/query?query=print%201", UriKind.Relative)));
    }

    [Fact]
    public async Task APortThatIsTakenIsAnInputOutputFailure()
    {
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();
        var port = ((IPEndPoint)taken.LocalEndpoint).Port;
        await Assert.ThrowsAsync<IOException>(() => ServedRecording.StartAsync(s => s with { Addresses = [ListenAddress.Read($"http://127.0.0.1:{port}", out _)!] }));
    }

    [Theory]
    [InlineData("expired-token", 401, "InvalidTokenError")]
    [InlineData("forbidden", 403, "InsufficientAccessError")]
    [InlineData("not-found", 404, "ResourceNotFoundError")]
    [InlineData("too-large", 413, "ResponseSizeError")]
    [InlineData("throttled", 429, "ThrottledError")]
    [InlineData("server-error", 500, "InternalServerError")]
    [InlineData("unavailable", 503, "ServiceUnavailable")]
    [InlineData("timeout", 504, "GatewayTimeout > GatewayTimeout")]
    public async Task AFaultIsAnsweredOnce(string kind, int status, string codes)
    {
        await using var served = await ServedRecording.StartAsync();
        await served.PlanAsync($$"""{"kind":"{{kind}}","contains":"KubeEvents","seconds":7}""");
        Assert.Equal("[[1]]", await ServedRecording.RowsAsync(served.AskAsync("print 1")));
        using var spoiled = await served.AskAsync("KubeEvents | count");
        Assert.Equal(kind == "throttled" ? TimeSpan.FromSeconds(7) : null, spoiled.Headers.RetryAfter?.Delta);
        var error = await ServedRecording.ErrorAsync(Task.FromResult(spoiled));
        Assert.Equal((status, codes), (error.Status, error.Codes));
        Assert.Equal("[[4]]", await ServedRecording.RowsAsync(served.AskAsync("KubeEvents | count")));
    }

    [Theory]
    [InlineData("empty", 200)]
    [InlineData("no-content", 204)]
    public async Task AFaultIsASuccessWithoutABody(string kind, int status)
    {
        await using var served = await ServedRecording.StartAsync();
        await served.PlanAsync($$"""{"kind":"{{kind}}"}""");
        using var answer = await served.AskAsync("print 1");
        Assert.Equal((status, ""), ((int)answer.StatusCode, await answer.Content.ReadAsStringAsync()));
    }

    [Fact]
    public async Task AFaultIsAGatewaysPage()
    {
        await using var served = await ServedRecording.StartAsync();
        await served.PlanAsync("""{"kind":"bad-gateway"}""");
        using var answer = await served.AskAsync("print 1");
        Assert.Equal((502, "text/html"), ((int)answer.StatusCode, answer.Content.Headers.ContentType!.MediaType));
    }

    [Theory]
    [InlineData("dropped")]
    [InlineData("truncated")]
    public async Task AFaultEndsTheConnection(string kind)
    {
        await using var served = await ServedRecording.StartAsync();
        await served.PlanAsync($$"""{"kind":"{{kind}}","times":100}""");
        await Assert.ThrowsAnyAsync<HttpRequestException>(async () =>
        {
            using var answer = await served.AskAsync("KubeEvents");
            await answer.Content.ReadAsStringAsync();
        });
    }

    [Fact]
    public async Task AFaultEndsTheBodyInTheMiddle()
    {
        await using var served = await ServedRecording.StartAsync();
        using var whole = await served.AskAsync("KubeEvents | project Reason");
        await served.PlanAsync("""{"kind":"cut-json"}""");
        using var cut = await served.AskAsync("KubeEvents | project Reason");
        var text = await whole.Content.ReadAsStringAsync();
        Assert.Equal(text[..(text.Length / 2)], await cut.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task AFaultLeavesOutRowsAndSaysSo()
    {
        await using var served = await ServedRecording.StartAsync();
        await served.PlanAsync("""{"kind":"partial"}""");
        using var answer = await served.AskAsync("KubeEvents");
        var json = JsonNode.Parse(await answer.Content.ReadAsStringAsync())!;
        Assert.Equal((200, 2, "PartialError"), ((int)answer.StatusCode, json["tables"]![0]!["rows"]!.AsArray().Count, (string)json["error"]!["code"]!));
    }

    [Fact]
    public async Task AFaultIsAWait()
    {
        await using var served = await ServedRecording.StartAsync();
        await served.PlanAsync("""{"kind":"slow","seconds":1}""");
        var started = TimeProvider.System.GetTimestamp();
        Assert.Equal("[[1]]", await ServedRecording.RowsAsync(served.AskAsync("print 1")));
        Assert.True(TimeProvider.System.GetElapsedTime(started) >= TimeSpan.FromMilliseconds(900));
    }

    [Fact]
    public async Task FaultsAreOnlyThereForTests()
    {
        await using var served = await ServedRecording.StartAsync(s => s with { TestFaults = false });
        using var content = new StringContent("""{"faults":[]}""", MediaTypeHeaderValue.Parse("application/json"));
        using var answer = await served.Client.PutAsync(new Uri("faults", UriKind.Relative), content);
        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
    }

    [Fact]
    public async Task AnUnknownFaultIsRefusedWithTheChoices()
    {
        await using var served = await ServedRecording.StartAsync();
        using var content = new StringContent("""{"faults":[{"kind":"flood"}]}""", MediaTypeHeaderValue.Parse("application/json"));
        var error = await ServedRecording.ErrorAsync(served.Client.PutAsync(new Uri("faults", UriKind.Relative), content));
        Assert.Equal(400, error.Status);
        Assert.Contains("Allowed: bad-gateway, cut-json, dropped,", error.Innermost.GetProperty("message").GetString(), StringComparison.Ordinal);
    }

    private static async Task<(int, string)> StatusAsync(ServedRecording served, string? token)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri("v1/workspaces/w/query?query=print%201", UriKind.Relative));
        if (token is not null) request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        using var answer = await served.Client.SendAsync(request);
        return ((int)answer.StatusCode, (string?)JsonNode.Parse(await answer.Content.ReadAsStringAsync())!["error"]?["code"] ?? "");
    }
}

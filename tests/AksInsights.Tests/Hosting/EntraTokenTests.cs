using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using AksInsights.Service.Hosting;
using AksInsights.Tests.Storage;
using static AksInsights.Tests.Findings.Samples;

namespace AksInsights.Tests.Hosting;

/// <summary>Tokens of Entra ID against a tenant of the tests' own, and what each lets its bearer do.</summary>
[System.Diagnostics.CodeAnalysis.SuppressMessage("Design", "CA1001", Justification = "xunit disposes of them through IAsyncLifetime.")]
public sealed class EntraTokenTests : IAsyncLifetime
{
    internal const string Application = "7c1e0f4a-0000-4000-8000-00000000000b";
    private TenantOnLoopback? _tenant;
    private BareService? _service;

    private TenantOnLoopback Tenant => _tenant!;

    public async Task InitializeAsync()
    {
        _tenant = await TenantOnLoopback.StartAsync();
        _service = await StartAsync();
    }

    public async Task DisposeAsync()
    {
        await _service!.DisposeAsync();
        await _tenant!.DisposeAsync();
    }

    [Fact]
    public async Task ARoleOrAScopeLetsReadAndAnotherOneChange()
    {
        var finding = Open();
        await StoreActions.SaveAsync(_service!.Store, 0, [finding]);
        var id = finding.Id.Value;
        var reader = Tenant.Token(("roles", Json("[\"Findings.Read\"]")), ("appid", "grafana"));
        var person = Tenant.Token(("scp", "openid Findings.Change"), ("preferred_username", "ann@example.org"));
        Assert.Equal(HttpStatusCode.OK, (await ListAsync(reader)).Status);
        Assert.Equal(HttpStatusCode.OK, (await ListAsync(person)).Status);
        var (status, detail) = await AcknowledgeAsync(reader, id);
        Assert.Equal(HttpStatusCode.Forbidden, status);
        Assert.Contains("grafana may not do that: the token has neither the role nor the scope `Findings.Change`", detail, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, (await AcknowledgeAsync(person, id)).Status);
        // Said in the name of the token, whatever the body claims.
        Assert.Equal("ann@example.org", (await _service.Store.EventsAsync(finding.Id, default))[^1].Detail);
    }

    [Fact]
    public async Task ATokenWithoutRoleOrScopeReadsNothing()
    {
        var (status, detail) = await ListAsync(Tenant.Token(("roles", Json("[\"Other.Role\"]"))));
        Assert.Equal(HttpStatusCode.Forbidden, status);
        Assert.Contains("`Findings.Read`", detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task TokensOfBothVersionsAndBothNamesOfTheApplicationAreTaken()
    {
        var role = ("roles", Json("[\"Findings.Read\"]"));
        Assert.Equal(HttpStatusCode.OK, (await ListAsync(Tenant.Token(role, ("iss", $"https://sts.windows.net/{TenantOnLoopback.Id}/")))).Status);
        Assert.Equal(HttpStatusCode.OK, (await ListAsync(Tenant.Token(role, ("aud", $"api://{Application}")))).Status);
        Assert.Equal(1, Tenant.Fetched);
    }

    [Theory]
    [InlineData("iss", "\"https://sts.windows.net/11111111-1111-4111-8111-111111111111/\"", "another tenant")]
    [InlineData("aud", "\"11111111-1111-4111-8111-111111111111\"", "another application")]
    [InlineData("exp", "null", "when it ends")]
    public async Task AClaimThatIsWrongIsNamed(string claim, string value, string expected)
    {
        var (status, detail) = await ListAsync(Tenant.Token(("roles", Json("[\"Findings.Read\"]")), (claim, Json(value))));
        Assert.Equal(HttpStatusCode.Unauthorized, status);
        Assert.Contains(expected, detail, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(-60, HttpStatusCode.OK)]
    [InlineData(-600, HttpStatusCode.Unauthorized)]
    public async Task ClocksMayDifferALittle(int ends, HttpStatusCode expected)
    {
        var now = TimeProvider.System.GetUtcNow().ToUnixTimeSeconds();
        Assert.Equal(expected, (await ListAsync(Tenant.Token(("roles", Json("[\"Findings.Read\"]")), ("exp", now + ends), ("nbf", now - 3600)))).Status);
        Assert.Equal(expected, (await ListAsync(Tenant.Token(("roles", Json("[\"Findings.Read\"]")), ("nbf", now - ends)))).Status);
    }

    [Fact]
    public async Task ATokenThatTheTenantDidNotSignIsRefused()
    {
        var role = ("roles", Json("[\"Findings.Change\"]"));
        var good = Tenant.Token(role);
        string[] bad = [Tenant.Forged(role), Tenant.Unsigned(role), Tenant.SignedByPublicKey(role), good[..^8] + "AAAAAAAA", good + ".x", "nonsense", "a.b.c", ""];
        foreach (var token in bad)
        {
            var (status, detail) = await ListAsync(token);
            Assert.Equal((HttpStatusCode.Unauthorized, token), (status, token));
            if (token.Length > 10) Assert.DoesNotContain(token[10..], detail, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task KeysGoOnWorkingBesideTokens()
    {
        var (key, hash) = ApiKey.Make();
        await using var both = await StartAsync(("Service:ApiKeys:grafana", hash));
        Assert.Equal(HttpStatusCode.OK, (await ListAsync(key, both)).Status);
        Assert.Equal(HttpStatusCode.OK, (await ListAsync(Tenant.Token(("roles", Json("[\"Findings.Read\"]"))), both)).Status);
        Assert.Equal(HttpStatusCode.Unauthorized, (await ListAsync(ApiKey.Make().Key, both)).Status);
    }

    [Fact]
    public async Task ATenantThatCannotBeReachedIsSaidAndNobodyIsLetIn()
    {
        var token = Tenant.Token(("roles", Json("[\"Findings.Read\"]")));
        await Tenant.DisposeAsync();
        var (status, detail) = await ListAsync(token);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, status);
        Assert.Contains("signing keys of Entra ID cannot be fetched", detail, StringComparison.Ordinal);
        _tenant = await TenantOnLoopback.StartAsync();
    }

    private static System.Text.Json.Nodes.JsonNode? Json(string text) => System.Text.Json.Nodes.JsonNode.Parse(text);

    private Task<BareService> StartAsync(params (string Key, string Value)[] more) => BareService.StartAsync(
        Tenant.Transport,
        [("Service:Entra:TenantId", TenantOnLoopback.Id), ("Service:Entra:Audience", Application), ("Service:Entra:Instance", Tenant.Instance.ToString()), .. more]);

    private async Task<(HttpStatusCode Status, string Detail)> ListAsync(string token, BareService? service = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "api/v1/findings");
        if (token.Length > 0) request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        using var answer = await (service ?? _service!).Client.SendAsync(request);
        return (answer.StatusCode, await DetailAsync(answer));
    }

    private async Task<(HttpStatusCode Status, string Detail)> AcknowledgeAsync(string token, string id)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, $"api/v1/findings/{id}/acknowledge") { Content = JsonContent.Create(new { by = "somebody else" }) };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        using var answer = await _service!.Client.SendAsync(request);
        return (answer.StatusCode, await DetailAsync(answer));
    }

    private static async Task<string> DetailAsync(HttpResponseMessage answer)
    {
        using var json = JsonDocument.Parse(await answer.Content.ReadAsStringAsync());
        return json.RootElement.TryGetProperty("detail", out var detail) ? detail.GetString()! : "";
    }
}

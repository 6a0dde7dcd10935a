using System.Net;
using System.Net.Http.Json;

namespace AksInsights.Tests.Hosting;

/// <summary>What browsers send for pages of other sites changes nothing, and reads nothing under a name of theirs.</summary>
public sealed class SiteGuardTests
{
    [Theory]
    [InlineData(null, null, HttpStatusCode.NotFound)]
    [InlineData("Sec-Fetch-Site", "same-origin", HttpStatusCode.NotFound)]
    [InlineData("Sec-Fetch-Site", "none", HttpStatusCode.NotFound)]
    [InlineData("Sec-Fetch-Site", "same-site", HttpStatusCode.Forbidden)]
    [InlineData("Sec-Fetch-Site", "cross-site", HttpStatusCode.Forbidden)]
    [InlineData("Origin", "https://evil.example", HttpStatusCode.Forbidden)]
    [InlineData("Origin", "null", HttpStatusCode.Forbidden)]
    [InlineData("Origin", "http://localhost:1", HttpStatusCode.Forbidden)]
    public async Task AChangeIsTakenFromProgramsAndOwnPagesOnly(string? header, string? value, HttpStatusCode expected)
    {
        await using var service = await BareService.StartAsync(null);
        using var request = new HttpRequestMessage(HttpMethod.Post, "api/v1/findings/0123456789abcdef/acknowledge") { Content = JsonContent.Create(new { by = "ann" }) };
        if (header is not null) request.Headers.Add(header, value);
        using var answer = await service.Client.SendAsync(request);
        Assert.Equal(expected, answer.StatusCode);
    }

    [Fact]
    public async Task TheServicesOwnOriginIsTaken()
    {
        await using var service = await BareService.StartAsync(null);
        using var request = new HttpRequestMessage(HttpMethod.Post, "api/v1/findings/0123456789abcdef/acknowledge") { Content = JsonContent.Create(new { by = "ann" }) };
        request.Headers.Add("Origin", service.Client.BaseAddress!.GetLeftPart(UriPartial.Authority));
        using var answer = await service.Client.SendAsync(request);
        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
    }

    [Theory]
    [InlineData("rebound.example", HttpStatusCode.Forbidden)]
    [InlineData("127.0.0.1.rebound.example", HttpStatusCode.Forbidden)]
    [InlineData("LOCALHOST", HttpStatusCode.OK)]
    [InlineData("[::1]", HttpStatusCode.OK)]
    public async Task WithoutKeysOnlyNamesOfThisMachineAreAnswered(string host, HttpStatusCode expected)
    {
        await using var service = await BareService.StartAsync(null);
        using var request = new HttpRequestMessage(HttpMethod.Get, "api/v1/findings") { Headers = { Host = host } };
        using var answer = await service.Client.SendAsync(request);
        Assert.Equal(expected, answer.StatusCode);
    }
}

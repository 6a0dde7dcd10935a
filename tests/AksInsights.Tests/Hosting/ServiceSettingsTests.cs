using AksInsights.Service.Hosting;
using Microsoft.Extensions.Configuration;

namespace AksInsights.Tests.Hosting;

/// <summary>Who may reach the service, as the configuration says.</summary>
public sealed class ServiceSettingsTests
{
    private static readonly (string, string)[] Entra = [("Service:Entra:TenantId", TenantOnLoopback.Id), ("Service:Entra:Audience", EntraTokenTests.Application)];

    [Fact]
    public void ByDefaultOnlyThisMachineIsAnswered()
    {
        var settings = Read([], out var mistakes);
        Assert.Empty(mistakes);
        Assert.True(Assert.Single(settings!.Addresses).IsLoopback);
    }

    [Fact]
    public void BeyondThisMachineAKeyIsNeeded()
    {
        Assert.Null(Read(["http://0.0.0.0:8080"], out var mistakes));
        Assert.Contains("nobody is let in without a key", Assert.Single(mistakes), StringComparison.Ordinal);
        Assert.NotNull(Read(["http://0.0.0.0:8080"], out _, ("Service:ApiKeys:grafana", ApiKey.Make().Hash)));
        Assert.NotNull(Read(["http://0.0.0.0:8080"], out _, Entra));
    }

    [Fact]
    public void AKeyInPlaceOfItsHashIsRefusedAndNotRepeated()
    {
        var (key, _) = ApiKey.Make();
        Assert.Null(Read([], out var mistakes, ("Service:ApiKeys:grafana", key)));
        Assert.DoesNotContain(key, Assert.Single(mistakes), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Service:Concurency", "5", "Nearest: `Concurrency`")]
    [InlineData("Service:Manifests", "/nowhere/at/all", "no folder here")]
    [InlineData("Service:Concurrency", "many", "a number from 1 to 64")]
    [InlineData("Service:Entra:TenantId", "common", "the id of one tenant")]
    [InlineData("Service:Entra:Audience", "aksinsights", "the client id of the application")]
    [InlineData("Service:Entra:Instance", "http://login.example/", "by https only")]
    [InlineData("Service:Urls", "https://127.0.0.1:1", "an ingress or a proxy")]
    public void AMistakeIsNamed(string key, string value, string expected)
    {
        (string, string)[] entra = key.StartsWith("Service:Entra", StringComparison.Ordinal) ? [.. Entra] : [];
        Assert.Null(Read([], out var mistakes, [.. entra, (key, value)]));
        Assert.Contains(expected, Assert.Single(mistakes), StringComparison.Ordinal);
    }

    [Fact]
    public void AKeyIsItsOwnersAndNobodyElses()
    {
        var (key, hash) = ApiKey.Make();
        var hashes = new Dictionary<string, string> { ["other"] = ApiKey.Make().Hash, ["grafana"] = hash };
        Assert.Equal("grafana", ApiKey.OwnerOf(key, hashes));
        Assert.Null(ApiKey.OwnerOf(key + "0", hashes));
        Assert.Null(ApiKey.OwnerOf(hash, hashes));
        Assert.Null(ApiKey.OwnerOf("", hashes));
    }

    private static ServiceSettings? Read(string[] urls, out IReadOnlyList<string> mistakes, params (string Key, string Value)[] values) => ServiceSettings.Read(
        new ConfigurationBuilder().AddInMemoryCollection(values.GroupBy(v => v.Key).Select(v => KeyValuePair.Create(v.Key, (string?)v.Last().Value))).Build(), urls, out mistakes);
}

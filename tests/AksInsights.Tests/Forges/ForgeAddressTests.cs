using AksInsights.Adapters.Forges;
using AksInsights.Core.Changes.Proposals;
using AksInsights.Core.Secrets;

namespace AksInsights.Tests.Forges;

/// <summary>Addresses as git writes them, and tokens, which are never written.</summary>
public sealed class ForgeAddressTests
{
    [Theory]
    [InlineData("https://github.com/shop/manifests.git", ForgeKind.GitHub, "https://api.github.com/", "shop|manifests")]
    [InlineData("git@github.com:shop/manifests.git", ForgeKind.GitHub, "https://api.github.com/", "shop|manifests")]
    [InlineData("ssh://git@github.com/shop/manifests", ForgeKind.GitHub, "https://api.github.com/", "shop|manifests")]
    [InlineData("https://github.shop.example/shop/manifests", ForgeKind.GitHub, "https://github.shop.example/api/v3/", "shop|manifests")]
    [InlineData("https://me@dev.azure.com/org/My%20Shop/_git/manifests", ForgeKind.AzureDevOps, "https://dev.azure.com/org/", "My Shop|manifests")]
    [InlineData("https://org.visualstudio.com/shop/_git/manifests", ForgeKind.AzureDevOps, "https://org.visualstudio.com/", "shop|manifests")]
    [InlineData("git@ssh.dev.azure.com:v3/org/shop/manifests", ForgeKind.AzureDevOps, "https://dev.azure.com/org/", "shop|manifests")]
    [InlineData("https://gitlab.com/shop/platform/manifests.git", ForgeKind.GitLab, "https://gitlab.com/", "shop|platform|manifests")]
    [InlineData("git@gitlab.shop.example:shop/platform/manifests.git", ForgeKind.GitLab, "https://gitlab.shop.example/", "shop|platform|manifests")]
    public void AnAddressOfGitSaysWhichForgeAndWhichRepository(string remote, ForgeKind kind, string api, string path)
    {
        var address = ForgeAddress.Read(remote, null, null).Value!;
        Assert.Equal((kind, api, path), (address.Kind, address.Api.ToString(), string.Join('|', address.Path)));
    }

    [Theory]
    [InlineData("https://git.shop.example/shop/manifests", "Which forge")]
    [InlineData("/srv/git/manifests.git", "no address")]
    [InlineData("manifests", "no address")]
    [InlineData("https://dev.azure.com/org/shop", "does not name")]
    [InlineData("http://gitlab.shop.example/shop/manifests", "without encryption")]
    public void WhatIsNoneIsSaid(string remote, string words) =>
        Assert.Contains(words, ForgeAddress.Read(remote, null, null).Problem!.Reason, StringComparison.Ordinal);

    [Fact]
    public void ATokenInAnAddressIsNotRepeated() =>
        Assert.DoesNotContain("secret", ForgeAddress.Read("https://me:secret@dev.azure.com/org/shop", null, null).Problem!.ToString(), StringComparison.Ordinal);

    [Fact]
    public void TheTokenComesFromTheEnvironmentAndIsNotWritten()
    {
        var address = ForgeAddress.Read("https://github.com/shop/manifests", null, null).Value!;
        var missing = Assert.IsType<HostProblem.Refused>(ForgeFactory.Create(address, _ => null, TimeProvider.System).Problem);
        Assert.Contains("GITHUB_TOKEN", missing.Help, StringComparison.Ordinal);
        using var handle = ForgeFactory.Create(address, name => name == "GITHUB_TOKEN" ? "secret" : null, TimeProvider.System).Value!;
        Assert.IsType<GitHubForge>(handle.Forge);
        Assert.DoesNotContain("secret", new ForgeSettings(address.Api, new Secret("secret"), "GITHUB_TOKEN").ToString(), StringComparison.Ordinal);
    }
}

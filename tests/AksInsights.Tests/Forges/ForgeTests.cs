using AksInsights.Adapters.Forges;
using AksInsights.Core.Changes.Proposals;

namespace AksInsights.Tests.Forges;

/// <summary>GitHub.</summary>
public sealed class GitHubTests : ForgeContract
{
    [Fact]
    public async Task WhenTheTargetMovesBesideTheChangeItIsTakenIn()
    {
        await using var scene = Open();
        await scene.RunAsync();
        var first = scene.Repository.Head(ForgeScene.Branch);
        byte[] moved = [.. ForgeScene.Bytes("web", "500m"), .. "\r\n            memory: 64Mi\r\n"u8];
        var target = scene.Repository.Commit("main", scene.Repository.Head("main"), "Memory", new Dictionary<string, byte[]> { ["apps/web.yaml"] = moved, ["other.md"] = [65] });
        Assert.IsType<ProposalOutcome.Updated>(await scene.RunAsync());
        Assert.Equal($"{first} {target}", scene.Repository.Git("log", "-1", "--format=%P", ForgeScene.Branch));
        Assert.Equal("apps/web.yaml", scene.Repository.Git("diff", "--name-only", "main", ForgeScene.Branch));
        Assert.IsType<ProposalOutcome.UpToDate>(await scene.RunAsync());
        scene.Repository.Squash(ForgeScene.Branch);
        Assert.EndsWith("cpu: 250m\r\n            memory: 64Mi\r\n", scene.Web("main"), StringComparison.Ordinal);
        scene.CheckRequests();
    }

    [Fact]
    public async Task AnAllowanceThatIsSpentIsWaitedFor()
    {
        await using var scene = Open();
        var left = 1;
        scene.Host.Before = request => request.Method != "GET" && left-- > 0
            ? FakeAnswer.Json(403, new { message = "API rate limit exceeded" }).With("x-ratelimit-remaining", "0")
                .With("x-ratelimit-reset", TimeProvider.System.GetUtcNow().AddSeconds(2).ToUnixTimeSeconds().ToString(System.Globalization.CultureInfo.InvariantCulture))
            : null;
        Assert.IsType<ProposalOutcome.Opened>(await scene.RunAsync());
    }

    [Fact]
    public async Task ARepositoryThatMovedIsSaid()
    {
        await using var scene = Open();
        scene.Host.Before = _ => FakeAnswer.Json(301, new { message = "Moved Permanently" }).With("Location", "https://elsewhere.example/");
        var refused = Assert.IsType<HostProblem.Refused>(Assert.IsType<ProposalOutcome.Failed>(await scene.RunAsync()).Problem);
        Assert.Contains("--remote", refused.Help, StringComparison.Ordinal);
    }

    internal override ForgeScene Open()
    {
        var repository = ForgeScene.NewRepository();
        return new ForgeScene(repository, new FakeGitHub(repository), settings => new GitHubForge(settings, "shop", "manifests", TimeProvider.System));
    }

    internal override bool OpensPull(FakeRequest request) => request.Method == "POST" && request.Path.EndsWith("/pulls", StringComparison.Ordinal);

    internal override bool MovesBranch(FakeRequest request) => request.Writes("/git/refs");
}

/// <summary>Azure DevOps.</summary>
public sealed class AzureDevOpsTests : ForgeContract
{
    internal override ForgeScene Open()
    {
        var repository = ForgeScene.NewRepository();
        return new ForgeScene(repository, new FakeAzureDevOps(repository), settings => new AzureDevOpsForge(settings with { Address = new Uri(settings.Address, "org/") }, "shop", "manifests", TimeProvider.System));
    }

    internal override bool OpensPull(FakeRequest request) => request.Method == "POST" && request.Path.EndsWith("/pullrequests", StringComparison.OrdinalIgnoreCase);

    internal override bool MovesBranch(FakeRequest request) => request.Writes("/pushes");
}

/// <summary>GitLab.</summary>
public sealed class GitLabTests : ForgeContract
{
    internal override ForgeScene Open()
    {
        var repository = ForgeScene.NewRepository();
        return new ForgeScene(repository, new FakeGitLab(repository), settings => new GitLabForge(settings, "shop/platform/manifests", TimeProvider.System));
    }

    internal override bool OpensPull(FakeRequest request) => request.Method == "POST" && request.Path.EndsWith("/merge_requests", StringComparison.Ordinal);

    internal override bool MovesBranch(FakeRequest request) => request.Writes("/repository/commits");
}

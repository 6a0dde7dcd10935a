using AksInsights.Adapters.Forges;

namespace AksInsights.Tests.Forges;

/// <summary>GitHub.</summary>
public sealed class GitHubTests : ForgeContract
{
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

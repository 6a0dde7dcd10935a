using System.Text;
using System.Text.Json;
using AksInsights.Tests.Forges;

namespace AksInsights.IntegrationTests.Changes;

/// <summary>The forges' own clients get along with the hosts that stand in for the forges: what ours is tested against is no invention of ours.</summary>
[Needs("npm")]
public sealed class ForgeClientTests
{
    private static readonly NpmPackage Clients = new("forge-clients", "use.mjs");

    [Fact]
    public async Task EveryClientCommitsProposesAndIsRefusedAsByTheRealForge()
    {
        using var repositories = new Repositories();
        await using var gitHub = new FakeGitHub(repositories.New());
        await using var azure = new FakeAzureDevOps(repositories.New());
        await using var gitLab = new FakeGitLab(repositories.New());
        var content = ForgeScene.Manifest("web", "111m");
        var answers = await Clients.RunAsync(JsonSerializer.Serialize(new
        {
            github = gitHub.Url.ToString().TrimEnd('/'),
            azure = $"{azure.Url}org",
            gitlab = gitLab.Url.ToString().TrimEnd('/'),
            token = FakeForge.Token,
            content,
        }));
        var read = answers.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(l => JsonDocument.Parse(l).RootElement).ToDictionary(a => a.GetProperty("forge").GetString()!);
        foreach (var (name, host) in new (string, FakeForge)[] { ("github", gitHub), ("azure", azure), ("gitlab", gitLab) })
        {
            var answer = read[name];
            Assert.Equal(host.Repository.Head("by-the-client"), answer.GetProperty("commit").GetString());
            Assert.Equal(content, Encoding.UTF8.GetString(host.Repository.Read("by-the-client", "apps/web.yaml")!));
            Assert.Equal((1, "By the client, twice"), (answer.GetProperty("pull").GetInt32(), Assert.Single(host.Pulls).Title));
            Assert.Equal("By the client, twice", Assert.Single(answer.GetProperty("listed").EnumerateArray()).GetString());
            Assert.Equal([], host.Violations.Select(v => $"{name}: {v}"));
        }

        Assert.Contains("A pull request already exists for shop:by-the-client.", read["github"].GetProperty("again").GetString(), StringComparison.Ordinal);
        Assert.StartsWith("422 Reference already exists", read["github"].GetProperty("branchAgain").GetString(), StringComparison.Ordinal);
        Assert.StartsWith("422 Update is not a fast forward", read["github"].GetProperty("back").GetString(), StringComparison.Ordinal);
        Assert.Contains("TF401179", read["azure"].GetProperty("again").GetString(), StringComparison.Ordinal);
        Assert.Contains("TF401028", read["azure"].GetProperty("branchAgain").GetString(), StringComparison.Ordinal);
        Assert.Contains("Another open merge request already exists", read["gitlab"].GetProperty("again").GetString(), StringComparison.Ordinal);
        Assert.Contains("already exists", read["gitlab"].GetProperty("branchAgain").GetString(), StringComparison.Ordinal);
        Assert.Contains("has changed since you started editing it", read["gitlab"].GetProperty("stale").GetString(), StringComparison.Ordinal);
    }

    private sealed class Repositories : IDisposable
    {
        private readonly List<BareRepository> _all = [];

        public BareRepository New()
        {
            _all.Add(ForgeScene.NewRepository());
            return _all[^1];
        }

        public void Dispose() => _all.ForEach(r => r.Dispose());
    }
}

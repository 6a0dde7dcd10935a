using System.Diagnostics;
using System.Text.Json;
using AksInsights.Adapters.Storage;
using AksInsights.Core.Changes.Proposals;
using AksInsights.Core.Quantities;
using AksInsights.Core.Rightsizing;
using AksInsights.Service.Commands;
using AksInsights.Tests.Changes;

namespace AksInsights.Tests.Forges;

/// <summary><c>propose</c> as a user runs it, in a clone of a repository on a forge.</summary>
public sealed class ProposeCommandTests : IDisposable
{
    private readonly BareRepository _repository = ForgeScene.NewRepository();
    private readonly string _folder = Directory.CreateTempSubdirectory("aksinsights-clone-").FullName;

    public ProposeCommandTests()
    {
        Git("clone", "--quiet", "-c", "core.autocrlf=false", _repository.Folder, ".");
        File.WriteAllText(_folder + ".json", Recommendations());
    }

    public void Dispose()
    {
        _repository.Dispose();
        Directory.Delete(_folder, recursive: true);
        File.Delete(_folder + ".json");
        File.Delete(_folder + ".db");
    }

    [Fact]
    public async Task BranchesAreMadeBesideWhatIsCheckedOut()
    {
        var (exit, output, error) = await RunAsync("--output", "branch");
        Assert.Equal((0, $"{ForgeScene.Branch}: made, 1 file\n    git diff main...{ForgeScene.Branch}\n"), (exit, output));
        Assert.Equal("1 container changed in 1 file; 0 right already; 0 ignored; 0 not changed.\n", error);
        Assert.Equal("", Git("status", "--porcelain"));
        Assert.Equal("apps/web.yaml", Git("diff", "--name-only", "main", ForgeScene.Branch));
        Assert.Equal((0, $"{ForgeScene.Branch}: up to date\n"), await FirstTwo(RunAsync("--output", "branch")));
        var foreign = Git("commit-tree", ForgeScene.Branch + "^{tree}", "-p", ForgeScene.Branch, "-m", "Mine");
        Git("update-ref", $"refs/heads/{ForgeScene.Branch}", foreign);
        Assert.Equal(
            (0, $"{ForgeScene.Branch}: left alone, the commit {foreign[..10]} is not one of ours\n    Merge it, or delete it to have it made again.\n"), await FirstTwo(RunAsync("--output", "branch")));
        Git("checkout", "--quiet", ForgeScene.Branch);
        Assert.Equal(3, (await RunAsync("--output", "branch")).Exit);
        Assert.Equal(0, (await RunAsync("--output", "branch", "--base", "main")).Exit);
    }

    [Fact]
    public async Task APullRequestIsOpenedAndFoundAgain()
    {
        await using var host = new FakeGitHub(_repository);
        string[] forge = ["--output", "pull-request", "--forge", "github", "--remote", $"{host.Url}shop/manifests", "--api", host.Url.ToString()];
        Environment.SetEnvironmentVariable("AKSINSIGHTS_TOKEN", FakeForge.Token);
        Assert.Equal((0, "aks-live/shop/deployment-web: opened https://github.example/shop/manifests/pull/1\n"), await FirstTwo(RunAsync(forge)));
        Assert.Equal((0, "aks-live/shop/deployment-web: up to date, https://github.example/shop/manifests/pull/1\n"), await FirstTwo(RunAsync(forge)));
        host.Pulls[0].State = "closed";
        Assert.Equal((0, "aks-live/shop/deployment-web: not proposed again: https://github.example/shop/manifests/pull/1 was closed\n"), await FirstTwo(RunAsync(forge)));
        await File.AppendAllTextAsync(Path.Combine(_folder, "apps/web.yaml"), "\n# edited here");
        host.Pulls.Clear();
        var (exit, output, error) = await RunAsync(forge);
        Assert.Equal(3, exit);
        Assert.StartsWith("aks-live/shop/deployment-web: not proposed: `apps/web.yaml` in the working folder is not that of `main`\n", output, StringComparison.Ordinal);
        Assert.DoesNotContain(FakeForge.Token, output + error, StringComparison.Ordinal);
        Assert.Empty(host.Violations);
    }

    [Fact]
    public async Task PullRequestsAreNotedInAStore()
    {
        await using var host = new FakeGitHub(_repository);
        string[] forge = ["--output", "pull-request", "--forge", "github", "--remote", $"{host.Url}shop/manifests", "--api", host.Url.ToString(), "--store", _folder + ".db"];
        Environment.SetEnvironmentVariable("AKSINSIGHTS_TOKEN", FakeForge.Token);
        Assert.Equal(3, (await RunAsync(forge)).Exit);
        Assert.Empty(host.Pulls);
        await using (await SqlFindingStore.OpenFileAsync(forge[^1], TimeProvider.System, default))
        {
        }

        Assert.Equal((0, "aks-live/shop/deployment-web: opened https://github.example/shop/manifests/pull/1\n"), await FirstTwo(RunAsync(forge)));
        host.Pulls[0].State = "merged";
        Assert.Equal(0, (await RunAsync(forge)).Exit);
        await using (var store = await SqlFindingStore.OpenFileAsync(forge[^1], TimeProvider.System, default))
            Assert.Equal((PullState.Merged, FakePull.Ended), Assert.Single((await store.Proposals.ListAsync("GitHub's shop/manifests", default)).Select(note => (note.State, note.EndedAt))));
        var (exit, _, error) = await RunAsync("--output", "branch", "--store", forge[^1]);
        Assert.Equal(2, exit);
        Assert.Contains("`--store` notes pull requests", error, StringComparison.Ordinal);
    }

    private static string Recommendations()
    {
        static ContainerResources Cpu(long amount) => new(CpuQuantity.FromMillicores(amount), null, null, null);
        var key = new ContainerKey("/subscriptions/s/resourcegroups/rg/providers/microsoft.containerservice/managedclusters/aks-live", "shop", "Deployment", "web", "app");
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream))
        {
            json.WriteStartArray();
            json.WriteStartObject();
            RecommendationJson.Write(json, ChangeSamples.Recommend(key, Cpu(500), Cpu(250)));
            json.WriteEndObject();
            json.WriteEndArray();
        }

        return System.Text.Encoding.UTF8.GetString(stream.ToArray());
    }

    private async Task<(int Exit, string Output, string Error)> RunAsync(params string[] options)
    {
        using var results = new StringWriter { NewLine = "\n" };
        using var messages = new StringWriter { NewLine = "\n" };
        var io = new CommandIo(TextReader.Null, results, messages, IsInteractive: false, Width: null, TimeProvider.System);
        var exit = await CommandLineTable.RunAsync(["propose", "--recommendations", _folder + ".json", "--repository", _folder, .. options], io, CancellationToken.None);
        return (exit, results.ToString(), messages.ToString());
    }

    private static async Task<(int Exit, string Output)> FirstTwo(Task<(int Exit, string Output, string Error)> run)
    {
        var (exit, output, _) = await run;
        return (exit, output);
    }

    private string Git(params string[] arguments)
    {
        var start = new ProcessStartInfo("git", ["-c", "user.name=User", "-c", "user.email=user@example.com", .. arguments]) { WorkingDirectory = _folder, RedirectStandardOutput = true, RedirectStandardError = true };
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0 ? output.TrimEnd('\n') : throw new InvalidOperationException($"git {string.Join(' ', arguments)} failed.");
    }
}

using System.Diagnostics;
using System.Text;
using AksInsights.Adapters.Forges;
using AksInsights.Core.Changes.Proposals;

namespace AksInsights.Tests.Forges;

/// <summary>Local branches: what the user has checked out, staged or half written stays as it is, and nobody's commit is lost.</summary>
public sealed class LocalRepositoryTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("aksinsights-local-").FullName;

    public LocalRepositoryTests()
    {
        Git("init", "--quiet", "--initial-branch=main", "--template=", ".");
        foreach (var (name, value) in new[] { ("user.name", "User"), ("user.email", "user@example.com"), ("core.autocrlf", "false") }) Git("config", name, value);
        foreach (var (path, bytes) in ForgeScene.Files)
        {
            Directory.CreateDirectory(Path.Combine(_folder, "apps"));
            File.WriteAllBytes(Path.Combine(_folder, path), bytes);
        }

        Git("add", ".");
        Git("commit", "--quiet", "-m", "Manifests");
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task ABranchIsMadeAndEverythingElseStays()
    {
        // Work in progress: one file staged, one not, one new, and the very file that is changed is edited.
        File.AppendAllText(Path.Combine(_folder, "apps/api.yaml"), "\r\n# staged");
        Git("add", "apps/api.yaml");
        File.AppendAllText(Path.Combine(_folder, "apps/web.yaml"), "\r\n# half written");
        File.WriteAllText(Path.Combine(_folder, "new.txt"), "new");
        var before = State();
        var written = Assert.IsType<BranchOutcome.Written>(await WriteAsync());
        Assert.True(written.IsNew);
        Assert.Equal(before, State());
        Assert.Equal("apps/web.yaml", Git("diff", "--name-only", "main", ForgeScene.Branch));
        Assert.Equal(ForgeScene.Bytes("web", "250m"), (await (await OpenAsync()).ReadFileAsync(written.Commit, "apps/web.yaml", CancellationToken.None)).Value!.Content.ToArray());
        Assert.Equal("User <user@example.com>", Git("log", "-1", "--format=%an <%ae>", ForgeScene.Branch));
        Assert.IsType<BranchOutcome.UpToDate>(await WriteAsync());
    }

    [Fact]
    public async Task OtherAmountsAreAnotherCommitAndTheOldOneStays()
    {
        var first = Assert.IsType<BranchOutcome.Written>(await WriteAsync()).Commit;
        Assert.False(Assert.IsType<BranchOutcome.Written>(await WriteAsync(150)).IsNew);
        Assert.Equal(first, Git("rev-parse", ForgeScene.Branch + "^"));
    }

    [Fact]
    public async Task AForeignCommitIsLeftAlone()
    {
        await WriteAsync();
        var foreign = Git("commit-tree", ForgeScene.Branch + "^{tree}", "-p", ForgeScene.Branch, "-m", "Mine");
        Git("update-ref", $"refs/heads/{ForgeScene.Branch}", foreign);
        Assert.IsType<BranchOutcome.Foreign>(await WriteAsync(150));
        Assert.Equal(foreign, Git("rev-parse", ForgeScene.Branch));
    }

    [Fact]
    public async Task ABranchThatIsCheckedOutIsNotMoved()
    {
        await WriteAsync();
        Git("checkout", "--quiet", ForgeScene.Branch);
        var head = Git("rev-parse", "HEAD");
        var failed = Assert.IsType<BranchOutcome.Failed>(await WriteAsync(150));
        Assert.Contains("checked out", failed.Problem.Reason, StringComparison.Ordinal);
        Assert.Equal((head, ""), (Git("rev-parse", "HEAD"), Git("status", "--porcelain")));
    }

    [Fact]
    public async Task ABranchThatSomebodyMovesMeanwhileIsNotOverwritten()
    {
        var local = await OpenAsync();
        var head = Git("rev-parse", "main");
        var order = new CommitOrder("aksinsights/x", null, head, null, "Ours", [new CommitFile("a.yaml", Encoding.UTF8.GetBytes("a: 1\n"), null)]);
        Git("update-ref", "refs/heads/aksinsights/x", head);
        Assert.IsType<HostProblem.Overtaken>((await local.CommitAsync(order, CancellationToken.None)).Problem);
        Assert.Equal(head, Git("rev-parse", "aksinsights/x"));
        var foreign = Git("commit-tree", "main^{tree}", "-p", "main", "-m", "Mine");
        Git("update-ref", "refs/heads/aksinsights/x", foreign);
        Assert.IsType<HostProblem.Overtaken>((await local.CommitAsync(order with { Head = head }, CancellationToken.None)).Problem);
        Assert.Equal(foreign, Git("rev-parse", "aksinsights/x"));
    }

    [Fact]
    public async Task WhenTheTargetMovesBesideTheChangeItIsTakenIn()
    {
        var first = Assert.IsType<BranchOutcome.Written>(await WriteAsync()).Commit;
        // A line right below the changed one.
        File.AppendAllText(Path.Combine(_folder, "apps/web.yaml"), "\r\n            memory: 64Mi\r\n");
        Git("commit", "--quiet", "-am", "Memory");
        var second = Assert.IsType<BranchOutcome.Written>(await WriteAsync()).Commit;
        Assert.Equal($"{first} {Git("rev-parse", "main")}", Git("log", "-1", "--format=%P", second));
        Assert.IsType<BranchOutcome.UpToDate>(await WriteAsync());
        Git("merge", "--quiet", ForgeScene.Branch);
        Assert.EndsWith("cpu: 250m\r\n            memory: 64Mi\r\n", File.ReadAllText(Path.Combine(_folder, "apps/web.yaml")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task AfterAMergeTheNextChangeGetsANumber()
    {
        await WriteAsync();
        Git("merge", "--quiet", "--squash", ForgeScene.Branch);
        Git("commit", "--quiet", "-m", "Squashed");
        var local = await OpenAsync();
        var set = ForgeScene.Plan((await local.ReadAllAsync("main", CancellationToken.None)).Value!.With("apps/web.yaml", ForgeScene.Bytes("web", "500m")), 100, "web").Single();
        set = set with { Files = [.. set.Files.Select(f => f with { Before = ForgeScene.Bytes("web", "250m") })] };
        var written = Assert.IsType<BranchOutcome.Written>(await NumberedBranches.WriteAsync(new BranchWriter(local, "main"), set, CancellationToken.None));
        Assert.Equal((ForgeScene.Branch + ".2", true), (written.Branch, written.IsNew));
    }

    [Fact]
    public async Task ManifestsAreReadFromTheCommitNotFromTheFolder()
    {
        File.WriteAllText(Path.Combine(_folder, "apps/web.yaml"), "kind: Nothing");
        Directory.CreateDirectory(Path.Combine(_folder, "node_modules"));
        var files = (await (await OpenAsync()).ReadAllAsync("main", CancellationToken.None)).Value!;
        Assert.Equal(ForgeScene.Files.Keys.Order(StringComparer.Ordinal), files.Paths);
        Assert.All(ForgeScene.Files, f => Assert.Equal(f.Value, files[f.Key]!.Value.ToArray()));
    }

    [Fact]
    public async Task AFolderWithoutARepositoryIsSaid()
    {
        var folder = Directory.CreateTempSubdirectory("aksinsights-none-");
        Assert.Contains("not in a repository", (await LocalRepository.OpenAsync(folder.FullName, CancellationToken.None)).Problem!.Reason, StringComparison.Ordinal);
        folder.Delete();
        Assert.Contains("no folder", (await LocalRepository.OpenAsync(folder.FullName, CancellationToken.None)).Problem!.Reason, StringComparison.Ordinal);
    }

    private async Task<LocalRepository> OpenAsync() => (await LocalRepository.OpenAsync(_folder, CancellationToken.None)).Value!;

    private async Task<BranchOutcome> WriteAsync(long millicores = 250)
    {
        var local = await OpenAsync();
        var files = (await local.ReadAllAsync(Git("rev-parse", "main"), CancellationToken.None)).Value!;
        return await NumberedBranches.WriteAsync(new BranchWriter(local, "main"), Assert.Single(ForgeScene.Plan(files, millicores, "web")), CancellationToken.None);
    }

    private string State() => string.Join('\n', Git("status", "--porcelain=v2", "--branch"), Git("ls-files", "--stage"), Git("stash", "list"), Git("diff"), Git("rev-parse", "HEAD"));

    private string Git(params string[] arguments)
    {
        var start = new ProcessStartInfo("git", arguments) { WorkingDirectory = _folder, RedirectStandardOutput = true, RedirectStandardError = true };
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEnd();
        var error = process.StandardError.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0 ? output.TrimEnd('\n') : throw new InvalidOperationException($"git {string.Join(' ', arguments)}: {error}");
    }
}

using System.Diagnostics;
using AksInsights.Adapters.Libraries;

namespace AksInsights.Tests.Adapters.Libraries;

/// <summary>A folder as it was at a commit, from a repository made for the purpose.</summary>
public sealed class GitFolderTests : IAsyncLifetime
{
    private readonly DirectoryInfo _repository = Directory.CreateTempSubdirectory("git-folder");
    private readonly DirectoryInfo _target = Directory.CreateTempSubdirectory("git-folder-target");

    private string Queries => Path.Combine(_repository.FullName, "queries");

    public async Task InitializeAsync()
    {
        await GitAsync("init", "-q");
        await CommitAsync("first", "old");
        await CommitAsync("second", "new");
    }

    public Task DisposeAsync()
    {
        _repository.Delete(recursive: true);
        _target.Delete(recursive: true);
        return Task.CompletedTask;
    }

    [Fact]
    public async Task TheFolderIsAsItWas()
    {
        Assert.Null(await GitFolder.ExtractAsync(Queries, "first", _target.FullName, default));
        Assert.Equal("old", await File.ReadAllTextAsync(Path.Combine(_target.FullName, "pods", "a.kql")));
        Assert.Equal(["pods"], _target.EnumerateFileSystemInfos().Select(e => e.Name));
        Assert.Equal("new", await File.ReadAllTextAsync(Path.Combine(Queries, "pods", "a.kql")));
    }

    [Theory]
    [InlineData("third")]
    [InlineData("--output=/tmp/x")]
    [InlineData("")]
    public async Task WhatIsNoCommitIsRefusedWithAReason(string commit)
    {
        Assert.NotEqual("", await GitFolder.ExtractAsync(Queries, commit, _target.FullName, default));
        Assert.Empty(_target.EnumerateFileSystemInfos());
    }

    [Fact]
    public async Task AFolderOutsideOfARepositoryIsRefused() =>
        Assert.Contains("git", await GitFolder.ExtractAsync(_target.FullName, "HEAD", _target.FullName, default), StringComparison.Ordinal);

    private async Task CommitAsync(string tag, string text)
    {
        Directory.CreateDirectory(Path.Combine(Queries, "pods"));
        await File.WriteAllTextAsync(Path.Combine(Queries, "pods", "a.kql"), text);
        await File.WriteAllTextAsync(Path.Combine(_repository.FullName, "README.md"), text);
        await GitAsync("add", "-A");
        await GitAsync("-c", "user.name=t", "-c", "user.email=t@example.org", "commit", "-q", "-m", tag);
        await GitAsync("tag", tag);
    }

    private async Task GitAsync(params string[] arguments)
    {
        using var git = Process.Start(new ProcessStartInfo("git", arguments) { WorkingDirectory = _repository.FullName })!;
        await git.WaitForExitAsync();
        Assert.Equal(0, git.ExitCode);
    }
}

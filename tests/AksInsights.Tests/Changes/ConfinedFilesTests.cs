using AksInsights.Adapters.Workspaces.Recorded;
using AksInsights.Core.Changes;
using AksInsights.Core.Changes.Manifests;
using AksInsights.Service.Commands;

namespace AksInsights.Tests.Changes;

/// <summary>What comes with a checkout or a recording cannot lead out of its folder: links are not followed, and names are names and not paths.</summary>
public sealed class ConfinedFilesTests : IDisposable
{
    private readonly DirectoryInfo _outside = Directory.CreateTempSubdirectory("aksinsights-outside");
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("aksinsights-inside");

    public ConfinedFilesTests() => File.WriteAllText(Path.Combine(_outside.FullName, "secret.yaml"), "kind: Secret");

    public void Dispose()
    {
        _folder.Delete(recursive: true);
        _outside.Delete(recursive: true);
    }

    [Fact]
    public void LinksInACheckoutAreNotFollowed()
    {
        File.WriteAllText(In("apps.yaml"), "kind: Deployment");
        File.CreateSymbolicLink(In("linked.yaml"), Path.Combine(_outside.FullName, "secret.yaml"));
        Directory.CreateSymbolicLink(In("linked"), _outside.FullName);
        Directory.CreateSymbolicLink(In("loop"), _folder.FullName);
        File.CreateSymbolicLink(In("gone.yaml"), Path.Combine(_outside.FullName, "gone.yaml"));
        Assert.Equal(["apps.yaml"], RepositoryFiles.Read(_folder.FullName).Paths);
    }

    [Theory]
    [InlineData("../secret.yaml", "secret.yaml")]
    [InlineData("../../secret.yaml", null)]
    [InlineData("x/../../../secret.yaml", null)]
    [InlineData("https://example.com/secret.yaml", null)]
    [InlineData("github.com/owner/name?ref=main", null)]
    [InlineData("/secret.yaml", "secret.yaml")]
    [InlineData("../base/app.yaml", "base/app.yaml")]
    [InlineData("./x/./y.yaml", "apps/x/y.yaml")]
    public void APathInAManifestStaysInTheRepository(string written, string? expected) =>
        Assert.Equal(expected, ManifestFolder.Resolve("apps", written));

    [Theory]
    [InlineData("../evil")]
    [InlineData("pods/../../evil")]
    [InlineData("pods/..")]
    [InlineData("/etc/evil")]
    [InlineData("pods/a\0b")]
    [InlineData("pods\\evil")]
    public async Task ANewQueryIsMadeInTheLibraryOnly(string name)
    {
        using var error = new StringWriter();
        var io = new CommandIo(TextReader.Null, TextWriter.Null, error, false, null, TimeProvider.System);
        Assert.NotEqual(0, await CommandLineTable.RunAsync(["query", "new", name, "--queries", _folder.FullName], io, default));
        Assert.Empty(_folder.EnumerateFileSystemInfos());
        Assert.NotEqual("", error.ToString());
    }

    [Theory]
    [InlineData("../secret")]
    [InlineData("secret.yaml")]
    [InlineData("a\0b")]
    [InlineData("/etc/passwd")]
    public void ATableOfARecordingIsNoFile(string table)
    {
        File.WriteAllText(In("KubeEvents.jsonl"), "{\"TimeGenerated\":\"2026-01-05T00:00:00Z\",\"Reason\":\"a\"}");
        var opened = Assert.IsType<RecordedWorkspaceOpening.Opened>(RecordedWorkspaceTables.Open(_folder.FullName));
        Assert.False(opened.Tables.IsPresent(table));
        Assert.Equal(["KubeEvents"], opened.Tables.PresentTables);
    }

    [Fact]
    public void AVeryLongTableNameIsNoFile() => ATableOfARecordingIsNoFile(new string('x', 70_000));

    private string In(string name) => Path.Combine(_folder.FullName, name);
}

using AksInsights.Service.Commands;

namespace AksInsights.Tests.Dashboards;

/// <summary>The files in dashboards/ are what the definitions say. UPDATE_EXPECTED=1 writes them anew, as does <c>aksinsights dashboards generate --out dashboards</c>.</summary>
public sealed class CommittedDashboardTests
{
    private static readonly string Folder = Repository.Path("dashboards");

    private static readonly IReadOnlyDictionary<string, string> Expected =
        AllDashboards.Files.ToDictionary(f => Path.Combine(DashboardsCommand.FolderOf(f.Flavour), f.File.FileName), f => f.File.Text());

    [Fact]
    public void TheFilesAreUpToDate()
    {
        if (Environment.GetEnvironmentVariable("UPDATE_EXPECTED") == "1" && Environment.GetEnvironmentVariable("CI") is null) Write();
        var there = Directory.EnumerateFiles(Folder, "*.json", SearchOption.AllDirectories).Where(IsGenerated).ToDictionary(file => Path.GetRelativePath(Folder, file), File.ReadAllText);
        Assert.Equal(Expected.Keys.Order(StringComparer.Ordinal), there.Keys.Order(StringComparer.Ordinal));
        var stale = Expected.Where(file => there[file.Key] != file.Value).Select(file => file.Key);
        Assert.True(!stale.Any(), $"Not what the definitions say: {string.Join(", ", stale)}; run: aksinsights dashboards generate --queries queries --out dashboards");
    }

    [Fact]
    public void TheSameDashboardsGiveTheSameText()
    {
        foreach (var (flavour, file) in AllDashboards.Files)
        {
            var text = file.Text();
            Assert.Equal(Expected[Path.Combine(DashboardsCommand.FolderOf(flavour), file.FileName)], text);
            Assert.DoesNotContain('\r', text);
            Assert.EndsWith("}\n", text, StringComparison.Ordinal);
        }
    }

    // What is shipped beside the dashboards is made from them, and has tests of its own.
    private static bool IsGenerated(string file) => Expected.Keys.Select(Path.GetDirectoryName).Distinct().Contains(Path.GetDirectoryName(Path.GetRelativePath(Folder, file)));

    private static void Write()
    {
        foreach (var (path, text) in Expected)
        {
            Directory.CreateDirectory(Path.GetDirectoryName(Path.Combine(Folder, path))!);
            File.WriteAllText(Path.Combine(Folder, path), text);
        }
    }
}

using System.Diagnostics;
using System.Reflection;
using System.Text.Json.Nodes;
using AksInsights.Tests;

namespace AksInsights.IntegrationTests.Deployment;

/// <summary>The Bicep compiler, which knows the types of Azure's resources, takes <c>deploy/bicep</c> without a word. Nothing is deployed.</summary>
public sealed class BicepTests
{
    // Compiled once for all: it takes seconds.
    private static readonly Lazy<Task<(string Output, string Words)>> Compiled = new(() => BicepAsync("build", Repository.Path("deploy", "bicep", "main.bicep"), "--stdout"));

    [Fact]
    public async Task TheCompilerHasNothingToSay()
    {
        var (template, words) = await Compiled.Value;
        Assert.Equal("", words);
        Assert.Equal(["cluster", "collection", "database", "graph", "identity", "workspace"], JsonNode.Parse(template)!["resources"]!.AsObject().Select(module => module.Key).Order(StringComparer.Ordinal));
        Assert.Equal("", (await BicepAsync("build-params", Repository.Path("deploy", "bicep", "main.bicepparam"), "--stdout")).Words);
    }

    /// <summary>The points of the scorecard's checklist that a cluster is made with.</summary>
    [Theory]
    [InlineData("\"nodeTaints\":[\"CriticalAddonsOnly=true:NoSchedule\"]")]
    [InlineData("\"minCount\":2")]
    [InlineData("\"networkPluginMode\":\"overlay\"")]
    [InlineData("\"networkPolicy\":\"cilium\"")]
    [InlineData("\"oidcIssuerProfile\":{\"enabled\":true}")]
    [InlineData("\"workloadIdentity\":{\"enabled\":true}")]
    [InlineData("\"azurepolicy\":{\"enabled\":true}")]
    [InlineData("\"useAADAuth\":\"true\"")]
    [InlineData("\"Microsoft-ContainerInsights-Group-Default\"")]
    [InlineData("\"scaleSetPriority\":\"Spot\"")]
    [InlineData("\"tier\":\"Standard\"")]
    public async Task TheClusterIsMadeAsTheChecklistAsks(string part) =>
        Assert.Contains(part, JsonNode.Parse((await Compiled.Value).Output)!.ToJsonString(), StringComparison.Ordinal);

    [Fact]
    public async Task APlantedMistakeIsFound()
    {
        var folder = Directory.CreateTempSubdirectory("aksinsights-bicep-");
        try
        {
            Directory.CreateDirectory(Path.Combine(folder.FullName, "modules"));
            foreach (var file in Directory.EnumerateFiles(Repository.Path("deploy", "bicep"), "*.bicep", SearchOption.AllDirectories))
                await File.WriteAllTextAsync(Path.Combine(folder.FullName, Path.GetRelativePath(Repository.Path("deploy", "bicep"), file)), (await File.ReadAllTextAsync(file)).Replace("enableAutoScaling", "enableAutoScalling", StringComparison.Ordinal));
            Assert.Contains("Did you mean \"enableAutoScaling\"?", (await BicepAsync("build", Path.Combine(folder.FullName, "main.bicep"), "--stdout")).Words, StringComparison.Ordinal);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static async Task<(string Output, string Words)> BicepAsync(params string[] arguments)
    {
        var compiler = Assert.Single(typeof(BicepTests).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>(), it => it.Key == "Bicep").Value!;
        using var process = Process.Start(new ProcessStartInfo(compiler, arguments) { RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = Path.GetTempPath() })!;
        var (output, words) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync();
        return (await output, await words);
    }
}

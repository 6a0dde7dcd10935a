using System.Xml.Linq;

namespace AksInsights.Tests;

/// <summary>The house as drawn in docs/architecture.md: which project may use which, and which packages. A new line here is a decision, not a repair.</summary>
public sealed class ArchitectureTests
{
    public static TheoryData<string, string[], string[]> Projects => new()
    {
        { "AksInsights.Kql", [], [] },
        { "AksInsights.Core", ["AksInsights.Kql"], ["MediatR", "YamlDotNet", "Newtonsoft.Json", "Handlebars.Net"] },
        { "AksInsights.Adapters", ["AksInsights.Core"], ["Dapper", "Microsoft.Data.Sqlite", "Npgsql", "MailKit", "Azure.Core", "Azure.Identity", "Polly.Core"] },
        { "AksInsights.Service", ["AksInsights.Adapters"], ["Markdig", "Spectre.Console", "System.CommandLine", "Quartz", "Microsoft.AspNetCore.Authentication.JwtBearer", "Microsoft.AspNetCore.OpenApi", "OpenTelemetry.Extensions.Hosting", "OpenTelemetry.Exporter.OpenTelemetryProtocol", "OpenTelemetry.Exporter.Prometheus.AspNetCore"] },
    };

    [Theory]
    [MemberData(nameof(Projects))]
    public void AProjectUsesWhatItMayAndNothingElse(string project, string[] projects, string[] packages)
    {
        var file = XDocument.Load(Repository.Path("src", project, project + ".csproj"));
        var references = file.Descendants("ProjectReference").Select(r => Path.GetFileNameWithoutExtension(r.Attribute("Include")!.Value.Replace('\\', '/')));
        Assert.Equal(projects, references);
        Assert.Empty(file.Descendants("PackageReference").Select(r => r.Attribute("Include")!.Value).Except(packages));
    }

    [Fact]
    public void EveryProjectUnderSrcIsInTheTable()
    {
        var folders = Directory.EnumerateDirectories(Repository.Path("src")).Where(folder => Directory.EnumerateFiles(folder, "*.csproj").Any());
        Assert.Equal(
            ["AksInsights.Adapters", "AksInsights.Core", "AksInsights.Kql", "AksInsights.Service"],
            folders.Select(folder => Path.GetFileName(folder)).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void PackageVersionsAreCentral() => Assert.All(
        Directory.EnumerateFiles(Repository.Path("src"), "*.csproj", SearchOption.AllDirectories),
        file => Assert.DoesNotContain(XDocument.Load(file).Descendants("PackageReference"), r => r.Attribute("Version") is not null));

    [Fact]
    public void ClocksSleepsAndRequestsStayBanned()
    {
        var banned = File.ReadAllText(Repository.Path("BannedSymbols.txt"));
        string[] expected = ["P:System.DateTime.UtcNow;", "P:System.DateTimeOffset.UtcNow;", "M:System.Threading.Thread.Sleep(", "M:MediatR.IMediator.Send"];
        Assert.All(expected, symbol => Assert.Contains(symbol, banned, StringComparison.Ordinal));
    }
}

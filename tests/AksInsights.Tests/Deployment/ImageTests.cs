using System.Text.RegularExpressions;
using AksInsights.Service.Commands;
using AksInsights.Service.Hosting;

namespace AksInsights.Tests.Deployment;

/// <summary>The Dockerfile says what the program is, and gets what the build needs and nothing more.</summary>
public sealed partial class ImageTests
{
    private static readonly string[] Lines = File.ReadAllLines(Repository.Path("Dockerfile"));
    private static readonly string[] Allowed = [.. File.ReadAllLines(Repository.Path(".dockerignore")).Where(line => line.StartsWith('!')).Select(line => line[1..])];

    [Fact]
    public void ProjectsAndTheirSettingsComeBeforeTheRestore()
    {
        var restore = Array.FindIndex(Lines, line => line.StartsWith("RUN dotnet restore", StringComparison.Ordinal));
        var copied = Lines[..restore].Where(line => line.StartsWith("COPY ", StringComparison.Ordinal)).SelectMany(line => line.Split(' ')[1..^1]).ToList();
        var projects = Directory.EnumerateFiles(Repository.Path("src"), "*.csproj", SearchOption.AllDirectories).Select(path => Path.GetRelativePath(Repository.Path(), path));
        Assert.Empty(projects.Except(copied));
        Assert.All(copied, path => Assert.True(File.Exists(Repository.Path(path)), path));
        Assert.Contains("Directory.Packages.props", copied);
    }

    [Fact]
    public void NothingIsLeftOutThatTheBuildReads()
    {
        var roots = new[] { ".editorconfig", "global.json", "BannedSymbols.txt" }.Concat(Directory.EnumerateFiles(Repository.Path(), "Directory.*").Select(path => Path.GetFileName(path)!)).ToList();
        var linked = Directory.EnumerateFiles(Repository.Path("src"), "*.csproj", SearchOption.AllDirectories)
            .SelectMany(path => OutsideOfSources().Matches(File.ReadAllText(path))).Select(match => match.Groups[1].Value);
        Assert.Empty(roots.Concat(linked).Append("src").Except(Allowed));
        Assert.All(Allowed, name => Assert.True(Path.Exists(Repository.Path(name)), name));
    }

    [Fact]
    public void ItRunsOnTheFrameworkOfTheProgramWithTimeZonesAndWithoutAShell()
    {
        var framework = Regex.Match(File.ReadAllText(Repository.Path("Directory.Build.props")), "<TargetFramework>net(.*)</TargetFramework>").Groups[1].Value;
        Assert.Equal($"FROM mcr.microsoft.com/dotnet/aspnet:{framework}-noble-chiseled-extra", Lines.Last(line => line.StartsWith("FROM ", StringComparison.Ordinal)));
        Assert.Contains($"dotnet/sdk:{framework} ", Lines.First(line => line.StartsWith("FROM ", StringComparison.Ordinal)), StringComparison.Ordinal);
        // The images name their user without rights so; it is 1654.
        Assert.Equal("USER $APP_UID", Lines.Last(line => line.StartsWith("USER ", StringComparison.Ordinal)));
    }

    [Fact]
    public void PortAndCommandsAreTheProgramsOwn()
    {
        Assert.Contains($"EXPOSE {new Uri(ServiceSettings.DefaultUrl).Port}", Lines);
        Assert.Contains("ENTRYPOINT [\"/app/aksinsights\"]", Lines);
        var health = Assert.Single(Lines, line => line.StartsWith("HEALTHCHECK ", StringComparison.Ordinal));
        var io = new CommandIo(TextReader.Null, TextWriter.Null, TextWriter.Null, IsInteractive: false, Width: null, TimeProvider.System);
        Assert.EndsWith($"CMD [\"/app/aksinsights\", \"{ServeHealthCommand.Create(io).Name}\"]", health, StringComparison.Ordinal);
    }

    [GeneratedRegex("""Include="\.\.\\\.\.\\([^\\"]+)""")]
    private static partial Regex OutsideOfSources();
}

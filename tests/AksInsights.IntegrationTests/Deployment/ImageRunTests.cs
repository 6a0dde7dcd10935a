using System.Diagnostics;
using AksInsights.Tests;

namespace AksInsights.IntegrationTests.Deployment;

/// <summary>
/// The program as the image runs it (<c>tests/deploy/like-image.sh</c>): no shell, few libraries, a user without rights, a file system that is read-only but for
/// /data and /tmp. What only a container engine can show, such as the layers of the image, is not shown.
/// </summary>
[Needs("unshare")]
[Needs(NeedsAttribute.Root)]
public sealed class ImageRunTests : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    private readonly DirectoryInfo _data = Directory.CreateTempSubdirectory("aksinsights-image-");

    public void Dispose() => _data.Delete(recursive: true);

    [Fact]
    public async Task TheServiceWorksIsFoundWellAndStopsWhenItIsTold()
    {
        await ChildProgram.RunAsync("chown", ["1654:1654", _data.FullName], "", "/");
        using var service = Process.Start(Start("serve", "--workspace", "/app/samples/workspace-demo", "--store", "/data/findings.db", "--urls", "http://127.0.0.1:0"))!;
        try
        {
            var errors = service.StandardError.ReadToEndAsync();
            var address = "";
            while (address.Length == 0 && await service.StandardOutput.ReadLineAsync().WaitAsync(Patience) is { } line)
                if (line.StartsWith("Listening on ", StringComparison.Ordinal)) address = line.Split(' ')[2].TrimEnd('.', '/');
            Assert.True(address.Length > 0, address.Length > 0 ? "" : await errors);
            Assert.StartsWith("ready", await UntilWellAsync(address), StringComparison.Ordinal);
            await ChildProgram.RunAsync("kill", ["-TERM", $"{service.Id}"], "", "/");
            await service.WaitForExitAsync().WaitAsync(Patience);
            Assert.Equal(0, service.ExitCode);
            Assert.True(File.Exists(Path.Combine(_data.FullName, "findings.db")));
        }
        finally
        {
            if (!service.HasExited) service.Kill();
        }
    }

    /// <summary>What the health check says once it finds the service well; a busy machine may keep it from answering in time at first, as whoever runs images knows.</summary>
    private async Task<string> UntilWellAsync(string address)
    {
        for (var clock = Stopwatch.StartNew(); ;)
        {
            using var health = Process.Start(Start("serve-health", "--urls", address))!;
            var (said, errors) = (health.StandardOutput.ReadToEndAsync(), health.StandardError.ReadToEndAsync());
            await health.WaitForExitAsync().WaitAsync(Patience);
            if (health.ExitCode == 0) return await said;
            Assert.True(clock.Elapsed < Patience, await errors);
        }
    }

    [Fact]
    public async Task NothingElseCanBeWritten()
    {
        using var scan = Process.Start(Start("scan", "--workspace", "/app/samples/workspace-demo", "--query", "pods/crash-loop", "--store", "/findings.db"))!;
        var errors = scan.StandardError.ReadToEndAsync();
        await scan.WaitForExitAsync().WaitAsync(Patience);
        Assert.Equal(3, scan.ExitCode);
        Assert.Contains("`/findings.db` cannot be opened", await errors, StringComparison.Ordinal);
    }

    private ProcessStartInfo Start(params string[] arguments) =>
        new("bash", [Repository.Path("tests", "deploy", "like-image.sh"), Repository.Path("artifacts", "bin", "AksInsights.Service", "release"), Runtime, _data.FullName, "/app/aksinsights", .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };

    // .../shared/Microsoft.NETCore.App/10.0.x/System.Private.CoreLib.dll
    private static string Runtime => Path.GetFullPath(Path.Combine(typeof(object).Assembly.Location, "..", "..", "..", ".."));
}

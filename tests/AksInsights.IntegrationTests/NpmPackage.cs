using AksInsights.Tests;

namespace AksInsights.IntegrationTests;

/// <summary>A folder of tests/ with a script for node and the npm packages that it needs, which are put under artifacts/ when it is first run.</summary>
/// <param name="name">The folder's name.</param>
/// <param name="script">The script's file.</param>
/// <param name="others">Files that the script reads.</param>
internal sealed class NpmPackage(string name, string script, params string[] others)
{
    private readonly string _source = Repository.Path("tests", name);
    private readonly string _installed = Repository.Path("artifacts", name);

    /// <summary>Runs the script.</summary>
    /// <param name="input">Its standard input.</param>
    /// <param name="environment">Variables it gets besides the test's own.</param>
    /// <returns>Its standard output.</returns>
    public async Task<string> RunAsync(string input, IReadOnlyDictionary<string, string>? environment = null)
    {
        await InstallAsync();
        return await RunAsync("node", [script], input, environment ?? new Dictionary<string, string>());
    }

    private async Task InstallAsync()
    {
        Directory.CreateDirectory(_installed);
        var stale = false;
        foreach (var file in (string[])["package.json", "package-lock.json", script, .. others])
        {
            var (from, to) = (Path.Combine(_source, file), Path.Combine(_installed, file));
            stale |= file.StartsWith("package", StringComparison.Ordinal) && (!File.Exists(to) || await File.ReadAllTextAsync(from) != await File.ReadAllTextAsync(to));
            File.Copy(from, to, overwrite: true);
        }

        if (stale || !Directory.Exists(Path.Combine(_installed, "node_modules")))
            await RunAsync("npm", ["ci", "--no-audit", "--no-fund", "--ignore-scripts"], "", new Dictionary<string, string>());
    }

    private Task<string> RunAsync(string program, string[] arguments, string input, IReadOnlyDictionary<string, string> environment) =>
        ChildProgram.RunAsync(program, arguments, input, _installed, environment);
}

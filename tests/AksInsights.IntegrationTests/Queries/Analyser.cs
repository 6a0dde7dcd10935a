using System.Diagnostics;
using System.Text.Json;
using AksInsights.Adapters.Workspaces.Recorded.Schema;
using AksInsights.Kql.Types;
using AksInsights.Tests;

namespace AksInsights.IntegrationTests.Queries;

/// <summary>Microsoft's analyser of KQL as a child process: the npm package of tests/analyser, put under artifacts/ when it is first needed.</summary>
internal static class Analyser
{
    private static readonly string Source = Repository.Path("tests", "analyser");
    private static readonly string Installed = Repository.Path("artifacts", "analyser");

    /// <summary>Analyses queries against the shipped schema.</summary>
    /// <param name="queries">Texts by a name of the caller's choice.</param>
    /// <returns>What was found, by that name.</returns>
    public static async Task<IReadOnlyDictionary<string, AnalyserAnswer>> AnalyseAsync(IReadOnlyDictionary<string, string> queries)
    {
        await InstallAsync();
        var tables = KnownTables.ByName.Values.ToDictionary(t => t.Name, t => t.Columns.ToDictionary(c => c.Name, c => c.Type.Name()));
        var lines = await RunAsync("node", ["analyse.js"], JsonSerializer.Serialize(new { tables, queries }));
        return lines.Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(line => JsonSerializer.Deserialize<AnalyserAnswer>(line, JsonSerializerOptions.Web)!)
            .ToDictionary(answer => answer.Id);
    }

    private static async Task InstallAsync()
    {
        Directory.CreateDirectory(Installed);
        var stale = false;
        foreach (var file in new[] { "package.json", "package-lock.json", "analyse.js" })
        {
            var (from, to) = (Path.Combine(Source, file), Path.Combine(Installed, file));
            stale |= file != "analyse.js" && (!File.Exists(to) || await File.ReadAllTextAsync(from) != await File.ReadAllTextAsync(to));
            File.Copy(from, to, overwrite: true);
        }

        if (stale || !Directory.Exists(Path.Combine(Installed, "node_modules"))) await RunAsync("npm", ["ci", "--no-audit", "--no-fund", "--ignore-scripts"], "");
    }

    private static async Task<string> RunAsync(string program, string[] arguments, string input)
    {
        var path = InstalledPrograms.Find(program) ?? throw new InvalidOperationException($"`{program}` is not installed; tests/install.sh brings it.");
        var start = new ProcessStartInfo(path, arguments) { WorkingDirectory = Installed, RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync();
        var errors = process.StandardError.ReadToEndAsync();
        await process.StandardInput.WriteAsync(input);
        process.StandardInput.Close();
        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(3));
        try
        {
            await process.WaitForExitAsync(limit.Token);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw new TimeoutException($"`{program} {string.Join(' ', arguments)}` did not end within three minutes.");
        }

        return process.ExitCode == 0 ? await output : throw new InvalidOperationException($"`{program} {string.Join(' ', arguments)}` failed: {await errors}");
    }
}

/// <summary>What the analyser says of a query.</summary>
/// <param name="Id">The name it was given under.</param>
/// <param name="Columns">The columns of its result, each as <c>name: type</c>.</param>
/// <param name="Mistakes">Its errors, each with line, column, code and message.</param>
internal sealed record AnalyserAnswer(string Id, IReadOnlyList<string> Columns, IReadOnlyList<string> Mistakes);

using System.Diagnostics;

namespace AksInsights.IntegrationTests;

/// <summary>Programs that the tests run and read.</summary>
internal static class ChildProgram
{
    /// <summary>Runs a program, with further environment variables where it needs some.</summary>
    /// <returns>What it writes.</returns>
    public static async Task<string> RunAsync(string program, string[] arguments, string input, string folder, IReadOnlyDictionary<string, string>? environment = null)
    {
        var path = InstalledPrograms.Find(program) ?? throw new InvalidOperationException($"`{program}` is not installed; tests/install.sh brings it.");
        var start = new ProcessStartInfo(path, arguments) { WorkingDirectory = folder, RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var (key, value) in environment ?? new Dictionary<string, string>()) start.Environment[key] = value;
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

using System.ComponentModel;
using System.Diagnostics;
using System.Text;

namespace AksInsights.Adapters.Forges;

/// <summary>Runs <c>git</c> in a folder.</summary>
/// <param name="folder">The folder.</param>
internal sealed class GitProgram(string folder)
{
    // A hook that calls this program would otherwise lend us its index and its repository.
    private static readonly string[] Inherited = ["GIT_DIR", "GIT_INDEX_FILE", "GIT_WORK_TREE", "GIT_OBJECT_DIRECTORY", "GIT_PREFIX", "GIT_NAMESPACE"];

    /// <summary>Runs a command to its end.</summary>
    /// <param name="arguments">The command.</param>
    /// <param name="input">What it reads; null for nothing.</param>
    /// <param name="environment">More variables; null for none.</param>
    /// <param name="cancellation">Kills it.</param>
    /// <returns>What it wrote; null when there is no git on this machine.</returns>
    public async Task<GitResult?> RunAsync(
        IEnumerable<string> arguments, ReadOnlyMemory<byte>? input, IReadOnlyDictionary<string, string>? environment, CancellationToken cancellation)
    {
        var start = new ProcessStartInfo("git", ["-c", "core.quotePath=false", .. arguments])
        {
            WorkingDirectory = folder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var name in Inherited) start.Environment.Remove(name);
        (start.Environment["LC_ALL"], start.Environment["GIT_TERMINAL_PROMPT"], start.Environment["GIT_OPTIONAL_LOCKS"]) = ("C", "0", "0");
        foreach (var (name, value) in environment ?? new Dictionary<string, string>()) start.Environment[name] = value;
        using var process = new Process { StartInfo = start };
        try
        {
            process.Start();
        }
        catch (Win32Exception)
        {
            return null;
        }

        return await ReadAsync(process, input, cancellation).ConfigureAwait(false);
    }

    private static async Task<GitResult> ReadAsync(Process process, ReadOnlyMemory<byte>? input, CancellationToken cancellation)
    {
        try
        {
            using var output = new MemoryStream();
            var errors = process.StandardError.ReadToEndAsync(cancellation);
            var copy = process.StandardOutput.BaseStream.CopyToAsync(output, cancellation);
            try
            {
                if (input is { } bytes) await process.StandardInput.BaseStream.WriteAsync(bytes, cancellation).ConfigureAwait(false);
                process.StandardInput.Close();
            }
            catch (IOException)
            {
                // It ended before it had read everything; its exit code says why.
            }

            await copy.ConfigureAwait(false);
            var said = await errors.ConfigureAwait(false);
            await process.WaitForExitAsync(cancellation).ConfigureAwait(false);
            return new GitResult(process.ExitCode, output.ToArray(), said.Trim());
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw;
        }
    }
}

/// <summary>How a command of git ended.</summary>
/// <param name="ExitCode">Zero when it was done.</param>
/// <param name="Output">What it wrote.</param>
/// <param name="Error">What it complained of.</param>
internal sealed record GitResult(int ExitCode, ReadOnlyMemory<byte> Output, string Error)
{
    /// <summary>What it wrote, as text without the line break at the end.</summary>
    public string Text => Encoding.UTF8.GetString(Output.Span).TrimEnd('\n');
}

using System.ComponentModel;
using System.Diagnostics;
using System.Formats.Tar;

namespace AksInsights.Adapters.Libraries;

/// <summary>A folder in a git repository as it was at another commit.</summary>
public static class GitFolder
{
    /// <summary>Writes the folder as it was into an empty folder.</summary>
    /// <param name="folder">A folder inside a repository.</param>
    /// <param name="commit">A commit, branch or tag, as git understands it.</param>
    /// <param name="target">Where to write.</param>
    /// <param name="cancellation">Gives up and ends git.</param>
    /// <returns>Null when it was done; otherwise why not, as a sentence.</returns>
    /// <exception cref="OperationCanceledException">The caller gave up.</exception>
    public static async Task<string?> ExtractAsync(string folder, string commit, string target, CancellationToken cancellation)
    {
        // What begins with a hyphen would be an option of git.
        if (commit.Length == 0 || commit[0] == '-') return $"`{commit}` is no name of a commit.";
        var start = new ProcessStartInfo("git", ["-C", Path.GetFullPath(folder), "archive", "--format=tar", commit]) { RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false };
        try
        {
            using var git = Process.Start(start) ?? throw new InvalidOperationException("A process that was not started again was none.");
            using var registration = cancellation.Register(() => git.Kill(entireProcessTree: true));
            var errors = git.StandardError.ReadToEndAsync(cancellation);
            using var archive = new MemoryStream();
            await git.StandardOutput.BaseStream.CopyToAsync(archive, cancellation).ConfigureAwait(false);
            await git.WaitForExitAsync(cancellation).ConfigureAwait(false);
            if (git.ExitCode != 0) return $"git: {(await errors.ConfigureAwait(false)).Trim()}";
            archive.Position = 0;
            await TarFile.ExtractToDirectoryAsync(archive, target, overwriteFiles: false, cancellation).ConfigureAwait(false);
            return null;
        }
        catch (Win32Exception)
        {
            return "git is not installed, or not to be found on the path.";
        }
    }
}

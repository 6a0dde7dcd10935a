using System.Diagnostics;

namespace AksInsights.IntegrationTests.Storage;

/// <summary>A disk of a few megabytes, mounted for a test. Needs root.</summary>
internal sealed class SmallDisk : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("aksinsights-disk");

    /// <summary>Mounts one.</summary>
    /// <param name="mebibytes">Its size.</param>
    /// <param name="options">Further options of mount.</param>
    public SmallDisk(int mebibytes, string options = "mode=0777") => Run("mount", "-t", "tmpfs", "-o", $"size={mebibytes}m,{options}", "tmpfs", Path);

    /// <summary>Where it is.</summary>
    public string Path => _folder.FullName;

    /// <summary>Mounts it anew so that it cannot be written.</summary>
    public void MakeReadOnly() => Run("mount", "-o", "remount,ro", Path);

    public void Dispose()
    {
        Run("umount", "-l", Path);
        _folder.Delete();
    }

    private static void Run(string program, params string[] arguments)
    {
        using var process = Process.Start(program, arguments);
        process.WaitForExit();
        if (process.ExitCode != 0) throw new InvalidOperationException($"`{program} {string.Join(' ', arguments)}` failed with {process.ExitCode}.");
    }
}

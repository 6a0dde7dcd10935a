using System.Diagnostics;
using System.Globalization;

namespace AksInsights.Benchmarks;

/// <summary>Runs a program to its end and watches its memory.</summary>
internal static class MeasuredProcess
{
    /// <summary>Runs a program.</summary>
    /// <param name="program">Its file.</param>
    /// <param name="arguments">Its arguments.</param>
    /// <param name="environment">Variables set for it.</param>
    /// <param name="line">Given each line that it prints.</param>
    /// <returns>The most memory it had in RAM, in MiB; 0 where the system does not tell.</returns>
    /// <exception cref="InvalidOperationException">It could not be started or did not end well.</exception>
    public static long Run(string program, IEnumerable<string> arguments, IReadOnlyDictionary<string, string> environment, Action<string> line)
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, UseShellExecute = false };
        foreach (var (name, value) in environment) start.Environment[name] = value;
        using var process = Process.Start(start) ?? throw new InvalidOperationException($"`{program}` did not start.");
        var peak = 0L;
        // The kernel keeps the peak, so a look now and then misses only what is taken shortly before the end.
        using var watch = new Timer(_ => peak = Math.Max(peak, Peak(process.Id)), null, 20, 20);
        while (process.StandardOutput.ReadLine() is { } text) line(text);
        process.WaitForExit();
        if (process.ExitCode != 0) throw new InvalidOperationException($"`{program}` ended with exit code {process.ExitCode}; what it said is above.");
        return peak;
    }

    private static long Peak(int process)
    {
        try
        {
            var entry = File.ReadLines($"/proc/{process}/status").FirstOrDefault(text => text.StartsWith("VmHWM:", StringComparison.Ordinal));
            return entry is null ? 0 : long.Parse(entry.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture) >> 10;
        }
        catch (IOException)
        {
            // It has ended, or this system has no such file.
            return 0;
        }
    }
}

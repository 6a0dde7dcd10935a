using System.Collections.Concurrent;
using System.Diagnostics;

namespace AksInsights.IntegrationTests.Crashes;

/// <summary>The program itself, as people start it, and what it says.</summary>
internal sealed class ServeProcess : IDisposable
{
    private const string Listening = "Listening on ";
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    private readonly Process _process;
    private readonly ConcurrentQueue<string> _log = new();

    private ServeProcess(Process process)
    {
        _process = process;
        process.ErrorDataReceived += (_, line) =>
        {
            if (line.Data is not null) _log.Enqueue(line.Data);
        };
        process.BeginErrorReadLine();
    }

    /// <summary>What it logged so far, and what it said until it listened.</summary>
    public IReadOnlyCollection<string> Log => _log;

    /// <summary>Whether it has said where it listens.</summary>
    public bool HasListened { get; private set; }

    /// <summary>Its number.</summary>
    public int Id => _process.Id;

    /// <summary>Whether it has ended.</summary>
    public bool HasEnded => _process.HasExited;

    /// <summary>Starts it.</summary>
    public static ServeProcess Start(params IEnumerable<string> arguments) => StartBy(null, arguments);

    /// <summary>Starts it with further environment variables.</summary>
    public static ServeProcess StartWith(IReadOnlyDictionary<string, string> environment, params IEnumerable<string> arguments) => StartBy(null, arguments, environment);

    /// <summary>Starts it by way of a shell that first sets a limit, such as <c>ulimit -f 100</c>.</summary>
    public static ServeProcess StartBy(string? limit, IEnumerable<string> arguments, IReadOnlyDictionary<string, string>? environment = null)
    {
        var here = new DirectoryInfo(AppContext.BaseDirectory);
        var program = Path.Combine(here.Parent!.Parent!.FullName, "AksInsights.Service", here.Name, "aksinsights");
        var start = limit is null ? new ProcessStartInfo(program, arguments) : new ProcessStartInfo("/bin/sh", ["-c", $"{limit}; exec \"$0\" \"$@\"", program, .. arguments]);
        start.RedirectStandardOutput = true;
        start.RedirectStandardError = true;
        foreach (var (name, value) in environment ?? new Dictionary<string, string>()) start.Environment[name] = value;
        return new ServeProcess(Process.Start(start)!);
    }

    /// <summary>Waits until it listens.</summary>
    /// <returns>Where; null when it ended before.</returns>
    public async Task<Uri?> ListensAsync()
    {
        while (await _process.StandardOutput.ReadLineAsync().WaitAsync(Patience) is { } line)
        {
            _log.Enqueue(line);
            if (!line.StartsWith(Listening, StringComparison.Ordinal)) continue;
            HasListened = true;
            return new Uri(line[Listening.Length..].Split(". ")[0]);
        }

        return null;
    }

    /// <summary>Ends it by SIGKILL.</summary>
    public async Task KillAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync().WaitAsync(Patience);
        Assert.True(_process.ExitCode == 128 + 9, $"The service ended by itself with {_process.ExitCode}:\n{string.Join('\n', _log)}");
    }

    /// <summary>Tells it to end, as an orchestrator does, and waits until it has.</summary>
    /// <returns>Its exit code.</returns>
    public async Task<int> TerminateAsync()
    {
        using (var kill = Process.Start("/bin/sh", ["-c", $"kill -TERM {_process.Id}"])) await kill.WaitForExitAsync();
        return await EndsAsync();
    }

    /// <summary>Waits until it has ended.</summary>
    /// <returns>Its exit code.</returns>
    public async Task<int> EndsAsync()
    {
        await _process.WaitForExitAsync().WaitAsync(Patience);
        return _process.ExitCode;
    }

    public void Dispose()
    {
        if (!_process.HasExited) _process.Kill();
        _process.Dispose();
    }
}

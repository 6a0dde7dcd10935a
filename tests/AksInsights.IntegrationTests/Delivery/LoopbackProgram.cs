using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace AksInsights.IntegrationTests.Delivery;

/// <summary>A server of the system, started on a loopback port and ended by its process id; also when the tests are killed.</summary>
internal sealed class LoopbackProgram : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private readonly Process _process;

    private LoopbackProgram(Process process) => _process = process;

    /// <summary>A port of the loopback interface that nobody listens on.</summary>
    public static int FreePort()
    {
        using var probe = new TcpListener(IPAddress.Loopback, 0);
        probe.Start();
        return ((IPEndPoint)probe.LocalEndpoint).Port;
    }

    /// <summary>Starts a program and waits until its port takes connections.</summary>
    public static async Task<LoopbackProgram> StartAsync(string command, int port, string log)
    {
        // The shell ends the server when its standard input closes.
        var start = new ProcessStartInfo("/bin/sh", ["-c", $"{command} >>{log} 2>&1 & p=$!; cat >/dev/null; kill -TERM $p; wait $p"]) { RedirectStandardInput = true };
        var started = new LoopbackProgram(Process.Start(start)!);
        var clock = Stopwatch.StartNew();
        while (!await ListensAsync(port))
        {
            if (clock.Elapsed > Patience) Assert.Fail($"`{command}` does not listen on {port}:\n{await File.ReadAllTextAsync(log)}");
            await Task.Delay(20);
        }

        return started;
    }

    public async ValueTask DisposeAsync()
    {
        _process.StandardInput.Close();
        await _process.WaitForExitAsync().WaitAsync(Patience);
        _process.Dispose();
    }

    private static async Task<bool> ListensAsync(int port)
    {
        using var client = new TcpClient();
        try
        {
            await client.ConnectAsync(IPAddress.Loopback, port);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}

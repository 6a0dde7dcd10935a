using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace AksInsights.IntegrationTests.Secrets;

/// <summary>A mail server that lets nobody in, and says with which password they tried.</summary>
internal sealed class EchoingMailServer : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly Task _loop;

    public EchoingMailServer()
    {
        _listener.Start();
        _loop = AcceptAsync();
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    /// <summary>How many times somebody tried to be let in.</summary>
    public ConcurrentQueue<string> Tries { get; } = new();

    public async ValueTask DisposeAsync()
    {
        _listener.Stop();
        await _loop;
    }

    private async Task AcceptAsync()
    {
        while (true)
        {
            try
            {
                using var client = await _listener.AcceptTcpClientAsync();
                await TalkAsync(client.GetStream());
            }
            catch (Exception end) when (end is SocketException or ObjectDisposedException)
            {
                return;
            }
            catch (IOException)
            {
                // Whoever it was hung up; the next one is answered all the same.
            }
        }
    }

    private async Task TalkAsync(NetworkStream stream)
    {
        using var reader = new StreamReader(stream, Encoding.ASCII);
        await using var writer = new StreamWriter(stream, Encoding.ASCII) { NewLine = "\r\n", AutoFlush = true };
        await writer.WriteLineAsync("220 echo ESMTP");
        while (await reader.ReadLineAsync() is { } line)
        {
            switch (line.Split(' '))
            {
                case ["EHLO" or "HELO", ..]:
                    await writer.WriteLineAsync("250-echo\r\n250 AUTH PLAIN");
                    break;
                case ["AUTH", "PLAIN", var given]:
                    Tries.Enqueue(given);
                    await writer.WriteLineAsync($"535 5.7.8 not {given} which is {Encoding.ASCII.GetString(Convert.FromBase64String(given)).Replace('\0', ' ')}");
                    break;
                case ["QUIT", ..]:
                    await writer.WriteLineAsync("221 bye");
                    return;
                default:
                    await writer.WriteLineAsync($"500 not `{line}`");
                    break;
            }
        }
    }
}

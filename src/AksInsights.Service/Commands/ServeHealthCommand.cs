using System.CommandLine;
using System.Net;
using AksInsights.Service.Hosting;
using AksInsights.Service.Serving;

namespace AksInsights.Service.Commands;

/// <summary><c>serve-health</c>: asks the service on this machine whether it can do its work, for health checks where there is no shell and no curl.</summary>
internal static class ServeHealthCommand
{
    /// <summary>The path that is asked.</summary>
    public const string Path = "/healthz/ready";

    // A health check gives up after some seconds too; what comes first should say why.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(4);

    /// <summary>Makes the command.</summary>
    public static Command Create(CommandIo io)
    {
        var urls = new Option<string[]>("--urls")
        {
            Description = "Where the service listens; the first is asked. By default what the configuration says.",
            HelpName = "URL",
            AllowMultipleArgumentsPerToken = true,
        };
        var config = new ConfigOption();
        var command = new Command("serve-health", "Ask the service on this machine whether it can do its work; the exit code tells.") { urls };
        config.AddTo(command);
        command.SetAction((parsed, cancellation) => RunAsync(config, parsed.GetValue(urls) ?? [], parsed, io, cancellation));
        return command;
    }

    private static async Task<int> RunAsync(ConfigOption config, string[] urls, ParseResult parsed, CommandIo io, CancellationToken cancellation)
    {
        if (config.Read(parsed, io) is not { } configuration) return ExitCode.Impossible;
        if (ServiceSettings.Read(configuration, urls, out var mistakes) is { } settings) return await AskAsync(AddressOf(settings.Addresses[0]), io, cancellation).ConfigureAwait(false);
        foreach (var mistake in mistakes) await io.Error.WriteLineAsync(mistake).ConfigureAwait(false);
        return ExitCode.Impossible;
    }

    // Who listens on every address is reached on this machine's own.
    private static Uri AddressOf(ListenAddress address)
    {
        var host = address.Address.Equals(IPAddress.Any) ? IPAddress.Loopback : address.Address.Equals(IPAddress.IPv6Any) ? IPAddress.IPv6Loopback : address.Address;
        return new Uri($"http://{new IPEndPoint(host, address.Port)}{Path}");
    }

    private static async Task<int> AskAsync(Uri address, CommandIo io, CancellationToken cancellation)
    {
        using var client = new HttpClient(new SocketsHttpHandler { UseProxy = false }) { Timeout = Patience };
        try
        {
            using var answer = await client.GetAsync(address, cancellation).ConfigureAwait(false);
            var text = await answer.Content.ReadAsStringAsync(cancellation).ConfigureAwait(false);
            await (answer.IsSuccessStatusCode ? io.Out : io.Error).WriteAsync(text).ConfigureAwait(false);
            return answer.IsSuccessStatusCode ? ExitCode.Done : ExitCode.Failed;
        }
        catch (HttpRequestException failure)
        {
            return io.Refuse(ExitCode.Failed, $"{address} does not answer: {failure.Message}");
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return io.Refuse(ExitCode.Failed, $"{address} did not answer within {Patience.TotalSeconds} seconds.");
        }
    }
}

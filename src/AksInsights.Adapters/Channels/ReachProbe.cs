using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using AksInsights.Core.Alerts;

namespace AksInsights.Adapters.Channels;

/// <summary>Whether a server can be reached and, for https, shows a certificate that is trusted; nothing is sent to it.</summary>
internal static class ReachProbe
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    /// <summary>Connects and hangs up.</summary>
    /// <param name="uri">The address; only its host is told, as the rest may be a secret.</param>
    /// <param name="cancellation">Gives up.</param>
    public static async Task<DeliveryOutcome> ConnectAsync(Uri uri, CancellationToken cancellation)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limit.CancelAfter(Patience);
        try
        {
            using var client = new TcpClient();
            await client.ConnectAsync(uri.IdnHost, uri.Port, limit.Token).ConfigureAwait(false);
            if (uri.Scheme != Uri.UriSchemeHttps) return new DeliveryOutcome.Delivered($"{uri.Host} can be reached; whether it takes our word shows with a message.");
            var encrypted = new SslStream(client.GetStream());
            await using (encrypted.ConfigureAwait(false))
            {
                await encrypted.AuthenticateAsClientAsync(new SslClientAuthenticationOptions { TargetHost = uri.IdnHost }, limit.Token).ConfigureAwait(false);
                var until = encrypted.RemoteCertificate is X509Certificate2 certificate ? $"; its certificate is valid until {certificate.NotAfter.ToUniversalTime():yyyy-MM-dd}" : "";
                return new DeliveryOutcome.Delivered($"{uri.Host} can be reached{until}. Whether it takes our word shows with a message.");
            }
        }
        catch (Exception failure) when (failure is SocketException or IOException)
        {
            return new DeliveryOutcome.TryLater(TimeSpan.Zero, $"{uri.Host}:{uri.Port} could not be reached: {failure.Message}");
        }
        catch (AuthenticationException failure)
        {
            return new DeliveryOutcome.Refused($"{uri.Host} could not be reached: {Trouble.Of(failure)}");
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return new DeliveryOutcome.TryLater(TimeSpan.Zero, $"{uri.Host}:{uri.Port} did not answer within {Patience.TotalSeconds:0} s.");
        }
    }
}

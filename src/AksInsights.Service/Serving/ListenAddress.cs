using System.Net;

namespace AksInsights.Service.Serving;

/// <summary>An address to listen on.</summary>
/// <param name="Address">The network address.</param>
/// <param name="Port">The port; 0 takes a free one.</param>
/// <param name="IsHttps">Whether it is encrypted.</param>
internal sealed record ListenAddress(IPAddress Address, int Port, bool IsHttps)
{
    /// <summary>Whether only this machine can reach it.</summary>
    public bool IsLoopback => IPAddress.IsLoopback(Address);

    /// <summary>Reads an address such as <c>http://127.0.0.1:5100</c>; the host is <c>localhost</c>, <c>*</c> or a network address.</summary>
    /// <param name="text">What was typed.</param>
    /// <param name="mistake">What is wrong with it, as a full sentence; null when nothing is.</param>
    /// <returns>Null when something is wrong.</returns>
    public static ListenAddress? Read(string text, out string? mistake)
    {
        mistake = null;
        // A star is no host of an address, so it is read as what it means.
        if (!Uri.TryCreate(text.Replace("://*", "://0.0.0.0", StringComparison.Ordinal), UriKind.Absolute, out var uri) || uri.Scheme is not ("http" or "https"))
            mistake = $"`{text}` is no address to listen on; write it as http://127.0.0.1:5100 or https://127.0.0.1:5143.";
        else if (uri.PathAndQuery != "/")
            mistake = $"`{text}` has a path; the service's own paths begin behind the port. Leave `{uri.PathAndQuery}` out.";
        else if (uri.IsLoopback && uri.Host == "localhost")
            return new ListenAddress(IPAddress.Loopback, uri.Port, uri.Scheme == "https");
        else if (IPAddress.TryParse(uri.Host.Trim('[', ']'), out var address))
            return new ListenAddress(address, uri.Port, uri.Scheme == "https");
        else
            mistake = $"`{uri.Host}` is a name; give `localhost`, `*` or the network address to listen on, such as 10.0.0.4.";
        return null;
    }
}
